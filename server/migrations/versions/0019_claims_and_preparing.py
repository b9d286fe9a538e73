"""Claims with examples and employers' confirmations, the inventory, the checklist, the network map

Revision ID: 0019
Safe online: creates tables and adds nullable columns.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("competence", sa.Column("own_evidence", sa.String(20), nullable=True))
    op.add_column("competence", sa.Column("example", sa.String(600), nullable=True))
    op.create_table(
        "competence_confirmation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(400), nullable=False),
        sa.Column("label", sa.String(80), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("recruiter_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["recruiter_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id", "key", "organisation_id"),
    )
    for column in ("person_id", "organisation_id"):
        op.create_index(op.f(f"ix_competence_confirmation_{column}"), "competence_confirmation", [column], unique=False)
    op.create_table(
        "inventory_answer",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("situation", sa.String(40), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("proof", sa.String(40), nullable=True),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('begun', 'done', 'skipped')", name="state_known"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("person_id", "situation"),
    )
    op.create_table(
        "rehearsal_tick",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("point", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("person_id", "point"),
    )
    op.create_table(
        "network_contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("circle", sa.String(40), nullable=False),
        sa.Column("can_help", sa.String(200), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_network_contact_person_id"), "network_contact", ["person_id"], unique=False)


def downgrade() -> None:
    for table in ("network_contact", "rehearsal_tick", "inventory_answer", "competence_confirmation"):
        op.drop_table(table)
    for column in ("example", "own_evidence"):
        op.drop_column("competence", column)
