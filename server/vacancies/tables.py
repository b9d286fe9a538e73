"""Tables of the vacancy bank."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel, UniqueConstraint

from server.kit.columns import json_column, one_of

STATUSES = ("published", "withdrawn", "removed")
WORK_FORMS = ("on_site", "hybrid", "remote")


class VacancyRow(SQLModel, table=True):
    """A job that an employer wants to fill. `confirmed_at` is when somebody last said that it is still there.

    `required` and `merits` are lists of ``{label, code, concept_id}``: as written, a pack's competence where the
    words are one, the JobTech Taxonomy's concept where the source named it. `source_id` is the source's own id.
    """

    __tablename__ = "vacancy"
    __table_args__ = (
        one_of("status", STATUSES),
        one_of("work_form", WORK_FORMS),
        UniqueConstraint("source", "source_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    title: str = Field(max_length=120)
    about: str = Field(default="", max_length=8000)
    occupation: str = Field(default="", max_length=120)
    occupation_concept_id: str | None = Field(default=None, max_length=12)
    place: str = Field(default="", max_length=80)
    work_form: str = Field(default="on_site", max_length=10)
    employment: str = Field(default="", max_length=120)
    seats: int = 1
    required: list[dict[str, Any]] = Field(default_factory=list, sa_column=json_column())
    merits: list[dict[str, Any]] = Field(default_factory=list, sa_column=json_column())
    apply_by: date | None = None
    apply_url: str | None = Field(default=None, max_length=500)
    source: str = Field(default="here", max_length=20)
    source_id: str | None = Field(default=None, max_length=80)
    status: str = Field(default="published", max_length=10, index=True)
    version: int = 0
    created_by: UUID | None = Field(default=None, foreign_key="person.id")
    created_at: datetime
    confirmed_at: datetime
    changed_at: datetime
