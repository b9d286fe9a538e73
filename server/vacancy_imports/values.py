"""What is understood of a file of vacancies. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Guess:
    """What was taken to mean something, and why; an empty `understood` means nothing was found."""

    field: str
    reason: str
    understood: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be taken: its line or place, what it is called, and why."""

    line: int
    title: str
    reason: str
    params: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Removed:
    """An advertisement that its source has taken away."""

    line: int
    source_id: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a spreadsheet and the field it was taken for; None where it is not read."""

    heading: str
    field: str | None
    is_certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtVacancy:
    """A vacancy as a file tells of it."""

    line: int
    source_id: str
    title: str
    employer_name: str
    employer_number: str | None
    about: str = ""
    occupation: str = ""
    occupation_concept_id: str | None = None
    place: str = ""
    work_form: str = "on_site"
    employment: str = ""
    seats: int = 1
    required: tuple[str, ...] = ()
    merits: tuple[str, ...] = ()
    concepts: dict[str, str] = field(default_factory=dict)
    apply_by: date | None = None
    apply_url: str | None = None
    guesses: tuple[Guess, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything in a file: what can be taken, what its source has removed, what cannot, and the columns."""

    source: str
    rows: list[BroughtVacancy]
    removed: list[Removed]
    refused: list[Refused]
    columns: list[Column]
