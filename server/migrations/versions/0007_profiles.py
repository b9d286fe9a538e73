"""The seeker's pages, sharing choice, case workers

Revision ID: 0007
Safe online: creates tables only.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_assignment",
        sa.Column("case_worker_id", sa.Uuid(), nullable=False),
        sa.Column("seeker_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_worker_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["seeker_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("case_worker_id", "seeker_id"),
    )
    op.create_index(op.f("ix_case_assignment_seeker_id"), "case_assignment", ["seeker_id"], unique=False)
    op.create_table(
        "competence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(80), nullable=False),
        sa.Column("detail", sa.String(120), nullable=False),
        sa.Column("evidence", sa.String(20), nullable=False),
        sa.CheckConstraint(
            "evidence IN ('self', 'informal', 'employer_confirmed', 'credential')", name="evidence_known"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_competence_person_id"), "competence", ["person_id"], unique=False)
    op.create_table(
        "question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_question_person_id"), "question", ["person_id"], unique=False)
    op.create_table(
        "sharing_choice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("shares", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_sharing_choice_person_id"), "sharing_choice", ["person_id"], unique=False)
    op.create_table(
        "goal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("scorecard_id", sa.Uuid(), nullable=False),
        sa.Column("chip", sa.String(60), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('current', 'closed', 'changed')", name="status_known"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["scorecard_id"],
            ["scorecard.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_goal_person_id"), "goal", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_goal_person_id"), table_name="goal")
    op.drop_table("goal")
    op.drop_index(op.f("ix_sharing_choice_person_id"), table_name="sharing_choice")
    op.drop_table("sharing_choice")
    op.drop_index(op.f("ix_question_person_id"), table_name="question")
    op.drop_table("question")
    op.drop_index(op.f("ix_competence_person_id"), table_name="competence")
    op.drop_table("competence")
    op.drop_index(op.f("ix_case_assignment_seeker_id"), table_name="case_assignment")
    op.drop_table("case_assignment")
