"""What a seeker means to do next, by when, and how it stands: homework that nobody else corrects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from feedback.answers import AnswersInvalid
from feedback.own_words import parse_words
from feedback.problem import Problem

ACTION_LENGTH_MAX = 160
OPEN_ACTIONS_MAX = 20
FIRST_DUE = timedelta(days=7)
SOON = timedelta(days=2)
AHEAD_MAX = timedelta(days=366)


class ActionState(StrEnum):
    """How an action stands; NOT_DONE is let go of, REMOVED was a mistake and is not shown."""

    OPEN = "open"
    DONE = "done"
    NOT_DONE = "not_done"
    REMOVED = "removed"


class Standing(StrEnum):
    """How an open action stands to its day."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do, by what names it; `due_on` None is some time, `ended_at` None is not yet."""

    id: object
    state: ActionState
    due_on: date | None
    created_at: datetime
    ended_at: datetime | None = None


def standing(due_on: date | None, *, today: date) -> Standing:
    """How near an action's day is; soon is within `SOON`."""
    if due_on is None:
        return Standing.UNDATED
    if due_on < today:
        return Standing.OVERDUE
    if due_on == today:
        return Standing.TODAY
    return Standing.SOON if due_on - today <= SOON else Standing.LATER


def first_due(today: date) -> date:
    """The day that an action has until its seeker chooses another: a week from today."""
    return today + FIRST_DUE


def check_due(due_on: date | None, *, today: date) -> None:
    """Return if an action can be moved to `due_on`.

    Raises:
        AnswersInvalid: it lies in the past, or more than a year ahead.
    """
    if due_on is not None and due_on < today:
        raise AnswersInvalid([Problem("due_on", "in_the_past", "choose today or a later day")])
    if due_on is not None and due_on - today > AHEAD_MAX:
        raise AnswersInvalid([Problem("due_on", "too_far_ahead", "choose a day within a year")])


def parse_action(raw: object) -> str:
    """An action in the seeker's own words, without blanks around it.

    Raises:
        AnswersInvalid: it is empty, too long or cannot be shown.
    """
    return parse_words(raw, length_max=ACTION_LENGTH_MAX).strip()


def in_order(actions: Iterable[Action]) -> tuple[Action, ...]:
    """Actions as they are shown: open ones by their day, undated last, then the ended ones, newest first."""
    shown = [action for action in actions if action.state is not ActionState.REMOVED]
    waiting = [action for action in shown if action.state is ActionState.OPEN]
    ended = [action for action in shown if action.state is not ActionState.OPEN]
    waiting.sort(key=lambda action: (action.due_on or date.max, action.created_at))
    ended.sort(key=lambda action: action.ended_at or action.created_at, reverse=True)
    return (*waiting, *ended)
