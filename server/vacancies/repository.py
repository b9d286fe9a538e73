"""Reading the vacancy bank."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import col
from sqlmodel import select as select_entity
from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.roles import Role
from server.identity.tables import OrganisationRow, RoleRow
from server.kit.rows import Found, list_rows
from server.vacancies.tables import VacancyRow

LIST_MAX = 1000
_COLUMNS: tuple[Any, ...] = (
    *(col(getattr(VacancyRow, name)) for name in VacancyRow.model_fields),
    col(OrganisationRow.name).label("employer_name"),
)
_ALL = (
    select(*_COLUMNS)
    .join(OrganisationRow, col(OrganisationRow.id) == col(VacancyRow.organisation_id))
    .order_by(col(VacancyRow.confirmed_at).desc(), col(VacancyRow.id))
    .limit(LIST_MAX)
)
_PUBLISHED = _ALL.where(col(VacancyRow.status) == "published")
_OF_EMPLOYERS = _ALL.where(col(VacancyRow.organisation_id).in_(bindparam("organisation_ids", expanding=True)))
_ONE = _ALL.where(col(VacancyRow.id) == bindparam("vacancy_id"))
_STAFFED = select(col(RoleRow.organisation_id)).where(col(RoleRow.role) == Role.RECRUITER).distinct()


async def list_all(session: AsyncSession) -> Sequence[Found]:
    """The whole bank, what was confirmed last first."""
    return await list_rows(session, _ALL)


async def list_published(session: AsyncSession) -> Sequence[Found]:
    """Everything that is published, stale or not."""
    return await list_rows(session, _PUBLISHED)


async def list_of(session: AsyncSession, organisation_ids: Collection[UUID]) -> Sequence[Found]:
    """The vacancies of some employers."""
    return await list_rows(session, _OF_EMPLOYERS, organisation_ids=list(organisation_ids))


async def find(session: AsyncSession, vacancy_id: UUID) -> Found | None:
    """One vacancy, or None."""
    return next(iter(await list_rows(session, _ONE, vacancy_id=vacancy_id)), None)


async def list_staffed(session: AsyncSession) -> set[UUID]:
    """The employers that have somebody here who reads applications."""
    return {row.organisation_id for row in await list_rows(session, _STAFFED)}


async def lock(session: AsyncSession, vacancy_id: UUID) -> VacancyRow | None:
    """The vacancy for change, or None."""
    query = select_entity(VacancyRow).where(col(VacancyRow.id) == vacancy_id).with_for_update()
    return (await session.exec(query)).one_or_none()
