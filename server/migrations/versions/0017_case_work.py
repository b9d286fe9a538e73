"""Case work: plans with steps, what they rest on, comments; tasks and hand-overs

Revision ID: 0017
Safe online: creates tables only.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _plans()
    _tasks()
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seeker_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("note", sa.String(1000), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('open', 'accepted', 'declined', 'withdrawn')", name="state_known"),
        sa.ForeignKeyConstraint(["seeker_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["from_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("seeker_id", "from_id", "to_id"):
        op.create_index(op.f(f"ix_hand_over_{column}"), "hand_over", [column], unique=False)


def _plans() -> None:
    op.create_table(
        "plan_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seeker_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(40), nullable=True),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("responsible", sa.String(12), nullable=False),
        sa.Column("answer", sa.String(3), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('proposed', 'running', 'done', 'cancelled')", name="status_known"),
        sa.CheckConstraint("answer IN ('yes', 'no')", name="answer_known"),
        sa.CheckConstraint("responsible IN ('seeker', 'case_worker', 'employer')", name="responsible_known"),
        sa.ForeignKeyConstraint(["seeker_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_plan_step_seeker_id"), "plan_step", ["seeker_id"], unique=False)
    op.create_table(
        "plan_step_source",
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("scorecard_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["step_id"], ["plan_step.id"]),
        sa.ForeignKeyConstraint(["scorecard_id"], ["scorecard.id"]),
        sa.PrimaryKeyConstraint("step_id", "scorecard_id"),
    )
    op.create_table(
        "plan_comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seeker_id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("said_by", sa.String(6), nullable=False),
        sa.Column("text", sa.String(1000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("said_by IN ('agency', 'seeker')", name="said_by_known"),
        sa.ForeignKeyConstraint(["seeker_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["step_id"], ["plan_step.id"]),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_plan_comment_seeker_id"), "plan_comment", ["seeker_id"], unique=False)
    op.create_index(op.f("ix_plan_comment_step_id"), "plan_comment", ["step_id"], unique=False)


def _tasks() -> None:
    op.create_table(
        "case_task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seeker_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("assigned_to", sa.Uuid(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["seeker_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["done_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["assigned_to"], ["person.id"]),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("seeker_id", "key"),
    )


def downgrade() -> None:
    for table in ("hand_over", "case_task", "plan_comment", "plan_step_source", "plan_step"):
        op.drop_table(table)
