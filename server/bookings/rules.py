"""When a seeker may book. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta


class BookingRefused(Exception):
    """The seeker cannot book this; the message says why."""


class BookingClosed(BookingRefused):
    """The time is too near, or past."""


class PairHasMet(BookingRefused):
    """The two meet already at this event."""


class TooManyMeetings(BookingRefused):
    """The seeker has as many meetings as the event allows."""


class DeskOffDuty(BookingRefused):
    """Nobody is at the desk at that time."""


class SeekerIsAway(BookingRefused):
    """The seeker has said that they cannot come at that time."""


def is_open(*, starts_at: datetime, now: datetime, closes: timedelta) -> bool:
    """Whether a time can still be booked at `now`; booking closes `closes` before it starts."""
    return now <= starts_at - closes and now < starts_at


def check_bookable(
    *, starts_at: datetime, now: datetime, closes: timedelta, meetings: int, meetings_max: int, has_met: bool
) -> None:
    """Raise the reason why a time cannot be booked; return if it can.

    `meetings` are the seeker's others at the event; `has_met` whether one of them is with the same employer.

    Raises:
        BookingClosed: the time is too near, or past.
        PairHasMet: a pair meets once.
        TooManyMeetings: the seeker has as many as the event allows.
    """
    if not is_open(starts_at=starts_at, now=now, closes=closes):
        raise BookingClosed(f"booking closes {int(closes.total_seconds() // 60)} minutes before the start")
    if has_met:
        raise PairHasMet("you have a meeting with this employer already; move it instead")
    if meetings >= meetings_max:
        raise TooManyMeetings(f"everybody has at most {meetings_max} meetings at this event")
