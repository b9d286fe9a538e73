"""What requests and answers about three-party meetings look like. Each field that leaves the server is named here."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from server.kit.operations import RequestModel
from server.three_party.rules import LENGTH_MAX, LENGTH_MIN, TIMES_MAX

Form = Literal["video", "on_site"]
Purpose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Place = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Times = Annotated[list[AwareDatetime], Field(max_length=TIMES_MAX)]


class MeetingProposal(RequestModel):
    """A meeting with the recruiter who gave a feedback that the seeker shares; the seeker is asked first."""

    feedback_id: UUID
    purpose: Purpose
    form: Form
    place: Place
    length_min: int = Field(ge=LENGTH_MIN, le=LENGTH_MAX)
    times: Times


class SuitingTimes(RequestModel):
    """The times that suit; none says no."""

    times: Times


class ChosenTime(RequestModel):
    """One of the times that suit the seeker; none says no."""

    time: AwareDatetime | None


class ThreePartyTime(BaseModel):
    starts_at: datetime
    suits_seeker: bool | None


class ThreePartyMeeting(BaseModel):
    """A meeting of three as each of them sees it; an employer sees only the times that suit the seeker."""

    id: UUID
    seeker_id: UUID
    seeker_name: str
    employer_name: str
    recruiter_name: str
    case_worker_name: str
    purpose: str
    form: Form
    place: str
    length_min: int
    state: Literal["asking_seeker", "asking_employer", "fixed", "declined", "cancelled"]
    declined_by: Literal["seeker", "employer"] | None
    starts_at: datetime | None
    times: list[ThreePartyTime]
    made_at: datetime
