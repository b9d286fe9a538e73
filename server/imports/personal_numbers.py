"""Personal numbers are never kept: they are cut down to the year before anything else sees the sheet."""

from __future__ import annotations

import re

MASK = "****"
_LONG = re.compile(r"(?<!\d)(?:1[89]|20)(\d{2})(\d{2})(\d{2})\s?[-+–]?\s?[\dT]\d{3}(?!\d)")
_SHORT = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})\s?[-+–]\s?[\dT]\d{3}(?!\d)")
_BARE = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})\s?\d{4}(?!\d)")
_ANY = re.compile(r"(?<!\d)(\d{2}(?:\d{2})?)\d{4}\s?[-+–]?\s?[\dT]\d{3}(?!\d)")
ORG_NUMBER = re.compile(r"^(?:16)?\d{2}[2-9]\d{3}-?\d{4}$")
MASKED = re.compile(r"^(\d{2}|\d{4})\*{4}-\*{4}$")
_MASKED_INSIDE = re.compile(r"[\s,;(/]*(?<!\d)(\d{2}|\d{4})\*{4}-\*{4}\)?")


def luhn_holds(digits: str) -> bool:
    """Whether the last digit is the check digit of the others. Source: ISO/IEC 7812-1, annex B."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (2 if place % 2 else 1)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def mask_personal_numbers(cell: str, *, is_phone: bool, is_personal: bool = False) -> tuple[str, int]:
    """`cell` with each personal or coordination number reduced to its year, and how many there were.

    Organisation numbers have the same form but a month of 20 or more, so they pass. In a phone column
    ten digits are a phone number; only the twelve-digit form is masked there. In a column of personal
    numbers ten or twelve digits are one even where the date or the check digit is wrong.
    """
    if not any(sign.isdigit() for sign in cell):
        return cell, 0
    count = 0

    def mask(found: re.Match[str], *, needs_check: bool) -> str:
        nonlocal count
        month, day = int(found.group(2)), int(found.group(3))
        digits = re.sub(r"\D", "", found.group().replace("T", "0"))
        is_date = 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)
        if not is_date or (needs_check and not luhn_holds(digits[-10:])):
            return found.group()
        count += 1
        year = digits[:4] if len(digits) == 12 else digits[:2]
        return f"{year}{MASK}-{MASK}"

    cell = _LONG.sub(lambda found: mask(found, needs_check=is_phone), cell)
    if not is_phone:
        cell = _SHORT.sub(lambda found: mask(found, needs_check=False), cell)
        cell = _BARE.sub(lambda found: mask(found, needs_check=True), cell)
    if is_personal:
        cell, more = _ANY.subn(lambda found: f"{found.group(1)}{MASK}-{MASK}", cell)
        count += more
    return cell, count


def without_masked(text: str) -> tuple[str, str | None]:
    """`text` without masked personal numbers and what held them apart, and the year of the first, as it stood."""
    found = _MASKED_INSIDE.search(text)
    if found is None:
        return text, None
    return _MASKED_INSIDE.sub(" ", text).strip(" ,;"), found.group(1)
