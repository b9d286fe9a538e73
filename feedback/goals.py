"""The seeker's goal, carried from one meeting to the next: kept, changed or closed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from feedback.answers import AnswersInvalid
from feedback.problem import Problem
from feedback.statement import read_statement

NO_GOAL: Final = None
OWN_GOAL_LENGTH_MAX = 120


class GoalOutcome(StrEnum):
    """What a seeker says became of their goal in a meeting; PASSED is that they would rather not say."""

    KEPT = "kept"
    REACHED = "reached"
    CHANGED = "changed"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """A meeting that was held, by whatever names it."""

    id: object
    held_at: datetime


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


def meeting_to_ask_about(
    set_at: datetime, meetings: Iterable[HeldMeeting], asked: Collection[object]
) -> HeldMeeting | None:
    """The meeting after which to ask how it went with a goal that was set at `set_at`, or None.

    It is the newest one held since then, and each is asked about once: older ones are let be, since nobody
    remembers a goal meeting by meeting.
    """
    since = [meeting for meeting in meetings if meeting.held_at > set_at]
    newest = max(since, key=lambda meeting: meeting.held_at, default=None)
    return newest if newest is not None and newest.id not in asked else None


def parse_own_goal(raw: object) -> str:
    """A goal in the seeker's own words, without blanks around it.

    Raises:
        AnswersInvalid: it is empty, too long or cannot be shown.
    """
    problems: list[Problem] = []
    text = read_statement(raw, path="text", length_max=OWN_GOAL_LENGTH_MAX, problems=problems).strip()
    if not text and not problems:
        problems.append(Problem("text", "empty", "say in a few words what you want to do"))
    if problems:
        raise AnswersInvalid(problems)
    return text


def _change(before: str | None, after: str) -> GoalChange:
    if before is None:
        return GoalChange.SET
    return GoalChange.KEPT if before == after else GoalChange.CHANGED
