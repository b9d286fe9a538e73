"""The vacancy bank by HTTP: an employer's own for its recruiters, the whole bank for staff."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from server.identity.actor import Actor
from server.identity.roles import RECRUITERS, STAFF, Role
from server.kit.operations import Operations
from server.kit.problems import Conflict, NotFound
from server.state import State
from server.vacancies import repository, service
from server.vacancies.shapes import ChangedVacancy, NewVacancy, Vacancy, VacancySearch
from server.vacancies.tables import VacancyRow

operations = Operations("vacancies")
WHO = RECRUITERS | STAFF


class VacancyHasChanged(Conflict):
    title = "This vacancy has been changed elsewhere"


class VacancyIsRemoved(Conflict):
    title = "The source has taken this vacancy away"


@operations.add("get", "/api/vacancies", who=WHO)
async def list_vacancies(
    request: Request[State], session: AsyncSession, actor: Actor, query: VacancySearch
) -> list[Vacancy]:
    """Your employer's vacancies; the whole bank for staff."""
    now, mine = request.state["now"](), None if actor.has(Role.STAFF) else actor.organisation_ids
    found = await repository.search(session, query.q, organisation_ids=mine)
    return [service.vacancy_answer(row, now=now) for row in found]


@operations.add("post", "/api/vacancies", who=WHO, status=HTTPStatus.CREATED, errors=[NotFound])
async def add_vacancy(request: Request[State], session: AsyncSession, actor: Actor, body: NewVacancy) -> Vacancy:
    """Enter a vacancy; it is published at once."""
    now = request.state["now"]()
    row = None
    if actor.has(Role.STAFF) or body.organisation_id in actor.organisation_ids:
        row = await service.enter(
            session, body, organisation_id=body.organisation_id, person_id=actor.person_id, now=now
        )
    if row is None:
        raise NotFound(f"employer {body.organisation_id}")
    return await service.read(session, row.id, now=now)


@operations.add("put", "/api/vacancies/{vacancy_id}", who=WHO, errors=[NotFound, VacancyHasChanged, VacancyIsRemoved])
async def change_vacancy(
    request: Request[State], session: AsyncSession, actor: Actor, vacancy_id: UUID, body: ChangedVacancy
) -> Vacancy:
    """Change what a vacancy says; it counts as confirmed."""
    row, now = await _vacancy(session, actor, vacancy_id), request.state["now"]()
    with _refusals():
        await service.change(session, row, body, version=body.version, now=now)
    return await service.read(session, vacancy_id, now=now)


@operations.add("post", "/api/vacancies/{vacancy_id}/confirm", who=WHO, errors=[NotFound, VacancyIsRemoved])
async def confirm_vacancy(request: Request[State], session: AsyncSession, actor: Actor, vacancy_id: UUID) -> Vacancy:
    """Yes, it is still there: fresh for thirty days more, and published again if it was withdrawn."""
    row, now = await _vacancy(session, actor, vacancy_id), request.state["now"]()
    with _refusals():
        await service.confirm(session, row, now=now)
    return await service.read(session, vacancy_id, now=now)


@operations.add("post", "/api/vacancies/{vacancy_id}/withdraw", who=WHO, errors=[NotFound, VacancyIsRemoved])
async def withdraw_vacancy(request: Request[State], session: AsyncSession, actor: Actor, vacancy_id: UUID) -> Vacancy:
    """Take it out of seekers' sight; confirming it brings it back."""
    row, now = await _vacancy(session, actor, vacancy_id), request.state["now"]()
    with _refusals():
        await service.withdraw(session, row, now=now)
    return await service.read(session, vacancy_id, now=now)


async def _vacancy(session: AsyncSession, actor: Actor, vacancy_id: UUID) -> VacancyRow:
    row = await repository.lock(session, vacancy_id)
    if row is None or not (actor.has(Role.STAFF) or row.organisation_id in actor.organisation_ids):
        raise NotFound(f"vacancy {vacancy_id}")
    return row


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except service.HasChanged as refusal:
        raise VacancyHasChanged(str(refusal)) from None
    except service.IsRemoved as refusal:
        raise VacancyIsRemoved(str(refusal)) from None
