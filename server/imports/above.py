"""Ditto marks and merged cells: what a cell leaves to the nearest filled one above."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.imports.cells import tidy, words
from server.imports.codes import GuessReason
from server.imports.contacts import list_emails

_MARK = re.compile(r"^[-–—\s]*(?:[\"”“„″〃]|''|´´|’’)[-–—\s]*$")
_WORDS = words(
    "d:o|d:o.|d.o|dito|ditto|samma|samma som ovan|samma som ovanstående|samma som raden ovan|samma som föregående"
    "|som ovan|se ovan|se rad ovan|samma företag|samma arbetsgivare|samma tid|samma tider|same|same as above|as above"
    "|see above|↑|^"
)
# Nobody agrees, or is born, by a ditto mark.
_OWN = frozenset({"consent", "personal_number", "birth_year", "age", "email"})
_CHARS_MAX = 40
_ADDRESSES_CHARS_MAX = 500
_CONTACT = ("contact", "contact_first", "contact_last", "email", "phone")
_PUBLIC = frozenset({"gmail.com", "hotmail.com", "outlook.com", "live.se", "icloud.com", "telia.com", "yahoo.com"})


@dataclass(frozen=True, slots=True)
class Borrowed:
    """A cell read as the one above it: what stood there, and the line that the text comes from."""

    field: str
    raw: str
    text: str
    reason: GuessReason
    line: int


class Above:
    """Reads rows in order, each with the help of those before."""

    def __init__(self, *, merges: str | None) -> None:
        """`merges` is the field whose empty cells may be merged with the one above."""
        self._merges = merges
        self._cells: dict[str, tuple[str, int]] = {}

    def read(self, line: int, cells: Mapping[str, str]) -> tuple[dict[str, str], list[Borrowed]]:
        """The row's cells with ditto marks and merged cells filled in, and which those were."""
        found = dict(cells)
        borrowed = [each for field in cells if (each := self._ditto(field, cells[field])) is not None]
        if self._merges is not None and not tidy(cells.get(self._merges, "")):
            borrowed += self._merged(self._merges, cells)
        for each in borrowed:
            found[each.field] = each.text
        known = {each.field: each.line for each in borrowed}
        self._cells |= {field: (text, known.get(field, line)) for field, text in found.items() if tidy(text)}
        return found, borrowed

    def _ditto(self, field: str, raw: str) -> Borrowed | None:
        above, line = self._cells.get(field, ("", 0))
        if field in _OWN or not above or not is_ditto(raw):
            return None
        return Borrowed(field, raw, above, "same_as_above", line)

    def _merged(self, field: str, cells: Mapping[str, str]) -> Sequence[Borrowed]:
        """An empty name beside another contact belongs to the company above, unless the addresses say otherwise."""
        above, line = self._cells.get(field, ("", 0))
        if not above or not any(tidy(cells.get(each, "")) for each in _CONTACT):
            return ()
        here, there = _domains(cells.get("email", "")), _domains(self._cells.get("email", ("", 0))[0])
        if here and not here & there - _PUBLIC:
            return ()
        return (Borrowed(field, "", above, "merged_with_above", line),)


def is_ditto(cell: str) -> bool:
    """Whether the cell says that the one above holds here too."""
    if len(cell) > _CHARS_MAX:
        return False
    text = " ".join(cell.split()).casefold()
    return bool(_MARK.match(text)) or text.strip(" .!") in _WORDS or text in _WORDS


def _domains(cell: str) -> set[str]:
    return {email.rpartition("@")[2] for email in list_emails(cell[:_ADDRESSES_CHARS_MAX])}
