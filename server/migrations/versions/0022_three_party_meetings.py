"""Three-party meetings, and the times asked about

Revision ID: 0022
Safe online: creates tables only.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

STATES = "state IN ('asking_seeker', 'asking_employer', 'fixed', 'declined', 'cancelled')"


def upgrade() -> None:
    op.create_table(
        "three_party_meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seeker_id", sa.Uuid(), nullable=False),
        sa.Column("case_worker_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("recruiter_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(300), nullable=False),
        sa.Column("form", sa.String(10), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("length_min", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("declined_by", sa.String(10), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("employer_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(STATES, name="state_known"),
        sa.CheckConstraint("form IN ('video', 'on_site')", name="form_known"),
        sa.CheckConstraint("declined_by IN ('seeker', 'employer')", name="declined_by_known"),
        sa.ForeignKeyConstraint(["seeker_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["case_worker_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["recruiter_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("seeker_id", "recruiter_id"):
        op.create_index(op.f(f"ix_three_party_meeting_{column}"), "three_party_meeting", [column], unique=False)
    op.create_table(
        "three_party_time",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("suits_seeker", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["three_party_meeting.id"]),
        sa.PrimaryKeyConstraint("meeting_id", "starts_at"),
    )


def downgrade() -> None:
    for table in ("three_party_time", "three_party_meeting"):
        op.drop_table(table)
