"""Calendar files that every calendar understands. Pure.

A meeting keeps its UID for life; each change that somebody is told raises its SEQUENCE. Changes come as
PUBLISH, not REQUEST: nobody is asked to answer, and no answer would be read. Source: RFC 5545, RFC 5546 §3.2.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress

Method = Literal["PUBLISH", "CANCEL"]
PRODUCT = "-//Direktkontakt//Direktkontakt//SV"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """A meeting in somebody's calendar; `zone` is the event's."""

    meeting_id: UUID
    sequence: int
    starts_at: datetime
    ends_at: datetime
    zone: str
    summary: str
    location: str
    description: str
    is_cancelled: bool = False


def calendar_file(entries: Iterable[CalendarEntry], *, method: Method, organizer: str, now: datetime) -> str:
    """An iCalendar file with the entries and the time zones they name.

    `organizer` is an e-mail address; `now` becomes DTSTAMP.
    """
    entries = list(entries)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if entries:
        first, last = min(entry.starts_at for entry in entries), max(entry.ends_at for entry in entries)
        for zone in dict.fromkeys(entry.zone for entry in entries):
            calendar.add_component(_zone(zone, first.year, last.year))
    for entry in entries:
        calendar.add_component(_event(entry, organizer=organizer, now=now))
    content: bytes = calendar.to_ical()
    return content.decode()


@lru_cache(maxsize=64)
def _zone(name: str, first_year: int, last_year: int) -> Timezone:
    """What the zone's clocks do in these years; worked out once, since publishing writes hundreds of files."""
    return Timezone.from_tzid(name, first_date=date(first_year, 1, 1), last_date=date(last_year + 1, 1, 1))


def uid_of(meeting_id: UUID) -> str:
    """The UID of a meeting, the same for everybody and for ever."""
    return f"{meeting_id}@direktkontakt"


def _event(entry: CalendarEntry, *, organizer: str, now: datetime) -> Event:
    zone = ZoneInfo(entry.zone)
    event = Event()
    event.add("uid", uid_of(entry.meeting_id))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(zone))
    event.add("dtend", entry.ends_at.astimezone(zone))
    event.add("summary", entry.summary)
    event.add("location", entry.location)
    event.add("description", entry.description)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("organizer", vCalAddress(f"mailto:{organizer}"), encode=False)
    return event
