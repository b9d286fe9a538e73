"""Reading a running event for repair."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select
from sqlmodel import col
from sqlmodel import select as select_rows
from sqlmodel.ext.asyncio.session import AsyncSession

from realtime.meeting import MeetingState
from server.identity.tables import OrganisationRow, PersonRow
from server.kit.rows import Found, list_rows
from server.meetings.tables import MeetingRow
from server.recruitment_events.tables import DeskRow, EnrolmentRow, RecruitmentEventRow, SlotRow, StationRow
from server.repairs.rules import Seat
from server.repairs.shifts import Spot

OPENS_BEFORE = timedelta(hours=1)
_EVENT_ID: Any = bindparam("event_id")
_BEGUN: Any = bindparam("begun")
_SEATS: Any = (
    select(
        col(MeetingRow.id).label("meeting_id"),
        col(MeetingRow.seeker_id),
        col(MeetingRow.organisation_id),
        col(MeetingRow.desk_id),
        col(MeetingRow.slot_id),
        col(MeetingRow.state),
        col(MeetingRow.starts_at),
        col(MeetingRow.ends_at),
        col(MeetingRow.ready_at),
    )
    .where(col(MeetingRow.recruitment_event_id) == _EVENT_ID, col(MeetingRow.slot_id).is_not(None))
    .where(or_(col(MeetingRow.state) != MeetingState.BOOKED, col(MeetingRow.starts_at) <= _BEGUN))
    .order_by(col(MeetingRow.starts_at), col(MeetingRow.id))
)
_WALKED_IN = select(col(EnrolmentRow.seeker_id)).where(
    col(EnrolmentRow.recruitment_event_id) == _EVENT_ID, col(EnrolmentRow.created_at) > bindparam("since")
)
_SPOTS: Any = (
    select(
        col(DeskRow.id).label("desk_id"),
        col(DeskRow.number),
        col(DeskRow.organisation_id),
        col(DeskRow.form),
        col(DeskRow.recruiter_id),
        col(DeskRow.station_id),
        col(DeskRow.on_duty_from),
        col(DeskRow.on_duty_until),
        col(StationRow.name).label("station_name"),
        col(OrganisationRow.name).label("employer_name"),
    )
    .join(OrganisationRow, col(OrganisationRow.id) == col(DeskRow.organisation_id))
    .outerjoin(StationRow, col(StationRow.id) == col(DeskRow.station_id))
    .where(col(DeskRow.recruitment_event_id) == _EVENT_ID)
    .order_by(col(DeskRow.number))
)


async def list_seats(session: AsyncSession, event_id: UUID, *, now: datetime) -> list[Seat]:
    """What has become of the meetings of an event; those whose time has not come, and of which nothing has, are not."""
    return [_seat(row) for row in await list_rows(session, _SEATS, event_id=event_id, begun=now)]


async def find_seat(session: AsyncSession, event_id: UUID, meeting_id: UUID) -> Seat | None:
    """A meeting of the event that has a slot."""
    row = await session.get(MeetingRow, meeting_id)
    if row is None or row.recruitment_event_id != event_id or row.slot_id is None:
        return None
    if row.starts_at is None or row.ends_at is None:
        return None
    return Seat(
        meeting_id=row.id,
        seeker_id=row.seeker_id,
        organisation_id=row.organisation_id,
        spot=Spot(row.desk_id, row.slot_id),
        state=row.state,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        ready_at=row.ready_at,
    )


async def list_walked_in(session: AsyncSession, event: RecruitmentEventRow) -> frozenset[UUID]:
    """Who was enrolled at the door: after it opened, an hour before the event, and after the plan was told."""
    since = max(event.starts_at - OPENS_BEFORE, event.published_at or event.starts_at)
    rows = await list_rows(session, _WALKED_IN, event_id=event.id, since=since)
    return frozenset(row.seeker_id for row in rows)


async def count_enrolled(session: AsyncSession, event_id: UUID) -> int:
    """How many seekers an event has."""
    query = select_rows(func.count()).select_from(EnrolmentRow)
    return int((await session.exec(query.where(col(EnrolmentRow.recruitment_event_id) == event_id))).one())


async def list_desks(session: AsyncSession, event_id: UUID) -> dict[UUID, Found]:
    """The desks of an event with employer and station, by id."""
    return {row.desk_id: row for row in await list_rows(session, _SPOTS, event_id=event_id)}


async def list_people(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, PersonRow]:
    """These people by id."""
    query = select_rows(PersonRow).where(col(PersonRow.id).in_(ids))
    return {person.id: person for person in await session.exec(query)} if ids else {}


async def list_slots(session: AsyncSession, event_id: UUID) -> dict[UUID, SlotRow]:
    """The slots of an event by id, in order."""
    query = select_rows(SlotRow).where(col(SlotRow.recruitment_event_id) == event_id).order_by(col(SlotRow.starts_at))
    return {slot.id: slot for slot in await session.exec(query)}


async def list_meetings_of(
    session: AsyncSession, event_id: UUID, couples: Collection[tuple[UUID, UUID]]
) -> dict[tuple[UUID, UUID], list[MeetingRow]]:
    """The meetings of these seekers with these employers, as they are in the database now."""
    seekers = {seeker_id for seeker_id, _ in couples}
    query = (
        select_rows(MeetingRow)
        .where(col(MeetingRow.recruitment_event_id) == event_id, col(MeetingRow.seeker_id).in_(seekers))
        .order_by(col(MeetingRow.created_at), col(MeetingRow.id))
        .execution_options(populate_existing=True)
    )
    found: dict[tuple[UUID, UUID], list[MeetingRow]] = {couple: [] for couple in couples}
    for row in await session.exec(query):
        found.get((row.seeker_id, row.organisation_id), []).append(row)
    return found


def _seat(row: Found) -> Seat:
    return Seat(
        meeting_id=row.meeting_id,
        seeker_id=row.seeker_id,
        organisation_id=row.organisation_id,
        spot=Spot(row.desk_id, row.slot_id),
        state=row.state,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        ready_at=row.ready_at,
    )
