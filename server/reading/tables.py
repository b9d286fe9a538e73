"""Tables of reading: the goal taken from feedback, and the seeker's choice of who else may read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from server.kit.columns import one_of


class GoalRow(SQLModel, table=True):
    """What the seeker chose to do next, from a chip of some feedback or in words of their own; at most one is current.

    Employers whom the seeker meets see it while `shown`.
    """

    __tablename__ = "goal"
    __table_args__ = (one_of("status", ("current", "closed", "changed")),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    scorecard_id: UUID | None = Field(default=None, foreign_key="scorecard.id")
    chip: str | None = Field(default=None, max_length=60)
    text: str | None = Field(default=None, max_length=120)
    shown: bool = True
    status: str = Field(default="current", max_length=10)
    set_at: datetime
    ended_at: datetime | None = None


class SharingChoiceRow(SQLModel, table=True):
    """Whether the case worker may see feedback: an append-only ledger, the newest row counts."""

    __tablename__ = "sharing_choice"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    shares: bool
    at: datetime


class PlaceDueRow(SQLModel, table=True):
    """A seeker has opened feedback, so that their places are to be found anew."""

    __tablename__ = "place_due"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    at: datetime
