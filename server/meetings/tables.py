"""Tables of meetings. Overlaps are refused by the database itself: see migrations 0008 and 0012."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import CheckConstraint, Field, Index, SQLModel, text

from realtime.meeting import MeetingState
from server.kit.columns import json_column, one_of
from server.recruitment_events.tables import FORMS


def one_at_a_time(party: str, states: str) -> Index:
    """A partial unique index: the party is in at most one meeting that is in one of `states`."""
    where = text(f"state IN ({states})")
    return Index(
        f"meeting_one_at_a_time_{party}", f"{party}_id", unique=True, sqlite_where=where, postgresql_where=where
    )


class MeetingRow(SQLModel, table=True):
    """Two parties meeting at a desk. `starts_at`/`ends_at` span talk and feedback; both empty for a drop-in.

    `due_at` is when time alone changes the meeting next. `sequence` counts changes told by calendar file. A
    planner leaves a pinned one where it lies.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        one_of("state", MeetingState),
        one_of("form", FORMS),
        one_of("format", ("individual", "group")),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index("ix_meeting_desk_state", "desk_id", "state"),
        Index("ix_meeting_event_start", "recruitment_event_id", "starts_at"),
        one_at_a_time("seeker", "'called', 'talking'"),
        one_at_a_time("desk", "'called', 'talking', 'feedback'"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    recruitment_event_id: UUID = Field(foreign_key="recruitment_event.id")
    desk_id: UUID = Field(foreign_key="desk.id")
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    recruiter_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    seeker_id: UUID = Field(foreign_key="person.id", index=True)
    station_id: UUID | None = Field(default=None, foreign_key="station.id", index=True)
    slot_id: UUID | None = Field(default=None, foreign_key="slot.id")
    form: str = Field(max_length=10)
    format: str = Field(default="individual", max_length=10)
    state: str = Field(default=MeetingState.BOOKED, max_length=12)
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    ready_at: datetime | None = None
    called_at: datetime | None = None
    talk_started_at: datetime | None = None
    talk_ends_at: datetime | None = None
    feedback_ends_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str | None = Field(default=None, max_length=10)
    extensions: int = 0
    due_at: datetime | None = Field(default=None, index=True)
    check_in_code: str = Field(max_length=8, index=True)
    sequence: int = 0
    is_pinned: bool = False
    created_at: datetime


class ChatMessageRow(SQLModel, table=True):
    """A line written in a meeting's room."""

    __tablename__ = "chat_message"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    meeting_id: UUID = Field(foreign_key="meeting.id", index=True)
    person_id: UUID = Field(foreign_key="person.id")
    text: str = Field(max_length=2000)
    sent_at: datetime


class PresenceRow(SQLModel, table=True):
    """Who is in a meeting's room: a lease. The newest connection of a person wins."""

    __tablename__ = "presence"

    meeting_id: UUID = Field(foreign_key="meeting.id", primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    connection_id: str = Field(max_length=80)
    role: str = Field(max_length=12)
    media: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    expires_at: datetime = Field(index=True)
