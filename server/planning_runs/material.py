"""All that a plan is made of, read at once, as plain values that go to another process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from server.planning.ports import PlanDesk, PlanMeeting, PlanSeeker, PlanSlot
from server.planning_runs.planning_rules import PlanningRules

Tick = Callable[[float], None]
"""Hears how much of something is done, from 0 to 1."""
READING = 0.5
"""How much of loading an event is reading it; the rest is weighing who may meet whom."""
Keep = Literal["pinned", "all"]
Dimension = Literal["gender", "age_band"]


def unheard(share: float) -> None:
    """A `Tick` for whoever does not want to know."""


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody's needs mean for the plan."""

    extra_time: bool = False
    accessible_station: bool = False
    interpreter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOptions:
    """What is asked of a plan.

    `keep` "pinned": what is booked may move; "all": everything laid stays, the plan fills. `parity` is a dimension
    and how much of the price of equal shares is paid, 1 for all of it.
    """

    seed: int = 0
    meetings_max: int | None = None
    meetings_min: int | None = None
    keep: Keep = "pinned"
    parity: tuple[Dimension, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """An event to plan, as it is at `now`.

    `laid` holds the meetings of its seekers and recruiters at other events too. `employer_wishes` are by
    (organisation, seeker): the rank, 0 for rather not. `musts` and `met_before` are (seeker, organisation).
    """

    slots: tuple[PlanSlot, ...]
    desks: tuple[PlanDesk, ...]
    seekers: tuple[PlanSeeker, ...]
    laid: tuple[PlanMeeting, ...]
    now: datetime
    meetings_max: int = 6
    is_told: bool = False
    needs: Mapping[UUID, Need] = field(default_factory=dict)
    groups: Mapping[UUID, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    musts: frozenset[tuple[UUID, UUID]] = frozenset()
    employer_wishes: Mapping[tuple[UUID, UUID], int] = field(default_factory=dict)
    met_before: frozenset[tuple[UUID, UUID]] = frozenset()
    rules: PlanningRules = field(default_factory=PlanningRules)
