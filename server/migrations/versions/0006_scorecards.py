"""Scorecards and what seekers answer

Revision ID: 0006
Safe online: creates tables only.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scorecard",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("recruitment_event_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("recruiter_id", sa.Uuid(), nullable=False),
        sa.Column("seeker_id", sa.Uuid(), nullable=False),
        sa.Column("pack", sa.String(40), nullable=False),
        sa.Column("pack_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("answers_hash", sa.String(64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("release_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("skipped_reason", sa.String(40), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("statement_shared", sa.Boolean(), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'sent', 'released', 'skipped')", name="state_known"),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
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
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("meeting_id"),
    )
    op.create_index(op.f("ix_scorecard_organisation_id"), "scorecard", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_scorecard_recruitment_event_id"), "scorecard", ["recruitment_event_id"], unique=False)
    op.create_index(op.f("ix_scorecard_release_at"), "scorecard", ["release_at"], unique=False)
    op.create_index(op.f("ix_scorecard_seeker_id"), "scorecard", ["seeker_id"], unique=False)
    op.create_table(
        "reception",
        sa.Column("scorecard_id", sa.Uuid(), nullable=False),
        sa.Column("next_clear", sa.Integer(), nullable=False),
        sa.Column("respected", sa.Integer(), nullable=False),
        sa.Column("rings_true", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "next_clear BETWEEN 1 AND 5 AND respected BETWEEN 1 AND 5 AND rings_true BETWEEN 1 AND 5",
            name="ratings_on_scale",
        ),
        sa.ForeignKeyConstraint(
            ["scorecard_id"],
            ["scorecard.id"],
        ),
        sa.PrimaryKeyConstraint("scorecard_id"),
    )
    op.create_table(
        "reply",
        sa.Column("scorecard_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(1000), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["scorecard_id"],
            ["scorecard.id"],
        ),
        sa.PrimaryKeyConstraint("scorecard_id"),
    )
    op.create_table(
        "self_rating",
        sa.Column("scorecard_id", sa.Uuid(), nullable=False),
        sa.Column("ratings", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["scorecard_id"],
            ["scorecard.id"],
        ),
        sa.PrimaryKeyConstraint("scorecard_id"),
    )


def downgrade() -> None:
    op.drop_table("self_rating")
    op.drop_table("reply")
    op.drop_table("reception")
    op.drop_index(op.f("ix_scorecard_seeker_id"), table_name="scorecard")
    op.drop_index(op.f("ix_scorecard_release_at"), table_name="scorecard")
    op.drop_index(op.f("ix_scorecard_recruitment_event_id"), table_name="scorecard")
    op.drop_index(op.f("ix_scorecard_organisation_id"), table_name="scorecard")
    op.drop_table("scorecard")
