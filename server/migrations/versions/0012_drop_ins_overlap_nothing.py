"""A drop-in, which has no time, overlaps nothing on PostgreSQL either

Revision ID: 0012
Safe online: the new constraints are looser than the old ones, which are dropped in the same transaction.

A range without bounds holds all time, so one drop-in kept its seeker and its desk from every other meeting.
SQLite's triggers compare times and have never done so.
"""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

PARTIES = ("seeker", "desk", "recruiter", "station")
TAKES_TIME = "state NOT IN ('cancelled', 'moved', 'no_show', 'handed_over')"


def upgrade() -> None:
    _replace(f"{TAKES_TIME} AND starts_at IS NOT NULL AND ends_at IS NOT NULL")


def downgrade() -> None:
    _replace(TAKES_TIME)


def _replace(where: str) -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for party in PARTIES:
        op.execute(f"ALTER TABLE meeting DROP CONSTRAINT meeting_overlap_{party}")
        op.execute(
            f"ALTER TABLE meeting ADD CONSTRAINT meeting_overlap_{party} EXCLUDE USING gist "
            f"({party}_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE ({where})"
        )
