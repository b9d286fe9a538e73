"""An event on the real server for simulated people: some desks, some seekers, everybody meeting everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from realtime.simulated.cast import Member
from server.identity.people import create_person
from server.identity.roles import Role
from server.identity.service import issue_code, issue_join_link
from server.identity.tables import RoleRow
from server.kit.db import Database
from server.meetings.machine import look_again_at, meeting_of, plan_of
from server.meetings.tables import MeetingRow
from server.recruitment_events.check_in_codes import new_check_in_code
from server.recruitment_events.tables import DeskRow, EnrolmentRow, RecruitmentEventRow, SlotRow

NAMES = ("Åsa Ek", "Bo Öberg", "Cilla Dahl", "Diyar Haddad", "Eva Franzén", "Farah Gul", "Gun Holm", "Hodan Ismail")
TALK_S, FEEDBACK_S = 300, 60


@dataclass(frozen=True, slots=True)
class Stage:
    """What was made: the cast with fresh links and sign-ins, and the ids of the meetings."""

    database_url: str
    cast: list[Member]
    meetings: list[UUID]

    async def rows(self, table: type[Any]) -> list[Any]:
        """All rows of a table, as they are stored now."""
        database = Database(self.database_url)
        try:
            async with database.read() as session:
                return list(await session.exec(select(table)))
        finally:
            await database.dispose()


async def make_stage(
    database_url: str,
    *,
    forms: tuple[str, ...] = ("video",),
    seekers: int = 1,
    undo_s: int = 1,
    starts_in_s: float = 86_400,
) -> Stage:
    """A published event that may be begun at once; one desk for each of `forms`, everybody meets everybody."""
    starts_in = timedelta(seconds=starts_in_s)
    database = Database(database_url)
    try:
        async with database.transaction() as session:
            return await _make(session, database_url, forms=forms, seekers=seekers, undo_s=undo_s, starts_in=starts_in)
    finally:
        await database.dispose()


async def _make(
    session: AsyncSession, database_url: str, *, forms: tuple[str, ...], seekers: int, undo_s: int, starts_in: timedelta
) -> Stage:
    now = datetime.now(UTC)
    event = await _event(session, slots=len(forms) + seekers, undo_s=undo_s, starts_at=now + starts_in, now=now)
    slots = [_slot(event, number) for number in range(len(forms) + seekers)]
    session.add_all(slots)
    people = [await _person(session, name, Role.SEEKER, now=now) for name in NAMES[:seekers]]
    session.add_all(EnrolmentRow(recruitment_event_id=event.id, seeker_id=one, created_at=now) for one in people)
    await session.flush()
    cast: list[Member] = []
    meetings: list[UUID] = []
    for place, form in enumerate(forms):
        recruiter = await _person(
            session, f"Rekryterare {place} Norr", Role.RECRUITER, now=now, employer=f"Norr {place}"
        )
        desk = await _desk(session, event, recruiter, number=place + 1, form=form)
        for number, seeker in enumerate(people):
            slot = slots[(number + place) % len(slots)]
            meetings.append(await _book(session, event, desk, slot, seeker, now=now))
        made = await issue_code(session, email=_mail(f"Rekryterare {place} Norr"), asked_at=now, now=now)
        assert made is not None, "the recruiter has an address"
        cast.append(Member(kind="recruiter", sign_in_token=made.link_token, desk_id=str(desk.id)))
    for seeker in people:
        expires_at = now + timedelta(days=1)
        token = await issue_join_link(
            session, person_id=seeker, recruitment_event_id=event.id, now=now, expires_at=expires_at
        )
        cast.append(Member(kind="seeker", join_token=token))
    return Stage(database_url, cast, meetings)


async def _event(
    session: AsyncSession, *, slots: int, undo_s: int, starts_at: datetime, now: datetime
) -> RecruitmentEventRow:
    agency = await _person(session, "Karin Lund", Role.STAFF, now=now, employer="Expo")
    organisation = (await session.exec(select(RoleRow.organisation_id).where(col(RoleRow.person_id) == agency))).one()
    assert organisation is not None, "staff belong to an agency"
    event = RecruitmentEventRow(
        organisation_id=organisation,
        name="Genrep",
        place="Provby",
        zone="Europe/Stockholm",
        template="it_expo_15",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1 + slots),
        status="published",
        talk_s=TALK_S,
        feedback_s=FEEDBACK_S,
        undo_s=undo_s,
        early_start_s=7 * 24 * 3600,
        created_at=now,
    )
    session.add(event)
    await session.flush()
    return event


async def _person(session: AsyncSession, name: str, role: Role, *, now: datetime, employer: str | None = None) -> UUID:
    return await create_person(session, name=name, email=_mail(name), role=role, now=now, organisation_name=employer)


def _mail(name: str) -> str:
    letters = "".join(sign if sign.isascii() and sign.isalnum() else "." for sign in name.lower())
    return f"{letters.strip('.').replace('..', '.')}@genrep.example"


def _slot(event: RecruitmentEventRow, number: int) -> SlotRow:
    length = timedelta(seconds=TALK_S + FEEDBACK_S)
    starts_at = event.starts_at + number * length
    return SlotRow(recruitment_event_id=event.id, number=number + 1, starts_at=starts_at, ends_at=starts_at + length)


async def _desk(
    session: AsyncSession, event: RecruitmentEventRow, recruiter: UUID, *, number: int, form: str
) -> DeskRow:
    employer = (await session.exec(select(RoleRow.organisation_id).where(col(RoleRow.person_id) == recruiter))).one()
    assert employer is not None, "a recruiter belongs to an employer"
    desk = DeskRow(
        recruitment_event_id=event.id,
        organisation_id=employer,
        recruiter_id=recruiter,
        number=number,
        form=form,
        on_duty_from=event.starts_at,
        on_duty_until=event.ends_at,
    )
    session.add(desk)
    await session.flush()
    return desk


async def _book(
    session: AsyncSession, event: RecruitmentEventRow, desk: DeskRow, slot: SlotRow, seeker: UUID, *, now: datetime
) -> UUID:
    row = MeetingRow(
        recruitment_event_id=event.id,
        desk_id=desk.id,
        organisation_id=desk.organisation_id,
        recruiter_id=desk.recruiter_id,
        seeker_id=seeker,
        slot_id=slot.id,
        form=desk.form,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        check_in_code=new_check_in_code(),
        created_at=now,
    )
    row.due_at = look_again_at(meeting_of(row), plan=plan_of(event), now=now)
    session.add(row)
    await session.flush()
    return row.id
