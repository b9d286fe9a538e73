"""Places: each night's fit, what it keeps, everybody's bands, and who is to be placed anew

Revision ID: 0018
Safe online: creates tables only.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "place_fit",
        sa.Column("night", sa.String(10), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("model_version", sa.String(20), nullable=False),
        sa.Column("ratings", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('running', 'done', 'failed')", name="status_known"),
        sa.PrimaryKeyConstraint("night"),
    )
    op.create_table(
        "calibration",
        sa.Column("pack", sa.String(40), nullable=False),
        sa.Column("item", sa.String(60), nullable=False),
        sa.Column("model_version", sa.String(20), nullable=False),
        sa.Column("ratings", sa.Integer(), nullable=False),
        sa.Column("seekers", sa.Integer(), nullable=False),
        sa.Column("employers", sa.Integer(), nullable=False),
        sa.Column("known", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("pack", "item"),
    )
    _places()


def _places() -> None:
    directions = "'up', 'probably_up', 'same', 'probably_down', 'down', 'unsure'"
    op.create_table(
        "place",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("pack", sa.String(40), nullable=False),
        sa.Column("item", sa.String(60), nullable=False),
        sa.Column("meetings", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Float(), nullable=False) for name in ("low", "high", "first_low", "first_high")),
        sa.Column("direction", sa.String(20), nullable=True),
        sa.Column("model_version", sa.String(20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"direction IN ({directions})", name="direction_known"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("person_id", "pack", "item"),
    )
    op.create_table(
        "place_due",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_place_due_person_id"), "place_due", ["person_id"], unique=False)


def downgrade() -> None:
    for table in ("place_due", "place", "calibration", "place_fit"):
        op.drop_table(table)
