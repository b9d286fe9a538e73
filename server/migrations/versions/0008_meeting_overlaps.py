"""Nobody and nothing can be booked twice at once

Revision ID: 0008
Safe online: adds constraints to a table that is still empty.

PostgreSQL refuses overlaps by exclusion constraints, SQLite by triggers of the same names, so that the
application reads the same word from either. A cancelled, moved, missed or handed-over meeting takes no time.
A seeker is called to, or talks at, one desk at a time; a desk has one meeting at a time.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

PARTIES = ("seeker", "desk", "recruiter", "station")
AT_ONCE = {"seeker": "'called', 'talking'", "desk": "'called', 'talking', 'feedback'"}
TAKES_TIME = "state NOT IN ('cancelled', 'moved', 'no_show', 'handed_over')"


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    if postgresql:
        op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    for party in PARTIES:
        if postgresql:
            op.execute(
                f"ALTER TABLE meeting ADD CONSTRAINT meeting_overlap_{party} EXCLUDE USING gist "
                f"({party}_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE ({TAKES_TIME})"
            )
        else:
            for when in ("INSERT", "UPDATE"):
                op.execute(_trigger(party, when))
    for party, states in AT_ONCE.items():
        where = sa.text(f"state IN ({states})")
        name = f"meeting_one_at_a_time_{party}"
        op.create_index(name, "meeting", [f"{party}_id"], unique=True, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for party in AT_ONCE:
        op.drop_index(f"meeting_one_at_a_time_{party}", "meeting")
    for party in PARTIES:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"ALTER TABLE meeting DROP CONSTRAINT meeting_overlap_{party}")
        else:
            for when in ("insert", "update"):
                op.execute(f"DROP TRIGGER meeting_overlap_{party}_{when}")


def _trigger(party: str, when: str) -> str:
    """Refuse a row whose time overlaps another of the same party; NULL ids and times overlap nothing."""
    return f"""
        CREATE TRIGGER meeting_overlap_{party}_{when.lower()} BEFORE {when} ON meeting
        WHEN NEW.{TAKES_TIME} AND EXISTS (
            SELECT 1 FROM meeting WHERE id != NEW.id AND {party}_id = NEW.{party}_id AND {TAKES_TIME}
            AND starts_at < NEW.ends_at AND NEW.starts_at < ends_at
        ) BEGIN SELECT RAISE(ABORT, 'meeting_overlap_{party}'); END
    """
