"""What a run may do, and how two plans differ. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

LOST_AFTER = timedelta(seconds=15)
ACTIVE = frozenset({"queued", "running"})

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


def status_now(status: str, *, heartbeat_at: datetime, now: datetime) -> str:
    """A run's status as it is shown: one whose heartbeat has stopped is lost, whatever its row says."""
    return "lost" if status in ACTIVE and heartbeat_at < now - LOST_AFTER else status


def pair_changes(before: Mapping[Pair, Spot], after: Mapping[Pair, Spot]) -> list[PairChange]:
    """How one plan differs from another, by seeker and organisation."""
    found = []
    for pair in sorted(before.keys() | after.keys()):
        was, becomes = before.get(pair), after.get(pair)
        if was != becomes:
            found.append(PairChange(*pair, was, becomes))
    return found


def people_moved(changes: Iterable[PairChange]) -> int:
    """How many seekers have a meeting that is moved or gone."""
    return len({change.seeker_id for change in changes if change.before is not None})
