"""Who meets whom in the demo event, so that one person alone always has somebody to meet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.demo.ids import demo_id
from server.meetings.machine import look_again_at, meeting_of, plan_of
from server.meetings.tables import MeetingRow
from server.recruitment_events.check_in_codes import new_check_in_code
from server.recruitment_events.tables import DeskRow, RecruitmentEventRow, SlotRow

LEILAS_FIRST_SLOT = 1
LEILAS_DESKS = (2, 1, 4, 3)


async def add_meetings(
    session: AsyncSession,
    cast: dict[str, Any],
    *,
    event: RecruitmentEventRow,
    desks: Sequence[DeskRow],
    slots: Sequence[SlotRow],
    now: datetime,
) -> None:
    """Lay the demo's meetings: the seeker one signs in as meets four employers, the others take turns.

    Desk 2 is kept for her, so that somebody is there the moment she is ready.
    """
    seekers = [demo_id("person", seeker["name"]) for seeker in cast["seekers"]]
    by_number = {desk.number: desk for desk in desks}
    hers = {number: slots[LEILAS_FIRST_SLOT + place] for place, number in enumerate(LEILAS_DESKS)}
    for number, slot in hers.items():
        _add(session, event, by_number[number], slot, demo_id("person", "leila"), now=now)
    for row, desk in enumerate(desk for desk in desks if desk.number != LEILAS_DESKS[0]):
        # no longer than there are seekers: nobody meets the same employer twice
        for place, slot in enumerate(slots[: len(seekers)]):
            if hers.get(desk.number) is slot:
                continue
            # a Latin square: in one slot nobody sits at two desks
            seeker = seekers[(place + row * 2) % len(seekers)]
            _add(session, event, desk, slot, seeker, now=now)
    await session.flush()


def _add(
    session: AsyncSession, event: RecruitmentEventRow, desk: DeskRow, slot: SlotRow, seeker_id: UUID, *, now: datetime
) -> None:
    row = MeetingRow(
        recruitment_event_id=event.id,
        desk_id=desk.id,
        organisation_id=desk.organisation_id,
        recruiter_id=desk.recruiter_id,
        seeker_id=seeker_id,
        station_id=desk.station_id,
        slot_id=slot.id,
        form=desk.form,
        state="booked",
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        check_in_code=new_check_in_code(),
        created_at=now,
    )
    plan = plan_of(event)
    row.due_at = look_again_at(meeting_of(row), plan=plan, now=now)
    session.add(row)
