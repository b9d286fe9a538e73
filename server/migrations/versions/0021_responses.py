"""What seekers do about feedback, and that they would like to talk

Revision ID: 0021
Safe online: creates tables only.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    times = ("later_at", "wished_at", "asked_at", "answered_at", "disputed_at")
    op.create_table(
        "feedback_response",
        sa.Column("scorecard_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=True) for name in times),
        *(sa.Column(name, sa.String(1000), nullable=True) for name in ("question", "answer", "dispute")),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("dispute_shared", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["scorecard_id"], ["scorecard.id"]),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("scorecard_id"),
    )
    op.create_table(
        "conversation_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seeker_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(500), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["seeker_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_conversation_request_seeker_id"), "conversation_request", ["seeker_id"], unique=False)


def downgrade() -> None:
    for table in ("conversation_request", "feedback_response"):
        op.drop_table(table)
