"""What an employer's page adds up, and when employers' word to the agency may be shown as a sum. Pure.

A sum is shown only of answers in whole batches of five employers, in the order in which they were given, and a batch
once shown is never changed. So whatever one subtracts from whatever (an event from all of them, today from
yesterday), what is left is batches of five, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median
from typing import Generic, TypeVar

BATCH = 5
QUESTIONS = ("right_people", "time_well_spent", "help", "come_again")
STEPS = (1, 2, 3, 4, 5)
FEEDBACK_TIME_MAX = timedelta(minutes=15)
WAIT_MAX = timedelta(minutes=30)
NOON = 12
A = TypeVar("A")


class Outcome(StrEnum):
    """The furthest that a person whom an employer met has come, for one disc each."""

    HIRED = "hired"
    NEXT = "next"
    FEEDBACK = "feedback"
    NOTHING = "nothing"


def outcome(*, is_hired: bool, goes_on: bool, has_feedback: bool) -> Outcome:
    """The furthest of what is true."""
    if is_hired:
        return Outcome.HIRED
    if goes_on:
        return Outcome.NEXT
    return Outcome.FEEDBACK if has_feedback else Outcome.NOTHING


@dataclass(frozen=True, slots=True)
class Held:
    """The times of one talk; None where something did not happen."""

    called_at: datetime | None
    started_at: datetime
    talk_ends_at: datetime | None
    closed_at: datetime | None
    is_sent: bool


@dataclass(frozen=True, slots=True)
class TimeSpent:
    """Seconds by what they went to, half days with at least one talk, and the usual time of a feedback."""

    talk_s: int
    feedback_s: int
    wait_s: int
    half_days: int
    usual_feedback_s: int | None


def time_spent(talks: Iterable[Held]) -> TimeSpent:
    """What an employer's time went to.

    A talk lasts until its end or until it was closed before that; feedback from then until the card was sent, at most
    a quarter of an hour; a wait from the call to the beginning, at most half an hour. Times are as their zone says.
    """
    talk = feedback = wait = timedelta()
    halves: set[tuple[int, bool]] = set()
    given: list[float] = []
    for one in talks:
        ended_at = min(filter(None, (one.talk_ends_at, one.closed_at)), default=one.started_at)
        talk += max(ended_at - one.started_at, timedelta())
        halves.add((one.started_at.toordinal(), one.started_at.hour >= NOON))
        if one.called_at is not None:
            wait += min(max(one.started_at - one.called_at, timedelta()), WAIT_MAX)
        if one.closed_at is not None:
            took = min(one.closed_at - ended_at, FEEDBACK_TIME_MAX)
            feedback += took
            if one.is_sent:
                given.append(took.total_seconds())
    return TimeSpent(
        talk_s=int(talk.total_seconds()),
        feedback_s=int(feedback.total_seconds()),
        wait_s=int(wait.total_seconds()),
        half_days=len(halves),
        usual_feedback_s=round(median(given)) if given else None,
    )


@dataclass(frozen=True, slots=True)
class Counted(Generic[A]):
    """Answers that are counted in sums, which stand fast, and how many wait for their batch to be full."""

    shown: tuple[A, ...]
    waiting: int


def counted(answers: Sequence[A]) -> Counted[A]:
    """Of one event's answers, one an employer and in the order given: the whole batches of five."""
    whole = _whole(len(answers))
    return Counted(tuple(answers[:whole]), len(answers) - whole)


def is_counted(place: int, *, answers: int) -> bool:
    """Whether the answer at `place` (from 0) of so many is counted already, and so stands fast."""
    return place < _whole(answers)


def _whole(answers: int) -> int:
    return answers - answers % BATCH


@dataclass(frozen=True, slots=True)
class Sum:
    """How many employers gave each answer, by question, from 1 to 5."""

    employers: int
    steps: Mapping[str, tuple[int, ...]]


def summed(answers: Iterable[Mapping[str, int]]) -> Sum:
    """The sum of answers that may be shown."""
    everything = tuple(answers)
    steps = {
        question: tuple(sum(answer[question] == step for answer in everything) for step in STEPS)
        for question in QUESTIONS
    }
    return Sum(len(everything), steps)
