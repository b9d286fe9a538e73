"""Spans and parts of a day as people write them, in the recruitment event's local time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time
from typing import Literal

from server.imports.cells import tidy, words
from server.imports.clocks import Clock, read_clock
from server.imports.codes import GuessReason
from server.imports.values import DayFrame, Reading, Span

Role = Literal["from", "to", "both"]

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
    "|spelar ingen roll|hela tiden|always|whole day|full day|valfri|valfritt|alla tider|dagen|hela dan|när som"
    "|kan alltid|kan alla tider|kan hela dagen|går bra när som helst|alla tider går bra|inga begränsningar"
    "|kan när som helst"
)
_DAYTIME = words("dagtid|under dagen|på dagen|daytime")
_SINCE = re.compile(
    r"^(?:från och med|fr\.?\s?o\.?\s?m\.?|f\.?o\.?m\.?|från|fr\.?|efter|tidigast|inte före|ej före|from|after|earliest"
    r"|since|not before)\s+(?=\S)"
)
_UNTIL = re.compile(
    r"^(?:till och med|t\.?\s?o\.?\s?m\.?|till|före|innan|senast|inte efter|ej efter|until|til|to|before|by|latest"
    r"|not after)\s+(?=\S)"
)
_TWO_ENDED = re.compile(
    r"^(?P<first>.*?\S)\s*[,;]?\s+(?:och\s+|and\s+)?"
    r"(?:till och med|t\.?\s?o\.?\s?m\.?|till|före|innan|senast|until|til|to|before|by|latest)\s+(?P<last>\S.*)$"
)
_BETWEEN_WORDS = re.compile(r"^(?:mellan|between)\s+(?P<first>.+?)\s+(?:och|and|-)\s+(?P<last>.+)$")
_AFTERWARDS = re.compile(r"\s*(?:och framåt|och senare|and onwards|onwards|eller senare|or later|-|–|—|→)$")
_DATE = re.compile(r"^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2}[/.-]\d{2,4}|\d{1,2}/\d{1,2})[ T]+(?=\S)")
_WEEKDAY = re.compile(
    r"^(?:mån|tis|ons|tors?|fre|lör|sön)(?:dag(?:en)?)?\.?\s+(?=\S)|^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri)(?:day)?\s+"
)
_BETWEEN = re.compile(r"(?<=[\w.])\s*(?:-|–|—|→|\btill\b|\bto\b|\buntil\b)\s*(?=\w)")
_SEVERAL = re.compile(r"\s*[,;+/&]\s*|\s+(?:och|and|samt|eller|or|resp\.?|respektive|alt\.?|el\.?)\s+")
_PREFERENCE = re.compile(
    r"^(?:bara|endast|enbart|helst|gärna|passar (?:bäst|bra)|kan(?: komma)?|only|preferably|mellan|between|hela"
    r"|tid(?:en)?:?)\s+(?=\S)"
)
_REMARK = re.compile(r"\s*\([^()\d]*\)$")
_PART_BEFORE_CLOCK = re.compile(r"^(?:på )?(?:fm|em|förmiddag(?:en)?|eftermiddag(?:en)?)[.:,]?\s+(?=(?:kl\.?\s*)?\d)")
_NOT = re.compile(r"\b(?:ej|inte|aldrig|not|never)\b")
_NOT_PART = re.compile(r"^(?:ej|inte|aldrig|not)\s+(?:på\s+)?(.+)$")


def read_span(cell: str, role: Role, day: DayFrame) -> Reading[Span]:
    """What a cell says about when a person can come.

    `role` is what the column is for: where a part of the day begins (*from*), ends (*to*), or both. A range
    in one cell gives both ends whatever the role. Words are read on the careful side: *lunch* is when a
    span ends, and the time after lunch when it begins; of several spans the longest is kept.
    """
    text = tidy(cell).casefold().strip(" .!,;").replace("–", "-").replace("—", "-").removesuffix("-tiden")
    if not text:
        return Reading()
    if text in _OPEN:
        return Reading(Span())
    text, had_weekday = _WEEKDAY.subn("", text)
    text, had_date = _DATE.subn("", text)
    read = _read(text, role, day)
    bare = _without_remarks(text)
    if read.fault is not None and bare != text:
        read = _doubted(_read(bare, role, day), "time_words")
    return _doubted(read, "time_date_ignored") if had_date or had_weekday else read


def _read(text: str, role: Role, day: DayFrame) -> Reading[Span]:
    if text in _OPEN:
        return Reading(Span())
    return _part_of_day(text, role, day) or _range(text, day) or _several(text, day) or _one_end(text, role, day)


def _without_remarks(text: str) -> str:
    """Without words that change nothing; a remark with a number or a *not* in it does."""
    remark = _REMARK.search(text)
    if remark and not _NOT.search(remark.group()):
        text = text[: remark.start()]
    text = _PREFERENCE.sub("", _PREFERENCE.sub("", text))
    return _PART_BEFORE_CLOCK.sub("", text)


def _doubted(read: Reading[Span], doubt: GuessReason) -> Reading[Span]:
    if read.value is None or read.doubt is not None:
        return read
    return Reading(read.value, doubt=doubt)


def _part_of_day(text: str, role: Role, day: DayFrame) -> Reading[Span] | None:
    word = text.rstrip(".")
    refused = _NOT_PART.match(word)
    if refused:
        return _not_part_of_day(refused.group(1), day)
    if word in _LUNCH:
        span = Span(starts=day.afternoon) if role == "from" else Span(ends=day.lunch)
        span = Span(day.lunch, day.afternoon) if role == "both" else span
    elif word in _MORNING:
        span = _one_side(Span(day.starts, day.lunch), role)
    elif word in _AFTERNOON:
        span = _one_side(Span(day.afternoon, day.ends), role)
    elif word in _EVENING:
        span = Span(starts=day.ends) if role != "to" else Span()
    elif word in _DAYTIME:
        span = _one_side(Span(day.starts, day.ends), role)
    else:
        return None
    return Reading(span, doubt="time_part_of_day")


def _not_part_of_day(word: str, day: DayFrame) -> Reading[Span] | None:
    if word in _MORNING:
        return Reading(Span(starts=day.afternoon), doubt="time_words")
    if word in _AFTERNOON:
        return Reading(Span(ends=day.lunch), doubt="time_words")
    return None


def _one_side(span: Span, role: Role) -> Span:
    if role == "both":
        return span
    return Span(starts=span.starts) if role == "from" else Span(ends=span.ends)


def _range(text: str, day: DayFrame) -> Reading[Span] | None:
    between = _BETWEEN_WORDS.match(text)
    bare = _SINCE.sub("", text)
    if re.match(r"^\d{4}-\d\d-\d\d$", bare):
        return Reading(fault="time_not_understood")
    parts = [between["first"], between["last"]] if between else _BETWEEN.split(bare)
    if len(parts) == 1:
        two_ended = _TWO_ENDED.match(bare)
        parts = [two_ended["first"], two_ended["last"]] if two_ended else parts
    if len(parts) == 1 or len(parts) > 2:
        return None if len(parts) == 1 or _SEVERAL.search(text) else Reading(fault="time_several")
    first, last = _end(parts[0].strip(" ,"), "from", day), _end(_UNTIL.sub("", parts[1]), "to", day)
    fault = first.fault or last.fault
    if fault and _SEVERAL.search(text) and not between:
        return None
    if fault or first.at is None or last.at is None:
        return Reading(fault=fault or "time_not_understood")
    return Reading(Span(first.at, last.at), doubt="time_range")


def _end(text: str, role: Role, day: DayFrame) -> Clock:
    """One end of a range: a clock time, or the side of a part of the day that is meant."""
    clock = read_clock(text)
    part = _part_of_day(text, role, day) if clock.at is None else None
    if part is None or part.value is None:
        return clock
    return Clock(part.value.starts if role == "from" else part.value.ends, "time_part_of_day")


def _several(text: str, day: DayFrame) -> Reading[Span] | None:
    """Spans that meet are one; of those with a gap between, the longest is kept."""
    parts = [part for part in _SEVERAL.split(text) if part.strip()]
    if len(parts) < 2:
        return None
    spans = [_closed(part, day) for part in parts]
    known = sorted((span for span in spans if span is not None), key=lambda span: span[0])
    if len(known) < len(parts):
        return Reading(fault="time_several") if known and re.search(r"\d", text) else None
    if not re.search(r"\d", text):
        return Reading(Span(known[0][0], max(span[1] for span in known)), doubt="time_part_of_day")
    joined = _joined(known)
    longest = max(joined, key=lambda span: (_minutes(span[1]) - _minutes(span[0]), -_minutes(span[0])))
    return Reading(Span(*longest), doubt="time_longest_of_several" if len(joined) > 1 else "time_range")


def _joined(spans: Sequence[tuple[time, time]]) -> list[tuple[time, time]]:
    """`spans`, in order, with those that meet made one."""
    joined: list[tuple[time, time]] = []
    for starts, ends in spans:
        if joined and starts <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(ends, joined[-1][1]))
        else:
            joined.append((starts, ends))
    return joined


def _closed(part: str, day: DayFrame) -> tuple[time, time] | None:
    read = _part_of_day(part, "both", day) or _range(part, day)
    span = read.value if read else None
    if span is None or span.starts is None or span.ends is None or span.starts >= span.ends:
        return None
    return span.starts, span.ends


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


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
        named = _part_of_day(text, role, day)
        if named is not None:
            return named
    clock = read_clock(text)
    if clock.at is None:
        return Reading(fault=clock.fault)
    return Reading(Span(ends=clock.at) if role == "to" else Span(starts=clock.at), doubt=clock.doubt)
