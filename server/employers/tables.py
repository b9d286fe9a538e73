"""Tables of employers."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from server.kit.columns import json_column, one_of

FACTS = ("growth", "diversity", "culture")


class RequirementProfileRow(SQLModel, table=True):
    """What an employer tells seekers of itself and what it looks for."""

    __tablename__ = "requirement_profile"

    organisation_id: UUID = Field(foreign_key="organisation.id", primary_key=True)
    about: str = Field(default="", max_length=2000)
    roles: list[str] = Field(default_factory=list, sa_column=json_column())
    competences_wanted: list[str] = Field(default_factory=list, sa_column=json_column())


class EmployerFactRow(SQLModel, table=True):
    """What an employer says of its growth, diversity or culture: the words, when they were true, who said them."""

    __tablename__ = "employer_fact"
    __table_args__ = (one_of("kind", FACTS),)

    organisation_id: UUID = Field(foreign_key="organisation.id", primary_key=True)
    kind: str = Field(primary_key=True, max_length=10)
    text: str = Field(max_length=300)
    as_of: date
    said_by: UUID = Field(foreign_key="person.id")
    said_at: datetime
