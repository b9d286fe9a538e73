"""A translation beside an employer's sentence: who wrote it, and when.

Revision ID: 0020
Safe online: creates a table only.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "statement_translation",
        sa.Column("scorecard_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("translator_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("language IN ('sv', 'en')", name="language_known"),
        sa.ForeignKeyConstraint(["scorecard_id"], ["scorecard.id"]),
        sa.ForeignKeyConstraint(["translator_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("scorecard_id"),
    )


def downgrade() -> None:
    op.drop_table("statement_translation")
