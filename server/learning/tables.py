"""Tables of the learning loop. The goal itself is `server.reading.tables.GoalRow`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from feedback.actions import ActionState
from feedback.goals import GoalOutcome
from server.kit.columns import json_column, one_of


class GoalCheckRow(SQLModel, table=True):
    """What became of a goal in a meeting, as its seeker says; asked once for each."""

    __tablename__ = "goal_check"
    __table_args__ = (one_of("outcome", GoalOutcome),)

    goal_id: UUID = Field(foreign_key="goal.id", primary_key=True)
    meeting_id: UUID = Field(foreign_key="meeting.id", primary_key=True)
    outcome: str = Field(max_length=10)
    at: datetime


class ReflectionRow(SQLModel, table=True):
    """What a seeker wrote to themselves after a meeting, by prompt; nobody else's unless `shared`."""

    __tablename__ = "reflection"

    meeting_id: UUID = Field(foreign_key="meeting.id", primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    answers: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    shared: bool = False
    at: datetime


class ActionRow(SQLModel, table=True):
    """Something the seeker means to do: from a chip of some feedback, or in words of their own.

    `first_due_on` is the day it had at first, so that a move is seen.
    """

    __tablename__ = "action"
    __table_args__ = (one_of("state", ActionState),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    scorecard_id: UUID | None = Field(default=None, foreign_key="scorecard.id")
    chip: str | None = Field(default=None, max_length=60)
    text: str | None = Field(default=None, max_length=160)
    state: str = Field(default=ActionState.OPEN, max_length=10)
    due_on: date | None = None
    first_due_on: date | None = None
    created_at: datetime
    ended_at: datetime | None = None
