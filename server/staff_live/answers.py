"""What the board and the door answer. Staff see names, times and places; never an answer of a scorecard."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from server.meetings.cards import DeskCard


class LiveEvent(BaseModel):
    """The event that the board shows."""

    id: UUID
    name: str
    place: str
    zone: str
    status: str
    starts_at: datetime
    ends_at: datetime
    late_after_s: int
    no_show_after_s: int


class DeskContact(BaseModel):
    """Whom staff call when a desk needs a hand."""

    desk_id: UUID
    recruiter_name: str
    phone: str | None
    email: str | None


class LiveCounts(BaseModel):
    """How the day goes: people who have come, meetings that are over, answers that were sent."""

    seekers: int
    arrived: int
    meetings: int
    held: int
    no_shows: int
    feedback_sent: int


class LiveBoard(BaseModel):
    """The whole day at one look. `server_time` lets the page count by our clock."""

    server_time: datetime
    event: LiveEvent
    desks: list[DeskCard]
    contacts: list[DeskContact]
    counts: LiveCounts


class Arrival(BaseModel):
    """One meeting at the door: who, where, when. The code lets a phone without a line find it too."""

    meeting_id: UUID
    check_in_code: str
    seeker_id: UUID
    seeker_name: str
    state: str
    form: str
    starts_at: datetime | None
    ready_at: datetime | None
    desk_number: int
    station_name: str | None
    employer_name: str


class CheckedIn(Arrival):
    """Whoever was checked in. `already`: they were here before this."""

    already: bool
    ahead: int
