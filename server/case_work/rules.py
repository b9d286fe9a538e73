"""What a case worker has to do, by when, and what may be done with a task. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal
from uuid import UUID

When = Literal["late", "today", "week", "later", "done"]
AHEAD = timedelta(days=7)
"""A step is shown so long before its day; what lies within is the week ahead."""


class Kind(StrEnum):
    """Where a task comes from; its key begins with it."""

    OWN = "own"
    FEEDBACK = "feedback"
    NEED = "need"
    STEP = "step"
    ANSWER = "answer"
    COMMENT = "comment"
    TALK = "talk"
    MEETING = "meeting"


WITHIN = {
    Kind.FEEDBACK: timedelta(days=7),
    Kind.NEED: timedelta(days=14),
    Kind.ANSWER: timedelta(days=3),
    Kind.COMMENT: timedelta(days=3),
    Kind.TALK: timedelta(days=2),
    Kind.MEETING: timedelta(days=3),
}
"""How long after it came something should be seen to."""


class TaskRefused(Exception):
    """That cannot be done with the task; the message says why."""


class PutOffToThePast(TaskRefused):
    """A task is put off to a later day."""


class NotTheirCaseWorker(TaskRefused):
    """Only who has the seeker too can be given a task about them."""


class HandOverRefused(Exception):
    """The seeker cannot be handed over like that; the message says why."""


class AlreadyOnTheWay(HandOverRefused):
    """Another hand-over of the seeker waits to be answered."""


class HasThemAlready(HandOverRefused):
    """The colleague has the seeker."""


class NoSuchColleague(HandOverRefused):
    """There is no such case worker beside oneself."""


class IsAnswered(HandOverRefused):
    """The hand-over is answered or withdrawn."""


def due_on(kind: Kind, came_on: date) -> date:
    """The day by which something that came on a day should be seen to."""
    return came_on + WITHIN[kind]


def shows_step(due: date, *, today: date) -> bool:
    """Whether a step's day is near enough to be a task."""
    return due - AHEAD <= today


def when(*, due: date, snoozed_until: date | None, done: bool, today: date) -> When:
    """In which part of the list a task stands."""
    if done:
        return "done"
    day = effective_due(due, snoozed_until, today=today)
    if day < today:
        return "late"
    if day == today:
        return "today"
    return "week" if day <= today + AHEAD else "later"


def effective_due(due: date, snoozed_until: date | None, *, today: date) -> date:
    """The day a task is to be done: the one it was put off to, until that has come."""
    return snoozed_until if snoozed_until is not None and snoozed_until >= today else due


def is_done(done_at: datetime | None, *, newest: datetime) -> bool:
    """Whether a task is done; something newer than that brings it back."""
    return done_at is not None and done_at >= newest


def check_change(
    *, snoozed_until: date | None, before: date | None, assigned_to: UUID | None, theirs: Collection[UUID], today: date
) -> None:
    """Raise the reason why a task cannot be put off or given like that; return if it can."""
    if snoozed_until is not None and snoozed_until != before and snoozed_until <= today:
        raise PutOffToThePast("put it off to a later day")
    if assigned_to is not None and assigned_to not in theirs:
        raise NotTheirCaseWorker("only who has the job seeker too can be given this")


def check_hand_over(*, to_id: UUID, colleagues: Collection[UUID], theirs: Collection[UUID], is_open: bool) -> None:
    """Raise the reason why a seeker cannot be handed over to somebody; return if they can."""
    if to_id not in colleagues:
        raise NoSuchColleague("there is no such colleague")
    if to_id in theirs:
        raise HasThemAlready("they have this job seeker already")
    if is_open:
        raise AlreadyOnTheWay("a hand-over of this job seeker waits for an answer")


def check_open(state: str) -> None:
    """Raise unless a hand-over still waits for an answer."""
    if state != "open":
        raise IsAnswered("the hand-over is answered or withdrawn")
