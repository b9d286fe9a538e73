"""Reading what a seeker may book and has booked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, bindparam, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.meetings.tables import MeetingRow
from server.planning.repository import TAKES_NO_TIME
from server.recruitment_events.tables import DeskRow, EnrolmentRow, RecruitmentEventRow, SlotRow

_mine = and_(
    col(EnrolmentRow.recruitment_event_id) == col(RecruitmentEventRow.id),
    col(EnrolmentRow.seeker_id) == bindparam("person_id"),
)
_BOOKABLE = (
    select(RecruitmentEventRow)
    .outerjoin(EnrolmentRow, _mine)
    .where(
        col(RecruitmentEventRow.status) == "published",
        or_(col(EnrolmentRow.seeker_id).is_not(None), col(RecruitmentEventRow.is_open)),
    )
    .order_by(col(RecruitmentEventRow.starts_at), col(RecruitmentEventRow.id))
)
_BOOKABLE_EVENT = _BOOKABLE.where(col(RecruitmentEventRow.id) == bindparam("event_id"))


@dataclass(frozen=True, slots=True)
class Booked:
    """A meeting that a seeker has, as the rules count it."""

    meeting_id: UUID
    organisation_id: UUID


async def list_bookable_events(
    session: AsyncSession, person_id: UUID, *, scope: UUID | None = None
) -> Sequence[RecruitmentEventRow]:
    """Published events that a seeker is enrolled in or that are open to all, soonest first; only `scope` if given."""
    if scope is None:
        return (await session.exec(_BOOKABLE, params={"person_id": person_id})).all()
    return (await session.exec(_BOOKABLE_EVENT, params={"person_id": person_id, "event_id": scope})).all()


async def find_bookable_event(
    session: AsyncSession, event_id: UUID, *, person_id: UUID, scope: UUID | None
) -> RecruitmentEventRow | None:
    """The event if this seeker may book in it."""
    if scope is not None and scope != event_id:
        return None
    found = await list_bookable_events(session, person_id, scope=event_id)
    return found[0] if found else None


async def find_event_of_desk(session: AsyncSession, desk_id: UUID) -> UUID | None:
    """The event that a desk belongs to."""
    query = select(DeskRow.recruitment_event_id).where(col(DeskRow.id) == desk_id)
    return (await session.exec(query)).one_or_none()


async def find_my_meeting(session: AsyncSession, meeting_id: UUID, *, person_id: UUID) -> MeetingRow | None:
    """The seeker's meeting."""
    query = select(MeetingRow).where(col(MeetingRow.id) == meeting_id, col(MeetingRow.seeker_id) == person_id)
    return (await session.exec(query)).one_or_none()


async def list_booked(session: AsyncSession, event_id: UUID, *, person_id: UUID) -> list[Booked]:
    """The seeker's meetings at an event that are held, will be, or were."""
    query = select(MeetingRow.id, MeetingRow.organisation_id).where(
        col(MeetingRow.recruitment_event_id) == event_id,
        col(MeetingRow.seeker_id) == person_id,
        col(MeetingRow.state).not_in(TAKES_NO_TIME),
    )
    return [Booked(*row) for row in await session.exec(query)]


async def is_taken(session: AsyncSession, desk_id: UUID, slot_id: UUID, *, by_others_than: UUID) -> bool:
    """Whether another seeker meets at the desk in the slot's time, as far as can be seen without a lock."""
    query = (
        select(MeetingRow.id)
        .join(SlotRow, col(SlotRow.id) == slot_id)
        .where(
            col(MeetingRow.desk_id) == desk_id,
            col(MeetingRow.seeker_id) != by_others_than,
            col(MeetingRow.starts_at) < col(SlotRow.ends_at),
            col(SlotRow.starts_at) < col(MeetingRow.ends_at),
            col(MeetingRow.state).not_in(TAKES_NO_TIME),
        )
        .limit(1)
    )
    return (await session.exec(query)).first() is not None
