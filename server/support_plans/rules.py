"""What may happen to a step of a plan, and when. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

STEPS_MAX = 40
BEGUN = ("running", "done")


class StepRefused(Exception):
    """The step cannot be changed like that; the message says why."""


class NothingToDo(StepRefused):
    """A step is a measure or says in words what is to be done."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a step is or is to become: what is done, when, and how it stands. `title` are own words."""

    measure: str | None
    title: str
    starts_on: date
    ends_on: date | None
    status: str

    @property
    def what(self) -> str:
        """What the seeker says yes to: the measure, which own words only explain, else those words."""
        return self.measure or self.title


def check_change(change: Change, *, before: Change | None, answer: str | None) -> None:
    """Raise the reason why a step cannot become `change`; `before` is what it was, None for a new one."""
    if not change.what:
        raise NothingToDo("choose a measure or say what is to be done")
    if change.ends_on is not None and change.ends_on < change.starts_on:
        raise EndsBeforeItStarts("a step ends on its first day at the earliest")
    begins = change.status in BEGUN and (before is None or before.status not in BEGUN)
    if begins and (answer != "yes" or before is None or change.what != before.what):
        raise SeekerHasNotSaidYes("the seeker says yes before a step begins")


def needs_new_answer(before: Change, after: Change) -> bool:
    """Whether the seeker is asked again: a step that has not begun is something else, or lies at another time."""
    said = (before.what, before.starts_on, before.ends_on)
    return after.status == "proposed" and said != (after.what, after.starts_on, after.ends_on)


def check_answerable(status: str) -> None:
    """Raise unless the seeker can still answer a step."""
    if status != "proposed":
        raise HasBegun("the step has begun or is over")


def check_room(steps: int) -> None:
    """Raise unless a plan of so many steps has room for one more."""
    if steps >= STEPS_MAX:
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
