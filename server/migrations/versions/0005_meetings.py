"""Meetings, chat and presence; overlaps are refused

Revision ID: 0005
Safe online: creates tables only.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recruitment_event_id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("recruiter_id", sa.Uuid(), nullable=True),
        sa.Column("seeker_id", sa.Uuid(), nullable=False),
        sa.Column("station_id", sa.Uuid(), nullable=True),
        sa.Column("slot_id", sa.Uuid(), nullable=True),
        sa.Column("form", sa.String(10), nullable=False),
        sa.Column("format", sa.String(10), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("talk_started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("talk_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("feedback_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(10), nullable=True),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("check_in_code", sa.String(8), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("form IN ('video', 'on_site', 'hybrid')", name="form_known"),
        sa.CheckConstraint("format IN ('individual', 'group')", name="format_known"),
        sa.CheckConstraint(
            "state IN ('booked', 'late', 'checked_in', 'called', 'talking', 'feedback', 'closed', 'no_show', "
            "'cancelled', 'moved', 'handed_over')",
            name="state_known",
        ),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        sa.ForeignKeyConstraint(
            ["desk_id"],
            ["desk.id"],
        ),
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
            ["seeker_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["slot_id"],
            ["slot.id"],
        ),
        sa.ForeignKeyConstraint(
            ["station_id"],
            ["station.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_meeting_check_in_code"), "meeting", ["check_in_code"], unique=False)
    op.create_index("ix_meeting_desk_state", "meeting", ["desk_id", "state"], unique=False)
    op.create_index(op.f("ix_meeting_due_at"), "meeting", ["due_at"], unique=False)
    op.create_index("ix_meeting_event_start", "meeting", ["recruitment_event_id", "starts_at"], unique=False)
    op.create_index(op.f("ix_meeting_organisation_id"), "meeting", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_meeting_recruiter_id"), "meeting", ["recruiter_id"], unique=False)
    op.create_index(op.f("ix_meeting_seeker_id"), "meeting", ["seeker_id"], unique=False)
    op.create_index(op.f("ix_meeting_station_id"), "meeting", ["station_id"], unique=False)
    op.create_table(
        "chat_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(2000), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_chat_message_meeting_id"), "chat_message", ["meeting_id"], unique=False)
    op.create_table(
        "presence",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("connection_id", sa.String(80), nullable=False),
        sa.Column("role", sa.String(12), nullable=False),
        sa.Column("media", sa.JSON(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("meeting_id", "person_id"),
    )
    op.create_index(op.f("ix_presence_expires_at"), "presence", ["expires_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_presence_expires_at"), table_name="presence")
    op.drop_table("presence")
    op.drop_index(op.f("ix_chat_message_meeting_id"), table_name="chat_message")
    op.drop_table("chat_message")
    op.drop_index(op.f("ix_meeting_station_id"), table_name="meeting")
    op.drop_index(op.f("ix_meeting_seeker_id"), table_name="meeting")
    op.drop_index(op.f("ix_meeting_recruiter_id"), table_name="meeting")
    op.drop_index(op.f("ix_meeting_organisation_id"), table_name="meeting")
    op.drop_index("ix_meeting_event_start", table_name="meeting")
    op.drop_index(op.f("ix_meeting_due_at"), table_name="meeting")
    op.drop_index("ix_meeting_desk_state", table_name="meeting")
    op.drop_index(op.f("ix_meeting_check_in_code"), table_name="meeting")
    op.drop_table("meeting")
