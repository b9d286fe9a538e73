"""Tables of applications, and of who agreed to be found."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel, UniqueConstraint

from server.kit.columns import one_of

STATUSES = ("sent", "read", "in_conversation", "offered", "hired", "declined", "withdrawn")


class ApplicationRow(SQLModel, table=True):
    """A seeker's application for a vacancy; one each, whatever happens to it. `before` is what withdrawing undoes."""

    __tablename__ = "application"
    __table_args__ = (one_of("status", STATUSES), UniqueConstraint("vacancy_id", "seeker_id"))

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    vacancy_id: UUID = Field(foreign_key="vacancy.id", index=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    seeker_id: UUID = Field(foreign_key="person.id", index=True)
    meeting_id: UUID | None = Field(default=None, foreign_key="meeting.id")
    letter: str = Field(default="", max_length=2000)
    status: str = Field(default="sent", max_length=16)
    before: str | None = Field(default=None, max_length=16)
    sent_at: datetime
    changed_at: datetime


class FindableChoiceRow(SQLModel, table=True):
    """A seeker's answer to whether employers may find them for a vacancy. Added to, never changed."""

    __tablename__ = "findable_choice"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    findable: bool
    at: datetime
