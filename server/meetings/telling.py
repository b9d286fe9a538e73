"""What others hear when a meeting changes: streams of the people concerned, written with the change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.kit import streams
from server.meetings.cards import desk_card
from server.meetings.tables import MeetingRow
from server.recruitment_events.tables import DeskRow


async def tell_meeting(session: AsyncSession, row: MeetingRow, *, now: datetime) -> None:
    """Tell the seeker that their meeting has changed."""
    body = {"meeting_id": str(row.id), "state": row.state}
    await streams.append(session, f"person:{row.seeker_id}", "meeting.changed", body, now=now)


async def tell_desk(session: AsyncSession, desk: DeskRow, *, now: datetime) -> None:
    """Tell the recruiter, those who wait there, and staff, whose body is the whole new card of the desk."""
    await session.flush()
    card = await desk_card(session, desk, now=now)
    await streams.append(session, f"desk:{desk.id}", "desk.changed", {}, now=now)
    await streams.append(session, f"queue:{desk.id}", "queue.changed", {}, now=now)
    body = card.model_dump(mode="json")
    await streams.append(session, f"event:{desk.recruitment_event_id}", "desk.changed", body, now=now)


async def tell_change(session: AsyncSession, desk: DeskRow, changed: Iterable[MeetingRow], *, now: datetime) -> None:
    """Tell everybody whom a change at one desk concerns."""
    for row in {row.id: row for row in changed}.values():
        await tell_meeting(session, row, now=now)
    await tell_desk(session, desk, now=now)


async def tell_line(session: AsyncSession, desk_id: UUID, *, now: datetime) -> None:
    """Tell those who wait at a desk that their line looks different."""
    await streams.append(session, f"queue:{desk_id}", "queue.changed", {}, now=now)
    await streams.append(session, f"desk:{desk_id}", "desk.changed", {}, now=now)
