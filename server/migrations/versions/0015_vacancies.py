"""The vacancy bank, applications, who agreed to be found, dated facts of employers, their word to the agency

Revision ID: 0015
Safe online: creates tables only.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

STATUSES = "'sent', 'read', 'in_conversation', 'offered', 'hired', 'declined', 'withdrawn'"


def upgrade() -> None:
    op.create_table(
        "employer_fact",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('growth', 'diversity', 'culture')", name="kind_known"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["said_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("organisation_id", "kind"),
    )
    _create_vacancies()
    _create_applications()
    op.create_table(
        "agency_feedback",
        sa.Column("recruitment_event_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("right_people", sa.Integer(), nullable=False),
        sa.Column("time_well_spent", sa.Integer(), nullable=False),
        sa.Column("help", sa.Integer(), nullable=False),
        sa.Column("come_again", sa.Integer(), nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "right_people BETWEEN 1 AND 5 AND time_well_spent BETWEEN 1 AND 5"
            " AND help BETWEEN 1 AND 5 AND come_again BETWEEN 1 AND 5",
            name="answers_on_scale",
        ),
        sa.ForeignKeyConstraint(["recruitment_event_id"], ["recruitment_event.id"]),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["said_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("recruitment_event_id", "organisation_id"),
    )


def _create_vacancies() -> None:
    op.create_table(
        "vacancy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("about", sa.String(8000), nullable=False),
        sa.Column("occupation", sa.String(120), nullable=False),
        sa.Column("occupation_concept_id", sa.String(12), nullable=True),
        sa.Column("place", sa.String(80), nullable=False),
        sa.Column("work_form", sa.String(10), nullable=False),
        sa.Column("employment", sa.String(120), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("required", sa.JSON(), nullable=False),
        sa.Column("merits", sa.JSON(), nullable=False),
        sa.Column("apply_by", sa.Date(), nullable=True),
        sa.Column("apply_url", sa.String(500), nullable=True),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("source_id", sa.String(80), nullable=True),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('published', 'withdrawn', 'removed')", name="status_known"),
        sa.CheckConstraint("work_form IN ('on_site', 'hybrid', 'remote')", name="work_form_known"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source", "source_id"),
    )
    op.create_index(op.f("ix_vacancy_organisation_id"), "vacancy", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_vacancy_status"), "vacancy", ["status"], unique=False)


def _create_applications() -> None:
    op.create_table(
        "application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("seeker_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("letter", sa.String(2000), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("before", sa.String(16), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"status IN ({STATUSES})", name="status_known"),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"]),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["seeker_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("vacancy_id", "seeker_id"),
    )
    for column in ("vacancy_id", "organisation_id", "seeker_id"):
        op.create_index(op.f(f"ix_application_{column}"), "application", [column], unique=False)
    op.create_table(
        "findable_choice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("findable", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_findable_choice_person_id"), "findable_choice", ["person_id"], unique=False)


def downgrade() -> None:
    for table in ("agency_feedback", "findable_choice", "application", "vacancy", "employer_fact"):
        op.drop_table(table)
