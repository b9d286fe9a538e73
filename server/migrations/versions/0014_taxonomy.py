"""The JobTech Taxonomy: concepts, what they are called, what replaced them

Revision ID: 0014
Safe online: creates tables only.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "taxonomy_concept",
        sa.Column("id", sa.String(12), nullable=False),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("is_deprecated", sa.Boolean(), nullable=False),
        sa.Column("legacy_id", sa.String(20), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_taxonomy_concept_type"), "taxonomy_concept", ["type"], unique=False)
    op.create_table(
        "taxonomy_label",
        sa.Column("concept_id", sa.String(12), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(300), nullable=False),
        sa.Column("folded", sa.String(1200), nullable=False),
        sa.ForeignKeyConstraint(["concept_id"], ["taxonomy_concept.id"]),
        sa.PrimaryKeyConstraint("concept_id", "language", "position"),
    )
    op.create_index(op.f("ix_taxonomy_label_folded"), "taxonomy_label", ["folded"], unique=False)
    op.create_table(
        "taxonomy_replacement",
        sa.Column("concept_id", sa.String(12), nullable=False),
        sa.Column("replaced_by", sa.String(12), nullable=False),
        sa.ForeignKeyConstraint(["concept_id"], ["taxonomy_concept.id"]),
        sa.PrimaryKeyConstraint("concept_id", "replaced_by"),
    )


def downgrade() -> None:
    for table in ("taxonomy_replacement", "taxonomy_label", "taxonomy_concept"):
        op.drop_table(table)
