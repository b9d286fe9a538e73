"""Telling both sides of an application, in the transaction of the change: streams at once, mail through the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from server.applications import texts
from server.employers.repository import list_recruiters
from server.identity.tables import PersonRow
from server.kit import streams
from server.kit.rows import Found
from server.mail.message import SUBJECT_MAX_CHARACTERS, Mail, send

SEEKERS_PAGE, EMPLOYERS_PAGE = "/applications", "/applicants"


async def tell(
    session: AsyncSession, found: Found, kind: str, *, by_seeker: bool, public_url: str, now: datetime
) -> None:
    """Have open pages of both sides read anew, and write to the side that did not do it."""
    body = {"application_id": str(found.id), "vacancy_id": str(found.vacancy_id)}
    await streams.append(session, f"person:{found.seeker_id}", "application.changed", body, now=now)
    recruiters = (await list_recruiters(session, [found.organisation_id])).get(found.organisation_id, [])
    for recruiter in recruiters:
        await streams.append(session, f"person:{recruiter.id}", "application.changed", body, now=now)
    if kind not in texts.TOLD:
        return
    to = _who_reads(found, recruiters) if by_seeker else [await session.get_one(PersonRow, found.seeker_id)]
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


def _who_reads(found: Found, recruiters: Sequence[PersonRow]) -> Sequence[PersonRow]:
    """Whoever meets the seeker, else whoever entered the vacancy, else everybody who recruits there."""
    for one in (found.recruiter_id, found.entered_by):
        some = [recruiter for recruiter in recruiters if recruiter.id == one]
        if some:
            return some
    return recruiters
