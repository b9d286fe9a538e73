"""The learning loop: goals in own words, what became of them, reflections, actions

Revision ID: 0016
Safe online: creates tables, adds a column with a default and makes two columns nullable.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("goal") as goal:
        goal.alter_column("scorecard_id", existing_type=sa.Uuid(), nullable=True)
        goal.alter_column("chip", existing_type=sa.String(60), nullable=True)
        goal.add_column(sa.Column("text", sa.String(120), nullable=True))
        goal.add_column(sa.Column("shown", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_table(
        "goal_check",
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("outcome IN ('kept', 'reached', 'changed', 'passed')", name="outcome_known"),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"]),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.PrimaryKeyConstraint("goal_id", "meeting_id"),
    )
    op.create_table(
        "reflection",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("meeting_id"),
    )
    op.create_index(op.f("ix_reflection_person_id"), "reflection", ["person_id"], unique=False)
    op.create_table(
        "action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("scorecard_id", sa.Uuid(), nullable=True),
        sa.Column("chip", sa.String(60), nullable=True),
        sa.Column("text", sa.String(160), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("first_due_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('open', 'done', 'not_done', 'removed')", name="state_known"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["scorecard_id"], ["scorecard.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_action_person_id"), "action", ["person_id"], unique=False)


def downgrade() -> None:
    """Goals in own words go, since there was no room for them."""
    op.drop_table("action")
    op.drop_table("reflection")
    op.drop_table("goal_check")
    op.execute("DELETE FROM goal WHERE scorecard_id IS NULL OR chip IS NULL")
    with op.batch_alter_table("goal") as goal:
        goal.drop_column("shown")
        goal.drop_column("text")
        goal.alter_column("chip", existing_type=sa.String(60), nullable=False)
        goal.alter_column("scorecard_id", existing_type=sa.Uuid(), nullable=False)
