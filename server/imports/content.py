"""What a column holds by the look of its cells, where no heading says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from server.imports.codes import Kind
from server.imports.headings import FIELDS
from server.imports.people import names_a_need
from server.imports.personal_numbers import ORG_NUMBER
from server.imports.times import read_span
from server.imports.values import DayFrame

_SHARE_MIN = 0.6
_SHARE_UNDER_HEADING_MIN = 0.8
_NEEDS_SHARE_MIN = 0.5
_ROUND_SHARE_MAX = 0.5
_CLOCK = r"(?:kl\.?\s*)?\d{1,2}(?:[.:]\d\d)?"
_SPAN = re.compile(
    rf"^{_CLOCK}\s*[-–]\s*{_CLOCK}$|^(?:fm|em|f\.m\.|e\.m\.|(?:för|efter)middag|hela dagen)$", re.IGNORECASE
)
_EMAIL = re.compile(r"^(?:mailto:|[^<>@]*<)?[^\s<>@]+(?:@|\(at\))[^\s<>@]+\.\S+$")
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", _EMAIL),
    ("org_number", ORG_NUMBER),
    ("phone", re.compile(r"^(?:\+|00)?[\d\s()/-]{7,18}$")),
    ("birth_year", re.compile(r"^(?:19|20)\d\d$|^\d{2,4}\*{4}-\*{4}$")),
    ("gender", re.compile(r"^(?:k|m|f|kvinna|man|woman|female|male|annat|vill (?:ej|inte) uppge)$", re.IGNORECASE)),
    ("consent", re.compile(r"^(?:ja|nej|j|n|yes|no)$", re.IGNORECASE)),
    ("form", re.compile(r"^(?:video|på plats|hybrid|on[ -]site|online|spelar ingen roll)$", re.IGNORECASE)),
    ("from", re.compile(r"^(?:kl\.?\s*)?\d{1,2}[:.]\d\d$|^kl\.?\s*\d{1,2}$", re.IGNORECASE)),
    ("to", re.compile(r"^(?:kl\.?\s*)?\d{1,2}[:.]\d\d$|^kl\.?\s*\d{1,2}$", re.IGNORECASE)),
    ("times", _SPAN),
    ("name", re.compile(r"^[^\W\d_][^\d@;|]{2,60}$")),
    ("contact", re.compile(r"^[^\W\d_][^\d@;|,]{2,60}$")),
)
# Under a heading that says nothing to us only what can hardly be anything else is guessed.
_UNDER_HEADING: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", _EMAIL),
    ("org_number", ORG_NUMBER),
    ("phone", re.compile(r"^(?:\+|0)[\d\s()/–-]{7,18}$")),
    ("contact", re.compile(r"^(?=.*[^\W\d_]{2,}.*\s).*@", re.DOTALL)),
    ("name", re.compile(r".*\b(?:AB|HB|KB|Ek\.? ?för\w*\.?|Aktiebolag\w*|Ltd|Inc|Oy|A/S)\b")),
)
# A time of registration is a date and a time to the minute, hardly ever at a full five.
_STAMP = re.compile(r"^(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4})[T ]+\d{1,2}[:.]\d\d(?:[:.]\d\d)?\b")
_ROUND_STAMP = re.compile(_STAMP.pattern.replace(r"[:.]\d\d(?", r"[:.]\d[05](?", 1))
_BARE_NUMBER = re.compile(r"^[\d.,:\s]+$")


def share(column: Sequence[str], pattern: re.Pattern[str]) -> float:
    """How many of the filled cells `pattern` matches, from 0 to 1."""
    filled = [cell.strip() for cell in column if cell.strip()]
    return sum(1 for cell in filled if pattern.match(cell)) / len(filled) if filled else 0.0


def field_by_content(column: Sequence[str], kind: Kind, taken: set[str]) -> str | None:
    """The field of a column in a sheet without headings."""
    return _first(_PATTERNS, _SHARE_MIN, column, kind, taken)


def field_under_heading(column: Sequence[str], kind: Kind, taken: set[str]) -> str | None:
    """The field of a column whose heading is not known."""
    known = {"name"} if kind == "seekers" else set()
    found = _first(_UNDER_HEADING, _SHARE_UNDER_HEADING_MIN, column, kind, taken | known)
    if found is not None:
        return found
    filled = [cell for cell in column if cell.strip()]
    if not filled:
        return None
    if not taken & {"times", "from", "to"} and sum(map(_says_when, filled)) / len(filled) >= _SHARE_UNDER_HEADING_MIN:
        return "times"
    needs = sum(map(names_a_need, filled)) / len(filled)
    is_free = kind == "seekers" and "access_needs" not in taken
    return "access_needs" if is_free and needs >= _NEEDS_SHARE_MIN else None


def are_stamps(column: Sequence[str]) -> bool:
    """Whether the column tells when somebody filled in a form, not when they can come."""
    return share(column, _STAMP) >= _SHARE_UNDER_HEADING_MIN and share(column, _ROUND_STAMP) <= _ROUND_SHARE_MAX


def _says_when(cell: str) -> bool:
    read = read_span(cell, "both", DayFrame())
    return read.value is not None and not _BARE_NUMBER.match(cell) and not _STAMP.match(cell.strip())


def _first(
    patterns: Sequence[tuple[str, re.Pattern[str]]],
    least: float,
    column: Sequence[str],
    kind: Kind,
    taken: set[str],
) -> str | None:
    for field, pattern in patterns:
        if field in FIELDS[kind] and field not in taken and share(column, pattern) >= least:
            return field
    return None
