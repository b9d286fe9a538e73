"""What requests and answers about seekers of an event look like."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from server.employers.shapes import Email, Labels, Name, Phone
from server.enrolments.repository import EnrolledSeeker
from server.kit.operations import RequestModel

Form = Literal["video", "on_site", "hybrid"]
Gender = Literal["woman", "man", "other", "undisclosed"]
Need = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Needs = Annotated[tuple[Need, ...], Field(max_length=10)]
Wishes = Annotated[tuple[UUID, ...], Field(max_length=30)]


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
    avoids: Wishes = ()
    access_needs: Needs = ()
    relay_only: bool = False


class SeekerChange(RequestModel):
    """What may be changed; what is left out stays, null takes a limit away."""

    form: Form | None = None
    available_from: AwareDatetime | None = None
    available_until: AwareDatetime | None = None
    languages: Labels = ()
    wishes: Wishes = ()
    avoids: Wishes = ()
    access_needs: Needs = ()
    relay_only: bool = False

    def changes(self) -> dict[str, Any]:
        """The fields that were given."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class EventSeeker(BaseModel):
    """A seeker as the event's staff arrange for them. Access needs are sensitive and leave the server only here."""

    id: UUID
    name: str
    email: str | None
    phone: str | None
    form: str | None
    available_from: datetime | None
    available_until: datetime | None
    languages: list[str]
    competences: list[str]
    wishes: list[UUID]
    avoids: list[UUID]
    access_needs: list[str]
    relay_only: bool
    meetings: int


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
        wishes=found.wishes,
        avoids=found.avoids,
        access_needs=[need.need for need in found.access_needs],
        relay_only=enrolment.relay_only,
        meetings=found.meetings,
    )
