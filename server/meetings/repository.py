"""Reading and locking meetings, and what stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, exists, update
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from realtime.meeting import AT_DESK, WAITING, MeetingPlan, MeetingState
from realtime.queueing import QueueEntry
from server.kit.rows import Found, list_rows
from server.meetings.machine import meeting_of, plan_of
from server.meetings.tables import MeetingRow
from server.recruitment_events.tables import DeskRow, RecruitmentEventRow

BUSY = (MeetingState.CALLED, MeetingState.TALKING)
_other = aliased(MeetingRow)
_busy = exists().where(
    col(_other.seeker_id) == col(MeetingRow.seeker_id),
    col(_other.id) != col(MeetingRow.id),
    col(_other.state).in_(BUSY),
)
_IN_LINE = select(MeetingRow, _busy.label("is_busy_elsewhere")).where(
    col(MeetingRow.desk_id) == bindparam("desk_id"), col(MeetingRow.state).in_(sorted(WAITING | AT_DESK))
)


@dataclass(frozen=True, slots=True)
class DeskContext:
    """A desk, locked for the rest of the transaction, with its event and the times it gives."""

    desk: DeskRow
    event: RecruitmentEventRow
    plan: MeetingPlan


async def lock_desk(session: AsyncSession, desk_id: UUID) -> DeskContext | None:
    """The desk locked until commit, so that its meetings change one at a time (SQLite has one writer anyway)."""
    desk = (
        await session.exec(
            select(DeskRow)
            .where(col(DeskRow.id) == desk_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ).one_or_none()
    if desk is None:
        return None
    event = await session.get_one(RecruitmentEventRow, desk.recruitment_event_id)
    return DeskContext(desk, event, plan_of(event))


async def lock_meeting(session: AsyncSession, meeting_id: UUID) -> tuple[DeskContext, MeetingRow] | None:
    """The meeting with its desk locked, read after the lock so that it is the newest."""
    query = select(col(MeetingRow.desk_id)).where(col(MeetingRow.id) == meeting_id)
    desk_id = (await session.exec(query)).one_or_none()
    context = await lock_desk(session, desk_id) if desk_id is not None else None
    row = await session.get(MeetingRow, meeting_id, populate_existing=True)
    if context is None or row is None:
        return None
    if row.desk_id != context.desk.id:
        return await lock_meeting(session, meeting_id)
    return context, row


async def list_in_line(session: AsyncSession, desk_id: UUID) -> list[tuple[MeetingRow, bool]]:
    """Everybody who waits or sits at the desk, with whether they are at another desk just now."""
    found = await session.exec(_IN_LINE, params={"desk_id": desk_id})
    return [(row, bool(is_busy)) for row, is_busy in found]


async def list_line(session: AsyncSession, desk_id: UUID) -> list[tuple[Found, QueueEntry]]:
    """The same line to be shown and not changed, each meeting also as `realtime.queueing` sees it."""
    found = await list_rows(session, _IN_LINE, desk_id=desk_id)
    return [(row, entry_of(row, busy_elsewhere=bool(row.is_busy_elsewhere))) for row in found]


def entry_of(row: MeetingRow | Found, *, busy_elsewhere: bool) -> QueueEntry:
    """The queue entry of one meeting."""
    return QueueEntry(meeting_id=row.id, meeting=meeting_of(row), busy_elsewhere=busy_elsewhere)


async def find_next_start(session: AsyncSession, row: MeetingRow) -> datetime | None:
    """When the next person waiting or expected at the same desk is booked, or None."""
    query = (
        select(col(MeetingRow.starts_at))
        .where(
            col(MeetingRow.desk_id) == row.desk_id,
            col(MeetingRow.id) != row.id,
            col(MeetingRow.state).in_(sorted(WAITING)),
            col(MeetingRow.starts_at).is_not(None),
        )
        .order_by(col(MeetingRow.starts_at))
        .limit(1)
    )
    return (await session.exec(query)).one_or_none()


async def list_waiting_desks_of(session: AsyncSession, seeker_id: UUID) -> Sequence[UUID]:
    """Desks where the seeker has checked in and waits."""
    query = select(col(MeetingRow.desk_id)).where(
        col(MeetingRow.seeker_id) == seeker_id, col(MeetingRow.state) == MeetingState.CHECKED_IN
    )
    return (await session.exec(query)).all()


async def list_due(session: AsyncSession, *, now: datetime, limit: int) -> Sequence[UUID]:
    """Meetings that time has something to do with, the longest due first."""
    query = (
        select(col(MeetingRow.id)).where(col(MeetingRow.due_at) <= now).order_by(col(MeetingRow.due_at)).limit(limit)
    )
    return (await session.exec(query)).all()


async def make_due(session: AsyncSession, *, seeker_id: UUID, now: datetime) -> None:
    """Have the desks at which the seeker waits look again soon, since the seeker has become free."""
    await session.exec(
        update(MeetingRow)
        .where(col(MeetingRow.seeker_id) == seeker_id, col(MeetingRow.state) == MeetingState.CHECKED_IN)
        .values(due_at=now)
    )
