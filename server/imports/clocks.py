"""One clock time in words or figures: ``9``, ``kl. 14``, ``halv tio``, ``0.375``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from server.imports.codes import GuessReason, RefusalReason

_HOURS = {
    "ett": 1, "två": 2, "tva": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "atta": 8,
    "nio": 9, "tio": 10, "elva": 11, "tolv": 12, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "noon": 12, "midday": 12,
}  # fmt: skip
_QUARTERS = ((re.compile(r"^halv\s+"), -30), (re.compile(r"^kvart över\s+"), 15), (re.compile(r"^kvart i\s+"), -15))
_CLOCK = re.compile(r"\b(?:klockan|klocka|kl\.?|at|tid)\s*(?=\d|[a-zåäö])|(?<=\d)\s*(?:h|hrs?|o'clock|kl\.?)$")
_ABOUT = re.compile(r"^(?:ca\.?|cirka|c:a|ungefär|omkring|runt|vid|about|around|approx\.?|~|≈)\s*")
_HOUR_MINUTE = re.compile(r"^(\d{1,2})\s?[:.]\s?(\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?$")
_MERIDIEM = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?\s?m\.?$")
_OTHER_MINUTE = re.compile(r"^(\d{1,2})(?:,|\s?h\s?|\s)(\d{2})$")
_DECIMAL = re.compile(r"^(\d{1,2})[.,]([0-5])$")
_FRACTION = re.compile(r"^0?[.,](\d{1,17})$")
_COMPACT = re.compile(r"^(\d{1,2})(\d{2})$")


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time with the doubt about it, or the fault that stops it."""

    at: time | None = None
    doubt: GuessReason | None = None
    fault: RefusalReason | None = None


def read_clock(text: str) -> Clock:
    """The clock time that `text`, in lower case, says."""
    text, about = _ABOUT.subn("", text.strip())
    text, marked = _CLOCK.subn("", text)
    clock = _exact(text.strip()) or _inexact(text.strip(), is_marked=bool(marked))
    if clock.at is not None and about:
        return Clock(clock.at, "time_about")
    return clock


def _exact(text: str) -> Clock | None:
    found = _HOUR_MINUTE.match(text)
    if found:
        return _made(int(found.group(1)), int(found.group(2)))
    found = _MERIDIEM.match(text)
    if found:
        hour = int(found.group(1))
        if not 1 <= hour <= 12:
            return Clock(fault="time_impossible")
        return _made(hour % 12 + (12 if found.group(3) == "p" else 0), int(found.group(2) or 0))
    found = _COMPACT.match(text)
    if found and len(text) == 4:
        return _made(int(found.group(1)), int(found.group(2)))
    return None


def _inexact(text: str, *, is_marked: bool) -> Clock:
    if text.isdecimal() and len(text) <= 2:
        return _bare_hour(int(text), is_marked=is_marked)
    found = _FRACTION.match(text)
    if found:
        minutes = round(float(f"0.{int(found.group(1)):0{len(found.group(1))}d}") * 24 * 60)
        return _made(minutes // 60, minutes % 60, "time_fraction")
    found = _DECIMAL.match(text)
    if found:
        return _decimal(int(found.group(1)), int(found.group(2)))
    found = _OTHER_MINUTE.match(text) or _COMPACT.match(text)
    if found:
        return _made(int(found.group(1)), int(found.group(2)), "time_words")
    return _in_words(text)


def _decimal(hour: int, tenths: int) -> Clock:
    """A half hour is ``9,5``; else a spreadsheet program has cut the last nought from ``9.30``."""
    return _made(hour, 30 if tenths == 5 else tenths * 10, "time_fraction")


def _bare_hour(hour: int, *, is_marked: bool) -> Clock:
    """Nobody meets at five in the morning: 1 to 6 is the afternoon."""
    if 1 <= hour <= 6:
        return _made(hour + 12, 0, "time_afternoon")
    return _made(hour, 0, None if is_marked else "time_bare_hour")


def _in_words(text: str) -> Clock:
    word, offset = text, 0
    for pattern, minutes in _QUARTERS:
        if pattern.match(text):
            word, offset = pattern.sub("", text), minutes
    hour = _HOURS.get(word) or (int(word) if offset and re.fullmatch(r"\d{1,2}", word, flags=re.ASCII) else None)
    if hour is None or hour > 23:
        return Clock(fault="time_not_understood")
    minutes = (hour + (12 if hour <= 6 else 0)) * 60 + offset
    return _made(minutes // 60, minutes % 60, "time_words")


def _made(hour: int, minute: int, doubt: GuessReason | None = None) -> Clock:
    if not 0 <= hour <= 23 or minute > 59:
        return Clock(fault="time_impossible")
    return Clock(time(hour, minute), doubt)
