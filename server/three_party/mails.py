"""The mails about a three-party meeting, the last with a file for the calendar."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from functools import cache
from importlib.resources import files
from typing import Literal, cast
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.tables import OrganisationRow, PersonRow
from server.kit.clock import HOME
from server.mail.message import SUBJECT_MAX_CHARACTERS, Mail, send
from server.planning.calendar_file import CalendarEntry, Method, calendar_file
from server.three_party import repository
from server.three_party.tables import ThreePartyMeetingRow

News = Literal["asked_seeker", "asked_employer", "fixed", "cancelled"]
PAGES = {"asked_seeker": "/profile/plan", "asked_employer": "/three-party"}
METHODS: dict[str, Method] = {"fixed": "PUBLISH", "cancelled": "CANCEL"}


@dataclass(frozen=True, slots=True)
class Post:
    """Where the product is, and who its mails are from."""

    public_url: str
    mail_from: str


async def tell_by_mail(
    session: AsyncSession, row: ThreePartyMeetingRow, news: News, *, to: list[UUID], post: Post, now: datetime
) -> None:
    """Mail these of the three, each in their own language."""
    people = await repository.get_people(session, {row.seeker_id, row.recruiter_id, row.case_worker_id})
    employer = (await session.get_one(OrganisationRow, row.organisation_id)).name
    calendar = _calendar(row, employer, people, METHODS[news], post=post, now=now) if news in METHODS else None
    for person in (people[one] for one in to):
        if person.email is None:
            continue
        words = _texts()[news]["en" if person.locale == "en" else "sv"]
        given = {
            "name": person.name,
            "seeker": people[row.seeker_id].name,
            "case_worker": people[row.case_worker_id].name,
            "employer": employer,
            "purpose": row.purpose,
            "place": row.place,
            "link": f"{post.public_url}{PAGES.get(news, '')}",
            "when": _when(row.starts_at),
        }
        mail = Mail(
            to=person.email,
            subject=words["subject"].format(**given)[:SUBJECT_MAX_CHARACTERS],
            text=words["text"].format(**given),
            at=now,
            calendar=calendar,
        )
        send(session, mail)


def _calendar(
    row: ThreePartyMeetingRow,
    employer: str,
    people: dict[UUID, PersonRow],
    method: Method,
    *,
    post: Post,
    now: datetime,
) -> str | None:
    if row.starts_at is None:
        return None
    names = f"{people[row.seeker_id].name}, {employer}, {people[row.case_worker_id].name}"
    entry = CalendarEntry(
        meeting_id=row.id,
        sequence=row.sequence,
        starts_at=row.starts_at,
        ends_at=row.starts_at + timedelta(minutes=row.length_min),
        zone=HOME.key,
        summary=names,
        location=row.place,
        description=row.purpose,
        is_cancelled=method == "CANCEL",
    )
    return calendar_file([entry], method=method, organizer=parseaddr(post.mail_from)[1], now=now)


def _when(starts_at: datetime | None) -> str:
    return starts_at.astimezone(HOME).strftime("%Y-%m-%d %H.%M") if starts_at else ""


@cache
def _texts() -> dict[str, dict[str, dict[str, str]]]:
    found = json.loads(files("server.three_party").joinpath("texts.json").read_bytes())
    return cast(dict[str, dict[str, dict[str, str]]], found)
