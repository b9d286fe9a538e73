"""When each desk can be given meetings: its hours, shared recruiters and stations, breaks. Pure.

Where two desks share a recruiter or a station at the same time, each such slot goes to one of them, so that no plan
can clash: to the one with a meeting there that stays, otherwise each gets a run of them. A manual plan may still
use either desk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from server.planner.model import Block, Desk, Mode, Station
from server.planning.ports import PlanDesk
from server.planning.rules import on_duty
from server.planning_runs.laid import Laid
from server.planning_runs.material import Material

Duty = dict[UUID, set[int]]


def desks_of(material: Material, laid: Laid) -> tuple[Desk, ...]:
    """The desks as a planner takes them, in the order given."""
    kept: Duty = defaultdict(set)
    for meeting in laid.frozen:
        kept[UUID(meeting.desk)].add(meeting.slot)
    duty = {desk.id: _duty(material, laid, desk, kept[desk.id]) for desk in material.desks}
    _share(material.desks, duty, kept)
    breaks = _breaks(material, duty, kept)
    return tuple(_desk(desk, duty[desk.id], breaks[desk.id]) for desk in material.desks)


def _duty(material: Material, laid: Laid, desk: PlanDesk, kept: set[int]) -> set[int]:
    """The slots in which the desk is manned and nothing else happens there; of a locked one those that are kept."""
    manned = {n for n, slot in enumerate(material.slots) if on_duty(desk, slot.starts_at, slot.ends_at)}
    begun = {n for n, slot in enumerate(material.slots) if slot.starts_at <= material.now}
    free = manned - begun - laid.taken.get(desk.id, set())
    for party in (desk.recruiter_id, desk.station_id):
        held = laid.held.get(party, {}) if party is not None else {}
        free -= {slot for slot, holder in held.items() if holder != desk.id}
    return manned & kept if desk.is_locked else free | (manned & kept)


def _share(desks: Sequence[PlanDesk], duty: Duty, kept: Duty) -> None:
    """Leave each slot that desks contend for to one of them."""
    rank = {desk.id: number for number, desk in enumerate(desks)}
    rivals = _rivals(desks)
    contended: dict[tuple[UUID, ...], list[int]] = defaultdict(list)
    for slot in sorted(set().union(*duty.values())) if duty else ():
        seen: set[UUID] = set()
        for desk in desks:
            if desk.id in seen or slot not in duty[desk.id] or not rivals[desk.id]:
                continue
            group = _group(desk.id, rivals, {other for other in rivals if slot in duty[other]})
            seen |= group
            if len(group) > 1:
                contended[tuple(sorted(group, key=rank.__getitem__))].append(slot)
    for rivalry, slots in contended.items():
        for number, slot in enumerate(slots):
            staying = [desk_id for desk_id in rivalry if slot in kept[desk_id]]
            owner = staying[0] if staying else rivalry[number * len(rivalry) // len(slots)]
            for desk_id in rivalry:
                if desk_id != owner:
                    duty[desk_id].discard(slot)


def _rivals(desks: Iterable[PlanDesk]) -> dict[UUID, set[UUID]]:
    """For each desk the others that have its recruiter or its station."""
    sharing: dict[UUID, set[UUID]] = defaultdict(set)
    found: dict[UUID, set[UUID]] = {}
    for desk in desks:
        found[desk.id] = set()
        for shared in (desk.recruiter_id, desk.station_id):
            if shared is not None:
                sharing[shared].add(desk.id)
    for group in sharing.values():
        for desk_id in group:
            found[desk_id] |= group - {desk_id}
    return found


def _group(first: UUID, rivals: Mapping[UUID, set[UUID]], present: set[UUID]) -> set[UUID]:
    """Everybody who contends with the first, or with somebody who does."""
    found, ahead = {first}, [first]
    while ahead:
        for other in rivals[ahead.pop()] & present - found:
            found.add(other)
            ahead.append(other)
    return found


def _breaks(material: Material, duty: Duty, kept: Duty) -> Duty:
    """After so many slots in a row each recruiter has one free, wherever they sit; a meeting that stays puts it off."""
    every = material.rules.recruiter_break_every
    found: Duty = defaultdict(set)
    if not every:
        return found
    of_recruiter: dict[UUID, list[UUID]] = defaultdict(list)
    for desk in material.desks:
        of_recruiter[desk.recruiter_id or desk.id].append(desk.id)
    for desk_ids in of_recruiter.values():
        in_a_row = 0
        for slot in range(len(material.slots)):
            here = [desk_id for desk_id in desk_ids if slot in duty[desk_id]]
            follows = slot and material.slots[slot].starts_at == material.slots[slot - 1].ends_at
            in_a_row = in_a_row if follows else 0
            if not here:
                in_a_row = 0
            elif in_a_row >= every and slot not in kept[here[0]]:
                found[here[0]].add(slot)
                in_a_row = 0
            else:
                in_a_row += 1
    return found


def _desk(desk: PlanDesk, duty: set[int], breaks: set[int]) -> Desk:
    mode = Mode(desk.form)
    own = Station.OWN_ACCESSIBLE if desk.station_is_accessible else Station.OWN
    return Desk(
        id=str(desk.id),
        employer=str(desk.organisation_id),
        recruiter=str(desk.recruiter_id or desk.id),
        blocks=tuple(Block(first, until, mode) for first, until in _runs(duty)),
        breaks=frozenset(breaks),
        station=Station.POOL if desk.station_id is None else own,
        zone=desk.zone,
    )


def _runs(slots: set[int]) -> list[tuple[int, int]]:
    """Stretches of slots that follow each other, each from its first until after its last."""
    found: list[tuple[int, int]] = []
    for slot in sorted(slots):
        if found and found[-1][1] == slot:
            found[-1] = (found[-1][0], slot + 1)
        else:
            found.append((slot, slot + 1))
    return found
