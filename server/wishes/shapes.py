"""What requests and answers about wishes look like. Each field that leaves the server is named here."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, TypeVar
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, BeforeValidator, Field, StringConstraints

from server.enrolments.shapes import SchedulingNeeds
from server.kit.operations import RequestModel
from server.wishes.rules import ABSENCES_MAX, MUSTS_MAX, RATHER_NOT_MAX, WISHES_MAX, Closed, Span, Wish

Form = Literal["video", "on_site", "hybrid"]
Version = Annotated[str, Field(min_length=1, max_length=40)]
Search = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]
T = TypeVar("T")


def _at_most(limit: int) -> BeforeValidator:
    def check(given: T) -> T:
        if isinstance(given, list | tuple) and len(given) > limit:
            raise ValueError(f"at most {limit}, not {len(given)}")
        return given

    return BeforeValidator(check)


class AbsenceRequest(RequestModel):
    starts_at: AwareDatetime
    ends_at: AwareDatetime


class EmployerWishRequest(RequestModel):
    organisation_id: UUID
    is_must: bool = False


class SeekerWishRequest(RequestModel):
    seeker_id: UUID
    is_must: bool = False


Absences = Annotated[tuple[AbsenceRequest, ...], Field(max_length=ABSENCES_MAX), _at_most(ABSENCES_MAX)]
RatherNot = Annotated[tuple[UUID, ...], Field(max_length=RATHER_NOT_MAX), _at_most(RATHER_NOT_MAX)]


class MyWishesChange(RequestModel):
    """All that a seeker says before an event; it replaces what stood there, if that is still `version`.

    `wishes` are employers, dearest first. A form left out means either; no hours mean the whole day.
    """

    version: Version
    form: Form | None = None
    available_from: AwareDatetime | None = None
    available_until: AwareDatetime | None = None
    absences: Absences = ()
    wishes: Annotated[tuple[EmployerWishRequest, ...], Field(max_length=WISHES_MAX), _at_most(WISHES_MAX)] = ()
    rather_not: RatherNot = ()

    def spans(self) -> list[Span]:
        """The absences for the rules."""
        return [Span(one.starts_at, one.ends_at) for one in self.absences]

    def wished(self) -> list[Wish]:
        """The wishes for the rules."""
        return [Wish(one.organisation_id, one.is_must) for one in self.wishes]


class DeskWishesChange(RequestModel):
    """All that an employer says before an event at a desk; it replaces what stood there, if that is still `version`."""

    version: Version
    absences: Absences = ()
    wishes: Annotated[tuple[SeekerWishRequest, ...], Field(max_length=WISHES_MAX), _at_most(WISHES_MAX)] = ()
    rather_not: RatherNot = ()

    def spans(self) -> list[Span]:
        """The absences for the rules."""
        return [Span(one.starts_at, one.ends_at) for one in self.absences]

    def wished(self) -> list[Wish]:
        """The wishes for the rules."""
        return [Wish(one.seeker_id, one.is_must) for one in self.wishes]


class SeekerSearch(RequestModel):
    """Part of a name or of a competence; each word must be found. Pages of fifty begin with 1."""

    q: Search = ""
    page: Annotated[int, Field(ge=1, le=1000)] = 1


class WishEvent(BaseModel):
    """An event before its plan is made."""

    id: UUID
    name: str
    place: str
    zone: str
    starts_at: datetime
    ends_at: datetime


class WishLimits(BaseModel):
    """How much one may say."""

    wishes: int = WISHES_MAX
    musts: int = MUSTS_MAX
    rather_not: int = RATHER_NOT_MAX
    absences: int = ABSENCES_MAX


class WishTime(BaseModel):
    """A time of the event's day."""

    starts_at: datetime
    ends_at: datetime


class WishedEmployer(BaseModel):
    organisation_id: UUID
    is_must: bool


class WishableEmployer(BaseModel):
    """An employer of the event; `matching` are those of the competences wanted that the seeker has."""

    id: UUID
    name: str
    initials: str
    about: str
    roles: list[str]
    competences_wanted: list[str]
    matching: list[str]
    forms: list[str]


class MyWishes(BaseModel):
    """What a seeker has said before an event, and whom there is to wish for.

    `closed` says why it can no longer be changed; `pieces` are the times in which meetings can lie.
    """

    event: WishEvent
    version: str
    closed: Closed | None
    has_meetings: bool
    limits: WishLimits
    pieces: list[WishTime]
    form: str | None
    available_from: datetime | None
    available_until: datetime | None
    absences: list[WishTime]
    wishes: list[WishedEmployer]
    rather_not: list[UUID]
    employers: list[WishableEmployer]
    needs: SchedulingNeeds


class MyWishesBrief(BaseModel):
    """An event that waits for a seeker's wishes; `absences` counts times of the day that are ruled out."""

    event: WishEvent
    employers: int
    wishes: int
    absences: int


class WishableSeeker(BaseModel):
    """What an employer may see of a seeker before an event: no contact details, no needs, no wishes of theirs."""

    id: UUID
    name: str
    initials: str
    competences: list[str]
    matching: list[str]


class WishedSeeker(BaseModel):
    seeker: WishableSeeker
    is_must: bool


class WishableSeekers(BaseModel):
    """A page of seekers by name; `total` is how many were found on all pages."""

    total: int
    page: int
    pages: int
    seekers: list[WishableSeeker]


class WishDesk(BaseModel):
    """The desk, its hours as staff have set them, and who stands there."""

    id: UUID
    number: int
    form: str
    station_name: str | None
    recruiter_name: str | None
    is_mine: bool
    on_duty_from: datetime
    on_duty_until: datetime


class WishEmployer(BaseModel):
    id: UUID
    name: str
    initials: str
    competences_wanted: list[str]


class DeskWishes(BaseModel):
    """What an employer has said before an event: its wishes together, and when this desk's recruiter is away.

    `closed` says why it can no longer be changed; nobody can be away from a desk that has no recruiter.
    """

    event: WishEvent
    employer: WishEmployer
    desk: WishDesk
    version: str
    closed: Closed | None
    limits: WishLimits
    pieces: list[WishTime]
    absences: list[WishTime]
    wishes: list[WishedSeeker]
    rather_not: list[WishableSeeker]
    seekers: int


class DeskWishesBrief(BaseModel):
    """A desk whose event waits for the employer's wishes."""

    event: WishEvent
    employer: WishEmployer
    desk: WishDesk
    seekers: int
    wishes: int
