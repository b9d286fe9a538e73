"""What may happen to a step of a plan, and when. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

STEPS_MAX = 40
OPEN = ("proposed", "running")


class StepRefused(Exception):
    """The step cannot be changed like that; the message says why."""


class WasChanged(StepRefused):
    """Somebody has changed the step since it was read."""


class EndsBeforeItStarts(StepRefused):
    """A step ends on its first day at the earliest."""


class SeekerHasNotSaidYes(StepRefused):
    """A step begins when the seeker has said yes to it."""


class HasBegun(StepRefused):
    """It is too late to answer: the step has begun or is over."""


class TooManySteps(StepRefused):
    """The plan is full."""


class NotTheSameSteps(StepRefused):
    """An order names every step of the plan once."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a step is to become."""

    starts_on: date
    ends_on: date | None
    status: str


def check_change(change: Change, *, before: str | None, answer: str | None) -> None:
    """Raise the reason why a step cannot become `change`; `before` is its status, None for a new one."""
    if change.ends_on is not None and change.ends_on < change.starts_on:
        raise EndsBeforeItStarts("a step ends on its first day at the earliest")
    begins = change.status in ("running", "done") and before not in ("running", "done")
    if begins and answer != "yes":
        raise SeekerHasNotSaidYes("the seeker says yes before a step begins")


def needs_new_answer(before: Change, after: Change) -> bool:
    """Whether the seeker is asked again: a step that has not begun lies at another time."""
    return after.status == "proposed" and (before.starts_on, before.ends_on) != (after.starts_on, after.ends_on)


def check_answerable(status: str) -> None:
    """Raise unless the seeker can still answer a step."""
    if status != "proposed":
        raise HasBegun("the step has begun or is over")


def check_room(steps: int, added: int) -> None:
    """Raise unless the plan has room for so many more steps."""
    if steps + added > STEPS_MAX:
        raise TooManySteps(f"a plan has at most {STEPS_MAX} steps")


def check_order(order: Sequence[UUID], steps: Collection[UUID]) -> None:
    """Raise unless `order` names each of `steps` once."""
    if len(order) != len(steps) or set(order) != set(steps):
        raise NotTheSameSteps("name every step of the plan once")


def last_day(starts_on: date, weeks: int | None) -> date | None:
    """The last day of something that takes so many weeks; None without an end."""
    return None if weeks is None else starts_on + timedelta(weeks=weeks, days=-1)


def due_on(*, status: str, answer: str | None, starts_on: date, ends_on: date | None) -> date | None:
    """The day by which the case worker has something to do with a step, or None.

    One that the seeker said yes to is begun on its first day; one that runs is followed up on its last.
    """
    if status == "proposed" and answer == "yes":
        return starts_on
    return ends_on if status == "running" else None
