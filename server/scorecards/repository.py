"""Reading scorecards."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.kit.rows import Found, list_rows, stream_rows
from server.meetings.tables import MeetingRow
from server.recruitment_events.tables import RecruitmentEventRow
from server.scorecards.tables import ScorecardRow

_OF_MEETINGS = select(ScorecardRow).where(col(ScorecardRow.meeting_id).in_(bindparam("meeting_ids", expanding=True)))
_RELEASED_COLUMNS: tuple[Any, ...] = (
    col(ScorecardRow.id),
    col(ScorecardRow.seeker_id),
    col(ScorecardRow.organisation_id),
    col(ScorecardRow.pack),
    col(ScorecardRow.pack_version),
    col(ScorecardRow.answers),
)
_RELEASED = select(*_RELEASED_COLUMNS).where(col(ScorecardRow.state) == "released")
_OFTEN = (
    select(col(ScorecardRow.seeker_id))
    .where(col(ScorecardRow.opened_at).is_not(None))
    .group_by(col(ScorecardRow.seeker_id))
    .having(func.count() >= bindparam("least"))
    .order_by(col(ScorecardRow.seeker_id))
)
_OFTEN_OF = _OFTEN.where(col(ScorecardRow.seeker_id).in_(bindparam("people", expanding=True)))


async def find_meeting(
    session: AsyncSession, meeting_id: UUID, *, organisation_ids: Collection[UUID]
) -> tuple[MeetingRow, RecruitmentEventRow] | None:
    """The meeting of one of these employers, with its event; none of a draft, of which nobody has been told."""
    query = (
        select(MeetingRow, RecruitmentEventRow)
        .join(RecruitmentEventRow, col(RecruitmentEventRow.id) == col(MeetingRow.recruitment_event_id))
        .where(
            col(MeetingRow.id) == meeting_id,
            col(MeetingRow.organisation_id).in_(organisation_ids),
            col(RecruitmentEventRow.status) != "draft",
        )
    )
    return (await session.exec(query)).one_or_none()


async def lock_scorecard(session: AsyncSession, meeting_id: UUID) -> ScorecardRow | None:
    """The scorecard of a meeting, locked until commit."""
    query = select(ScorecardRow).where(col(ScorecardRow.meeting_id) == meeting_id).with_for_update()
    return (await session.exec(query)).one_or_none()


async def lock_scorecard_by_id(session: AsyncSession, scorecard_id: UUID) -> ScorecardRow | None:
    """The scorecard, locked until commit."""
    query = select(ScorecardRow).where(col(ScorecardRow.id) == scorecard_id).with_for_update()
    return (await session.exec(query)).one_or_none()


async def list_by_meetings(session: AsyncSession, meeting_ids: Collection[UUID]) -> dict[UUID, Found]:
    """Scorecards by the id of their meeting, to be shown; a meeting with none is absent."""
    if not meeting_ids:
        return {}
    found = await list_rows(session, _OF_MEETINGS, meeting_ids=list(meeting_ids))
    return {row.meeting_id: row for row in found}


async def list_due(session: AsyncSession, *, now: datetime, limit: int) -> Sequence[UUID]:
    """Scorecards whose undo window is over and that are not released yet."""
    query = (
        select(ScorecardRow.id)
        .where(col(ScorecardRow.state) == "sent", col(ScorecardRow.release_at) <= now)
        .order_by(col(ScorecardRow.release_at))
        .limit(limit)
    )
    return (await session.exec(query)).all()


async def stream_released(session: AsyncSession) -> AsyncIterator[Sequence[Found]]:
    """All released scorecards in portions, for the joint fit alone: what is rated, by whom and of whom."""
    async for rows in stream_rows(session, _RELEASED):
        yield rows


async def list_often_rated(
    session: AsyncSession, *, least: int, people: Collection[UUID] | None = None
) -> Sequence[UUID]:
    """The seekers, all or those of `people`, who have opened so much feedback or more."""
    if people is None:
        return [row.seeker_id for row in await list_rows(session, _OFTEN, least=least)]
    found = await list_rows(session, _OFTEN_OF, least=least, people=list(people))
    return [row.seeker_id for row in found]
