"""A row while it is being read: what was understood, and what there is to say about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import TypeVar

from server.imports.cells import is_error, tidy
from server.imports.codes import GuessReason, OptionCode, Question, RefusalReason
from server.imports.headings import SENSITIVE_FIELDS, WISH_FIELDS
from server.imports.separated import CELL_CHARS_MAX
from server.imports.times import Role, read_span
from server.imports.values import (
    Choices,
    Context,
    Decision,
    Guess,
    Option,
    Params,
    Reading,
    Refusal,
    Span,
    Value,
)

T = TypeVar("T")
_RAW_CHARS_MAX = 200
# How long a cell may be: a name or a time is short, a sentence of wishes longer, a list of skills longest.
_SHORT_CHARS_MAX = 300
_CONTACT_CHARS_MAX = 1_500
_SEVERAL = frozenset(
    {"contact", "email", "phone", "access_needs", "scheduling_needs", "languages", "avoid", *WISH_FIELDS}
)
_LISTS = frozenset({"competences", "about"})
_FROM_ABOVE = ("merged_with_above", "same_as_above")


def all_of(reason: GuessReason) -> str:
    """What accepts every guess of a kind: thousands of them in one word."""
    return f"*:{reason}"


@dataclass(slots=True)
class Draft:
    """Collects one row, field by field. `turned` are name fields whose heading says last name first."""

    line: int
    last_line: int
    cells: Mapping[str, str]
    columns: frozenset[str]
    turned: frozenset[str]
    choices: Choices
    values: dict[str, Value] = field(default_factory=dict)
    sensitive: dict[str, Value] = field(default_factory=dict)
    guesses: list[Guess] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    is_left_out: bool = False
    is_row: bool = True

    @property
    def continues(self) -> bool:
        """Whether the row goes on about the employer above."""
        return any(guess.field == "name" and guess.reason in _FROM_ABOVE for guess in self.guesses)

    def cell(self, name: str) -> str:
        """The cell of a field, as written or as overridden; empty where no column holds it."""
        text = self.cells.get(name, "")
        most = CELL_CHARS_MAX if name in _LISTS else _CONTACT_CHARS_MAX if name in _SEVERAL else _SHORT_CHARS_MAX
        if len(text) > most:
            if not any(refusal.field == name for refusal in self.refusals):
                self.refuse(name, text, "cell_too_long", {"max": most})
            return ""
        return text

    def is_typed(self, name: str) -> bool:
        """Whether staff have typed another text for the field, which no other column may add to."""
        return bool(self.choices.overrides.get((self.line, name), "").strip())

    def read(self, name: str, reader: Callable[[str], Reading[T]]) -> T | None:
        """Read a field's cell, note what there is to say about it and give its value."""
        raw = self.cell(name)
        return self.take(name, reader(raw), raw)

    def take(self, name: str, read: Reading[T], raw: str, shown: Value = None) -> T | None:
        """Note what there is to say about a reading and give its value."""
        if read.fault is not None:
            if not any(refusal.field == name for refusal in self.refusals):
                self.refuse(name, raw, read.fault, read.params)
            return None
        if is_error(raw) and read.value is None:
            self.guess(name, raw, None, "spreadsheet_error")
        if read.doubt is not None:
            self.guess(name, raw, shown if shown is not None else _shown(read.value), read.doubt, read.params)
        return read.value

    def guess(self, name: str, raw: str, understood: Value, reason: GuessReason, params: Params | None = None) -> None:
        """Note that a reading is not certain."""
        known = sum(1 for guess in self.guesses if guess.field == name and guess.reason == reason)
        guess_id = f"{self.line}:{name}:{reason}" + (f":{known + 1}" if known else "")
        accepted = not self.choices.accepted.isdisjoint((guess_id, all_of(reason)))
        short = raw.strip()[:_RAW_CHARS_MAX]
        self.guesses.append(
            Guess(guess_id, name, short, understood, reason, params or {}, name in SENSITIVE_FIELDS, accepted)
        )

    def refuse(self, name: str, raw: str, reason: RefusalReason, params: Params | None = None) -> None:
        """Note why the row cannot be taken."""
        self.refusals.append(Refusal(name, raw.strip()[:_RAW_CHARS_MAX], reason, params or {}))

    def ask(
        self,
        name: str,
        raw: str,
        question: Question,
        options: tuple[Option, ...],
        *,
        decision_id: str | None = None,
        params: Params | None = None,
        proposed: str | None = None,
        also: frozenset[str] = frozenset(),
    ) -> str | None:
        """Ask staff and give what holds so far: their answer, else the proposal. `also` are answers not listed."""
        decision_id = decision_id or f"{self.line}:{name}:{question}"
        given = self.choices.answers.get(decision_id)
        answer = given if given in also or given in {option.value for option in options} else None
        short = raw.strip()[:_RAW_CHARS_MAX]
        self.decisions.append(Decision(decision_id, name, short, question, options, params or {}, proposed, answer))
        if answer == "leave_out":
            self.is_left_out = True
        return answer or proposed


def _shown(value: object) -> Value:
    if isinstance(value, tuple):
        return tuple(str(part) for part in value)
    return value if isinstance(value, (str, int)) else None


def span_text(span: Span) -> str:
    """A span as ``09:00–12:00``; an open end is left blank."""
    starts = span.starts.strftime("%H:%M") if span.starts else ""
    ends = span.ends.strftime("%H:%M") if span.ends else ""
    return f"{starts}–{ends}"


_SPAN_ROLES: tuple[tuple[str, Role], ...] = (("times", "both"), ("from", "from"), ("to", "to"))


def take_span(draft: Draft, context: Context) -> Span:
    """When the row's people can come, from one, two or three columns; *from* and *to* come before *times*."""
    starts: time | None = None
    ends: time | None = None
    for name, role in _SPAN_ROLES:
        raw = draft.cell(name)
        read = read_span(raw, role, context.day)
        shown = span_text(read.value) if read.value else None
        if read.value and name != "times" and not (read.value.starts and read.value.ends):
            shown = (shown or "").strip("–")
        span = draft.take(name, read, raw, shown)
        if span is not None:
            starts, ends = span.starts or starts, span.ends or ends
    found = Span(starts, ends)
    if starts is not None and ends is not None and starts >= ends:
        found = _ask_order(draft, found)
    if _is_outside(found, context.hours):
        # Nobody can be met before the event opens or after it closes: an old hour, or a slip of the pen.
        draft.guess("from", span_text(found), span_text(context.hours), "time_outside")
        found = Span()
    draft.values["from"] = found.starts.strftime("%H:%M") if found.starts else None
    draft.values["to"] = found.ends.strftime("%H:%M") if found.ends else None
    return found


def _ask_order(draft: Draft, span: Span) -> Span:
    options: tuple[Option, ...] = (Option("whole_day", "whole_day"), Option("leave_out", "leave_out"))
    if span.starts != span.ends:
        options = (Option("swap", "swap", span_text(Span(span.ends, span.starts))), *options)
    answer = draft.ask("from", span_text(span), "from_after_to", options)
    return Span(span.ends, span.starts) if answer == "swap" else Span()


def _is_outside(span: Span, hours: Span) -> bool:
    """Whether a span that is open or closed has no minute in common with the event."""
    if hours.starts is None or hours.ends is None:
        return False
    return (span.ends or hours.ends) <= hours.starts or (span.starts or hours.starts) >= hours.ends


_SUMMING_UP = re.compile(r"^(?:summa|totalt?|antal|sum|total|delsumma|grand total)\b", re.IGNORECASE)
_SUM_CELLS_MAX = 3
_LONELY_COLUMNS_MIN = 4


def is_row(draft: Draft, cells: Sequence[str], width: int) -> bool:
    """Whether to read the row at all; staff are asked about a sum or a lonely note under the table."""
    filled = [tidy(cell) for cell in cells if tidy(cell)]
    is_sum = bool(filled) and len(filled) <= _SUM_CELLS_MAX and bool(_SUMMING_UP.match(filled[0]))
    is_lonely = len(filled) == 1 and width >= _LONELY_COLUMNS_MIN and not tidy(draft.cells.get("contact", ""))
    if not (is_sum or is_lonely):
        return True
    draft.values["name"] = filled[0][:_RAW_CHARS_MAX]
    options = (Option("as_is", "as_is"), Option("leave_out", "leave_out"))
    return draft.ask("row", " ".join(filled), "row_almost_empty", options) == "as_is"


def ask_form(draft: Draft, raw: str, forms: Sequence[OptionCode]) -> str | None:
    """Which form is meant by a word nobody knows; one answer holds wherever it is written the same."""
    text = tidy(raw)
    options = (*(Option(form, form) for form in forms), Option("leave_out", "leave_out"))
    return draft.ask("form", raw, "form_unknown", options, decision_id=f"form:{text.casefold()[:_RAW_CHARS_MAX]}")


def check_width(draft: Draft, extra: Sequence[str]) -> None:
    """Ask about a row with more cells than the headings: a separator inside a cell has moved the rest."""
    filled = [cell for cell in extra if cell.strip()]
    if filled:
        draft.ask(
            "row",
            " | ".join(filled),
            "row_too_wide",
            (Option("as_is", "as_is"), Option("leave_out", "leave_out")),
            params={"count": len(filled)},
        )
