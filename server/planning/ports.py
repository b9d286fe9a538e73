"""What a planner is given and gives back: plain values, so that any planner can stand behind the port."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

Span = tuple[datetime, datetime]
"""A time from and until."""


@dataclass(frozen=True, slots=True)
class PlanSlot:
    """A time in which each desk can hold one meeting."""

    id: UUID
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDesk:
    """A recruiter's place, on duty for some hours but for the recruiter's `absences`; `zone` is the station's."""

    id: UUID
    organisation_id: UUID
    form: str
    on_duty_from: datetime
    on_duty_until: datetime
    recruiter_id: UUID | None = None
    station_id: UUID | None = None
    competences_wanted: frozenset[str] = frozenset()
    absences: tuple[Span, ...] = ()
    station_is_accessible: bool = True
    zone: str = ""
    is_locked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSeeker:
    """Somebody to place. `wishes` are employers, dearest first; no hours mean the whole day, no form either one.

    They cannot come in their `absences`. A meeting `takes_two` slots in a row with who needs more time.
    """

    id: UUID
    form: str | None = None
    available_from: datetime | None = None
    available_until: datetime | None = None
    wishes: tuple[UUID, ...] = ()
    avoids: frozenset[UUID] = frozenset()
    competences: frozenset[str] = frozenset()
    absences: tuple[Span, ...] = ()
    takes_two: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMeeting:
    """A meeting that is laid; `slot_id` is that of its first slot, None for one that lies between slots."""

    seeker_id: UUID
    starts_at: datetime
    ends_at: datetime
    form: str = "hybrid"
    id: UUID | None = None
    desk_id: UUID | None = None
    organisation_id: UUID | None = None
    recruiter_id: UUID | None = None
    station_id: UUID | None = None
    slot_id: UUID | None = None
    state: str = "booked"
    is_pinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProblem:
    """An event to plan. `laid` stays as it is; `meetings_max` counts what is laid too."""

    slots: tuple[PlanSlot, ...]
    desks: tuple[PlanDesk, ...]
    seekers: tuple[PlanSeeker, ...]
    laid: tuple[PlanMeeting, ...] = ()
    meetings_max: int = 6


@dataclass(frozen=True, slots=True)
class Placement:
    """A meeting that a planner proposes."""

    desk_id: UUID
    slot_id: UUID
    seeker_id: UUID


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a planner proposes, in the order it was found; `unplaced` are seekers left with no meeting at all."""

    placements: tuple[Placement, ...]
    unplaced: tuple[UUID, ...] = field(default=())


class Planner(Protocol):
    """Lays meetings. A proposal never overlaps itself or what is laid, and is the same for the same problem."""

    def propose(self, problem: PlanProblem) -> Proposal:
        """New meetings for `problem`."""
