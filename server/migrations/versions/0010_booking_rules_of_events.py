"""What an event says about booking: its form, its pauses, when booking closes, how many meetings, for whom

Revision ID: 0010
Safe online: adds columns with defaults.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("form", sa.String(10), nullable=False, server_default="hybrid"),
        sa.Column("pauses", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("booking_closes_s", sa.Integer(), nullable=False, server_default="600"),
        sa.Column("meetings_max", sa.Integer(), nullable=False, server_default="6"),
        sa.Column("is_open", sa.Boolean(), nullable=False, server_default=sa.false()),
    ):
        op.add_column("recruitment_event", column)


def downgrade() -> None:
    for name in ("is_open", "meetings_max", "booking_closes_s", "pauses", "form"):
        op.drop_column("recruitment_event", name)
