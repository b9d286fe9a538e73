"""Reading recruitment events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, delete, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.roles import Role
from server.identity.tables import OrganisationRow, PersonRow, RoleRow
from server.recruitment_events.tables import (
    DeskRow,
    EnrolmentRow,
    EventStaffRow,
    RecruitmentEventRow,
    SlotRow,
    StationRow,
)

_OF_STAFF = (
    select(RecruitmentEventRow)
    .join(EventStaffRow, col(EventStaffRow.recruitment_event_id) == col(RecruitmentEventRow.id))
    .where(col(RecruitmentEventRow.id) == bindparam("event_id"), col(EventStaffRow.person_id) == bindparam("person_id"))
)
_OF_STAFF_LOCKED = _OF_STAFF.with_for_update(key_share=True, of=RecruitmentEventRow).execution_options(
    populate_existing=True
)


@dataclass(frozen=True, slots=True)
class EventCounts:
    """How large an event is."""

    event: RecruitmentEventRow
    employers: int
    desks: int
    seekers: int


async def find_event_of_staff(
    session: AsyncSession, event_id: UUID, *, person_id: UUID, lock: bool = False
) -> RecruitmentEventRow | None:
    """The event if `person_id` is of its staff; with `lock`, no other staff change it until the commit."""
    query = _OF_STAFF_LOCKED if lock else _OF_STAFF
    return (await session.exec(query, params={"event_id": event_id, "person_id": person_id})).one_or_none()


async def list_events_of_staff(session: AsyncSession, person_id: UUID) -> list[EventCounts]:
    """The events that `person_id` is of the staff of, the latest first."""

    def number_of(column: Any, event_id: Any) -> ColumnElement[int]:
        return select(func.count(column)).where(event_id == col(RecruitmentEventRow.id)).scalar_subquery()

    query = (
        select(
            RecruitmentEventRow,
            number_of(col(DeskRow.organisation_id).distinct(), col(DeskRow.recruitment_event_id)),
            number_of(col(DeskRow.id), col(DeskRow.recruitment_event_id)),
            number_of(col(EnrolmentRow.seeker_id), col(EnrolmentRow.recruitment_event_id)),
        )
        .join(EventStaffRow, col(EventStaffRow.recruitment_event_id) == col(RecruitmentEventRow.id))
        .where(col(EventStaffRow.person_id) == person_id)
        .order_by(col(RecruitmentEventRow.starts_at).desc(), col(RecruitmentEventRow.id))
    )
    return [EventCounts(*row) for row in await session.exec(query)]


async def list_slots(session: AsyncSession, event_id: UUID) -> Sequence[SlotRow]:
    """The slots of an event in order."""
    query = select(SlotRow).where(col(SlotRow.recruitment_event_id) == event_id).order_by(col(SlotRow.number))
    return (await session.exec(query)).all()


async def delete_slots(session: AsyncSession, event_id: UUID) -> None:
    """Delete every slot of an event; the database refuses if a meeting lies in one."""
    await session.exec(delete(SlotRow).where(col(SlotRow.recruitment_event_id) == event_id))


async def list_stations(session: AsyncSession, event_id: UUID) -> Sequence[StationRow]:
    """The stations of an event by number."""
    query = select(StationRow).where(col(StationRow.recruitment_event_id) == event_id).order_by(col(StationRow.number))
    return (await session.exec(query)).all()


async def find_station(session: AsyncSession, station_id: UUID, *, event_id: UUID) -> StationRow | None:
    """The station if it is one of the event's."""
    station = await session.get(StationRow, station_id)
    return station if station is not None and station.recruitment_event_id == event_id else None


async def list_desks(session: AsyncSession, event_id: UUID) -> Sequence[DeskRow]:
    """The desks of an event by number."""
    query = select(DeskRow).where(col(DeskRow.recruitment_event_id) == event_id).order_by(col(DeskRow.number))
    return (await session.exec(query)).all()


async def list_enrolments(session: AsyncSession, event_id: UUID) -> Sequence[EnrolmentRow]:
    """Everybody enrolled in an event."""
    return (await session.exec(select(EnrolmentRow).where(col(EnrolmentRow.recruitment_event_id) == event_id))).all()


async def list_staff(session: AsyncSession, event_id: UUID) -> Sequence[PersonRow]:
    """The staff of an event by name."""
    query = (
        select(PersonRow)
        .join(EventStaffRow, col(EventStaffRow.person_id) == col(PersonRow.id))
        .where(col(EventStaffRow.recruitment_event_id) == event_id)
        .order_by(col(PersonRow.name))
    )
    return (await session.exec(query)).all()


async def find_agency(session: AsyncSession, person_id: UUID) -> OrganisationRow | None:
    """The organisation for which `person_id` is staff."""
    query = (
        select(OrganisationRow)
        .join(RoleRow, col(RoleRow.organisation_id) == col(OrganisationRow.id))
        .where(col(RoleRow.person_id) == person_id, col(RoleRow.role) == Role.STAFF)
        .order_by(col(OrganisationRow.created_at))
        .limit(1)
    )
    return (await session.exec(query)).one_or_none()


async def find_staff_by_email(session: AsyncSession, email: str) -> PersonRow | None:
    """The person with this address if they have the role of staff."""
    query = (
        select(PersonRow)
        .join(RoleRow, col(RoleRow.person_id) == col(PersonRow.id))
        .where(col(PersonRow.email) == email.lower(), col(RoleRow.role) == Role.STAFF)
        .limit(1)
    )
    return (await session.exec(query)).one_or_none()
