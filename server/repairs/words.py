"""What an option costs and what comes of doing nothing, as codes that a catalogue has sentences for. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from server.planning.ports import PlanSlot
from server.repairs.fit import Fit
from server.repairs.pools import rules_with
from server.repairs.rules import ComesLate, Proposal, Seat, Standing, is_worth_beginning, meetings_left
from server.repairs.shapes import InWords
from server.repairs.shifts import Shift, Spot

HUNDRED = 100
Names = Mapping[UUID, str]


def costs(
    proposal: Proposal,
    *,
    best: Proposal,
    concerned: Collection[UUID],
    slots: Mapping[UUID, PlanSlot],
    desks: Mapping[UUID, Any],
    names: Names,
) -> list[InWords]:
    """What an option asks of people, in the order of what matters to them; then how well people fit.

    `concerned` are those whom what has happened is about: that they move is no cost.
    """
    found = []
    for shift in proposal.shifts:
        if not shift.is_missed:
            found += _of(shift, slots, desks, names)
    others = {shift.seeker_id for shift in proposal.shifts if shift.before is not None} - set(concerned)
    if not others:
        found.append(InWords(code="nobody_else_moves", params={}))
    less = round((proposal.cost - best.cost) / HUNDRED)
    if less > 0 and len(proposal.dropped) == len(best.dropped):
        found.append(InWords(code="fits_worse", params={"points": less}))
    return found


def _of(shift: Shift, slots: Mapping[UUID, PlanSlot], desks: Mapping[UUID, Any], names: Names) -> list[InWords]:
    who: dict[str, str | int] = {"name": names[shift.seeker_id], "employer": names[shift.organisation_id]}
    if shift.after is None:
        assert shift.before is not None, "a change is somewhere"
        return [InWords(code="loses", params={**who, "at": _at(shift.before, slots)})]
    to = {"to": _at(shift.after, slots), "desk": desks[shift.after.desk_id].number}
    if shift.before is None:
        return [InWords(code="gets", params={**who, **to})]
    if _at(shift.before, slots) == to["to"]:
        return [InWords(code="other_desk", params={**who, **to, "from_desk": desks[shift.before.desk_id].number})]
    return [InWords(code="moves", params={**who, **to, "from": _at(shift.before, slots)})]


def if_seat_stays_empty(standing: Standing, seat: Seat, desk: Any) -> InWords:
    """The desk has nobody for as long as the meeting would have lasted."""
    since = max(seat.starts_at, standing.now)
    params = {"desk": desk.number, "employer": desk.employer_name, "from": since.isoformat()}
    return InWords(code="seat_empty", params={**params, "to": seat.ends_at.isoformat()})


def if_late(standing: Standing, late: ComesLate, desks: Mapping[UUID, Any]) -> list[InWords]:
    """Each meeting that would be missed, or be a short one."""
    ahead: list[tuple[UUID, datetime, datetime]] = [
        (meeting.desk_id, meeting.starts_at, meeting.ends_at)
        for meeting in standing.material.laid
        if meeting.seeker_id == late.seeker_id
        and meeting.desk_id is not None
        and meeting.desk_id in desks
        and standing.now < meeting.starts_at < late.at
    ]
    missed = [(seat.spot.desk_id, seat.starts_at, seat.ends_at) for seat in late.missed]
    found = []
    for desk_id, starts_at, ends_at in (*missed, *ahead):
        params = {"employer": desks[desk_id].employer_name, "at": starts_at.isoformat()}
        if is_worth_beginning(starts_at, ends_at, plan=standing.plan, now=late.at):
            minutes = int((ends_at - standing.plan.feedback - late.at).total_seconds() // 60)
            found.append(InWords(code="shorter_talk", params={**params, "minutes": minutes}))
        else:
            found.append(InWords(code="meeting_missed", params=params))
    return found or [InWords(code="nothing_missed", params={})]


def if_walk_in(standing: Standing, seeker_id: UUID, name: str) -> InWords:
    """Whoever has come keeps what they have, which may be nothing."""
    ahead = [
        meeting
        for meeting in standing.material.laid
        if meeting.seeker_id == seeker_id and meeting.desk_id and meeting.starts_at > standing.now
    ]
    if not ahead:
        return InWords(code="no_meeting", params={"name": name})
    return InWords(code="keeps_meetings", params={"name": name, "count": len(ahead)})


def if_too_few(standing: Standing, pool: str, left: int, *, code: str) -> InWords:
    """How many of the meetings ahead would lack a room or an interpreter, if any would."""
    rules = rules_with(standing.material.rules, {pool: left})
    lacking = Fit(replace(standing.material, rules=rules)).lacking(pool, after=standing.now)
    if not lacking:
        return InWords(code="enough_left", params={"left": left})
    return InWords(code=code, params={"pool": pool, "left": left, "count": lacking})


def if_waiting_in_vain(standing: Standing, desk_ids: Collection[UUID]) -> list[InWords]:
    """How many wait for a desk where nobody meets them."""
    left = meetings_left(standing, desk_ids)
    if not left:
        return [InWords(code="nobody_waits", params={})]
    first = min(meeting.starts_at for meeting in left)
    return [InWords(code="wait_in_vain", params={"count": len(left), "first": first.isoformat()})]


def names_needed(proposals: Iterable[Proposal]) -> set[UUID]:
    """The seekers whom options are about."""
    return {shift.seeker_id for proposal in proposals for shift in proposal.shifts}


def _at(spot: Spot, slots: Mapping[UUID, PlanSlot]) -> str:
    return slots[spot.slot_id].starts_at.isoformat()
