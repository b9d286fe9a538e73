"""Where personal numbers stand in a sheet, and where ten digits are a phone number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from server.imports.heading_match import match_heading, plain
from server.imports.personal_numbers import mask_personal_numbers
from server.imports.separated import Record

_PERSONAL = re.compile(
    r"\b(?:person(?:al)? ?(?:nr|nummer|number|id)|personnr|personnummer|pnr|pers ?nr|ssn|samordnings)"
)
_PERSONAL_FIELDS = ("personal_number", "birth_year")
_MOBILE = re.compile(r"^(?:(?:\+|00)46[\s(-]*0?\)?|0)[\s-]*7[02369]")
_MOBILE_SHARE_MIN = 0.8


def mask_rows(rows: Sequence[Record], headings: Sequence[str]) -> tuple[list[Record], int]:
    """`rows` with every personal number reduced to its year, and how many there were."""
    phones, personal = set(), set()
    for index, name in enumerate(headings):
        found = match_heading(name, "seekers")
        if found is not None and found.field == "phone":
            phones.add(index)
        elif (found is not None and found.field in _PERSONAL_FIELDS) or _PERSONAL.search(plain(name)):
            personal.add(index)
    width = max((len(record.cells) for record in rows), default=0)
    for index in set(range(width)) - phones - personal:
        if _are_phones([record.cells[index] for record in rows if index < len(record.cells)]):
            phones.add(index)
    total = 0
    masked: list[Record] = []
    for record in rows:
        cells = [
            mask_personal_numbers(cell, is_phone=index in phones, is_personal=index in personal)
            for index, cell in enumerate(record.cells)
        ]
        total += sum(count for _, count in cells)
        masked.append(Record(record.line, record.last_line, tuple(cell for cell, _ in cells)))
    return masked, total


def _are_phones(column: Sequence[str]) -> bool:
    """Mobile numbers throughout, and at least one that cannot be anybody's personal number."""
    filled = [cell.strip() for cell in column if cell.strip()]
    mobiles = [cell for cell in filled if _MOBILE.match(cell)]
    if not mobiles or len(mobiles) < _MOBILE_SHARE_MIN * len(filled):
        return False
    return any(mask_personal_numbers(cell, is_phone=False)[1] == 0 for cell in mobiles)


def mask_overrides(overrides: Mapping[tuple[int, str], str]) -> dict[tuple[int, str], str]:
    """What staff have typed into cells, personal numbers reduced as in the file."""
    return {
        (line, field): mask_personal_numbers(
            text, is_phone=field.startswith("phone"), is_personal=field in _PERSONAL_FIELDS
        )[0]
        for (line, field), text in overrides.items()
    }
