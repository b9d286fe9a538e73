"""Tables of employers."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Field, SQLModel

from server.kit.columns import json_column


class RequirementProfileRow(SQLModel, table=True):
    """What an employer tells seekers of itself and what it looks for."""

    __tablename__ = "requirement_profile"

    organisation_id: UUID = Field(foreign_key="organisation.id", primary_key=True)
    about: str = Field(default="", max_length=2000)
    roles: list[str] = Field(default_factory=list, sa_column=json_column())
    competences_wanted: list[str] = Field(default_factory=list, sa_column=json_column())
