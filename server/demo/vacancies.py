"""Jobs in the demo world: invented ones of its employers, confirmed anew as time goes, and what seekers have done."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.vocabulary import vocabulary
from server.applications.tables import ApplicationRow, FindableChoiceRow
from server.demo.ids import demo_id
from server.employers.tables import EmployerFactRow
from server.meetings.tables import MeetingRow
from server.vacancies.rules import stored_competences
from server.vacancies.tables import VacancyRow

CONFIRMED_EVERY = timedelta(days=20)
LAST_DAY_IN = timedelta(days=40)


async def ensure_vacancies(session: AsyncSession, cast: dict[str, Any], *, now: datetime) -> bool:
    """Add the jobs that are missing and confirm those that grow old; whether any was added."""
    made = False
    for job in cast["jobs"]:
        vacancy_id = demo_id("vacancy", job["key"])
        row = await session.get(VacancyRow, vacancy_id)
        confirmed_at = now - timedelta(days=job["days_ago"])
        if row is not None:
            if row.status == "published" and now - row.confirmed_at > CONFIRMED_EVERY + timedelta(days=job["days_ago"]):
                row.confirmed_at, row.apply_by = confirmed_at, (now + LAST_DAY_IN).date()
                session.add(row)
            continue
        made = True
        required, merits = stored_competences(job["required"], job["merits"], words=vocabulary(), concepts={})
        session.add(
            VacancyRow(
                id=vacancy_id,
                organisation_id=demo_id("organisation", job["employer"]),
                title=job["title"],
                about=job["about"],
                occupation=job["occupation"],
                place=job["place"],
                work_form=job["work_form"],
                employment=job["employment"],
                required=required,
                merits=merits,
                apply_by=(now + LAST_DAY_IN).date(),
                created_at=confirmed_at,
                confirmed_at=confirmed_at,
                changed_at=confirmed_at,
            )
        )
    if made:
        await session.flush()
        await _add_what_was_done(session, cast, now=now)
    return made


async def _add_what_was_done(session: AsyncSession, cast: dict[str, Any], *, now: datetime) -> None:
    for name in cast["findable"]:
        session.add(FindableChoiceRow(person_id=demo_id("person", name), findable=True, at=now - timedelta(days=5)))
    jobs = {job["key"]: job["employer"] for job in cast["jobs"]}
    for done in cast["applications"]:
        sent_at = now - timedelta(days=done["days_ago"])
        session.add(
            ApplicationRow(
                vacancy_id=demo_id("vacancy", done["job"]),
                organisation_id=demo_id("organisation", jobs[done["job"]]),
                seeker_id=demo_id("person", done["seeker"]),
                letter=done["letter"],
                status=done["status"],
                sent_at=sent_at,
                changed_at=sent_at,
            )
        )
    await _add_met(session, demo_id("organisation", cast["hires"]["employer"]), cast["hires"], now=now)
    for employer in cast["employers"]:
        for kind, text in cast["facts"].get(employer["key"], {}).items():
            session.add(
                EmployerFactRow(
                    organisation_id=demo_id("organisation", employer["key"]),
                    kind=kind,
                    text=text,
                    as_of=(now - timedelta(days=9)).date(),
                    said_by=demo_id("person", employer["recruiter"]),
                    said_at=now - timedelta(days=9),
                )
            )


async def _add_met(session: AsyncSession, organisation_id: UUID, hires: dict[str, Any], *, now: datetime) -> None:
    """Some of those whom an employer has met agree to be found; the first of them apply and are hired."""
    query = select(MeetingRow).where(
        col(MeetingRow.organisation_id) == organisation_id, col(MeetingRow.talk_started_at).is_not(None)
    )
    meetings = (await session.exec(query.order_by(col(MeetingRow.talk_started_at), col(MeetingRow.id)))).all()
    met = {meeting.seeker_id: meeting for meeting in meetings}
    for number, (seeker_id, meeting) in enumerate(list(met.items())[: hires["people"]]):
        session.add(FindableChoiceRow(person_id=seeker_id, findable=True, at=now - timedelta(days=6)))
        if number < hires["hired"]:
            session.add(
                ApplicationRow(
                    vacancy_id=demo_id("vacancy", hires["job"]),
                    organisation_id=organisation_id,
                    seeker_id=seeker_id,
                    meeting_id=meeting.id,
                    status="hired",
                    sent_at=now - timedelta(days=10),
                    changed_at=now - timedelta(days=4),
                )
            )
