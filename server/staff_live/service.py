"""Checking somebody in at the door."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from realtime.meeting import AT_DESK, OVER, MeetingState
from server.meetings import service as meetings
from server.meetings.tables import MeetingRow
from server.staff_live import repository
from server.staff_live.answers import CheckedIn


def clean_code(written: str) -> str:
    """The code as it is stored, however it was written or read out: ``ac3-7km`` is ``AC37KM``."""
    return "".join(character for character in written.upper() if character.isalnum())


async def find_meeting(
    session: AsyncSession, event_id: UUID, *, code: str | None, meeting_id: UUID | None
) -> MeetingRow | None:
    """The meeting of the event that is meant; of several with one code, the first that is not over."""
    if meeting_id is not None:
        return await repository.find_meeting(session, event_id, meeting_id)
    found = await repository.list_of_code(session, event_id, clean_code(code or ""))
    return next((row for row in found if row.state not in OVER), found[0] if found else None)


async def check_in(session: AsyncSession, row: MeetingRow, *, now: datetime) -> CheckedIn:
    """The seeker is here; who, where and when comes back, also when they were checked in before.

    Raises:
        MeetingRefused: the meeting is over.
    """
    already = row.state == MeetingState.CHECKED_IN or row.state in AT_DESK
    row = await meetings.check_in(session, row.id, now=now)
    await session.flush()
    arrival = await repository.find_arrival(session, row.id)
    ahead = await repository.count_ahead(session, row) if row.state == MeetingState.CHECKED_IN else 0
    return CheckedIn(**arrival.model_dump(), already=already, ahead=ahead)
