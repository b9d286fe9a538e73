"""Clock times and parts of a day as people write them, in the recruitment event's local time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import Literal

from server.imports.cells import tidy, words
from server.imports.codes import GuessReason, RefusalReason
from server.imports.values import DayFrame, Reading, Span

Role = Literal["from", "to", "both"]

_HOURS = {
    "ett": 1, "två": 2, "tva": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "atta": 8,
    "nio": 9, "tio": 10, "elva": 11, "tolv": 12, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "noon": 12, "midday": 12,
}  # fmt: skip
_LUNCH = words("lunch|lunchtid|lunchen|vid lunch|mitt på dagen|lunchtime")
_MORNING = words(
    "förmiddag|förmiddagen|förmiddagar|formiddag|fm|f.m|på fm|på förmiddagen|morgon|morgonen|på morgonen"
    "|morning|mornings|in the morning|forenoon"
)
_AFTERNOON = words(
    "eftermiddag|eftermiddagen|eftermiddagar|em|e.m|på em|på eftermiddagen|afternoon|afternoons|in the afternoon"
)
_EVENING = words("kväll|kvällen|på kvällen|evening|evenings")
_OPEN = words(
    "hela dagen|heldag|all day|any time|anytime|any|när som helst|alltid|flexibel|flexibelt|öppet|öppen"
    "|spelar ingen roll|hela tiden|always|whole day|full day|valfri|valfritt|alla tider|dagen"
)
_SINCE = re.compile(r"^(?:från och med|fr\.?o\.?m\.?|från|fr\.?|efter|tidigast|from|after|earliest|since)\s+(?=\S)")
_UNTIL = re.compile(r"^(?:till och med|t\.?o\.?m\.?|till|före|innan|senast|until|til|to|before|by|latest)\s+(?=\S)")
_CLOCK = re.compile(r"\b(?:klockan|klocka|kl\.?|at|tid)\s*(?=\d|[a-zåäö])|(?<=\d)\s*(?:h|hrs?|o'clock|kl\.?)$")
_ABOUT = re.compile(r"^(?:ca\.?|cirka|c:a|ungefär|omkring|runt|vid|about|around|approx\.?|~|≈)\s*")
_AFTERWARDS = re.compile(r"\s*(?:och framåt|och senare|and onwards|onwards|eller senare|or later|-|–|—|→)$")
_DATE = re.compile(r"^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2}[/.-]\d{2,4}|\d{1,2}/\d{1,2})[ T]+(?=\d)")
_BETWEEN = re.compile(r"(?<=[\w.])\s*(?:-|–|—|→|\btill\b|\bto\b|\buntil\b)\s*(?=\w)")
_HOUR_MINUTE = re.compile(r"^(\d{1,2})\s?[:.]\s?(\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?$")
_MERIDIEM = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?\s?m\.?$")
_OTHER_MINUTE = re.compile(r"^(\d{1,2})(?:\s?[,h]\s?|\s)(\d{2})$")
_DECIMAL = re.compile(r"^(\d{1,2})[.,]([05])$")
_FRACTION = re.compile(r"^0?[.,](\d{1,17})$")
_COMPACT = re.compile(r"^(\d{1,2})(\d{2})$")


@dataclass(frozen=True, slots=True)
class _Clock:
    at: time | None = None
    doubt: GuessReason | None = None
    fault: RefusalReason | None = None
    is_sure_of_hour: bool = False


def read_span(cell: str, role: Role, day: DayFrame) -> Reading[Span]:
    """What a cell says about when a person can come.

    `role` is what the column is for: where a part of the day begins (*from*), ends (*to*), or both. A range
    in one cell gives both ends whatever the role. Words are read on the careful side: *lunch* is when a
    span ends, and the time after lunch when it begins.
    """
    text = tidy(cell).casefold().strip(" .!").replace("–", "-").replace("—", "-").removesuffix("-tiden")
    if not text:
        return Reading()
    if text in _OPEN:
        return Reading(Span())
    text, had_date = _DATE.subn("", text)
    read = _part_of_day(text, role, day) or _range(text) or _one_end(text, role, day)
    if had_date and read.value is not None and read.doubt is None:
        return Reading(read.value, doubt="time_date_ignored")
    return read


def _part_of_day(text: str, role: Role, day: DayFrame) -> Reading[Span] | None:
    word = text.rstrip(".")
    if word in _LUNCH:
        span = Span(starts=day.afternoon) if role == "from" else Span(ends=day.lunch)
        span = Span(day.lunch, day.afternoon) if role == "both" else span
    elif word in _MORNING:
        span = _one_side(Span(day.starts, day.lunch), role)
    elif word in _AFTERNOON:
        span = _one_side(Span(day.afternoon, day.ends), role)
    elif word in _EVENING:
        span = Span(starts=day.ends) if role != "to" else Span()
    else:
        return None
    return Reading(span, doubt="time_part_of_day")


def _one_side(span: Span, role: Role) -> Span:
    if role == "both":
        return span
    return Span(starts=span.starts) if role == "from" else Span(ends=span.ends)


def _range(text: str) -> Reading[Span] | None:
    bare = _SINCE.sub("", text)
    if re.match(r"^\d{4}-\d\d-\d\d$", bare):
        return Reading(fault="time_not_understood")
    parts = _BETWEEN.split(bare)
    if len(parts) == 1:
        return None
    if len(parts) > 2:
        return Reading(fault="time_several")
    first, last = _clock(parts[0]), _clock(parts[1])
    fault = first.fault or last.fault
    if fault or first.at is None or last.at is None:
        return Reading(fault=fault or "time_not_understood")
    return Reading(Span(first.at, last.at), doubt="time_range")


def _one_end(text: str, role: Role, day: DayFrame) -> Reading[Span]:
    since, until = _SINCE.match(text), _UNTIL.match(text) or re.match(r"^-\s*(?=\d)", text)
    if since:
        role, text = "from", text[since.end() :]
    elif until:
        role, text = "to", text[until.end() :]
    text, onwards = _AFTERWARDS.subn("", text)
    if onwards:
        role = "from"
    if since or until:
        words = _part_of_day(text, role, day)
        if words is not None:
            return words
    clock = _clock(text)
    if clock.at is None:
        return Reading(fault=clock.fault)
    return Reading(Span(ends=clock.at) if role == "to" else Span(starts=clock.at), doubt=clock.doubt)


def _clock(text: str) -> _Clock:
    text, about = _ABOUT.subn("", text.strip())
    text, marked = _CLOCK.subn("", text)
    clock = _exact(text.strip()) or _inexact(text.strip(), is_marked=bool(marked))
    if clock.at is not None and about:
        return _Clock(clock.at, "time_about")
    return clock


def _exact(text: str) -> _Clock | None:
    found = _HOUR_MINUTE.match(text)
    if found:
        return _made(int(found.group(1)), int(found.group(2)))
    found = _MERIDIEM.match(text)
    if found:
        hour = int(found.group(1))
        if not 1 <= hour <= 12:
            return _Clock(fault="time_impossible")
        return _made(hour % 12 + (12 if found.group(3) == "p" else 0), int(found.group(2) or 0))
    found = _COMPACT.match(text)
    if found and len(text) == 4:
        return _made(int(found.group(1)), int(found.group(2)))
    return None


def _inexact(text: str, *, is_marked: bool) -> _Clock:
    if text.isdecimal() and len(text) <= 2:
        return _bare_hour(int(text), is_marked=is_marked)
    found = _FRACTION.match(text)
    if found:
        minutes = round(float(f"0.{int(found.group(1)):0{len(found.group(1))}d}") * 24 * 60)
        return _made(minutes // 60, minutes % 60, "time_fraction")
    found = _DECIMAL.match(text)
    if found:
        return _made(int(found.group(1)), 30 if found.group(2) == "5" else 0, "time_fraction")
    found = _OTHER_MINUTE.match(text) or _COMPACT.match(text)
    if found:
        return _made(int(found.group(1)), int(found.group(2)), "time_words")
    return _in_words(text)


def _bare_hour(hour: int, *, is_marked: bool) -> _Clock:
    """Nobody meets at five in the morning: 1 to 6 is the afternoon."""
    if 1 <= hour <= 6:
        return _made(hour + 12, 0, "time_afternoon")
    return _made(hour, 0, None if is_marked else "time_bare_hour")


def _in_words(text: str) -> _Clock:
    word = text.removeprefix("halv ")
    if word not in _HOURS:
        return _Clock(fault="time_not_understood")
    hour = _HOURS[word]
    hour += 12 if hour <= 6 else 0
    return _made(hour - 1, 30, "time_words") if word != text else _made(hour, 0, "time_words")


def _made(hour: int, minute: int, doubt: GuessReason | None = None) -> _Clock:
    if hour > 23 or minute > 59:
        return _Clock(fault="time_impossible")
    return _Clock(time(hour, minute), doubt)
