"""How an application may go on, and which meeting ties it to its employer. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from server.vacancies.rules import SHOWN, Standing


class Status(StrEnum):
    """Where an application stands; both sides see the same word."""

    SENT = "sent"
    READ = "read"
    IN_CONVERSATION = "in_conversation"
    OFFERED = "offered"
    HIRED = "hired"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


ANSWERS = (Status.IN_CONVERSATION, Status.OFFERED, Status.HIRED, Status.DECLINED)
"""What an employer says; `read` comes by reading."""
DECIDED = (Status.HIRED, Status.DECLINED)
WAITING = (Status.SENT, Status.READ)
LEADING_ON = (Status.IN_CONVERSATION, Status.OFFERED, Status.HIRED)


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting of a seeker with an employer; `at` is when they talked, or will."""

    meeting_id: UUID
    at: datetime | None
    is_held: bool
    recruiter_name: str | None


def meeting_that_counts(meetings: Sequence[Met]) -> Met | None:
    """Of a seeker's meetings with one employer, oldest first: the last talk, else what is booked."""
    held = [one for one in meetings if one.is_held]
    return next(reversed(held or meetings), None)


class ApplicationRefused(Exception):
    """What was asked cannot be done; `code` says why to programs, the message to people."""

    code = "refused"


class VacancyClosed(ApplicationRefused):
    code = "closed"


class NotTakenHere(ApplicationRefused):
    code = "elsewhere"


class IsWithdrawn(ApplicationRefused):
    code = "withdrawn"


class IsDecided(ApplicationRefused):
    code = "decided"


def check_open(standing: Standing, *, is_taken_here: bool) -> None:
    """Raise the reason why nobody can apply; return if they can.

    Raises:
        VacancyClosed: the vacancy is not shown any more.
        NotTakenHere: the employer has nobody here who would read it.
    """
    if standing not in SHOWN:
        raise VacancyClosed(f"the vacancy is {standing}")
    if not is_taken_here:
        raise NotTakenHere("this employer takes applications elsewhere")


def answered(status: Status, answer: Status) -> Status:
    """The status after an employer's answer; a change of mind is possible until the seeker withdraws.

    Raises:
        IsWithdrawn: the seeker has withdrawn.
        ValueError: `answer` is none of an employer's.
    """
    if answer not in ANSWERS:
        raise ValueError(f"{answer} is not an employer's answer")
    if status is Status.WITHDRAWN:
        raise IsWithdrawn("the seeker has withdrawn")
    return answer


def read_by_employer(status: Status) -> Status:
    """The status once the employer has opened the application: only what was sent becomes read."""
    return Status.READ if status is Status.SENT else status


def withdrawn(status: Status) -> Status:
    """The status after the seeker withdraws.

    Raises:
        IsDecided: the employer has hired or declined.
    """
    if status in DECIDED:
        raise IsDecided(f"the application is {status}")
    return Status.WITHDRAWN


def can_withdraw(status: Status) -> bool:
    """Whether there is something that the seeker can take back."""
    return status not in (*DECIDED, Status.WITHDRAWN)


def can_resume(status: Status, standing: Standing, *, is_taken_here: bool) -> bool:
    """Whether a withdrawal can be undone: as long as one could apply."""
    return status is Status.WITHDRAWN and standing in SHOWN and is_taken_here
