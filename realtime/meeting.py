"""One meeting as a pure state machine, driven by commands and by time.

Every command first lets time do its work (`advance`), so that a tap at the
last second meets the meeting as it is and not as it was stored. Clocks of two
processes may differ by a little: an instant that lies before what the meeting
already knows counts as that later instant, and nothing ever runs backward.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, get_args

MINIMUM_TALK = timedelta(minutes=1)
"""However late a talk starts, it lasts a third of the planned talk, and at least this (a shorter one: all of it)."""

ClosedBy = Literal["sent", "skipped", "time", "staff"]
CompletedBy = Literal["sent", "skipped"]


class MeetingState(StrEnum):
    """Where a meeting stands; the values are stored and sent as they are."""

    BOOKED = "booked"
    LATE = "late"
    CHECKED_IN = "checked_in"
    CALLED = "called"
    TALKING = "talking"
    FEEDBACK = "feedback"
    CLOSED = "closed"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    MOVED = "moved"
    HANDED_OVER = "handed_over"


class MeetingForm(StrEnum):
    """How people meet."""

    VIDEO = "video"
    ON_SITE = "on_site"
    HYBRID = "hybrid"


EXPECTED = frozenset({MeetingState.BOOKED, MeetingState.LATE})
"""The seeker is awaited and has not said that they are here."""
WAITING = EXPECTED | {MeetingState.CHECKED_IN}
"""In the line of a desk."""
AT_DESK = frozenset({MeetingState.CALLED, MeetingState.TALKING, MeetingState.FEEDBACK})
"""The desk is occupied by this meeting."""
UNDER_WAY = frozenset({MeetingState.TALKING, MeetingState.FEEDBACK})
OVER = frozenset(
    {
        MeetingState.CLOSED,
        MeetingState.NO_SHOW,
        MeetingState.CANCELLED,
        MeetingState.MOVED,
        MeetingState.HANDED_OVER,
    }
)
"""Nothing more is expected to happen (a no-show may still turn up while the slot lasts)."""


class MeetingRefused(Exception):
    """A command that the meeting cannot follow now; the message says what to do instead."""


class MeetingIsOver(MeetingRefused):
    """The meeting has ended, in whatever way."""


class MeetingIsUnderWay(MeetingRefused):
    """The talk or the feedback time is running."""


class NotReady(MeetingRefused):
    """The seeker has not said that they are here."""


class NotCalled(MeetingRefused):
    """The desk has not called the seeker in."""


class TooEarly(MeetingRefused):
    """The time for this has not come."""


class NotTalking(MeetingRefused):
    """No talk is running."""


class ExtensionRefused(MeetingRefused):
    """The talk cannot be made longer."""


class NothingToReopen(MeetingRefused):
    """There is no sent or skipped scorecard to take back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPlan:
    """The times that an event gives its meetings.

    `talk` and `feedback` are lengths; `early_start`, `late_after` and
    `no_show_after` count from the booked start; `scorecard_opens_before` and
    `warnings` count back from the end of the talk, longest first.
    """

    talk: timedelta
    feedback: timedelta
    extension: timedelta = timedelta(minutes=3)
    extensions_max: int = 2
    early_start: timedelta
    late_after: timedelta
    no_show_after: timedelta
    scorecard_opens_before: timedelta = timedelta(minutes=2)
    warnings: tuple[timedelta, ...] = (timedelta(minutes=2), timedelta(minutes=1))

    def __post_init__(self) -> None:
        zero = timedelta()
        if min(self.talk, self.feedback, self.extension, *self.warnings) <= zero:
            raise ValueError("talk, feedback, extension and warnings must be longer than nothing")
        if min(self.early_start, self.late_after, self.scorecard_opens_before) < zero or self.extensions_max < 0:
            raise ValueError("early_start, late_after, scorecard_opens_before and extensions_max cannot be negative")
        if self.no_show_after < self.late_after:
            raise ValueError("no_show_after cannot come before late_after")
        if list(self.warnings) != sorted(set(self.warnings), reverse=True):
            raise ValueError("warnings must be different and stand longest first")

    @property
    def minimum_talk(self) -> timedelta:
        """The shortest talk that a late start leaves: ``min(talk, max(talk / 3, 1 min))``."""
        return min(self.talk, max(self.talk / 3, MINIMUM_TALK))

    def between(self, starts_at: datetime, ends_at: datetime) -> MeetingPlan:
        """The times of a meeting that takes all of this: ``talk = max(talk, ends_at - starts_at - feedback)``.

        A meeting of two slots is one long talk with one feedback time after it.
        """
        talk = ends_at - starts_at - self.feedback
        return replace(self, talk=talk) if talk > self.talk else self


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting at one instant; it cannot be built in a combination that cannot happen.

    `starts_at` and `ends_at` frame its slot, or the two slots in a row of who
    needs more time, with the feedback time, and are both None for a drop-in.
    `closed_at` is when the recruiter was done or the feedback time was over.
    """

    state: MeetingState
    form: MeetingForm
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    ready_at: datetime | None = None
    called_at: datetime | None = None
    talk_started_at: datetime | None = None
    talk_ends_at: datetime | None = None
    feedback_ends_at: datetime | None = None
    closed_at: datetime | None = None
    extensions: int = 0
    closed_by: ClosedBy | None = None

    def __post_init__(self) -> None:
        _check_slot(self)
        _check_state(self)
        _check_order(self)

    @property
    def drop_in(self) -> bool:
        """Whether nobody booked a time for it."""
        return self.starts_at is None


def advance(meeting: Meeting, *, plan: MeetingPlan, now: datetime) -> Meeting:
    """The meeting as time alone has made it at `now`; the same one if nothing was due.

    Who has not checked in becomes late and then a no-show, a talk gives way
    to the feedback time at its end, and the feedback time closes the meeting.
    """
    while (due := due_at(meeting, plan=plan)) is not None and due <= now:
        match meeting.state:
            case MeetingState.BOOKED:
                meeting = replace(meeting, state=MeetingState.LATE)
            case MeetingState.LATE:
                meeting = replace(meeting, state=MeetingState.NO_SHOW)
            case MeetingState.TALKING:
                meeting = replace(meeting, state=MeetingState.FEEDBACK)
            case _:
                meeting = replace(meeting, state=MeetingState.CLOSED, closed_at=due, closed_by="time")
    return meeting


def due_at(meeting: Meeting, *, plan: MeetingPlan) -> datetime | None:
    """The next instant at which `advance` changes something, or None if only a command can.

    The instant may lie in the past for a meeting that has not been advanced yet.
    """
    if meeting.state in EXPECTED and meeting.starts_at is not None:
        return meeting.starts_at + (plan.late_after if meeting.state is MeetingState.BOOKED else plan.no_show_after)
    if meeting.state is MeetingState.TALKING:
        return meeting.talk_ends_at
    return meeting.feedback_ends_at if meeting.state is MeetingState.FEEDBACK else None


def own_plan(meeting: Meeting, *, plan: MeetingPlan) -> MeetingPlan:
    """The event's times as this meeting has them, by its own length; a drop-in has the event's."""
    if meeting.ends_at is None or meeting.starts_at is None:
        return plan
    return plan.between(meeting.starts_at, meeting.ends_at)


def talk_end(meeting: Meeting, *, plan: MeetingPlan, now: datetime) -> datetime:
    """When a talk that starts at `now` ends.

    Starting early or on time gives the meeting's full talk, see `own_plan`.
    Starting late keeps the end of the meeting, so that the next person is not
    made to wait, but leaves at least `minimum_talk`:
    ``min(now + talk, max(ends_at - feedback, now + minimum_talk))``.
    """
    own = own_plan(meeting, plan=plan)
    if meeting.ends_at is None or meeting.starts_at is None or now <= meeting.starts_at:
        return now + own.talk
    return min(now + own.talk, max(meeting.ends_at - own.feedback, now + own.minimum_talk))


def scorecard_opens_at(meeting: Meeting, *, plan: MeetingPlan) -> datetime | None:
    """When the scorecard opens by itself beside the talk, or None before the talk has started."""
    if meeting.talk_ends_at is None or meeting.talk_started_at is None:
        return None
    return max(meeting.talk_started_at, meeting.talk_ends_at - plan.scorecard_opens_before)


def warns_at(meeting: Meeting, *, plan: MeetingPlan) -> tuple[datetime, ...]:
    """When both sides are warned that the talk ends, earliest first; none before its start or for a shorter talk."""
    if meeting.talk_ends_at is None or meeting.talk_started_at is None:
        return ()
    instants = (meeting.talk_ends_at - warning for warning in plan.warnings)
    return tuple(instant for instant in instants if instant > meeting.talk_started_at)


def not_before(meeting: Meeting, now: datetime) -> datetime:
    """`now`, or the latest thing that has already happened in this meeting if `now` lies before it."""
    ended = meeting.talk_ends_at if meeting.state is MeetingState.FEEDBACK else None
    happened = (meeting.ready_at, meeting.called_at, meeting.talk_started_at, ended)
    return max([now, *(instant for instant in happened if instant is not None)])


def _check_slot(meeting: Meeting) -> None:
    instants = (
        meeting.starts_at,
        meeting.ends_at,
        meeting.ready_at,
        meeting.called_at,
        meeting.talk_started_at,
        meeting.talk_ends_at,
        meeting.feedback_ends_at,
        meeting.closed_at,
    )
    if any(instant is not None and instant.tzinfo is None for instant in instants):
        raise ValueError("every time of a meeting needs a timezone")
    if meeting.starts_at is None or meeting.ends_at is None:
        if meeting.starts_at is not meeting.ends_at:
            raise ValueError("a slot has both a start and an end, a drop-in neither")
    elif meeting.starts_at >= meeting.ends_at:
        raise ValueError("a slot ends after it starts")


def _check_state(meeting: Meeting) -> None:
    state = meeting.state
    ready, called = meeting.ready_at is not None, meeting.called_at is not None
    talk = {
        instant is not None for instant in (meeting.talk_started_at, meeting.talk_ends_at, meeting.feedback_ends_at)
    }
    if len(talk) == 2:
        raise ValueError("a talk has its start, its end and the end of its feedback time together")
    talked = True in talk
    if state is MeetingState.CLOSED:
        fits = ready and (called or not talked) and (talked or meeting.closed_by == "staff")
    else:
        fits = (ready, called, talked) == (
            state is MeetingState.CHECKED_IN or state in AT_DESK,
            state in AT_DESK,
            state in UNDER_WAY,
        )
    closed = state is MeetingState.CLOSED
    if not fits or (meeting.closed_at is not None) != closed or (meeting.closed_by is not None) != closed:
        raise ValueError(f"these times cannot belong to a meeting that is {state}")
    if meeting.closed_by is not None and meeting.closed_by not in get_args(ClosedBy):
        raise ValueError(f"a meeting is not closed by {meeting.closed_by!r}")
    if state is MeetingState.LATE and meeting.drop_in:
        raise ValueError("a drop-in cannot be late")
    if meeting.extensions < 0 or (meeting.extensions and not talked):
        raise ValueError("only a talk is extended")


def _check_order(meeting: Meeting) -> None:
    happened = (
        meeting.ready_at,
        meeting.called_at,
        meeting.talk_started_at,
        meeting.talk_ends_at,
        meeting.feedback_ends_at,
    )
    known = [instant for instant in happened if instant is not None]
    if known != sorted(known):
        raise ValueError("the times of a meeting cannot run backward")
    if meeting.closed_at is not None:
        begun = [i for i in (meeting.ready_at, meeting.called_at, meeting.talk_ends_at) if i is not None]
        if meeting.closed_at < max(begun):
            raise ValueError("a meeting cannot close before what happened in it")
