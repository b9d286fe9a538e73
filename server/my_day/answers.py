"""A seeker's own meeting by HTTP. Each field that leaves the server is named here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from feedback.vocabulary import vocabulary
from realtime.meeting import warns_at
from realtime.queueing import Place
from server.kit.rows import Found
from server.kit.words import initials
from server.meetings.machine import meeting_of, plan_of


class MyEvent(BaseModel):
    id: UUID
    name: str
    place: str
    zone: str


class MyEmployer(BaseModel):
    """What a seeker may read of an employer; `matching` is what of the competences wanted the seeker has."""

    id: UUID
    name: str
    initials: str
    about: str
    roles: list[str]
    competences_wanted: list[str]
    matching: list[str]


class MyStation(BaseModel):
    number: int
    name: str
    is_accessible: bool


class MyQueue(BaseModel):
    """The seeker's place in the desk's line; waits are seconds, None when nobody can know."""

    position: int
    ahead: int
    wait_min_s: int | None
    wait_max_s: int | None
    reason: str
    desk_is_open: bool
    meeting_running: bool


class MyMeeting(BaseModel):
    """A meeting in the seeker's day. `server_time` lets the page count by our clock."""

    id: UUID
    server_time: datetime
    state: str
    form: str
    format: str
    starts_at: datetime | None
    ends_at: datetime | None
    desk_id: UUID
    slot_id: UUID | None
    event: MyEvent
    employer: MyEmployer
    recruiter_name: str | None
    station: MyStation | None
    check_in_code: str
    ready_at: datetime | None
    called_at: datetime | None
    talk_started_at: datetime | None
    talk_ends_at: datetime | None
    feedback_ends_at: datetime | None
    closed_at: datetime | None
    warns_at: list[datetime]
    extensions: int
    feedback_id: UUID | None
    queue: MyQueue | None = None


def my_meeting(
    found: Found, *, had: Sequence[str], now: datetime, places: tuple[Place, ...] = (), meeting_running: bool = False
) -> MyMeeting:
    """The meeting as its seeker, who `had` these competences, sees it, with their place among `places`."""
    return MyMeeting(
        server_time=now,
        event=MyEvent(id=found.event_id, name=found.event_name, place=found.place, zone=found.zone),
        employer=_employer(found, had),
        recruiter_name=found.recruiter_name,
        station=_station(found),
        warns_at=list(warns_at(meeting_of(found), plan=plan_of(found))),
        feedback_id=found.released_scorecard_id,
        queue=_queue(found, places, meeting_running=meeting_running),
        **{name: getattr(found, name) for name in _STORED},
    )


_STORED = (
    "id",
    "state",
    "form",
    "format",
    "starts_at",
    "ends_at",
    "desk_id",
    "slot_id",
    "check_in_code",
    "ready_at",
    "called_at",
    "talk_started_at",
    "talk_ends_at",
    "feedback_ends_at",
    "closed_at",
    "extensions",
)


def _employer(found: Found, had: Sequence[str]) -> MyEmployer:
    return MyEmployer(
        id=found.employer_id,
        name=found.employer_name,
        initials=initials(found.employer_name),
        about=found.about or "",
        roles=found.roles or [],
        competences_wanted=found.competences_wanted or [],
        matching=vocabulary().matching(found.competences_wanted or [], had),
    )


def _station(found: Found) -> MyStation | None:
    if found.station_number is None:
        return None
    return MyStation(number=found.station_number, name=found.station_name, is_accessible=found.is_accessible)


def _queue(found: Found, places: tuple[Place, ...], *, meeting_running: bool) -> MyQueue | None:
    place = next((place for place in places if place.meeting_id == found.id), None)
    if place is None:
        return None
    return MyQueue(
        position=place.position,
        ahead=place.position - 1,
        wait_min_s=place.wait.min_s,
        wait_max_s=place.wait.max_s,
        reason=place.wait.reason,
        desk_is_open=found.desk_opened_at is not None,
        meeting_running=meeting_running,
    )
