"""What requests and answers about seekers of an event look like."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from server.employers.shapes import Email, Labels, Name, Phone
from server.enrolments.repository import EnrolledSeeker
from server.enrolments.values import MUSTS_MAX, Needs, NewSeeker
from server.kit.operations import RequestModel

Form = Literal["video", "on_site", "hybrid"]
Gender = Literal["woman", "man", "other", "undisclosed"]
Need = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
AccessNeeds = Annotated[tuple[Need, ...], Field(max_length=10)]
Wishes = Annotated[tuple[UUID, ...], Field(max_length=30)]
Musts = Annotated[tuple[UUID, ...], Field(max_length=MUSTS_MAX)]
Interpreter = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]


class SchedulingNeedsRequest(RequestModel):
    """What somebody's needs mean for the plan; it replaces what stood there.

    `interpreter` is a kind: ``sign_language``, ``language:`` with a code such as ``ar``, or a word of one's own.
    """

    extra_time: bool = False
    accessible_station: bool = False
    interpreter: Interpreter | None = None

    def needs(self) -> Needs:
        """The same for the service."""
        return Needs(**self.model_dump())


class NewSeekerRequest(RequestModel):
    """Somebody to enrol; `form` left out means either."""

    name: Name
    email: Email | None = None
    phone: Phone | None = None
    form: Form | None = None
    available_from: AwareDatetime | None = None
    available_until: AwareDatetime | None = None
    gender: Gender | None = None
    birth_year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    languages: Labels = ()
    competences: Labels = ()
    wishes: Wishes = ()
    musts: Musts = ()
    avoids: Wishes = ()
    access_needs: AccessNeeds = ()
    scheduling_needs: SchedulingNeedsRequest | None = None
    relay_only: bool = False

    def seeker(self) -> NewSeeker:
        """The same for the service."""
        given = self.model_dump(exclude={"scheduling_needs"})
        return NewSeeker(**given, needs=self.scheduling_needs.needs() if self.scheduling_needs else None)


class SeekerChange(RequestModel):
    """What may be changed; what is left out stays, null takes a limit away."""

    form: Form | None = None
    available_from: AwareDatetime | None = None
    available_until: AwareDatetime | None = None
    languages: Labels = ()
    wishes: Wishes = ()
    musts: Musts = ()
    avoids: Wishes = ()
    access_needs: AccessNeeds = ()
    scheduling_needs: SchedulingNeedsRequest = SchedulingNeedsRequest()
    relay_only: bool = False

    def changes(self) -> dict[str, Any]:
        """The fields that were given."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        if "scheduling_needs" in given:
            given["needs"] = given.pop("scheduling_needs").needs()
        return given


class SchedulingNeeds(BaseModel):
    """What somebody's needs mean for the plan. Sensitive: for the event's staff, and for the seeker's own eyes."""

    extra_time: bool
    accessible_station: bool
    interpreter: str | None


class SeekerAbsence(BaseModel):
    """A time within the event in which the seeker cannot come."""

    starts_at: datetime
    ends_at: datetime


class SeekersSought(RequestModel):
    """Which of an event's seekers: `q` is parts of name or address; `page` begins with 1."""

    q: Annotated[str, Field(max_length=80)] = ""
    page: Annotated[int, Field(ge=1, le=1000)] = 1


class SeekerLink(BaseModel):
    """The newest personal link that still lets the seeker in."""

    id: UUID
    created_at: datetime


class EventSeeker(BaseModel):
    """A seeker as the event's staff arrange for them. Needs are sensitive: others than they read them nowhere else."""

    id: UUID
    name: str
    email: str | None
    phone: str | None
    form: str | None
    available_from: datetime | None
    available_until: datetime | None
    languages: list[str]
    competences: list[str]
    absences: list[SeekerAbsence]
    wishes: list[UUID]
    musts: list[UUID]
    avoids: list[UUID]
    access_needs: list[str]
    scheduling_needs: SchedulingNeeds
    relay_only: bool
    meetings: int
    link: SeekerLink | None


class EventSeekers(BaseModel):
    """A page of an event's seekers by name. `total` were found on all `pages`; `enrolled` are at the event."""

    seekers: list[EventSeeker]
    total: int
    enrolled: int
    page: int
    pages: int


def event_seeker(found: EnrolledSeeker) -> EventSeeker:
    """The seeker as staff see them."""
    person, enrolment = found.person, found.enrolment
    return EventSeeker(
        id=person.id,
        name=person.name,
        email=person.email,
        phone=person.phone,
        form=enrolment.form,
        available_from=enrolment.available_from,
        available_until=enrolment.available_until,
        languages=enrolment.languages,
        competences=found.competences,
        absences=[SeekerAbsence(starts_at=row.starts_at, ends_at=row.ends_at) for row in found.absences],
        wishes=found.wishes,
        musts=found.musts,
        avoids=found.avoids,
        access_needs=[need.need for need in found.access_needs],
        scheduling_needs=SchedulingNeeds(
            extra_time=found.needs.extra_time,
            accessible_station=found.needs.accessible_station,
            interpreter=found.needs.interpreter,
        ),
        relay_only=enrolment.relay_only,
        meetings=found.meetings,
        link=SeekerLink(id=found.link.id, created_at=found.link.created_at) if found.link else None,
    )
