"""What requests and answers about vacancies look like. Each field that leaves the server is named here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from server.kit.operations import RequestModel

Standing = Literal["open", "stale", "hidden", "closed", "withdrawn", "removed"]
WorkForm = Literal["on_site", "hybrid", "remote"]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
Labels = Annotated[tuple[Label, ...], Field(max_length=20)]


def web_address(text: str | None) -> str | None:
    """An address that a browser opens as a page, and nothing that runs.

    Raises:
        ValueError: it is another kind of address.
    """
    if not text:
        return None
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("write an address that begins with https://")
    return text


WebAddress = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), AfterValidator(web_address)]


class VacancyChange(RequestModel):
    """What a vacancy says; it replaces what stood there."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    about: Annotated[str, StringConstraints(strip_whitespace=True, max_length=8000)] = ""
    occupation: Short = ""
    place: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)] = ""
    work_form: WorkForm = "on_site"
    employment: Short = ""
    seats: Annotated[int, Field(ge=1, le=999)] = 1
    required: Labels = ()
    merits: Labels = ()
    apply_by: date | None = None
    apply_url: WebAddress | None = None


class NewVacancy(VacancyChange):
    organisation_id: UUID


class ChangedVacancy(VacancyChange):
    version: int


class VacancySearch(RequestModel):
    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)] = ""


class WantedCompetence(BaseModel):
    """A competence asked for; ids where the words are one that is known."""

    label: str
    code: str | None
    concept_id: str | None


class VacancyEmployer(BaseModel):
    id: UUID
    name: str
    initials: str


class Vacancy(BaseModel):
    """A vacancy of the bank. `fresh_until` is when it should be confirmed again."""

    id: UUID
    employer: VacancyEmployer
    title: str
    about: str
    occupation: str
    occupation_concept_id: str | None
    place: str
    work_form: WorkForm
    employment: str
    seats: int
    required: list[WantedCompetence]
    merits: list[WantedCompetence]
    apply_by: date | None
    apply_url: str | None
    source: str
    source_id: str | None
    standing: Standing
    version: int
    confirmed_at: datetime
    fresh_until: datetime
    shown_until: datetime
