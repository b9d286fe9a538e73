"""What requests and answers about plans look like. Each field that leaves the server is named here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from server.kit.operations import RequestModel
from server.support_plans.catalogue import LocalText, Measure, Pathway, Responsible
from server.support_plans.rules import STEPS_MAX

Status = Literal["proposed", "running", "done", "cancelled"]
Answer = Literal["yes", "no"]
Title = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
Comment = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=40)]
FeedbackIds = Annotated[tuple[UUID, ...], Field(max_length=50)]


class StepRequest(RequestModel):
    """A step to plan: a measure, own words, or both; `feedback_ids` are what it rests on."""

    measure: Code | None = None
    title: Title = ""
    starts_on: date
    ends_on: date | None = None
    responsible: Responsible
    feedback_ids: FeedbackIds = ()


class StepChange(StepRequest):
    """All of a step, if it is still `version`."""

    version: int
    status: Status


class PathwayRequest(RequestModel):
    """A pathway's steps from its first day."""

    code: Code
    starts_on: date
    feedback_ids: FeedbackIds = ()


class OrderRequest(RequestModel):
    """Every step of the plan, in the order wanted."""

    step_ids: list[UUID] = Field(max_length=STEPS_MAX)


class CommentRequest(RequestModel):
    """About a step, or about the plan as a whole."""

    text: Comment
    step_id: UUID | None = None


class StepAnswer(RequestModel):
    """None takes an answer back."""

    answer: Answer | None


class Catalogue(BaseModel):
    """What can be planned today."""

    measures: list[Measure]
    pathways: list[Pathway]


class StepMeasure(BaseModel):
    """The measure of a step, in words that are as old as its source."""

    code: str
    title: LocalText
    about: LocalText
    note: LocalText
    source_text: LocalText
    source_url: str | None
    source_read_on: date
    case_worker_only: bool


class StepSource(BaseModel):
    """Feedback that a step rests on, as far as the reader may see it just now."""

    feedback_id: UUID
    employer_name: str
    employer_initials: str
    held_at: datetime


class PlanComment(BaseModel):
    """`said_by` is ``agency`` for a case worker's own words, which are never an employer's, or ``seeker``."""

    id: UUID
    said_by: Literal["agency", "seeker"]
    author_name: str
    text: str
    at: datetime


class PlanStep(BaseModel):
    id: UUID
    measure: StepMeasure | None
    title: str
    starts_on: date
    ends_on: date | None
    status: Status
    responsible: Responsible
    answer: Answer | None
    answered_at: datetime | None
    version: int
    sources: list[StepSource]
    comments: list[PlanComment]


class PlanOwner(BaseModel):
    """Whose plan it is, and whether they share their feedback with the case worker now."""

    id: UUID
    name: str
    initials: str
    shares: bool


class SupportPlan(BaseModel):
    """A seeker's plan; `comments` are about the whole of it."""

    seeker: PlanOwner
    case_workers: list[str]
    steps: list[PlanStep]
    comments: list[PlanComment]
