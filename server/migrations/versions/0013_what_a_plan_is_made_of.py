"""What a plan is made of: absences, wishes of both sides, needs that take time or room, rules, pins, and plans made

Revision ID: 0013
Safe online: adds columns with defaults and creates tables.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

FLAGS = (("wish", "is_must"), ("meeting", "is_pinned"), ("desk", "is_locked"))


def upgrade() -> None:
    for table, flag in FLAGS:
        op.add_column(table, sa.Column(flag, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("station", sa.Column("zone", sa.String(40), nullable=False, server_default=""))
    op.add_column("recruitment_event", sa.Column("planning_rules", sa.JSON(), nullable=False, server_default="{}"))
    _create_what_people_say()
    op.create_table(
        "planning_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recruitment_event_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("progress_pct", sa.Integer(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("placements", sa.JSON(), nullable=False),
        sa.Column("replaced", sa.JSON(), nullable=True),
        sa.Column("certificate", sa.JSON(), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=True),
        sa.Column("unmet", sa.JSON(), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heartbeat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("laid_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status IN ('queued', 'running', 'done', 'cancelled', 'failed', 'lost')", name="status_known"
        ),
        sa.ForeignKeyConstraint(["recruitment_event_id"], ["recruitment_event.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_planning_run_recruitment_event_id"), "planning_run", ["recruitment_event_id"], unique=False
    )


def _create_what_people_say() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recruitment_event_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        sa.ForeignKeyConstraint(["recruitment_event_id"], ["recruitment_event.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("recruitment_event_id", "person_id", "starts_at"),
    )
    op.create_index(op.f("ix_absence_person_id"), "absence", ["person_id"], unique=False)
    op.create_table(
        "employer_wish",
        sa.Column("recruitment_event_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("seeker_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("is_must", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["recruitment_event_id"], ["recruitment_event.id"]),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["seeker_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("recruitment_event_id", "organisation_id", "seeker_id"),
    )
    op.create_table(
        "scheduling_need",
        sa.Column("recruitment_event_id", sa.Uuid(), nullable=False),
        sa.Column("seeker_id", sa.Uuid(), nullable=False),
        sa.Column("extra_time", sa.Boolean(), nullable=False),
        sa.Column("accessible_station", sa.Boolean(), nullable=False),
        sa.Column("interpreter", sa.String(40), nullable=True),
        sa.ForeignKeyConstraint(["recruitment_event_id"], ["recruitment_event.id"]),
        sa.ForeignKeyConstraint(["seeker_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("recruitment_event_id", "seeker_id"),
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_planning_run_recruitment_event_id"), table_name="planning_run")
    op.drop_table("planning_run")
    op.drop_table("scheduling_need")
    op.drop_table("employer_wish")
    op.drop_index(op.f("ix_absence_person_id"), table_name="absence")
    op.drop_table("absence")
    op.drop_column("recruitment_event", "planning_rules")
    op.drop_column("station", "zone")
    for table, flag in FLAGS:
        op.drop_column(table, flag)
