"""The single door to feedback: who may see which part of it, and when.

Nobody reads a scorecard but through `visible` and `visible_answers`. What is
not named here as shown is hidden.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from feedback.answers import Answers


class Role(StrEnum):
    """In what capacity somebody looks."""

    SEEKER = "seeker"
    RECRUITER = "recruiter"
    STAFF = "staff"
    CASE_WORKER = "case_worker"
    ADMIN = "admin"
    COMPANION = "companion"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks, in one role.

    `organisation_id` is whom a recruiter works for, `seeker_ids` are a case
    worker's own seekers, `event_ids` the recruitment events a staff member runs.
    """

    role: Role
    person_id: UUID
    organisation_id: UUID | None = None
    seeker_ids: frozenset[UUID] = frozenset()
    event_ids: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class ScorecardFacts:
    """What the door needs to know of a scorecard: whose it is, and when it was released and opened."""

    seeker_id: UUID
    employer_id: UUID
    recruitment_event_id: UUID
    released_at: datetime | None = None
    opened_at: datetime | None = None

    def __post_init__(self) -> None:
        if any(at is not None and at.tzinfo is None for at in (self.released_at, self.opened_at)):
            raise ValueError("instants carry a timezone")
        if self.opened_at is not None and (self.released_at is None or self.opened_at < self.released_at):
            raise ValueError("feedback is opened after its release")


@dataclass(frozen=True, slots=True)
class SharingChoice:
    """A seeker's answer to whether their case worker may see ratings, choices and support needs."""

    chosen_at: datetime
    shares: bool

    def __post_init__(self) -> None:
        if self.chosen_at.tzinfo is None:
            raise ValueError("instants carry a timezone")


@dataclass(frozen=True, slots=True)
class SharingLedger:
    """One seeker's choices, oldest first. A choice is added, never changed or taken away."""

    choices: tuple[SharingChoice, ...] = ()

    def __post_init__(self) -> None:
        instants = [choice.chosen_at for choice in self.choices]
        if instants != sorted(instants):
            raise ValueError("choices stand in the order they were made")

    def with_choice(self, choice: SharingChoice) -> SharingLedger:
        """The ledger with one more choice at its end.

        Raises:
            ValueError: the choice is older than the last one.
        """
        return replace(self, choices=(*self.choices, choice))

    def at(self, instant: datetime) -> SharingChoice | None:
        """The choice in force at `instant`, or None where the seeker had not been asked."""
        return next((choice for choice in reversed(self.choices) if choice.chosen_at <= instant), None)

    def shares_at(self, instant: datetime) -> bool:
        """Whether the seeker shared at `instant`; who has not answered does not share."""
        choice = self.at(instant)
        return choice is not None and choice.shares


@dataclass(frozen=True, slots=True)
class Visible:
    """Each part of feedback, and whether it may be shown; everything is hidden unless said otherwise.

    `existence` is that there is a scorecard and when it was sent and released;
    `next_step` includes the occupation that would fit better.
    """

    existence: bool = False
    author: bool = False
    ratings: bool = False
    chips: bool = False
    next_step: bool = False
    support_needs: bool = False
    statement: bool = False
    reply: bool = False
    reception: bool = False
    self_rating: bool = False


NOTHING = Visible()
THAT_IT_EXISTS = Visible(existence=True)
SEALED = Visible(existence=True, author=True, self_rating=True)
OPENED = Visible(
    existence=True,
    author=True,
    ratings=True,
    chips=True,
    next_step=True,
    support_needs=True,
    statement=True,
    reply=True,
    reception=True,
    self_rating=True,
)
WRITTEN = replace(OPENED, reply=False, reception=False, self_rating=False)
ANSWERED = replace(WRITTEN, reply=True)
SHARED = replace(WRITTEN, statement=False)
SHARED_WITH_STATEMENT = WRITTEN


def visible(
    facts: ScorecardFacts, *, viewer: Viewer, sharing: SharingLedger, statement_shared: bool, now: datetime
) -> Visible:
    """What `viewer` may see of a scorecard at `now`.

    A seeker: nothing before the release, that it is there until they open it, then
    everything. An employer: what its own people wrote, and the reply. A case
    worker: their own seekers' from the release on, opened or not, while the seeker
    shares; the statement only if that is shared too. Staff: that it exists.
    Everybody else: nothing.

    Args:
        facts: of the scorecard.
        viewer: who looks, in one role.
        sharing: the choices of the scorecard's seeker.
        statement_shared: whether the seeker shares this scorecard's statement.
        now: the instant of looking, timezone-aware.

    Source: design "Who sees what".
    """
    released = facts.released_at is not None and facts.released_at <= now
    match viewer.role:
        case Role.SEEKER if viewer.person_id == facts.seeker_id and released:
            return OPENED if facts.opened_at is not None and facts.opened_at <= now else SEALED
        case Role.RECRUITER if viewer.organisation_id == facts.employer_id:
            return ANSWERED if released else WRITTEN
        case Role.CASE_WORKER if facts.seeker_id in viewer.seeker_ids and released and sharing.shares_at(now):
            return SHARED_WITH_STATEMENT if statement_shared else SHARED
        case Role.STAFF if facts.recruitment_event_id in viewer.event_ids:
            return THAT_IT_EXISTS
        case _:
            return NOTHING


def sees_places(viewer: Viewer, *, seeker_id: UUID, sharing: SharingLedger, now: datetime) -> bool:
    """Whether `viewer` may see a seeker's likely places: the seeker, and their own case worker while they share.

    No employer, and nobody who runs events, ever does.
    """
    if viewer.role is Role.CASE_WORKER:
        return seeker_id in viewer.seeker_ids and sharing.shares_at(now)
    return viewer.role is Role.SEEKER and viewer.person_id == seeker_id


def visible_answers(answers: Answers, shown: Visible) -> Answers:
    """The answers with everything left out that is not shown."""
    return Answers(
        ratings=answers.ratings if shown.ratings else (),
        next_step=answers.next_step if shown.next_step else None,
        occupation=answers.occupation if shown.next_step else None,
        worked=answers.worked if shown.chips else (),
        worked_statement=answers.worked_statement if shown.statement else "",
        do_next=answers.do_next if shown.chips else (),
        enabling=answers.enabling if shown.support_needs else (),
    )
