"""Seekers for whom something is left to lay: no meeting yet, or wishes that have not become one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import and_, bindparam, exists, false, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession
from typing_extensions import TypedDict

from realtime.meeting import MeetingState
from server.identity.tables import PersonRow
from server.kit.rendering import Json, Written
from server.kit.rows import id_text, list_rows, stream_rows
from server.meetings.tables import MeetingRow
from server.recruitment_events.tables import EnrolmentRow, SchedulingNeedRow, WishRow

HIDDEN = (MeetingState.CANCELLED, MeetingState.MOVED, MeetingState.HANDED_OVER)
_EVENT_ID: Any = bindparam("event_id")
_SHOWN = (col(MeetingRow.recruitment_event_id) == _EVENT_ID, col(MeetingRow.state).not_in(HIDDEN))
_MEETINGS = (
    select(col(MeetingRow.seeker_id), func.count().label("number"))
    .where(*_SHOWN)
    .group_by(col(MeetingRow.seeker_id))
    .subquery()
)
_met = exists().where(
    *_SHOWN,
    col(MeetingRow.seeker_id) == col(WishRow.seeker_id),
    col(MeetingRow.organisation_id) == col(WishRow.organisation_id),
)
_WISHES_LEFT = (
    select(id_text(col(WishRow.seeker_id)), id_text(col(WishRow.organisation_id)))
    .where(col(WishRow.recruitment_event_id) == _EVENT_ID, col(WishRow.rank) > 0, ~_met)
    .order_by(col(WishRow.rank), col(WishRow.organisation_id))
)
_number = func.coalesce(_MEETINGS.c.number, 0)
_need = and_(
    col(SchedulingNeedRow.recruitment_event_id) == _EVENT_ID,
    col(SchedulingNeedRow.seeker_id) == col(EnrolmentRow.seeker_id),
)
_COLUMNS: tuple[Any, ...] = (
    id_text(col(PersonRow.id)),
    col(PersonRow.name),
    col(EnrolmentRow.form),
    col(EnrolmentRow.available_from),
    col(EnrolmentRow.available_until),
    func.coalesce(col(SchedulingNeedRow.extra_time), false()).label("takes_two"),
    _number.label("meetings"),
)
_ENROLLED = (
    select(*_COLUMNS)
    .join(EnrolmentRow, col(EnrolmentRow.seeker_id) == col(PersonRow.id))
    .outerjoin(SchedulingNeedRow, _need)
    .outerjoin(_MEETINGS, _MEETINGS.c.seeker_id == col(EnrolmentRow.seeker_id))
    .where(col(EnrolmentRow.recruitment_event_id) == _EVENT_ID)
    .order_by(_number, col(PersonRow.name), col(PersonRow.id))
)
_NUMBER = select(func.count().label("number")).where(col(EnrolmentRow.recruitment_event_id) == _EVENT_ID)


class GridSeeker(TypedDict):
    """A seeker with no meeting yet, or with wishes left, dearest first."""

    id: UUID
    name: str
    form: str | None
    available_from: datetime | None
    available_until: datetime | None
    takes_two: bool
    meetings: int
    wishes_left: list[UUID]


class _SeekerText(TypedDict):
    """The same with ids as text."""

    id: str
    name: str
    form: str | None
    available_from: datetime | None
    available_until: datetime | None
    takes_two: bool
    meetings: int
    wishes_left: list[str]


_SEEKERS = Json(list[_SeekerText])


async def count_enrolled(session: AsyncSession, event_id: UUID) -> int:
    """How many are enrolled in the event."""
    return int((await list_rows(session, _NUMBER, event_id=event_id))[0].number)


async def write_unplaced(session: AsyncSession, event_id: UUID) -> Written:
    """A list of `GridSeeker`, who has fewest meetings first, as JSON."""
    left: dict[str, list[str]] = {}
    async for rows in stream_rows(session, _WISHES_LEFT, event_id=event_id):
        for seeker_id, organisation_id in rows:
            left.setdefault(seeker_id, []).append(organisation_id)
    return await _SEEKERS.write_list(_portions(session, event_id, left))


async def _portions(
    session: AsyncSession, event_id: UUID, left: dict[str, list[str]]
) -> AsyncIterator[list[_SeekerText]]:
    async for rows in stream_rows(session, _ENROLLED, event_id=event_id):
        yield [
            cast(_SeekerText, {**row._mapping, "wishes_left": left.get(row.id, [])})
            for row in rows
            if row.id in left or not row.meetings
        ]
