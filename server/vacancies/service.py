"""The vacancy bank: entering, changing, confirming and withdrawing vacancies."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.vocabulary import vocabulary
from server.identity.tables import OrganisationRow
from server.kit.rows import Found
from server.kit.words import initials
from server.vacancies import repository
from server.vacancies.rules import FRESH_FOR, SHOWN_FOR, Standing, standing, stored_competences
from server.vacancies.shapes import Vacancy, VacancyChange, VacancyEmployer, WantedCompetence
from server.vacancies.tables import VacancyRow

CHANGED = ("title", "about", "occupation", "place", "work_form", "employment", "seats", "apply_by", "apply_url")


class VacancyRefused(Exception):
    """The vacancy cannot be changed as asked; the message says why."""


class HasChanged(VacancyRefused):
    """Somebody has changed it since it was read."""


class IsRemoved(VacancyRefused):
    """Its source has taken it away."""


def standing_of(row: VacancyRow | Found, *, now: datetime) -> Standing:
    """How a vacancy stands now."""
    return standing(status=row.status, apply_by=row.apply_by, confirmed_at=row.confirmed_at, now=now)


async def enter(
    session: AsyncSession, change: VacancyChange, *, organisation_id: UUID, person_id: UUID, now: datetime
) -> VacancyRow | None:
    """A new published vacancy of an employer, or None where there is no such employer."""
    organisation = await session.get(OrganisationRow, organisation_id)
    if organisation is None or organisation.kind != "employer":
        return None
    row = VacancyRow(
        organisation_id=organisation_id,
        title=change.title,
        created_by=person_id,
        created_at=now,
        confirmed_at=now,
        changed_at=now,
    )
    _write(row, change)
    session.add(row)
    await session.flush()
    return row


async def change(session: AsyncSession, row: VacancyRow, asked: VacancyChange, *, version: int, now: datetime) -> None:
    """Write what a vacancy says; who changes it has seen that it is still there.

    Raises:
        HasChanged: somebody else was first.
        IsRemoved: its source has taken it away.
    """
    _check_there(row)
    if row.version != version:
        raise HasChanged("this vacancy has been changed since it was read")
    _write(row, asked)
    row.version, row.confirmed_at, row.changed_at = row.version + 1, now, now
    session.add(row)
    await session.flush()


async def confirm(session: AsyncSession, row: VacancyRow, *, now: datetime) -> None:
    """Say that a vacancy is still there.

    Raises:
        IsRemoved: its source has taken it away.
    """
    _check_there(row)
    row.status, row.confirmed_at = "published", now
    session.add(row)
    await session.flush()


async def withdraw(session: AsyncSession, row: VacancyRow, *, now: datetime) -> None:
    """Take a vacancy out of sight; applications for it stay with both sides.

    Raises:
        IsRemoved: its source has taken it away.
    """
    _check_there(row)
    row.status, row.changed_at = "withdrawn", now
    session.add(row)
    await session.flush()


def vacancy_answer(row: Found, *, now: datetime) -> Vacancy:
    """The vacancy as the bank shows it."""
    return Vacancy(
        id=row.id,
        employer=VacancyEmployer(id=row.organisation_id, name=row.employer_name, initials=initials(row.employer_name)),
        title=row.title,
        about=row.about,
        occupation=row.occupation,
        occupation_concept_id=row.occupation_concept_id,
        place=row.place,
        work_form=row.work_form,
        employment=row.employment,
        seats=row.seats,
        required=[WantedCompetence(**one) for one in row.required],
        merits=[WantedCompetence(**one) for one in row.merits],
        apply_by=row.apply_by,
        apply_url=row.apply_url,
        source=row.source,
        source_id=row.source_id,
        standing=standing_of(row, now=now).value,
        version=row.version,
        confirmed_at=row.confirmed_at,
        fresh_until=row.confirmed_at + FRESH_FOR,
        shown_until=row.confirmed_at + SHOWN_FOR,
    )


async def read(session: AsyncSession, vacancy_id: UUID, *, now: datetime) -> Vacancy:
    """The vacancy as the bank shows it; it must exist."""
    return vacancy_answer((await repository.list_some(session, [vacancy_id]))[vacancy_id], now=now)


def _check_there(row: VacancyRow) -> None:
    if row.status == "removed":
        raise IsRemoved("the source has taken this vacancy away")


def _write(row: VacancyRow, change: VacancyChange) -> None:
    for name in CHANGED:
        setattr(row, name, getattr(change, name))
    concepts = {one["label"]: one["concept_id"] for one in (*row.required, *row.merits) if one.get("concept_id")}
    row.required, row.merits = stored_competences(change.required, change.merits, words=vocabulary(), concepts=concepts)
