"""When an event's times are, and what may still change. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SLOTS_MAX = 96
LENGTH_MAX = timedelta(hours=2)
SPAN_MAX = timedelta(hours=18)

DRAFT_ONLY = frozenset({"date", "first_start", "slots", "pauses", "talk_s", "feedback_s", "zone", "form"})
"""What people have been told once an event is published."""


class EventRefused(Exception):
    """The event cannot be as asked; the message says why."""


class EventIsPublished(EventRefused):
    """People have been told these times."""


class TimesDoNotFit(EventRefused):
    """The slots cannot lie as asked."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A time from `starts_at` up to `ends_at`, both with a zone."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: Interval) -> bool:
        """Whether both hold some instant; touching is not overlapping."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def holds(self, other: Interval) -> bool:
        """Whether `other` lies wholly inside."""
        return self.starts_at <= other.starts_at and other.ends_at <= self.ends_at


def instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The UTC instant at which clocks in `zone` show `clock` on `day`.

    A time that is skipped when clocks go forward means the instant an hour later on the clock;
    one that comes twice means the first.
    """
    return datetime.combine(day, clock.replace(tzinfo=None), tzinfo=zone).astimezone(UTC)


def slot_times(
    *,
    day: date,
    first_start: time,
    zone: ZoneInfo,
    slots: int,
    length: timedelta,
    pauses: Iterable[tuple[time, time]] = (),
) -> list[Interval]:
    """The times of an event's slots, in order and in UTC.

    Each lasts `length` of real time, also on the day clocks change. A slot that would overlap a
    pause starts when the pause ends.

    Raises:
        TimesDoNotFit: there are too many or too long, a pause ends before it starts, or they take over 18 hours.
    """
    if not 1 <= slots <= SLOTS_MAX:
        raise TimesDoNotFit(f"an event has 1 to {SLOTS_MAX} slots")
    if not timedelta(minutes=2) <= length <= LENGTH_MAX:
        raise TimesDoNotFit("talk and feedback together take from two minutes to two hours")
    closed = [Interval(instant(day, starts, zone), instant(day, ends, zone)) for starts, ends in sorted(pauses)]
    if any(pause.ends_at <= pause.starts_at for pause in closed):
        raise TimesDoNotFit("a pause ends after it starts")
    found: list[Interval] = []
    at = first = instant(day, first_start, zone)
    for _ in range(slots):
        slot = _after_pauses(Interval(at, at + length), closed)
        found.append(slot)
        at = slot.ends_at
    if at - first > SPAN_MAX:
        raise TimesDoNotFit("an event lasts at most 18 hours")
    return found


def check_change(*, status: str, changed: Iterable[str]) -> None:
    """Raise the reason why fields of an event cannot change any more; return if they can.

    Raises:
        EventIsPublished: people have been told the times.
        EventRefused: the event is closed.
    """
    if status == "closed":
        raise EventRefused("the event is closed")
    told = sorted(DRAFT_ONLY & set(changed))
    if status != "draft" and told:
        raise EventIsPublished(f"people have been told; these stay as they are: {', '.join(told)}")


def check_durations(*, talk_s: int, feedback_s: int, late_after_s: int, no_show_after_s: int) -> None:
    """Raise the reason why these durations cannot go together.

    Raises:
        TimesDoNotFit: a no-show would come before being late, or after the slot.
    """
    if no_show_after_s < late_after_s:
        raise TimesDoNotFit("somebody is late before they are a no-show")
    if no_show_after_s > talk_s + feedback_s:
        raise TimesDoNotFit("a no-show is known before the slot is over")


def moved_to_day(at: datetime, *, zone: ZoneInfo, days: int) -> datetime:
    """`at` as many days later, at the same time on the clock in `zone`."""
    local = at.astimezone(zone)
    return instant(local.date() + timedelta(days=days), local.time(), zone)


def _after_pauses(slot: Interval, pauses: Sequence[Interval]) -> Interval:
    length = slot.ends_at - slot.starts_at
    for pause in pauses:
        if slot.overlaps(pause):
            slot = Interval(pause.ends_at, pause.ends_at + length)
    return slot
