"""Tables of preparing. Both are the seeker's alone: no other role's answer or export reads them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel


class RehearsalTickRow(SQLModel, table=True):
    """A point of the rehearsal checklist that a seeker has ticked off."""

    __tablename__ = "rehearsal_tick"

    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    point: str = Field(primary_key=True, max_length=40)
    at: datetime


class NetworkContactRow(SQLModel, table=True):
    """Somebody whom a seeker knows and who could help, in the seeker's own words."""

    __tablename__ = "network_contact"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    name: str = Field(max_length=80)
    circle: str = Field(max_length=40)
    can_help: str = Field(default="", max_length=200)
    asked: bool = False
    created_at: datetime
