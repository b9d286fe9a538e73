"""What requests and answers about importing vacancies look like. Each field that leaves the server is named here."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from server.kit.operations import RequestModel

Change = Literal["new", "changed", "same"]


class VacancyFile(RequestModel):
    """`leave_out` names lines that are not taken, with commas between."""

    leave_out: Annotated[str, Field(pattern=r"^[0-9,]*$", max_length=4000)] = ""

    @property
    def lines(self) -> frozenset[int]:
        """The lines left out."""
        return frozenset(int(one) for one in self.leave_out.split(",") if one)


class ImportColumn(BaseModel):
    heading: str
    field: str | None
    is_certain: bool


class ImportGuess(BaseModel):
    field: str
    reason: str
    understood: str


class ImportRow(BaseModel):
    """A vacancy as it was understood; `employer_is_new` where the bank does not know the employer."""

    line: int
    source_id: str
    title: str
    employer: str
    employer_is_new: bool
    place: str
    required: list[str]
    apply_by: date | None
    change: Change
    guesses: list[ImportGuess]


class ImportRefusal(BaseModel):
    line: int
    title: str
    reason: str
    params: dict[str, str | int]


class ImportClosing(BaseModel):
    """A vacancy of the bank that its source has taken away."""

    line: int
    source_id: str
    title: str


class VacancyImport(BaseModel):
    """What a file would do, or did. Nothing is taken as long as a row is refused that is not left out."""

    source: str
    columns: list[ImportColumn]
    rows: list[ImportRow]
    refused: list[ImportRefusal]
    closing: list[ImportClosing]
    unknown_removed: int
    new: int
    changed: int
    same: int
    new_employers: int
    left_out: int
