"""The seeker's goal, carried from one meeting to the next: kept, changed or closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

NO_GOAL: Final = None


@dataclass(frozen=True, slots=True)
class GoalChoice:
    """What the seeker chose at an instant: a chip to work on, or NO_GOAL to be done with the last one."""

    chosen_at: datetime
    chip: str | None

    def __post_init__(self) -> None:
        if self.chosen_at.tzinfo is None:
            raise ValueError("instants carry a timezone")


class GoalChange(StrEnum):
    """What a choice did to the goal before it."""

    SET = "set"
    KEPT = "kept"
    CHANGED = "changed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class GoalStep:
    """One step of the goal's story; `chip` is the goal closed, or else the goal from then on."""

    at: datetime
    change: GoalChange
    chip: str


def goal_at(choices: Iterable[GoalChoice], instant: datetime) -> str | None:
    """The goal at `instant`, as shown before a meeting, or None when there is none.

    Choices come in any order; of two at the same instant the later given counts.
    """
    made = sorted((choice for choice in choices if choice.chosen_at <= instant), key=lambda choice: choice.chosen_at)
    return made[-1].chip if made else NO_GOAL


def goal_story(choices: Iterable[GoalChoice]) -> tuple[GoalStep, ...]:
    """What became of each goal, oldest first. Closing when there is no goal leaves no trace."""
    story: list[GoalStep] = []
    goal: str | None = NO_GOAL
    for choice in sorted(choices, key=lambda choice: choice.chosen_at):
        if choice.chip is not None:
            story.append(GoalStep(choice.chosen_at, _change(goal, choice.chip), choice.chip))
        elif goal is not None:
            story.append(GoalStep(choice.chosen_at, GoalChange.CLOSED, goal))
        goal = choice.chip
    return tuple(story)


def _change(before: str | None, after: str) -> GoalChange:
    if before is None:
        return GoalChange.SET
    return GoalChange.KEPT if before == after else GoalChange.CHANGED
