"""Telling both sides of an application, in the transaction of the change: streams at once, mail through the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from server.applications import repository, texts
from server.identity.tables import PersonRow
from server.kit import streams
from server.kit.rows import Found
from server.mail.message import SUBJECT_MAX_CHARACTERS, Mail, send
from server.vacancies.tables import VacancyRow

SEEKERS_PAGE, EMPLOYERS_PAGE = "/applications", "/applicants"


async def tell(
    session: AsyncSession, found: Found, kind: str, *, by_seeker: bool, public_url: str, now: datetime
) -> None:
    """Have open pages of both sides read anew, and write to the side that did not do it."""
    body = {"application_id": str(found.id), "vacancy_id": str(found.vacancy_id)}
    await streams.append(session, f"person:{found.seeker_id}", "application.changed", body, now=now)
    recruiters = await repository.list_recruiters(session, found.organisation_id)
    for recruiter in recruiters:
        await streams.append(session, f"person:{recruiter.id}", "application.changed", body, now=now)
    if kind not in texts.TOLD:
        return
    if by_seeker:
        to: Sequence[Any] = await _who_reads(session, found, recruiters)
    else:
        to = [await session.get_one(PersonRow, found.seeker_id)]
    page = EMPLOYERS_PAGE if by_seeker else SEEKERS_PAGE
    for person in to:
        if person.email is None:
            continue
        subject, text = texts.words(
            kind,
            person.locale,
            name=person.name,
            seeker=found.seeker_name,
            employer=found.employer_name,
            title=found.title,
            link=public_url + page,
        )
        send(session, Mail(to=person.email, subject=subject[:SUBJECT_MAX_CHARACTERS], text=text, at=now))


async def _who_reads(session: AsyncSession, found: Found, recruiters: Sequence[Found]) -> Sequence[Found]:
    """Whoever met the seeker, else whoever entered the vacancy, else everybody who recruits there."""
    met = {one.recruiter_id for one in await _meetings(session, found)}
    vacancy = await session.get_one(VacancyRow, found.vacancy_id)
    for wanted in (met, {vacancy.created_by}):
        some = [one for one in recruiters if one.id in wanted]
        if some:
            return some
    return recruiters


async def _meetings(session: AsyncSession, found: Found) -> list[repository.Met]:
    if found.meeting_id is None:
        return []
    meetings = await repository.list_meetings(session, found.seeker_id, scope=None)
    return [one for one in meetings.get(found.organisation_id, []) if one.meeting_id == found.meeting_id]
