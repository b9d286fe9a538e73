"""What requests and answers about planning runs look like."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, ValidationInfo, field_validator

from server.kit.operations import RequestModel
from server.kit.problems import Conflict
from server.planning_runs.material import Dimension, Keep
from server.planning_runs.planning_rules import PlanningRules

Status = Literal["queued", "running", "done", "cancelled", "failed", "lost"]
Meetings = Annotated[int, Field(ge=1, le=20)]


class RunIsActive(Conflict):
    title = "A plan is being made already"


class RunNotDone(Conflict):
    title = "The run has no plan to lay"


class RunNotLaid(Conflict):
    title = "The run's plan does not lie now"


class PlanHasChanged(Conflict):
    title = "The plan has changed since the run was made"


class Parity(RequestModel):
    """How much of the price of equal shares is paid: 0 none, 1 what evens the groups out."""

    dimension: Dimension
    strength: Annotated[float, Field(ge=0, le=1.25, allow_inf_nan=False)] = 1.0


class NewRun(RequestModel):
    """What is asked of a plan; left out, the event's own rules hold.

    `keep` "pinned" lets everything move that is booked and neither pinned nor locked; "all" only fills.
    """

    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    meetings_max: Meetings | None = None
    meetings_min: Annotated[int, Field(ge=0, le=20)] | None = None
    keep: Keep = "pinned"
    parity: Parity | None = None

    @field_validator("meetings_min")
    @classmethod
    def _not_above_the_most(cls, least: int | None, info: ValidationInfo) -> int | None:
        most = info.data.get("meetings_max")
        if least is not None and most is not None and least > most:
            raise ValueError(f"the least cannot be above the most, {most}")
        return least


class RulesOfPlan(PlanningRules, RequestModel):
    """What the organiser has chosen for every plan of the event; a kind of interpreter not named here is enough."""


class RunOptions(BaseModel):
    seed: int
    meetings_max: int | None
    meetings_min: int | None
    keep: Keep
    parity: Parity | None


class PlanCertificate(BaseModel):
    """What is proven of a plan, in hundredths of a unit: no plan of the event is worth more than `bound`."""

    value: int
    bound: int
    gap_pct: float
    match_value: int
    meetings: int
    breaks_before: int
    breaks: int
    rules_kept: list[str]
    seconds: float
    seed: int


class GroupShare(BaseModel):
    label: str
    seekers: int
    mean: float
    without: int


class GroupFigures(BaseModel):
    """The groups of a dimension; those in which one could guess who is meant are withheld."""

    dimension: str
    groups: list[GroupShare]
    groups_withheld: int


class PlanFigures(BaseModel):
    """How a plan treats people. `by_meetings`: seekers with none, one, two, and three meetings or more."""

    meetings: int
    seekers: int
    by_meetings: list[int]
    breaks: int
    mean_value: float | None
    groups: list[GroupFigures]


class EqualityPoint(BaseModel):
    """What so much of the price brings: the gap between the groups, and the value that it costs."""

    strength: float
    gap_pct: float
    price_pct: float
    shares: list[GroupShare]


class EqualityPrices(BaseModel):
    """Points for a slider, from the newest run that has them; none yet: ask for a plan with parity."""

    dimension: Dimension
    run_id: UUID | None
    points: list[EqualityPoint]


class Unmet(BaseModel):
    """A must that the plan does not meet, or somebody with fewer meetings than the least, and why."""

    seeker_id: UUID
    seeker_name: str
    organisation_id: UUID | None
    employer_name: str | None
    code: str
    params: dict[str, int | str]
    reason: str


class RunFault(BaseModel):
    """What keeps a plan from being made, at its field."""

    path: str
    message: str


class PlanChanges(BaseModel):
    """How a plan differs from what lies now."""

    new: int
    moved: int
    gone: int
    people_moved: int


class PlanningRun(BaseModel):
    """A plan that was asked for. `is_current`: its plan was laid last and can be taken back.

    `changes` is told of one run that is done, not in the list.
    """

    id: UUID
    status: Status
    stage: str
    progress_pct: int
    options: RunOptions
    created_at: datetime
    finished_at: datetime | None
    laid_at: datetime | None
    is_current: bool
    certificate: PlanCertificate | None
    figures: PlanFigures | None
    unmet: list[Unmet]
    faults: list[RunFault]
    meetings: int
    changes: PlanChanges | None


class LaidPlan(BaseModel):
    """What laying a plan, or taking it back, changed, and how many people are told."""

    laid: int
    moved: int
    taken_away: int
    told: int


class PlanSpot(BaseModel):
    desk_id: UUID
    slot_id: UUID


class ComparedMeeting(BaseModel):
    """A pair that meets in one plan only, or elsewhere."""

    seeker_id: UUID
    seeker_name: str
    organisation_id: UUID
    employer_name: str
    one: PlanSpot | None
    other: PlanSpot | None


class Comparison(BaseModel):
    """Two plans side by side: `one` is the run's, `other` another run's or what lies now.

    `differences` are the first hundreds of them.
    """

    one: PlanFigures
    other: PlanFigures
    changes: PlanChanges
    differences: list[ComparedMeeting]


class MatchReason(BaseModel):
    code: str
    params: dict[str, int | str]


class EmployerMatch(BaseModel):
    """What it is worth that a seeker meets an employer, 0 … 100, and why."""

    organisation_id: UUID
    employer_name: str
    value: int
    reasons: list[MatchReason]
