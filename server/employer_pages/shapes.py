"""What requests and answers about an employer's page look like. Each field that leaves the server is named here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from server.kit.operations import RequestModel

Step = Annotated[int, Field(ge=1, le=5)]


class AgencyFeedbackChange(RequestModel):
    """An employer's word to the agency of one event: 1 to 5, and nothing else."""

    organisation_id: UUID
    right_people: Step
    time_well_spent: Step
    help: Step
    come_again: Step


class FactChange(RequestModel):
    """What an employer says of itself, and when that was true; no words take it away."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
    as_of: date


class ConfirmationChange(RequestModel):
    confirmed: bool


class PersonAgain(BaseModel):
    """Somebody whom the employer has met and who agreed to be found."""

    id: UUID
    name: str
    initials: str
    competences: list[str]
    met_at: datetime
    talks: int


class WaitingAnswer(BaseModel):
    """An application that waits for the employer's answer."""

    application_id: UUID
    seeker_name: str
    seeker_initials: str
    title: str
    sent_at: datetime


class PeopleMet(BaseModel):
    """Everybody the employer has met, each once, by the furthest they have come."""

    hired: int
    next: int
    feedback: int
    nothing: int


class TimeOfEmployer(BaseModel):
    """Seconds by what they went to."""

    talk_s: int
    feedback_s: int
    wait_s: int
    half_days: int
    usual_feedback_s: int | None


class LedTo(BaseModel):
    """What meetings and jobs have led to."""

    applications: int
    from_meetings: int
    in_conversation: int
    offered: int
    hired: int
    met_again: int


class Interested(BaseModel):
    vacancy_id: UUID
    count: int


class EmployerPage(BaseModel):
    """An employer's own page; nobody else sees it, and nobody is compared."""

    id: UUID
    name: str
    initials: str
    since: datetime | None
    people: PeopleMet
    time: TimeOfEmployer
    led_to: LedTo
    waiting: list[WaitingAnswer]
    again: list[PersonAgain]
    interested: list[Interested]


class AgencyAnswers(BaseModel):
    right_people: int
    time_well_spent: int
    help: int
    come_again: int


class AgencyFeedback(BaseModel):
    """What an employer has said of an event; `stands_fast` once it is counted in a sum."""

    recruitment_event_id: UUID
    event_name: str
    starts_at: datetime
    organisation_id: UUID
    employer_name: str
    answers: AgencyAnswers | None
    stands_fast: bool


class QuestionSum(BaseModel):
    """How many employers gave each answer from 1 to 5."""

    question: Literal["right_people", "time_well_spent", "help", "come_again"]
    steps: list[int]


class AgencySum(BaseModel):
    """The sum of employers' words; empty until five have spoken. `waiting` have spoken and are not counted yet."""

    recruitment_event_id: UUID | None
    name: str | None
    employers: int
    waiting: int
    questions: list[QuestionSum]


class AgencySums(BaseModel):
    total: AgencySum
    events: list[AgencySum]
