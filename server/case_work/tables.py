"""Tables of case work. A task that follows from something else holds no word of it: see `deriving`."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel, UniqueConstraint

from server.kit.columns import one_of

HAND_OVER_STATES = ("open", "accepted", "declined", "withdrawn")


class CaseTaskRow(SQLModel, table=True):
    """What a case worker has made of a task: done, put off, given to a colleague.

    `key` says what it is about, ``feedback:<id>``, and ``own:<id>`` for one written by hand, which alone has a title.
    """

    __tablename__ = "case_task"
    __table_args__ = (UniqueConstraint("seeker_id", "key"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    seeker_id: UUID = Field(foreign_key="person.id")
    key: str = Field(max_length=80)
    title: str = Field(default="", max_length=120)
    due_on: date | None = None
    snoozed_until: date | None = None
    done_at: datetime | None = None
    done_by: UUID | None = Field(default=None, foreign_key="person.id")
    assigned_to: UUID | None = Field(default=None, foreign_key="person.id")
    made_by: UUID = Field(foreign_key="person.id")
    made_at: datetime


class HandOverRow(SQLModel, table=True):
    """A seeker on their way from one case worker to another; kept as the log. At most one of a seeker is open."""

    __tablename__ = "hand_over"
    __table_args__ = (one_of("state", HAND_OVER_STATES),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    seeker_id: UUID = Field(foreign_key="person.id", index=True)
    from_id: UUID = Field(foreign_key="person.id", index=True)
    to_id: UUID = Field(foreign_key="person.id", index=True)
    note: str = Field(max_length=1000)
    state: str = Field(default="open", max_length=10)
    made_at: datetime
    ended_at: datetime | None = None
