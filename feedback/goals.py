"""The seeker's goal: in whose words it is, and after which meeting to ask what became of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from feedback.own_words import parse_words

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
    return parse_words(raw, length_max=OWN_GOAL_LENGTH_MAX).strip()
