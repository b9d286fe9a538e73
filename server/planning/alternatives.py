"""Other places for a meeting that did not fit where it was wanted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from server.meetings.tables import MeetingRow
from server.planning import repository, rules
from server.planning.ports import PlanDesk, PlanSlot, Span
from server.planning.rules import Party
from server.recruitment_events.tables import RecruitmentEventRow


class Alternative(BaseModel):
    """A free place with the same employer. `same_desk`: another time at the desk that was wanted."""

    desk_id: UUID
    slot_id: UUID
    starts_at: datetime
    ends_at: datetime
    form: str
    same_desk: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Who is taken at the place that was wanted (None: nobody any more), and where else the meeting would fit.

    `takes_two`: the meeting takes two slots in a row, and so do the alternatives.
    """

    party: Party | None
    alternatives: list[Alternative]
    takes_two: bool = False


async def look_elsewhere(
    session: AsyncSession,
    event: RecruitmentEventRow,
    *,
    desk_id: UUID,
    slot_id: UUID | None,
    seeker_id: UUID,
    not_before: datetime,
    moving: UUID | None = None,
) -> Elsewhere:
    """Free places near the wanted one, starting at `not_before` or later.

    The meeting `moving` takes no time here, nor is the place where it lies an alternative to it.
    """
    desks = {desk.id: desk for desk in await repository.list_plan_desks(session, event.id)}
    slots = {slot.id: slot for slot in await repository.list_plan_slots(session, event.id)}
    if desk_id not in desks:
        return Elsewhere(None, [])
    laid = await repository.list_laid(session, event.id, also_of=seeker_id)
    busy = rules.Busy(meeting for meeting in laid if meeting.id != moving)
    away = (await repository.list_absences(session, event.id, of=[seeker_id])).get(seeker_id, ())
    wanted, near = desks[desk_id], slots.get(slot_id) if slot_id else None
    row = await session.get(MeetingRow, moving) if moving else None
    takes_two = await repository.takes_two(session, event.id, seeker_id, moving=row)
    if takes_two:
        slots = {slot.id: slot for slot in rules.two_in_a_row(list(slots.values()))}
    at = slots.get(slot_id) if slot_id else None
    found = rules.alternatives(
        wanted=wanted,
        at=near.starts_at if near else event.starts_at,
        slots=_open(slots.values(), away, not_before=not_before),
        desks=list(desks.values()),
        busy=busy,
        seeker_id=seeker_id,
    )
    return Elsewhere(
        party=busy.taken_party(wanted, at, seeker_id=seeker_id) if at else None,
        alternatives=[
            _alternative(desks[each.desk_id], slots[each.slot_id], same_desk=each.desk_id == desk_id)
            for each in found
            if (each.desk_id, each.slot_id) != (desk_id, slot_id)
        ],
        takes_two=takes_two,
    )


def _open(slots: Iterable[PlanSlot], away: Sequence[Span], *, not_before: datetime) -> list[PlanSlot]:
    """The slots that are still to come, without those in which the seeker is away."""
    return [
        slot
        for slot in slots
        if slot.starts_at >= not_before and not rules.overlaps(away, slot.starts_at, slot.ends_at)
    ]


def _alternative(desk: PlanDesk, slot: PlanSlot, *, same_desk: bool) -> Alternative:
    return Alternative(
        desk_id=desk.id,
        slot_id=slot.id,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        form=desk.form,
        same_desk=same_desk,
    )
