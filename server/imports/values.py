"""What reading a spreadsheet gives: readings, guesses, decisions, refusals, rows and entries."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Generic, Literal, TypeAlias, TypeVar

from server.imports.codes import (
    BlockedCode,
    ColumnState,
    GuessReason,
    Kind,
    LineKind,
    NoticeCode,
    OptionCode,
    Question,
    RefusalReason,
    Status,
)

T = TypeVar("T")
Params: TypeAlias = Mapping[str, str | int]
Value: TypeAlias = str | int | bool | tuple[str, ...] | None

EmployerForm = Literal["video", "on_site", "hybrid"]
SeekerForm = Literal["video", "on_site", "either"]
Gender = Literal["woman", "man", "other", "undisclosed"]


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """What one cell was understood as, with the doubt about it or the fault that stops it."""

    value: T | None = None
    doubt: GuessReason | None = None
    fault: RefusalReason | None = None
    params: Params = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DayFrame:
    """Local clock times that words such as *lunch* stand for."""

    starts: time = time(8)
    lunch: time = time(12)
    afternoon: time = time(13)
    ends: time = time(17)


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the day in local time; None is open in that direction."""

    starts: time | None = None
    ends: time | None = None


@dataclass(frozen=True, slots=True)
class KnownEmployer:
    """An employer that wishes may mean. `key` is the caller's own (an id as text)."""

    key: str
    name: str
    org_number: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What the reading may lean on besides the file. `year` and `hours` are the recruitment event's own."""

    year: int
    day: DayFrame = DayFrame()
    hours: Span = Span()
    event_form: EmployerForm = "hybrid"
    known_employers: tuple[KnownEmployer, ...] = ()
    known_seeker_emails: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Choices:
    """What staff have chosen so far; an empty one changes nothing.

    `columns` maps a column's index (0-based) to a field, or to None to leave it unread. `overrides` maps
    (line, field) to the text that stands in for the cell; an empty text clears it. `answers` maps a
    decision's id to an option's value. `accepted` holds ids of guesses. `left_out` holds lines.
    """

    kind: Kind | None = None
    columns: Mapping[int, str | None] = dataclasses.field(default_factory=dict)
    overrides: Mapping[tuple[int, str], str] = dataclasses.field(default_factory=dict)
    answers: Mapping[str, str] = dataclasses.field(default_factory=dict)
    accepted: frozenset[str] = frozenset()
    left_out: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Guess:
    """A reading that is not certain: shown, and changed by overriding the cell."""

    id: str
    field: str
    raw: str
    understood: Value
    reason: GuessReason
    params: Params = dataclasses.field(default_factory=dict)
    sensitive: bool = False
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a decision. `label` is a name from the data, None where the code says it all."""

    value: str
    code: OptionCode
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A question only staff can answer. One id on several lines is one question, answered once."""

    id: str
    field: str
    raw: str
    question: Question
    options: tuple[Option, ...]
    params: Params = dataclasses.field(default_factory=dict)
    proposed: str | None = None
    answer: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether the import waits for an answer."""
        return self.answer is None and self.proposed is None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row cannot be taken as it stands."""

    field: str
    raw: str
    reason: RefusalReason
    params: Params = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contact:
    """A recruiter named in the file."""

    name: str | None
    email: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class EmployerEntry:
    """An employer to store, with its recruiters. `lines` are those it came from, first one first."""

    lines: tuple[int, ...]
    name: str
    org_number: str | None
    contacts: tuple[Contact, ...]
    form: EmployerForm
    recruiter_count: int
    starts: time | None
    ends: time | None
    competences: tuple[str, ...]
    avoid_note: str | None
    station: str | None
    about: str | None
    existing_key: str | None


@dataclass(frozen=True, slots=True)
class AccessNeed:
    """Something to arrange for a person. Sensitive: shown only to those who arrange it."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Scheduling:
    """What needs mean for the plan. `interpreter` is ``sign_language``, ``language:`` with a code, or a word."""

    extra_time: bool = False
    accessible_station: bool = False
    interpreter: str | None = None

    def with_more(self, other: Scheduling) -> Scheduling:
        """Both together; of two interpreters the first."""
        return Scheduling(
            self.extra_time or other.extra_time,
            self.accessible_station or other.accessible_station,
            self.interpreter or other.interpreter,
        )


@dataclass(frozen=True, slots=True)
class SeekerEntry:
    """A seeker to store. `wishes` are employer keys, dearest first; `form` None means not stated.

    `tells_hours` parts *the whole day* from no word about it; `scheduling` None says nothing of what the needs mean.
    """

    line: int
    name: str
    email: str
    phone: str | None
    gender: Gender | None
    birth_year: int | None
    office: str | None
    wishes: tuple[str, ...]
    avoids: tuple[str, ...]
    starts: time | None
    ends: time | None
    form: SeekerForm | None
    access_needs: tuple[AccessNeed, ...]
    languages: tuple[str, ...]
    competences: tuple[str, ...]
    consent: bool | None
    tells_hours: bool = False
    scheduling: Scheduling | None = None


Entry: TypeAlias = EmployerEntry | SeekerEntry


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What a column was taken for. The sample of a sensitive column is left empty."""

    index: int
    letter: str
    heading: str
    sample: str
    field: str | None
    state: ColumnState
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class OtherLine:
    """Lines of the file that hold no row: from `line` to `last_line`, both included."""

    line: int
    last_line: int
    kind: LineKind


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know about the whole file."""

    code: NoticeCode
    params: Params = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowResult:
    """One row as understood. `sensitive` holds what only those who arrange access may see."""

    line: int
    last_line: int
    status: Status
    label: str
    values: Mapping[str, Value]
    sensitive: Mapping[str, Value] = dataclasses.field(default_factory=dict)
    guesses: tuple[Guess, ...] = ()
    decisions: tuple[Decision, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    exists: bool = False


@dataclass(frozen=True, slots=True)
class SharedDecision:
    """A decision with all the lines that wait for it."""

    decision: Decision
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReasonLines:
    """A reason with the lines it holds for."""

    reason: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """How many rows are in each state, and what they wait for."""

    rows: int
    ready: int
    guess: int
    decision: int
    refused: int
    left_out: int
    existing: int
    open_decisions: int
    open_guesses: int
    guess_reasons: tuple[ReasonLines, ...]
    refusal_reasons: tuple[ReasonLines, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """All that an import would do, before anything is saved."""

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
    ignored_choices: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockedReason:
    """Why nothing can be saved yet; `lines` or `names` say where."""

    code: BlockedCode
    lines: tuple[int, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadySet:
    """Everything that one import stores, in one transaction."""

    kind: Kind
    employers: tuple[EmployerEntry, ...]
    seekers: tuple[SeekerEntry, ...]
    left_out: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Blocked:
    """All or nothing: it is nothing, for these reasons."""

    reasons: tuple[BlockedReason, ...]
