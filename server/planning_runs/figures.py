"""How a plan treats people: who has how many meetings, breaks, what the meetings are worth, groups. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from server.planning.ports import PlanDesk
from server.planning_runs.candidates import Matching
from server.planning_runs.groups import DIMENSIONS
from server.planning_runs.laid import SlotTimes
from server.planning_runs.material import Material, Need

# A group in which one could guess who is meant is not shown.
GROUP_LEAST = 5
MOST_COUNTED = 3
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting of a plan: who meets whom, in which slots."""

    seeker_id: UUID
    organisation_id: UUID
    slots: tuple[int, ...]


def figures_of(material: Material, meetings: Iterable[Held]) -> Figures:
    """The figures of a plan, as JSON.

    `by_meetings` counts seekers with none, one, two, and three meetings or more; `breaks` the idle gaps of
    seekers that are longer than their rest; `mean_value` is that of a meeting, 0 … 100.
    """
    meetings = list(meetings)
    number = Counter(held.seeker_id for held in meetings)
    slots: dict[UUID, set[int]] = defaultdict(set)
    for held in meetings:
        slots[held.seeker_id].update(held.slots)
    counts = Counter(min(number[seeker.id], MOST_COUNTED) for seeker in material.seekers)
    return {
        "meetings": len(meetings),
        "seekers": len(material.seekers),
        "by_meetings": [counts[times] for times in range(MOST_COUNTED + 1)],
        "breaks": sum(_gaps(taken, material.rules.rest_slots) for taken in slots.values()),
        "mean_value": _mean_value(material, meetings),
        "groups": [_dimension(material, dimension, number) for dimension in DIMENSIONS],
    }


def laid_now(material: Material) -> list[Held]:
    """The event's own meetings as they lie."""
    times = SlotTimes(material.slots)
    desks: dict[UUID | None, PlanDesk] = {desk.id: desk for desk in material.desks}
    return [
        Held(one.seeker_id, desks[one.desk_id].organisation_id, times.touched(one.starts_at, one.ends_at))
        for one in material.laid
        if one.desk_id in desks
    ]


def planned(material: Material, placements: Iterable[tuple[UUID, UUID, UUID]]) -> list[Held]:
    """The meetings of placements, each (seeker, desk, slot)."""
    number = {slot.id: index for index, slot in enumerate(material.slots)}
    desks = {desk.id: desk.organisation_id for desk in material.desks}
    found = []
    for seeker_id, desk_id, slot_id in placements:
        first = number[slot_id]
        long = material.needs.get(seeker_id, Need()).extra_time
        found.append(Held(seeker_id, desks[desk_id], tuple(range(first, first + 1 + long))))
    return found


def _gaps(taken: set[int], rest: int) -> int:
    ordered = sorted(taken)
    return sum(1 for one, other in pairwise(ordered) if other - one - 1 > rest)


def _mean_value(material: Material, meetings: list[Held]) -> float | None:
    matching = Matching(material)
    seekers = {seeker.id: seeker for seeker in material.seekers}
    values = [
        matching.match(seekers[held.seeker_id], held.organisation_id).value
        for held in meetings
        if held.seeker_id in seekers
    ]
    return round(sum(values) / len(values), 1) if values else None


def _dimension(material: Material, dimension: str, number: Counter[UUID]) -> Figures:
    people: dict[str, list[int]] = defaultdict(list)
    for seeker in material.seekers:
        label = dict(material.groups.get(seeker.id, ())).get(dimension)
        if label is not None:
            people[label].append(number[seeker.id])
    shown = {label: has for label, has in sorted(people.items()) if len(has) >= GROUP_LEAST}
    return {
        "dimension": dimension,
        "groups": [
            {"label": label, "seekers": len(has), "mean": round(sum(has) / len(has), 2), "without": has.count(0)}
            for label, has in shown.items()
        ],
        "groups_withheld": len(people) - len(shown),
    }
