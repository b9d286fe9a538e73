"""Reading the vacancy bank."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, exists, or_, select
from sqlmodel import col
from sqlmodel import select as select_entity
from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.roles import Role
from server.identity.tables import OrganisationRow, RoleRow
from server.kit.clock import day_of
from server.kit.rows import Found, list_rows
from server.kit.searching import WORDS_MAX, contains
from server.vacancies.rules import SHOWN_FOR
from server.vacancies.tables import VacancyRow

LIST_MAX = 1000
TAKEN_HERE = exists().where(
    col(RoleRow.role) == Role.RECRUITER, col(RoleRow.organisation_id) == col(VacancyRow.organisation_id)
)
_COLUMNS: tuple[Any, ...] = (
    *(col(getattr(VacancyRow, name)) for name in VacancyRow.model_fields),
    col(OrganisationRow.name).label("employer_name"),
    TAKEN_HERE.label("is_taken_here"),
)
_TO_MATCH: tuple[Any, ...] = (
    col(VacancyRow.id),
    col(VacancyRow.organisation_id),
    col(VacancyRow.title),
    col(VacancyRow.occupation),
    col(VacancyRow.place),
    col(VacancyRow.required),
    col(VacancyRow.merits),
)
_AT_EMPLOYER = col(OrganisationRow.id) == col(VacancyRow.organisation_id)
_NEWEST_FIRST = (col(VacancyRow.confirmed_at).desc(), col(VacancyRow.id))
_ALL = select(*_COLUMNS).join(OrganisationRow, _AT_EMPLOYER).order_by(*_NEWEST_FIRST)
_SOME = _ALL.where(col(VacancyRow.id).in_(bindparam("ids", expanding=True)))
_SHOWN = (
    select(*_TO_MATCH)
    .where(
        col(VacancyRow.status) == "published",
        col(VacancyRow.confirmed_at) >= bindparam("confirmed_since"),
        or_(col(VacancyRow.apply_by).is_(None), col(VacancyRow.apply_by) >= bindparam("today")),
    )
    .order_by(*_NEWEST_FIRST)
    .limit(LIST_MAX)
)
_SEARCHED: tuple[Any, ...] = (
    col(VacancyRow.title),
    col(OrganisationRow.name),
    col(VacancyRow.place),
    col(VacancyRow.occupation),
)


async def search(
    session: AsyncSession, asked: str, *, organisation_ids: Collection[UUID] | None = None
) -> Sequence[Found]:
    """The vacancies that hold each word asked for, what was confirmed last first; of these employers, or of all."""
    query = _ALL.limit(LIST_MAX)
    for word in asked.split()[:WORDS_MAX]:
        query = query.where(or_(*(contains(column, word) for column in _SEARCHED)))
    if organisation_ids is not None:
        query = query.where(col(VacancyRow.organisation_id).in_(list(organisation_ids)))
    return await list_rows(session, query)


async def list_shown(
    session: AsyncSession, *, now: datetime, place: str = "", occupation: str = "", employer_id: UUID | None = None
) -> Sequence[Found]:
    """What a match needs of the vacancies that `rules.standing` shows at `now`, what was confirmed last first.

    Args:
        place: a part of its name; nothing is anywhere.
        occupation: a part of the occupation's name or of the title.
    """
    query = _SHOWN
    if place:
        query = query.where(contains(col(VacancyRow.place), place))
    if occupation:
        named = (contains(column, occupation) for column in (col(VacancyRow.occupation), col(VacancyRow.title)))
        query = query.where(or_(*named))
    if employer_id is not None:
        query = query.where(col(VacancyRow.organisation_id) == employer_id)
    return await list_rows(session, query, confirmed_since=now - SHOWN_FOR, today=day_of(now))


async def list_some(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Found]:
    """These vacancies by id; `is_taken_here` where its employer has somebody here who reads applications."""
    return {row.id: row for row in await list_rows(session, _SOME, ids=list(ids))}


async def find(session: AsyncSession, vacancy_id: UUID) -> Found | None:
    """One vacancy, or None."""
    return (await list_some(session, [vacancy_id])).get(vacancy_id)


async def is_taken_here(session: AsyncSession, organisation_id: UUID) -> bool:
    """Whether an employer has somebody here who reads applications."""
    query = select_entity(RoleRow.person_id).where(
        col(RoleRow.role) == Role.RECRUITER, col(RoleRow.organisation_id) == organisation_id
    )
    return (await session.exec(query.limit(1))).first() is not None


async def lock(session: AsyncSession, vacancy_id: UUID) -> VacancyRow | None:
    """The vacancy for change, or None."""
    query = select_entity(VacancyRow).where(col(VacancyRow.id) == vacancy_id).with_for_update()
    return (await session.exec(query)).one_or_none()
