"""Reading employers and what they have at an event."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.employers.rules import KnownOrganisation
from server.employers.tables import RequirementProfileRow
from server.identity.roles import Role
from server.identity.tables import OrganisationRow, PersonRow, RoleRow
from server.recruitment_events.tables import DeskRow, EventStaffRow


async def list_known(session: AsyncSession, *, event_id: UUID | None = None) -> list[KnownOrganisation]:
    """Every employer of the bank, or those at one event, by name."""
    query = select(OrganisationRow).where(col(OrganisationRow.kind) == "employer").order_by(col(OrganisationRow.name))
    if event_id is not None:
        there = select(col(DeskRow.organisation_id)).where(col(DeskRow.recruitment_event_id) == event_id)
        query = query.where(col(OrganisationRow.id).in_(there))
    return [KnownOrganisation(row.id, row.name, row.number) for row in await session.exec(query)]


async def list_profiles(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, RequirementProfileRow]:
    """Requirement profiles by organisation."""
    query = select(RequirementProfileRow).where(col(RequirementProfileRow.organisation_id).in_(ids))
    return {row.organisation_id: row for row in await session.exec(query)}


async def list_recruiters(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[PersonRow]]:
    """Recruiters by organisation, each by name."""
    query = (
        select(RoleRow.organisation_id, PersonRow)
        .join(PersonRow, col(PersonRow.id) == col(RoleRow.person_id))
        .where(col(RoleRow.role) == Role.RECRUITER, col(RoleRow.organisation_id).in_(ids))
        .order_by(col(PersonRow.name), col(PersonRow.id))
    )
    found: dict[UUID, list[PersonRow]] = {}
    for organisation_id, person in await session.exec(query):
        if organisation_id is not None:
            found.setdefault(organisation_id, []).append(person)
    return found


async def list_desks(session: AsyncSession, event_id: UUID, organisation_id: UUID | None = None) -> Sequence[DeskRow]:
    """The desks of an event, or of one employer there, by number."""
    query = select(DeskRow).where(col(DeskRow.recruitment_event_id) == event_id).order_by(col(DeskRow.number))
    if organisation_id is not None:
        query = query.where(col(DeskRow.organisation_id) == organisation_id)
    return (await session.exec(query)).all()


async def find_desk(session: AsyncSession, desk_id: UUID, *, event_id: UUID) -> DeskRow | None:
    """The desk if it is one of the event's."""
    desk = await session.get(DeskRow, desk_id)
    return desk if desk is not None and desk.recruitment_event_id == event_id else None


async def is_arranged_by(session: AsyncSession, organisation_id: UUID, *, person_id: UUID) -> bool:
    """Whether the employer has a desk at an event that `person_id` is of the staff of."""
    query = (
        select(col(DeskRow.id))
        .join(EventStaffRow, col(EventStaffRow.recruitment_event_id) == col(DeskRow.recruitment_event_id))
        .where(col(DeskRow.organisation_id) == organisation_id, col(EventStaffRow.person_id) == person_id)
        .limit(1)
    )
    return (await session.exec(query)).first() is not None
