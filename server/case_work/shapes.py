"""What requests and answers about case work look like. Each field that leaves the server is named here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from server.case_work.rules import Kind, When
from server.kit.operations import RequestModel
from server.support_plans.catalogue import LocalText

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
HandOverState = Literal["open", "accepted", "declined", "withdrawn"]
AT_ONCE = 50


class TaskRequest(RequestModel):
    """A task by hand; the seeker reads its title too."""

    title: Title
    due_on: date


class TaskChange(RequestModel):
    """All that was made of a task; what stood there before takes it back."""

    done: bool
    snoozed_until: date | None = None
    assigned_to: UUID | None = None


class HandOverRequest(RequestModel):
    """Seekers to hand over to a colleague; each reads the note about themselves."""

    seeker_ids: list[UUID] = Field(min_length=1, max_length=AT_ONCE)
    to_id: UUID
    note: Note


class Colleague(BaseModel):
    id: UUID
    name: str
    initials: str


class TaskSeeker(BaseModel):
    """A seeker of the case worker's; `case_workers` are the others who have them too."""

    id: UUID
    name: str
    initials: str
    shares: bool
    case_workers: list[Colleague]


class TaskEmployer(BaseModel):
    id: UUID
    name: str
    initials: str


class TaskNeed(BaseModel):
    code: str
    text: LocalText


class TaskStep(BaseModel):
    """A step's name, and the seeker's answer to it."""

    id: UUID
    title: LocalText
    status: str
    answer: Literal["yes", "no"] | None


class TaskMeeting(BaseModel):
    """A three-party meeting that lies ahead, or that came to nothing."""

    employer_name: str
    state: Literal["fixed", "declined"]
    starts_at: datetime | None


class CaseTask(BaseModel):
    """Something to do; `due_on` is the day it was put off to, if it was. Nothing here is kept of any feedback."""

    key: str
    kind: Kind
    seeker_id: UUID
    when: When
    due_on: date
    days_late: int
    since: datetime
    title: str
    need: TaskNeed | None
    employers: list[TaskEmployer]
    feedback_id: UUID | None
    step: TaskStep | None
    meeting: TaskMeeting | None
    assigned_to: UUID | None
    snoozed_until: date | None
    done_at: datetime | None


class HandOver(BaseModel):
    """A seeker on their way to another case worker, or come there."""

    id: UUID
    seeker_id: UUID
    seeker_name: str
    seeker_initials: str
    from_id: UUID
    from_name: str
    to_id: UUID
    to_name: str
    note: str
    state: HandOverState
    made_at: datetime
    ended_at: datetime | None


class Inbox(BaseModel):
    """What a case worker has to do, soonest first; `done` is of the last week.

    `released_lately` counts the feedback that reached sharing seekers in that week with nobody in between.
    """

    me: UUID
    today: date
    tasks: list[CaseTask]
    done: list[CaseTask]
    seekers: list[TaskSeeker]
    to_accept: list[HandOver]
    released_lately: int


class HandOvers(BaseModel):
    """Those that one gives and is given, newest first, and whom one can give to."""

    me: UUID
    hand_overs: list[HandOver]
    colleagues: list[Colleague]


class NeedSource(BaseModel):
    """A feedback that names a need, which the seeker shares just now."""

    feedback_id: UUID
    employer_name: str
    employer_initials: str
    held_at: datetime


class NeedStep(BaseModel):
    id: UUID
    title: LocalText
    status: str
    starts_on: date
    ends_on: date | None


class NeedMeasure(BaseModel):
    code: str
    title: LocalText
    about: LocalText


class SeekerNeed(BaseModel):
    """A need with who names it, what is planned for it, and what could be."""

    code: str
    text: LocalText
    about: LocalText
    sources: list[NeedSource]
    steps: list[NeedStep]
    measures: list[NeedMeasure]


class SeekerNeeds(BaseModel):
    """What employers say would make hiring a seeker possible; `employers` have given feedback that is shared."""

    seeker: TaskSeeker
    asked: bool
    employers: int
    needs: list[SeekerNeed]


class OwnTask(BaseModel):
    title: str
    due_on: date
    made_by: str
    made_at: datetime
    done_at: datetime | None


class MyCaseWork(BaseModel):
    """All that case workers have written about a seeker outside the plan, as the seeker reads it."""

    case_workers: list[str]
    tasks: list[OwnTask]
    hand_overs: list[HandOver]
