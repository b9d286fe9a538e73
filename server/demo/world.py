"""Building the demo world: people once, then an event around now whenever the last one is over."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any
from uuid import UUID

from pydantic import SecretStr
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.demo.case_work import add_case_work
from server.demo.coming import ensure_coming
from server.demo.history import add_history
from server.demo.ids import demo_id
from server.demo.learning import add_learning
from server.demo.programme import add_meetings
from server.demo.vacancies import ensure_vacancies
from server.employers.tables import RequirementProfileRow
from server.identity.roles import Role
from server.identity.tables import OrganisationRow, PersonRow, RoleRow
from server.profiles.tables import CompetenceRow, QuestionRow
from server.reading.tables import SharingChoiceRow
from server.recruitment_events.tables import (
    DeskRow,
    EnrolmentRow,
    EventStaffRow,
    RecruitmentEventRow,
    SlotRow,
    StationRow,
)
from server.settings import Settings
from server.support.tables import CaseAssignmentRow

SLOT = timedelta(minutes=10)
TALK_S, FEEDBACK_S, UNDO_S = 420, 180, 10
SLOTS_BEFORE, SLOTS_AFTER = 2, 14
ROLL_BEFORE_END = timedelta(minutes=20)
ZONE = "Europe/Stockholm"
SHARING = ("leila", "Amir Övningsö", "Rana Låtsaskvist")

CAST: dict[str, Any] = {
    name: value
    for part in ("cast.json", "jobs.json")
    for name, value in json.loads(files("server.demo").joinpath(part).read_text(encoding="utf-8")).items()
}


def prepare(settings: Settings) -> Settings:
    """Settings with a secret for the simulated participants' process, where none is set."""
    if settings.demo_cast_secret is not None:
        return settings
    return settings.model_copy(update={"demo_cast_secret": SecretStr(secrets.token_urlsafe(24))})


@dataclass(frozen=True, slots=True)
class Stand:
    """Who stands behind the four one-click sign-ins."""

    person_id: UUID
    role: Role


STANDS = {
    Role.SEEKER: Stand(demo_id("person", "leila"), Role.SEEKER),
    Role.RECRUITER: Stand(demo_id("person", CAST["employers"][0]["recruiter"]), Role.RECRUITER),
    Role.STAFF: Stand(demo_id("person", CAST["staff"]), Role.STAFF),
    Role.CASE_WORKER: Stand(demo_id("person", CAST["case_worker"]), Role.CASE_WORKER),
}


async def ensure_world(session: AsyncSession, *, now: datetime) -> bool:
    """Make what is missing: the people, an event that is live at `now`, one ahead to plan; whether any was."""
    made = False
    if await session.get(PersonRow, demo_id("person", "leila")) is None:
        await _add_people(session, now=now)
        await add_history(session, CAST, now=now)
        await add_case_work(session, CAST, now=now)
        await add_learning(session, now=now)
        made = True
    if await find_event(session, now=now) is None:
        await _close_old(session)
        await _add_event(session, now=now)
        made = True
    if await ensure_vacancies(session, CAST, now=now):
        made = True
    if await ensure_coming(session, CAST, zone=ZONE, now=now):
        made = True
    return made


async def find_event(session: AsyncSession, *, now: datetime) -> RecruitmentEventRow | None:
    """The demo event that is live with at least twenty minutes left, or None."""
    query = select(RecruitmentEventRow).where(
        col(RecruitmentEventRow.is_demo).is_(True),
        col(RecruitmentEventRow.status) == "published",
        col(RecruitmentEventRow.starts_at) <= now,
        col(RecruitmentEventRow.ends_at) > now + ROLL_BEFORE_END,
    )
    return (await session.exec(query.order_by(col(RecruitmentEventRow.starts_at).desc()))).first()


async def _close_old(session: AsyncSession) -> None:
    query = select(RecruitmentEventRow).where(
        col(RecruitmentEventRow.is_demo).is_(True), col(RecruitmentEventRow.status) == "published"
    )
    for event in await session.exec(query):
        event.status = "closed"
        session.add(event)


async def _add_people(session: AsyncSession, *, now: datetime) -> None:
    agency = OrganisationRow(id=demo_id("organisation", "agency"), kind="agency", name=CAST["agency"], created_at=now)
    session.add(agency)
    for employer in CAST["employers"]:
        organisation_id = demo_id("organisation", employer["key"])
        session.add(OrganisationRow(id=organisation_id, kind="employer", name=employer["name"], created_at=now))
        await session.flush()
        profile = {"about": employer["about"], "roles": employer["roles"], "competences_wanted": employer["wanted"]}
        session.add(RequirementProfileRow(organisation_id=organisation_id, **profile))
        await _add_person(session, employer["recruiter"], Role.RECRUITER, organisation_id, now=now)
    await _add_person(session, CAST["staff"], Role.STAFF, agency.id, now=now)
    await _add_person(session, CAST["case_worker"], Role.CASE_WORKER, None, now=now)
    await _add_seeker(session, "leila", CAST["seeker"], now=now)
    for seeker in CAST["seekers"]:
        competences = [[label, "", "self"] for label in seeker["competences"]]
        await _add_seeker(session, seeker["name"], seeker | {"competences": competences}, now=now)
    case_worker = demo_id("person", CAST["case_worker"])
    for name in ("leila", *(seeker["name"] for seeker in CAST["seekers"][:6])):
        session.add(CaseAssignmentRow(case_worker_id=case_worker, seeker_id=demo_id("person", name), since=now))
    for name in SHARING:
        since = now - timedelta(days=30)
        session.add(SharingChoiceRow(person_id=demo_id("person", name), shares=True, at=since))


async def _add_person(
    session: AsyncSession, name: str, role: Role, organisation_id: UUID | None, *, now: datetime, key: str | None = None
) -> UUID:
    person_id = demo_id("person", key or name)
    session.add(PersonRow(id=person_id, name=name, email=_address(name), created_at=now))
    await session.flush()
    session.add(RoleRow(person_id=person_id, role=role, organisation_id=organisation_id))
    return person_id


async def _add_seeker(session: AsyncSession, key: str, seeker: dict[str, Any], *, now: datetime) -> None:
    person_id = await _add_person(session, seeker["name"], Role.SEEKER, None, now=now, key=key)
    for position, (label, detail, evidence) in enumerate(seeker["competences"]):
        claim = {"label": label, "detail": detail, "evidence": evidence}
        session.add(CompetenceRow(person_id=person_id, position=position, **claim))
    for position, text in enumerate(seeker["questions"]):
        session.add(QuestionRow(person_id=person_id, position=position, text=text))


def _address(name: str) -> str:
    plain = name.lower().translate(str.maketrans("åäöé ", "aaoe."))
    return f"{plain}@demo.example"


async def _add_event(session: AsyncSession, *, now: datetime) -> None:
    start = now - timedelta(minutes=now.minute % 10, seconds=now.second, microseconds=now.microsecond)
    start -= SLOTS_BEFORE * SLOT
    event = RecruitmentEventRow(
        organisation_id=demo_id("organisation", "agency"),
        **CAST["event"],
        zone=ZONE,
        template="demo",
        starts_at=start,
        ends_at=start + (SLOTS_BEFORE + SLOTS_AFTER) * SLOT,
        status="published",
        talk_s=TALK_S,
        feedback_s=FEEDBACK_S,
        undo_s=UNDO_S,
        early_start_s=12 * 3600,
        late_after_s=180,
        no_show_after_s=12 * 3600,
        booking_closes_s=0,
        meetings_max=40,
        is_demo=True,
        is_open=True,
        created_at=now,
        published_at=now,
    )
    session.add(event)
    await session.flush()
    session.add(EventStaffRow(recruitment_event_id=event.id, person_id=demo_id("person", CAST["staff"])))
    slots = [
        SlotRow(recruitment_event_id=event.id, number=n + 1, starts_at=start + n * SLOT, ends_at=start + (n + 1) * SLOT)
        for n in range(SLOTS_BEFORE + SLOTS_AFTER)
    ]
    session.add_all(slots)
    desks = [await _add_desk(session, event, desk) for desk in CAST["desks"]]
    names = ["leila", *(seeker["name"] for seeker in CAST["seekers"])]
    for name in names:
        row = EnrolmentRow(recruitment_event_id=event.id, seeker_id=demo_id("person", name), created_at=now)
        session.add(row)
    await session.flush()
    coming = [slot for slot in slots if slot.ends_at > now]
    await add_meetings(session, CAST, event=event, desks=desks, slots=coming, now=now)


async def _add_desk(session: AsyncSession, event: RecruitmentEventRow, desk: dict[str, Any]) -> DeskRow:
    station_id = None
    if "station" in desk:
        station = StationRow(recruitment_event_id=event.id, number=desk["number"], name=desk["station"])
        session.add(station)
        await session.flush()
        station_id = station.id
    employer = next(one for one in CAST["employers"] if one["key"] == desk["employer"])
    row = DeskRow(
        recruitment_event_id=event.id,
        organisation_id=demo_id("organisation", employer["key"]),
        recruiter_id=demo_id("person", employer["recruiter"]),
        station_id=station_id,
        number=desk["number"],
        form=desk["form"],
        on_duty_from=event.starts_at,
        on_duty_until=event.ends_at,
    )
    session.add(row)
    await session.flush()
    return row
