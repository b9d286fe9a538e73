"""The development mailbox

Revision ID: 0009
Safe online: creates a table only.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mailbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.String(254), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_mailbox_at"), "mailbox", ["at"], unique=False)
    op.create_index(op.f("ix_mailbox_recipient"), "mailbox", ["recipient"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_mailbox_recipient"), table_name="mailbox")
    op.drop_index(op.f("ix_mailbox_at"), table_name="mailbox")
    op.drop_table("mailbox")
