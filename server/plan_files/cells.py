"""How a cell of a planning table is written and read. Pure.

Slots are ``0-11 14``, blocks ``0-11:video 12-23:on_site`` (both ends belong), groups ``gender=women|age_band=25-34``,
yes and no in Swedish or English, numbers per slot ``4 4 3``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

YES, NO = frozenset({"yes", "ja", "true", "1", "x"}), frozenset({"no", "nej", "false", "0", ""})
_RANGE = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
SPAN_MAX = 10_000


class CellRefused(ValueError):
    """The cell cannot be read; the message says what it should look like."""


def read_flag(cell: str) -> bool:
    """Yes or no; empty is no."""
    word = cell.strip().casefold()
    if word not in YES | NO:
        raise CellRefused(f"{cell!r} is neither yes nor no")
    return word in YES


def read_number(cell: str) -> int:
    """A whole number."""
    try:
        return int(cell.strip())
    except ValueError:
        raise CellRefused(f"{cell!r} is not a whole number") from None


def read_numbers(cell: str) -> list[int]:
    """Whole numbers with spaces between."""
    return [read_number(word) for word in cell.split()]


def read_slots(cell: str) -> list[int]:
    """The slots of ``0-11 14``."""
    return sorted({slot for word in cell.split() for slot in range(*_span(word))})


def read_blocks(cell: str) -> list[dict[str, Any]]:
    """The blocks of ``0-11:video 12-23:on_site``."""
    found = []
    for word in cell.split():
        span, colon, mode = word.partition(":")
        if not colon:
            raise CellRefused(f"{word!r}: write slots and form, such as 0-11:video")
        first, until = _span(span)
        found.append({"first": first, "until": until, "mode": mode})
    return found


def read_groups(cell: str) -> list[list[str]]:
    """The groups of ``gender=women|age_band=25-34``."""
    found = []
    for word in cell.split("|"):
        dimension, equals, label = (part.strip() for part in word.partition("="))
        if word.strip() and not (dimension and equals and label):
            raise CellRefused(f"{word!r}: write what is compared and the group, such as gender=women")
        if word.strip():
            found.append([dimension, label])
    return found


def write_flag(value: object) -> str:
    """`yes`, or nothing."""
    return "yes" if value else ""


def write_slots(slots: Iterable[int]) -> str:
    """Slots as ranges."""
    return " ".join(f"{first}-{last}" if last > first else str(first) for first, last in _runs(sorted(slots)))


def write_blocks(blocks: Sequence[Mapping[str, Any]]) -> str:
    """Blocks with both ends."""
    return " ".join(f"{block['first']}-{block['until'] - 1}:{block['mode']}" for block in blocks)


def write_groups(groups: Sequence[Sequence[str]]) -> str:
    """Groups with a bar between."""
    return "|".join(f"{dimension}={label}" for dimension, label in groups)


def _span(word: str) -> tuple[int, int]:
    found = _RANGE.fullmatch(word)
    if found is None:
        raise CellRefused(f"{word!r}: write slots as 3 or 0-11")
    first = int(found[1])
    until = int(found[2] or first) + 1
    if until <= first or until - first > SPAN_MAX:
        raise CellRefused(f"{word!r} ends before it begins, or is too long")
    return first, until


def _runs(slots: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = None
    for slot in slots:
        if last is not None and slot == last + 1:
            last = slot
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = slot
    if first is not None and last is not None:
        yield first, last
