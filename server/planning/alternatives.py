"""Other places for a meeting that did not fit where it was wanted."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from server.planning import repository, rules
from server.recruitment_events.tables import RecruitmentEventRow


class Alternative(BaseModel):
    """A free place with the same employer. `same_desk`: another time at the desk that was wanted."""

    desk_id: UUID
    slot_id: UUID
    starts_at: datetime
    ends_at: datetime
    form: str
    same_desk: bool


async def list_alternatives(
    session: AsyncSession,
    event: RecruitmentEventRow,
    *,
    desk_id: UUID,
    slot_id: UUID | None,
    seeker_id: UUID,
    not_before: datetime,
    moving: UUID | None = None,
) -> list[Alternative]:
    """Free places near the wanted one, starting at `not_before` or later.

    The meeting `moving` takes no time here, nor is the place where it lies an alternative to it.
    """
    desks = {desk.id: desk for desk in await repository.list_plan_desks(session, event.id)}
    slots = {slot.id: slot for slot in await repository.list_plan_slots(session, event.id)}
    if desk_id not in desks:
        return []
    laid = await repository.list_laid(session, event.id, also_of=seeker_id)
    found = rules.alternatives(
        wanted=desks[desk_id],
        at=slots[slot_id].starts_at if slot_id in slots else event.starts_at,
        slots=[slot for slot in slots.values() if slot.starts_at >= not_before],
        desks=list(desks.values()),
        busy=rules.Busy(meeting for meeting in laid if meeting.id != moving),
        seeker_id=seeker_id,
    )
    return [
        Alternative(
            desk_id=each.desk_id,
            slot_id=each.slot_id,
            starts_at=slots[each.slot_id].starts_at,
            ends_at=slots[each.slot_id].ends_at,
            form=desks[each.desk_id].form,
            same_desk=each.desk_id == desk_id,
        )
        for each in found
        if moving is None or (each.desk_id, each.slot_id) != (desk_id, slot_id)
    ]
