"""What requests and answers about employers look like."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, StringConstraints

from server.kit.operations import RequestModel


def _plausible_address(email: str) -> str:
    name, at, domain = email.partition("@")
    if not (name and at and "." in domain.strip(".") and "@" not in domain) or any(c.isspace() for c in email):
        raise ValueError("not an e-mail address")
    if not name.isascii():
        raise ValueError("an e-mail address has no letters such as å, ä, ö before the @: no mail would reach it")
    return email.lower()


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254), AfterValidator(_plausible_address)]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=30)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Labels = Annotated[tuple[Label, ...], Field(max_length=40)]
Form = Literal["video", "on_site", "hybrid"]


class NewRecruiter(RequestModel):
    name: Name
    email: Email | None = None
    phone: Phone | None = None


class RequirementProfileChange(RequestModel):
    """What an employer tells seekers; it replaces what stood there."""

    about: Annotated[str, Field(max_length=2000)] = ""
    roles: Labels = ()
    competences_wanted: Labels = ()


class NewEmployerRequest(RequestModel):
    """An employer for an event: from the bank by id, or by name and number."""

    name: Name
    number: Annotated[str, Field(max_length=20)] | None = None
    organisation_id: UUID | None = None
    about: Annotated[str, Field(max_length=2000)] = ""
    roles: Labels = ()
    competences_wanted: Labels = ()
    recruiters: Annotated[tuple[NewRecruiter, ...], Field(max_length=30)] = ()
    form: Form
    desks: Annotated[int, Field(ge=1, le=30)] = 1
    station: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] | None = None
    on_duty_from: AwareDatetime | None = None
    on_duty_until: AwareDatetime | None = None


class NewDesk(RequestModel):
    organisation_id: UUID
    recruiter_id: UUID | None = None
    station_id: UUID | None = None
    form: Form
    on_duty_from: AwareDatetime | None = None
    on_duty_until: AwareDatetime | None = None


class BankEmployer(BaseModel):
    """An employer of the bank."""

    id: UUID
    name: str
    number: str | None
    about: str
    competences_wanted: list[str]


class RequirementProfile(BaseModel):
    about: str
    roles: list[str]
    competences_wanted: list[str]


class Recruiter(BaseModel):
    id: UUID
    name: str
    email: str | None
    phone: str | None


class EventDesk(BaseModel):
    """A desk as staff plan it; it may wait for its recruiter."""

    id: UUID
    number: int
    organisation_id: UUID
    recruiter_id: UUID | None
    station_id: UUID | None
    form: str
    on_duty_from: datetime
    on_duty_until: datetime


class EventEmployer(BaseModel):
    """An employer at an event, with recruiters and desks."""

    id: UUID
    name: str
    number: str | None
    about: str
    roles: list[str]
    competences_wanted: list[str]
    recruiters: list[Recruiter]
    desks: list[EventDesk]
