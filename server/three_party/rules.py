"""When a three-party meeting can be asked about, answered and called off. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

TIMES_MAX = 5
LENGTH_MIN, LENGTH_MAX = 15, 180
ASKING_SEEKER, ASKING_EMPLOYER, FIXED = "asking_seeker", "asking_employer", "fixed"
DECLINED, CANCELLED = "declined", "cancelled"
UNDER_WAY = (ASKING_SEEKER, ASKING_EMPLOYER, FIXED)


class MeetingRefused(Exception):
    """That cannot be done with the meeting; the message says why."""


class TimesNotPossible(MeetingRefused):
    """A meeting is asked about with one to five different times, all of them ahead."""


class NotAskedNow(MeetingRefused):
    """The meeting does not wait for this answer."""


class NotATimeOfThis(MeetingRefused):
    """That time was not among those asked about, or does not suit the other."""


class IsOver(MeetingRefused):
    """The meeting is declined, called off, or has been."""


def check_times(times: Sequence[datetime], *, now: datetime) -> None:
    """Raise unless these are times that can be asked about."""
    if not 1 <= len(times) <= TIMES_MAX or len(set(times)) != len(times) or min(times) <= now:
        raise TimesNotPossible(f"name one to {TIMES_MAX} different times ahead")


def check_asked(state: str, whom: str) -> None:
    """Raise unless the meeting waits for this one's answer: the state that says so is `whom`."""
    if state != whom:
        raise NotAskedNow("the meeting does not wait for your answer")


def is_shown_to_case_worker(*, shares: bool, is_employer_asked: bool) -> bool:
    """Whether a case worker sees a meeting.

    Whom the seeker has not agreed to meet is known from feedback, and shown as long as that is shared.
    """
    return shares or is_employer_asked


def after_seeker(chosen: Collection[datetime], offered: Collection[datetime], *, now: datetime) -> str:
    """The state after the seeker has said which times suit; the employer is asked only if one does.

    Raises:
        NotATimeOfThis: a time was not offered, or all that suit are past.
    """
    if not set(chosen) <= set(offered) or (chosen and max(chosen) <= now):
        raise NotATimeOfThis("choose among the times that you were asked about")
    return ASKING_EMPLOYER if chosen else DECLINED


def after_employer(chosen: datetime | None, suiting: Collection[datetime], *, now: datetime) -> str:
    """The state after the employer has chosen a time that suits the seeker, or none.

    Raises:
        NotATimeOfThis: the time does not suit the seeker, or is past.
    """
    if chosen is None:
        return DECLINED
    if chosen not in suiting or chosen <= now:
        raise NotATimeOfThis("choose among the times that suit the job seeker")
    return FIXED


def check_callable_off(state: str, starts_at: datetime | None, *, length: timedelta, now: datetime) -> None:
    """Raise unless the meeting is still to come or to be agreed on."""
    if state not in UNDER_WAY or (starts_at is not None and starts_at + length <= now):
        raise IsOver("there is nothing left to call off")
