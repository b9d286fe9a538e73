"""Tables of the JobTech Taxonomy."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class TaxonomyConceptRow(SQLModel, table=True):
    """A concept under its id, which never changes; `legacy_id` is what it was called before."""

    __tablename__ = "taxonomy_concept"

    id: str = Field(primary_key=True, max_length=12)
    type: str = Field(max_length=40, index=True)
    is_deprecated: bool = False
    legacy_id: str | None = Field(default=None, max_length=20)


class TaxonomyLabelRow(SQLModel, table=True):
    """What a concept is called in a language; position 0 is preferred. `folded` is what a search compares."""

    __tablename__ = "taxonomy_label"

    concept_id: str = Field(foreign_key="taxonomy_concept.id", primary_key=True, max_length=12)
    language: str = Field(primary_key=True, max_length=2)
    position: int = Field(primary_key=True)
    label: str = Field(max_length=300)
    folded: str = Field(max_length=1200, index=True)


class TaxonomyReplacementRow(SQLModel, table=True):
    """One of the concepts that replaced another; the taxonomy may name one that is not here yet."""

    __tablename__ = "taxonomy_replacement"

    concept_id: str = Field(foreign_key="taxonomy_concept.id", primary_key=True, max_length=12)
    replaced_by: str = Field(primary_key=True, max_length=12)
