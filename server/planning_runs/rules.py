"""What a run may do, and how two plans differ. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

LOST_AFTER = timedelta(seconds=15)
ACTIVE = frozenset({"queued", "running"})
MOVES, STAYS = "moves", "stays"

Pair = tuple[UUID, UUID]
"""A seeker and an organisation."""
Spot = tuple[UUID, UUID]
"""A desk and a slot."""


@dataclass(frozen=True, slots=True)
class PairChange:
    """A pair that meets elsewhere than before; None before: they are new, None after: they no longer meet."""

    seeker_id: UUID
    organisation_id: UUID
    before: Spot | None
    after: Spot | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A meeting that lies now, and whether a plan may move it or take it away."""

    meeting_id: UUID
    pair: Pair
    spot: Spot
    moves: bool


class Step(StrEnum):
    """What laying a plan does about a pair; the last two keep it from being laid."""

    NOTHING = "nothing"
    LAY = "lay"
    MOVE = "move"
    TAKE_AWAY = "take_away"
    LAID_MEANWHILE = "laid_meanwhile"
    TAKEN_AWAY_MEANWHILE = "taken_away_meanwhile"


def step(standing: Standing | None, wanted: Spot | None, *, lay_before: bool) -> Step:
    """What to do about a pair that stands and is wanted so; `lay_before`: it lay when the plan was made."""
    if standing is None:
        return Step.NOTHING if wanted is None else Step.TAKEN_AWAY_MEANWHILE if lay_before else Step.LAY
    if wanted == standing.spot:
        return Step.NOTHING
    if not standing.moves:
        return Step.NOTHING if wanted is None else Step.LAID_MEANWHILE
    return Step.TAKE_AWAY if wanted is None else Step.MOVE


def status_now(status: str, *, heartbeat_at: datetime, now: datetime) -> str:
    """A run's status as it is shown: one whose heartbeat has stopped is lost, whatever its row says."""
    return "lost" if status in ACTIVE and heartbeat_at < now - LOST_AFTER else status


def pair_changes(pairs: Iterable[Pair], before: Mapping[Pair, Spot], after: Mapping[Pair, Spot]) -> list[PairChange]:
    """How one plan differs from another as to some pairs."""
    found = []
    for pair in pairs:
        was, becomes = before.get(pair), after.get(pair)
        if was != becomes:
            found.append(PairChange(*pair, was, becomes))
    return found


def people_moved(changes: Iterable[PairChange]) -> int:
    """How many seekers have a meeting that is moved or gone."""
    return len({change.seeker_id for change in changes if change.before is not None})
