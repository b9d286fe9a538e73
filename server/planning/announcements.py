"""Telling people, in the transaction of the change: mail with calendar file through the outbox, and streams.

A mail is finished when it is sent: its personal link, so that no secret waits in the database, and its calendar
file, since to write thousands of them would hold up whoever else wants to write: see `jobs`.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.rules import join_link_end
from server.identity.tables import JoinLinkRow, PersonRow
from server.kit import outbox, streams
from server.kit.tokens import new_token, token_hash
from server.mail.message import SUBJECT_MAX_CHARACTERS, Mail
from server.meetings.tables import MeetingRow
from server.meetings.telling import tell_desk, tell_meeting
from server.planning.calendar_file import CalendarEntry, Method
from server.planning.facts import RECRUITER, SEEKER, MeetingFacts, calendar_entry, list_facts, where
from server.recruitment_events.tables import DeskRow, RecruitmentEventRow
from server.recruitment_events.texts import text

AT_ONCE = 50
"""So many mails are written to the database at a time."""
PLAN_MAIL = "plan_mail"
LINK = "[[link]]"
News = Literal["published", "booked", "changed", "cancelled"]

TOLD_IDS_MAX = 100
NEWS_OF_CHANGES: tuple[News, ...] = ("booked", "changed", "cancelled")


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a calendar file says; `now` is when it was true."""

    method: Method
    now: datetime
    entries: list[CalendarEntry]


CALENDAR = TypeAdapter(Calendar)
"""Between a calendar and its place in the outbox."""


class Person(Protocol):
    """Whom a mail is written to: a person's row, or as much of it as that takes."""

    @property
    def id(self) -> UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str | None: ...
    @property
    def locale(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who is told, and whether by mail."""

    person_id: UUID
    name: str
    role: str
    by_mail: bool


async def tell_changes(
    session: AsyncSession,
    event: RecruitmentEventRow,
    *,
    changed: Collection[MeetingRow] = (),
    cancelled: Collection[MeetingRow] = (),
    left: Iterable[tuple[MeetingRow, UUID]] = (),
    desk_ids: Collection[UUID] = (),
    now: datetime,
) -> list[Told]:
    """Tell everybody concerned of meetings laid or moved (`changed`) and `cancelled` ones.

    `left` pairs a moved meeting with the recruiter who no longer holds it. Before an event is published
    only its staff hear anything.
    """
    told: list[Told] = []
    rows = {row.id: row for row in (*changed, *cancelled)}
    await session.flush()
    if event.status != "draft":
        facts = await list_facts(session, rows)
        gone = {row.id for row in cancelled}
        for news in NEWS_OF_CHANGES:
            about = [each for each in facts if _news(each.meeting, is_gone=each.meeting.id in gone) == news]
            told += await _mail_each(session, about, news, now=now)
        told += await _mail_left(session, facts, dict((row.id, person) for row, person in left), now=now)
        await session.flush()
        for place, row in enumerate(rows.values(), 1):
            await tell_meeting(session, row, now=now)
            if place % AT_ONCE == 0:
                await asyncio.sleep(0)
        for desk_id in sorted({row.desk_id for row in rows.values()} | set(desk_ids)):
            await tell_desk(session, await session.get_one(DeskRow, desk_id), now=now)
    body = {"meeting_ids": sorted(str(row_id) for row_id in [*rows][:TOLD_IDS_MAX])}
    await streams.append(session, f"event:{event.id}", "plan.changed", body, now=now)
    return told


def tell_seeker(
    session: AsyncSession,
    event: RecruitmentEventRow,
    seeker: Person,
    facts: Sequence[MeetingFacts],
    news: News,
    *,
    now: datetime,
) -> Told:
    """Mail a seeker their meetings, or an invitation when there are none, with a personal link of its own."""
    key = f"{news}.seeker" if facts else "invited.seeker"
    if seeker.email:
        link = JoinLinkRow(
            token_hash=token_hash(new_token()),
            person_id=seeker.id,
            recruitment_event_id=event.id,
            created_at=now,
            expires_at=join_link_end(event.ends_at),
        )
        session.add(link)
        _enqueue(session, event, seeker, facts, key, role=SEEKER, join_link_id=link.id, now=now)
    return Told(seeker.id, seeker.name, SEEKER, by_mail=bool(seeker.email))


def tell_recruiter(
    session: AsyncSession,
    event: RecruitmentEventRow,
    recruiter: Person,
    facts: Sequence[MeetingFacts],
    news: News,
    *,
    now: datetime,
) -> Told:
    """Mail a recruiter whom they meet."""
    key = f"{news}.recruiter" if facts else "recruiter_without"
    if recruiter.email:
        _enqueue(session, event, recruiter, facts, key, role=RECRUITER, join_link_id=None, now=now)
    return Told(recruiter.id, recruiter.name, RECRUITER, by_mail=bool(recruiter.email))


def _news(row: MeetingRow, *, is_gone: bool) -> News:
    if is_gone:
        return "cancelled"
    return "changed" if row.sequence else "booked"


async def _mail_each(session: AsyncSession, facts: Sequence[MeetingFacts], news: News, *, now: datetime) -> list[Told]:
    """One mail a person, whatever number of their meetings the news is about."""
    told = []
    of_seeker: dict[UUID, list[MeetingFacts]] = defaultdict(list)
    of_recruiter: dict[UUID, list[MeetingFacts]] = defaultdict(list)
    for each in facts:
        of_seeker[each.seeker.id].append(each)
        if each.recruiter:
            of_recruiter[each.recruiter.id].append(each)
    for mine in of_seeker.values():
        told.append(tell_seeker(session, mine[0].event, mine[0].seeker, mine, news, now=now))
        await _give_way(session, len(told))
    for mine in of_recruiter.values():
        if mine[0].recruiter:
            told.append(tell_recruiter(session, mine[0].event, mine[0].recruiter, mine, news, now=now))
        await _give_way(session, len(told))
    return told


async def _give_way(session: AsyncSession, number: int) -> None:
    """A large plan has thousands of mails: others have their turn between them, and they are stored some at a time."""
    if number % AT_ONCE == 0:
        await session.flush()
    await asyncio.sleep(0)


async def _mail_left(
    session: AsyncSession, facts: Sequence[MeetingFacts], left: dict[UUID, UUID], *, now: datetime
) -> list[Told]:
    told = []
    for each in facts:
        person_id = left.get(each.meeting.id)
        if person_id is not None:
            recruiter = await session.get_one(PersonRow, person_id)
            told.append(tell_recruiter(session, each.event, recruiter, [each], "cancelled", now=now))
    return told


def _enqueue(
    session: AsyncSession,
    event: RecruitmentEventRow,
    person: Person,
    facts: Sequence[MeetingFacts],
    key: str,
    *,
    role: str,
    join_link_id: UUID | None,
    now: datetime,
) -> None:
    locale = person.locale
    day = event.starts_at.astimezone(ZoneInfo(event.zone)).strftime(text(locale, "day"))
    named: dict[str, str | int] = {"event": event.name, "place": event.place, "day": day}
    parts = [text(locale, "greeting", name=person.name), text(locale, key, **named)]
    if facts:
        parts.append("\n".join(_line(each, role=role, locale=locale) for each in facts))
    parts += [f"{text(locale, f'link.{role}')}\n{LINK}", text(locale, "end")]
    method: Method = "CANCEL" if key.startswith("cancelled") else "PUBLISH"
    entries = [calendar_entry(each, role=role, locale=locale, is_cancelled=method == "CANCEL") for each in facts]
    mail = Mail(
        to=person.email or "",
        subject=" ".join(text(locale, f"{key}.subject", **named).split())[:SUBJECT_MAX_CHARACTERS],
        text="\n\n".join(parts) + "\n",
        at=now,
    )
    payload = {
        "mail": mail.model_dump(mode="json"),
        "calendar": CALENDAR.dump_python(Calendar(method, now, entries), mode="json") if entries else None,
        "join_link_id": str(join_link_id) if join_link_id else None,
    }
    outbox.enqueue(session, PLAN_MAIL, payload, now=now)


def _line(facts: MeetingFacts, *, role: str, locale: str) -> str:
    zone, clock = ZoneInfo(facts.event.zone), text(locale, "clock")
    code = text(locale, "line.code", code=facts.meeting.check_in_code) if role == SEEKER else ""
    return text(
        locale,
        "line",
        starts=facts.starts_at.astimezone(zone).strftime(clock),
        ends=facts.ends_at.astimezone(zone).strftime(clock),
        who=facts.employer.name if role == SEEKER else facts.seeker.name,
        how=f"{text(locale, f'form.{facts.meeting.form}')}, {where(facts, locale=locale)}",
        code=code,
    )
