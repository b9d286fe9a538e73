"""What requests and answers about imports look like."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from server.imports.codes import Kind
from server.imports.rules import BlockedReason, Choices, Preview, choices_from_json
from server.imports.service import Previewed
from server.imports.values import ColumnGuess, Notice, OtherLine, RowResult, SharedDecision, Summary
from server.kit.operations import RequestModel

Line = Annotated[int, Field(ge=0, le=1_000_000)]
Code = Annotated[str, Field(max_length=300)]
CHOICES_MAX = 20_000


class ColumnChoice(RequestModel):
    """A column read as `field`, or left unread."""

    index: Annotated[int, Field(ge=0, le=1000)]
    field: Annotated[str, Field(max_length=40)] | None


class CellOverride(RequestModel):
    """A text that stands in for a cell; empty clears it."""

    line: Line
    field: Annotated[str, Field(max_length=40)]
    text: Annotated[str, Field(max_length=1000)]


class DecisionAnswer(RequestModel):
    id: Code
    value: Code


class ImportChoices(RequestModel):
    """All that staff have chosen so far; it replaces what stood there."""

    kind: Literal["employers", "seekers"] | None = None
    columns: Annotated[tuple[ColumnChoice, ...], Field(max_length=200)] = ()
    overrides: Annotated[tuple[CellOverride, ...], Field(max_length=CHOICES_MAX)] = ()
    answers: Annotated[tuple[DecisionAnswer, ...], Field(max_length=CHOICES_MAX)] = ()
    accepted: Annotated[tuple[Code, ...], Field(max_length=CHOICES_MAX)] = ()
    left_out: Annotated[tuple[Line, ...], Field(max_length=CHOICES_MAX)] = ()

    def choices(self) -> Choices:
        """The same for the reading."""
        return choices_from_json(self.model_dump())


class ImportPreview(BaseModel):
    """What the sheet was understood as: each guess, each question, each refusal, by line. Nothing is saved yet."""

    kind: Kind
    encoding: str
    delimiter: str
    columns: tuple[ColumnGuess, ...]
    missing_columns: tuple[str, ...]
    rows: tuple[RowResult, ...]
    other_lines: tuple[OtherLine, ...]
    decisions: tuple[SharedDecision, ...]
    notices: tuple[Notice, ...]
    summary: Summary
    ignored_choices: tuple[str, ...]


class ImportCounts(BaseModel):
    """What a commit made. Known: in the bank or a person already; renewed: enrolled already."""

    employers_new: int
    employers_known: int
    recruiters_new: int
    desks: int
    stations: int
    seekers_new: int
    seekers_known: int
    seekers_renewed: int
    left_out: int


class ImportBrief(BaseModel):
    id: UUID
    filename: str
    status: str
    created_at: datetime
    committed_at: datetime | None
    counts: ImportCounts | None


class Import(ImportBrief):
    """An import with its preview until it is committed; `blocked` says what keeps it from being saved."""

    choices: dict[str, Any]
    preview: ImportPreview | None
    blocked: tuple[BlockedReason, ...]


def import_shown(previewed: Previewed) -> Import:
    """The import as staff see it."""
    row = previewed.row
    return Import(
        id=row.id,
        filename=row.filename,
        status=row.status,
        created_at=row.created_at,
        committed_at=row.committed_at,
        counts=ImportCounts(**row.counts) if row.counts else None,
        choices=row.choices,
        preview=_preview(previewed.preview) if previewed.preview else None,
        blocked=previewed.blocked,
    )


def _preview(preview: Preview) -> ImportPreview:
    return ImportPreview(**{name: getattr(preview, name) for name in ImportPreview.model_fields})
