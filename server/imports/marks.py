"""Columns of wishes that only the employers' names tell: crosses under them, or they themselves as answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from server.imports.cells import tidy
from server.imports.content import share
from server.imports.headings import WISH_FIELDS
from server.imports.names import CompanyMatcher
from server.imports.values import ColumnGuess

WISH_MARK = "wish_mark"
_MARK = re.compile(r"^(?:x|\d{1,2}|ja|yes|j|y|nej|no|n|✓|✔|☑|true|false|sant|falskt)$", re.IGNORECASE)
_NOT_MARKED = frozenset({"", "0", "nej", "no", "n", "false", "falskt"})
_SHARE_MIN = 0.9
_NAMES_SHARE_MIN = 0.6
_CELLS_LOOKED_AT = 50


def with_marks(
    columns: Sequence[ColumnGuess], samples: Sequence[Sequence[str]], matcher: CompanyMatcher
) -> tuple[ColumnGuess, ...]:
    """`columns`, those headed by an employer's name and filled with marks taken for wishes."""
    return tuple(
        replace(column, field=WISH_MARK, state="guess")
        if column.state == "unknown"
        and matcher.match(column.heading).employer is not None
        and share(samples[column.index], _MARK) >= _SHARE_MIN
        else column
        for column in columns
    )


def with_wishes(
    columns: Sequence[ColumnGuess], samples: Sequence[Sequence[str]], matcher: CompanyMatcher
) -> tuple[ColumnGuess, ...]:
    """`columns`, those whose cells name employers of the event taken for wishes, in the ranks that are free."""
    taken = {column.field for column in columns}
    found: list[ColumnGuess] = []
    for column in columns:
        free = next((field for field in WISH_FIELDS if field not in taken), None)
        if free is not None and column.state == "unknown" and _names_employers(samples[column.index], matcher):
            taken.add(free)
            column = replace(column, field=free, state="guess")
        found.append(column)
    return tuple(found)


def _names_employers(column: Sequence[str], matcher: CompanyMatcher) -> bool:
    filled = [cell for cell in column if tidy(cell)][:_CELLS_LOOKED_AT]
    known = sum(1 for cell in filled if any(match.employer for _, match in matcher.match_all(cell)))
    return bool(filled) and known >= _NAMES_SHARE_MIN * len(filled)


def add_marked(cells: dict[str, str], marks: Mapping[str, str]) -> None:
    """Put the employers marked in a row among its wishes, the lowest rank first; `marks` are cells by heading."""
    marked = [(_rank(cell), place, name) for place, (name, cell) in enumerate(marks.items()) if _is_marked(cell)]
    names = [name for _, _, name in sorted(marked)]
    if names:
        cells["wish_1"] = "\n".join(part for part in (cells.get("wish_1", "").strip(), *names) if part)


def _is_marked(cell: str) -> bool:
    return tidy(cell).casefold() not in _NOT_MARKED


def _rank(cell: str) -> int:
    text = tidy(cell)
    return int(text) if text.isdecimal() else 0
