"""What it is worth that two people meet, 0 … 100, and why. Pure.

Points: what the seeker has of what the employer wants, the wishes of both, and what the organiser aims at. A wish
counts less the lower it stands, and a pair that has met before counts less than one that has not.
"""

from __future__ import annotations

from dataclasses import dataclass, field

VALUE_MAX = 100
BASE = 10
COMPETENCES = 40
ASKS_NOTHING = 15
SEEKER_WISH, SEEKER_STEP, SEEKER_LEAST = 30, 3, 12
EMPLOYER_WISH, EMPLOYER_STEP, EMPLOYER_LEAST = 20, 2, 8
MET_BEFORE = 15
RATHER_NOT_SHARE = 4
RATHER_NOT = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a pair is worth what it is: a code that a catalogue has words for, and what fills them."""

    code: str
    params: dict[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """The worth of a pair, and the reasons, those that weigh most first."""

    value: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a pair.

    `had` of the `wanted` competences; ranks from 1, `RATHER_NOT`, or None for no wish; `aim` is the points that the
    organiser gives the seeker's group, whose name is `aim_label`.
    """

    wanted: int = 0
    had: int = 0
    seeker_rank: int | None = None
    employer_rank: int | None = None
    has_met: bool = False
    aim: int = 0
    aim_label: str = ""


def match(facts: Facts) -> Match:
    """The value of a pair with its reasons; 0 when the seeker would rather not."""
    if facts.seeker_rank == RATHER_NOT:
        return Match(0, (Reason("seeker_rather_not"),))
    points = BASE + (COMPETENCES * facts.had // facts.wanted if facts.wanted else ASKS_NOTHING)
    points += _wish(facts.seeker_rank, SEEKER_WISH, SEEKER_STEP, SEEKER_LEAST)
    points += _wish(facts.employer_rank, EMPLOYER_WISH, EMPLOYER_STEP, EMPLOYER_LEAST)
    points += facts.aim - MET_BEFORE * facts.has_met
    if facts.employer_rank == RATHER_NOT:
        points //= RATHER_NOT_SHARE
    return Match(min(max(points, 1), VALUE_MAX), _reasons(facts))


def _wish(rank: int | None, first: int, step: int, least: int) -> int:
    return max(first - step * (rank - 1), least) if rank else 0


def _reasons(facts: Facts) -> tuple[Reason, ...]:
    found = []
    if facts.wanted:
        found.append(Reason("competences", {"had": facts.had, "of": facts.wanted}))
    if facts.seeker_rank and facts.employer_rank:
        found.append(Reason("wished_by_both"))
    elif facts.employer_rank:
        found.append(Reason("employer_wish", {"rank": facts.employer_rank}))
    if facts.seeker_rank == 1:
        found.append(Reason("first_choice"))
    elif facts.seeker_rank:
        found.append(Reason("seeker_wish", {"rank": facts.seeker_rank}))
    if facts.employer_rank == RATHER_NOT:
        found.append(Reason("employer_rather_not"))
    if facts.has_met:
        found.append(Reason("met_before"))
    if facts.aim:
        found.append(Reason("target_group", {"label": facts.aim_label}))
    return tuple(found) or (Reason("nothing_known"),)
