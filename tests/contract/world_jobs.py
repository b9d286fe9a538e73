"""Vacancies of two employers, and an application to each, in the matrix's world."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.applications.tables import ApplicationRow
from server.profiles.tables import CompetenceRow
from server.vacancies.tables import VacancyRow
from tests.contract.canaries import TEXTS


async def add_jobs(session: AsyncSession, ids: dict[str, str], *, now: datetime) -> None:
    """What employers want, and what a seeker wrote to one of them."""
    ids["growth"] = "growth"
    told = CompetenceRow(person_id=UUID(ids["seeker"]), position=3, label="Provsmak")
    session.add(told)
    ids["told_claim"] = str(told.id)
    for name, employer in (("vacancy", "employer"), ("free_vacancy", "other_employer"), ("others", "other_employer")):
        row = VacancyRow(
            organisation_id=UUID(ids[employer]),
            title=f"Prov {name}",
            required=[{"label": "SQL", "code": "sql", "concept_id": None}],
            created_at=now,
            confirmed_at=now - timedelta(days=3),
            changed_at=now,
        )
        session.add(row)
        await session.flush()
        ids[name] = str(row.id)
    for name, vacancy, employer, seeker, letter in (
        ("application", "vacancy", "employer", "seeker", TEXTS["letter"]),
        ("others_application", "others", "other_employer", "other_seeker", TEXTS["others_letter"]),
    ):
        application = ApplicationRow(
            vacancy_id=UUID(ids[vacancy]),
            organisation_id=UUID(ids[employer]),
            seeker_id=UUID(ids[seeker]),
            letter=letter,
            sent_at=now,
            changed_at=now,
        )
        session.add(application)
        await session.flush()
        ids[name] = str(application.id)
    await session.flush()
