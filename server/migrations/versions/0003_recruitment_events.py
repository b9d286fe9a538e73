"""Recruitment events and who takes part

Revision ID: 0003
Safe online: creates tables only.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recruitment_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("place", sa.String(120), nullable=False),
        sa.Column("zone", sa.String(40), nullable=False),
        sa.Column("template", sa.String(40), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("talk_s", sa.Integer(), nullable=False),
        sa.Column("feedback_s", sa.Integer(), nullable=False),
        sa.Column("undo_s", sa.Integer(), nullable=False),
        sa.Column("extension_s", sa.Integer(), nullable=False),
        sa.Column("early_start_s", sa.Integer(), nullable=False),
        sa.Column("late_after_s", sa.Integer(), nullable=False),
        sa.Column("no_show_after_s", sa.Integer(), nullable=False),
        sa.Column("relay_only", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('draft', 'published', 'closed')", name="status_known"),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        sa.CheckConstraint("talk_s > 0 AND feedback_s > 0 AND undo_s >= 0", name="durations_positive"),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_recruitment_event_organisation_id"), "recruitment_event", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_recruitment_event_starts_at"), "recruitment_event", ["starts_at"], unique=False)
    op.create_index(op.f("ix_recruitment_event_status"), "recruitment_event", ["status"], unique=False)
    op.create_table(
        "requirement_profile",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(2000), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("competences_wanted", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.PrimaryKeyConstraint("organisation_id"),
    )
    op.create_table(
        "access_need",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recruitment_event_id", sa.Uuid(), nullable=False),
        sa.Column("seeker_id", sa.Uuid(), nullable=False),
        sa.Column("need", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["recruitment_event_id"],
            ["recruitment_event.id"],
        ),
        sa.ForeignKeyConstraint(
            ["seeker_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_access_need_recruitment_event_id"), "access_need", ["recruitment_event_id"], unique=False)
    op.create_index(op.f("ix_access_need_seeker_id"), "access_need", ["seeker_id"], unique=False)
    op.create_table(
        "enrolment",
        sa.Column("recruitment_event_id", sa.Uuid(), nullable=False),
        sa.Column("seeker_id", sa.Uuid(), nullable=False),
        sa.Column("available_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("available_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("form", sa.String(10), nullable=True),
        sa.Column("gender", sa.String(12), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("relay_only", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["recruitment_event_id"],
            ["recruitment_event.id"],
        ),
        sa.ForeignKeyConstraint(
            ["seeker_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("recruitment_event_id", "seeker_id"),
    )
    op.create_index(op.f("ix_enrolment_seeker_id"), "enrolment", ["seeker_id"], unique=False)
    op.create_table(
        "event_staff",
        sa.Column("recruitment_event_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["recruitment_event_id"],
            ["recruitment_event.id"],
        ),
        sa.PrimaryKeyConstraint("recruitment_event_id", "person_id"),
    )
    op.create_index(op.f("ix_event_staff_person_id"), "event_staff", ["person_id"], unique=False)
    op.create_table(
        "slot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recruitment_event_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["recruitment_event_id"],
            ["recruitment_event.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("recruitment_event_id", "starts_at"),
    )
    op.create_index(op.f("ix_slot_recruitment_event_id"), "slot", ["recruitment_event_id"], unique=False)
    op.create_table(
        "station",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recruitment_event_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("is_accessible", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recruitment_event_id"],
            ["recruitment_event.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("recruitment_event_id", "number"),
    )
    op.create_index(op.f("ix_station_recruitment_event_id"), "station", ["recruitment_event_id"], unique=False)
    op.create_table(
        "wish",
        sa.Column("recruitment_event_id", sa.Uuid(), nullable=False),
        sa.Column("seeker_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["recruitment_event_id"],
            ["recruitment_event.id"],
        ),
        sa.ForeignKeyConstraint(
            ["seeker_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("recruitment_event_id", "seeker_id", "organisation_id"),
    )
    op.create_table(
        "desk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recruitment_event_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("recruiter_id", sa.Uuid(), nullable=True),
        sa.Column("station_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(10), nullable=False),
        sa.Column("on_duty_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on_duty_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("form IN ('video', 'on_site', 'hybrid')", name="form_known"),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["recruiter_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["recruitment_event_id"],
            ["recruitment_event.id"],
        ),
        sa.ForeignKeyConstraint(
            ["station_id"],
            ["station.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("recruitment_event_id", "number"),
    )
    op.create_index(op.f("ix_desk_organisation_id"), "desk", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_desk_recruiter_id"), "desk", ["recruiter_id"], unique=False)
    op.create_index(op.f("ix_desk_recruitment_event_id"), "desk", ["recruitment_event_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_desk_recruitment_event_id"), table_name="desk")
    op.drop_index(op.f("ix_desk_recruiter_id"), table_name="desk")
    op.drop_index(op.f("ix_desk_organisation_id"), table_name="desk")
    op.drop_table("desk")
    op.drop_table("wish")
    op.drop_index(op.f("ix_station_recruitment_event_id"), table_name="station")
    op.drop_table("station")
    op.drop_index(op.f("ix_slot_recruitment_event_id"), table_name="slot")
    op.drop_table("slot")
    op.drop_index(op.f("ix_event_staff_person_id"), table_name="event_staff")
    op.drop_table("event_staff")
    op.drop_index(op.f("ix_enrolment_seeker_id"), table_name="enrolment")
    op.drop_table("enrolment")
    op.drop_index(op.f("ix_access_need_seeker_id"), table_name="access_need")
    op.drop_index(op.f("ix_access_need_recruitment_event_id"), table_name="access_need")
    op.drop_table("access_need")
    op.drop_table("requirement_profile")
    op.drop_index(op.f("ix_recruitment_event_status"), table_name="recruitment_event")
    op.drop_index(op.f("ix_recruitment_event_starts_at"), table_name="recruitment_event")
    op.drop_index(op.f("ix_recruitment_event_organisation_id"), table_name="recruitment_event")
    op.drop_table("recruitment_event")
