"""A desk by HTTP. Each field that leaves the server is named here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from feedback.instrument import Text
from feedback.vocabulary import vocabulary
from realtime.meeting import Meeting, MeetingPlan, scorecard_opens_at, warns_at
from realtime.meeting_commands import can_extend
from realtime.queueing import Place
from server.desks.repository import SeekerFacts
from server.kit.rows import Found
from server.kit.words import initials
from server.reading.chosen import text_of
from server.scorecards.answers import Scorecard, scorecard_answer


class DeskEvent(BaseModel):
    """The event a desk belongs to; durations are seconds."""

    id: UUID
    name: str
    place: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    talk_s: int
    feedback_s: int
    undo_s: int
    extension_s: int


class Employer(BaseModel):
    id: UUID
    name: str
    initials: str


class InstrumentRef(BaseModel):
    """Which instrument to fill; its texts are at ``/api/instruments/{code}/{version}``."""

    code: str
    version: int


class Competence(BaseModel):
    """What a seeker knows; `is_wanted` where the desk's employer looks for it."""

    label: str
    detail: str
    evidence: str
    is_wanted: bool


class Goal(BaseModel):
    """What the seeker has chosen to work on."""

    chip: str | None
    text: Text


class Seeker(BaseModel):
    """What a recruiter may see of a seeker: no ratings, no contact details, no needs."""

    id: UUID
    name: str
    initials: str
    competences: list[Competence]
    questions: list[str]
    goal: Goal | None


class Line(BaseModel):
    """A place in the desk's line; waits are seconds."""

    position: int
    wait_min_s: int | None
    wait_max_s: int | None
    reason: str


class DeskMeeting(BaseModel):
    """A meeting at the desk."""

    id: UUID
    state: str
    form: str
    starts_at: datetime | None
    ends_at: datetime | None
    ready_at: datetime | None
    called_at: datetime | None
    talk_started_at: datetime | None
    talk_ends_at: datetime | None
    feedback_ends_at: datetime | None
    closed_at: datetime | None
    closed_by: str | None
    extensions: int
    can_extend: bool
    scorecard_opens_at: datetime | None
    warns_at: list[datetime]
    seeker: Seeker
    seeker_present: bool
    busy_elsewhere: bool
    line: Line | None
    scorecard: Scorecard | None


class Desk(BaseModel):
    """A desk in the recruiter's list."""

    id: UUID
    number: int
    form: str
    station_name: str | None
    is_open: bool
    on_duty_from: datetime
    on_duty_until: datetime
    event: DeskEvent
    employer: Employer


class DeskState(Desk):
    """Everything a recruiter's desk shows. `server_time` lets the page count down by our clock."""

    server_time: datetime
    instrument: InstrumentRef
    now: DeskMeeting | None
    next: list[DeskMeeting]
    waiting: int
    unsent: list[DeskMeeting]
    undoable: list[DeskMeeting]


def desk_answer(found: Found) -> Desk:
    """The desk for a list."""
    return Desk(**_desk_fields(found))


def desk_state(found: Found, **parts: Any) -> DeskState:
    """The desk with its meetings; `parts` are the fields that a list does not have."""
    return DeskState(**_desk_fields(found), **parts)


def _desk_fields(found: Found) -> dict[str, Any]:
    return {
        "id": found.id,
        "number": found.number,
        "form": found.form,
        "station_name": found.station_name,
        "is_open": found.opened_at is not None,
        "on_duty_from": found.on_duty_from,
        "on_duty_until": found.on_duty_until,
        "event": DeskEvent(
            id=found.event_id,
            name=found.event_name,
            place=found.place,
            zone=found.zone,
            starts_at=found.starts_at,
            ends_at=found.ends_at,
            talk_s=found.talk_s,
            feedback_s=found.feedback_s,
            undo_s=found.undo_s,
            extension_s=found.extension_s,
        ),
        "employer": Employer(id=found.employer_id, name=found.employer_name, initials=initials(found.employer_name)),
    }


def seeker_answer(facts: SeekerFacts, *, wanted: Sequence[str]) -> Seeker:
    """The seeker as a recruiter whose employer has `wanted` these competences may see them."""
    sought, keys_of = vocabulary().keys(wanted), vocabulary().keys_of
    return Seeker(
        id=facts.id,
        name=facts.name,
        initials=initials(facts.name),
        competences=[
            Competence(label=c.label, detail=c.detail, evidence=c.evidence, is_wanted=bool(keys_of(c.label) & sought))
            for c in facts.competences
        ],
        questions=facts.questions,
        goal=Goal(chip=facts.goals[-1].chip, text=text_of(facts.goals[-1])) if facts.goals else None,
    )


def meeting_answer(
    row: Found,
    meeting: Meeting,
    seeker: Seeker,
    *,
    plan: MeetingPlan,
    now: datetime,
    scorecard: Found | None = None,
    place: Place | None = None,
    present: bool = False,
    busy_elsewhere: bool = False,
    next_starts_at: datetime | None = None,
) -> DeskMeeting:
    """A meeting as its recruiter sees it; `meeting` is what `row` stores."""
    return DeskMeeting(
        can_extend=can_extend(meeting, next_starts_at=next_starts_at, plan=plan, now=now),
        scorecard_opens_at=scorecard_opens_at(meeting, plan=plan),
        warns_at=list(warns_at(meeting, plan=plan)),
        seeker=seeker,
        seeker_present=present,
        busy_elsewhere=busy_elsewhere,
        line=_line(place) if place else None,
        scorecard=scorecard_answer(scorecard, now=now) if scorecard else None,
        **{name: getattr(row, name) for name in _STORED},
    )


_STORED = (
    "id",
    "state",
    "form",
    "starts_at",
    "ends_at",
    "ready_at",
    "called_at",
    "talk_started_at",
    "talk_ends_at",
    "feedback_ends_at",
    "closed_at",
    "closed_by",
    "extensions",
)


def _line(place: Place) -> Line:
    wait = place.wait
    return Line(position=place.position, wait_min_s=wait.min_s, wait_max_s=wait.max_s, reason=wait.reason)
