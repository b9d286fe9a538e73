"""How long the server's loop stands still while an event of 5,000 seekers is planned, watched and laid over HTTP."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import insert
from sqlmodel import SQLModel

from server.employers.tables import RequirementProfileRow
from server.identity import service as identity
from server.identity.authentication import cookie_name
from server.identity.people import create_person
from server.identity.roles import Role
from server.identity.tables import OrganisationRow, PersonRow
from server.kit.db import Database
from server.profiles.tables import CompetenceRow
from server.recruitment_events.tables import (
    DeskRow,
    EnrolmentRow,
    EventStaffRow,
    RecruitmentEventRow,
    SlotRow,
    WishRow,
)
from tests.bench.figure import Figure as AnyFigure
from tests.bench.world import migrated
from tests.services.program import Program, free_port

ROOT = Path(__file__).parents[3]
Figure = partial(AnyFigure, command="make bench-planner")
SEEKERS, EMPLOYERS, DESKS_EACH, SLOTS, WISHES = 5_000, 100, 6, 24, 8
OPENS = datetime(2035, 3, 4, 8, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
WORDS = [f"kompetens {number}" for number in range(80)]
WITHIN_S = 180
IDLE_S = 3


def stall() -> Iterator[AnyFigure]:
    """The longest stall of the loop from asking for a plan to its being laid, and how long the parts take."""
    told = asyncio.run(_measured())
    against = f"{told['meetings']:.0f} meetings laid"
    yield Figure("plan.loop_stall_ms", told["stall_ms"], "ms", 50, against=against)
    yield Figure("plan.loop_stall_idle_ms", told["idle_ms"], "ms", against="the same server with nothing to do")
    yield Figure("plan.loop_stall_planning_ms", told["planning_ms"], "ms", against="while it was made and watched")
    yield Figure("plan.loop_stall_laying_ms", told["laying_ms"], "ms", against="while it was laid")
    yield Figure(
        "plan.loop_work_ms", told["work_ms"], "ms", 50, against="the loop's own work, whatever else is running"
    )
    yield Figure("plan.run_seconds", told["run_s"], "s", against="asked to done over HTTP, reading the event too")
    yield Figure("plan.lay_seconds", told["lay_s"], "s", against=against)


async def _measured() -> dict[str, float]:
    with TemporaryDirectory() as folder:
        url = migrated(Path(folder))
        event_id, cookie = await _world(url)
        port = free_port()
        settings = {"DATABASE_URL": url, "PUBLIC_URL": f"http://localhost:{port}"}
        program = Program(
            [sys.executable, "-m", "tests.bench.planner.probed", str(port)],
            log=Path(folder, "server.log"),
            env={f"DIREKTKONTAKT_{name}": value for name, value in settings.items()},
            cwd=ROOT,
        )
        try:
            return await _plan(f"http://localhost:{port}", event_id, cookie)
        finally:
            program.stop()


async def _plan(url: str, event_id: UUID, cookie: tuple[str, str]) -> dict[str, float]:
    async with httpx.AsyncClient(base_url=url, headers={"origin": url}, timeout=WITHIN_S) as staff:
        staff.headers["cookie"] = "=".join(cookie)
        await _ready(staff)
        staff.headers["x-csrf-token"] = (await staff.get("/api/me")).json()["csrf_token"]
        runs = f"/api/recruitment-events/{event_id}/planning-runs"
        await _stalled(staff)
        await asyncio.sleep(IDLE_S)
        idle_ms, _ = await _stalled(staff)
        began = time.perf_counter()
        run = (await staff.post(runs, json={})).raise_for_status().json()
        while run["status"] in ("queued", "running"):
            await asyncio.sleep(0.5)
            run = (await staff.get(f"{runs}/{run['id']}")).raise_for_status().json()
        assert run["status"] == "done", run
        run_s, (planning_ms, planning_work_ms) = time.perf_counter() - began, await _stalled(staff)
        began = time.perf_counter()
        laid = (await staff.post(f"{runs}/{run['id']}/lay")).raise_for_status().json()
        lay_s, (laying_ms, laying_work_ms) = time.perf_counter() - began, await _stalled(staff)
    return {
        "stall_ms": max(planning_ms, laying_ms),
        "idle_ms": idle_ms,
        "work_ms": max(planning_work_ms, laying_work_ms),
        "planning_ms": planning_ms,
        "laying_ms": laying_ms,
        "meetings": laid["laid"],
        "run_s": run_s,
        "lay_s": lay_s,
    }


async def _ready(staff: httpx.AsyncClient) -> None:
    for _ in range(300):
        try:
            if (await staff.get("/readyz")).status_code == 200:
                return
        except httpx.TransportError:
            pass
        await asyncio.sleep(0.1)
    raise RuntimeError("the server does not answer")


async def _stalled(staff: httpx.AsyncClient) -> tuple[float, float]:
    told = (await staff.get("/probe")).json()
    return told["stall_ms"], told["work_ms"]


async def _world(url: str) -> tuple[UUID, tuple[str, str]]:
    """An event in a new database, and the cookie of its staff."""
    database = Database(url)
    now = datetime.now(UTC)
    async with database.transaction() as session:
        staff_id = await create_person(
            session, name="Karin Lund", email="karin@example.org", role=Role.STAFF, organisation_name="Expo", now=now
        )
        token = await identity.open_session(session, person_id=staff_id, now=now)
        connection = await session.connection()
        event_id = uuid4()
        for table, rows in _rows(event_id, staff_id, now):
            for start in range(0, len(rows), 500):
                await connection.execute(insert(table), [row.model_dump() for row in rows[start : start + 500]])
    await database.dispose()
    return event_id, (cookie_name(https=False), token)


def _rows(event_id: UUID, staff_id: UUID, now: datetime) -> Iterator[tuple[type[SQLModel], list[Any]]]:
    random = Random(1)
    agency = OrganisationRow(kind="agency", name="Stora Expo", created_at=now)
    employers = [OrganisationRow(kind="employer", name=f"Bolag {n}", created_at=now) for n in range(EMPLOYERS)]
    recruiters = [PersonRow(name=f"Rekryterare {n}", created_at=now) for n in range(EMPLOYERS * DESKS_EACH)]
    seekers = [PersonRow(name=f"Sökande {n}", created_at=now) for n in range(SEEKERS)]
    yield OrganisationRow, [agency, *employers]
    yield PersonRow, [*recruiters, *seekers]
    event: dict[str, Any] = {"id": event_id, "organisation_id": agency.id, "name": "Stora Expo", "place": "Hallen"}
    event |= {"zone": "Europe/Stockholm", "template": "it_expo_15", "starts_at": OPENS, "created_at": now}
    yield (
        RecruitmentEventRow,
        [RecruitmentEventRow(**event, ends_at=OPENS + SLOTS * QUARTER, talk_s=600, feedback_s=240, meetings_max=4)],
    )
    yield EventStaffRow, [EventStaffRow(recruitment_event_id=event_id, person_id=staff_id)]
    times = [(OPENS + number * QUARTER, OPENS + (number + 1) * QUARTER) for number in range(SLOTS)]
    yield (
        SlotRow,
        [
            SlotRow(recruitment_event_id=event_id, number=number, starts_at=starts_at, ends_at=ends_at)
            for number, (starts_at, ends_at) in enumerate(times, 1)
        ],
    )
    yield (
        RequirementProfileRow,
        [
            RequirementProfileRow(organisation_id=one.id, competences_wanted=random.sample(WORDS, 4))
            for one in employers
        ],
    )
    yield (
        DeskRow,
        [
            DeskRow(
                recruitment_event_id=event_id,
                organisation_id=employers[number % EMPLOYERS].id,
                recruiter_id=recruiter.id,
                number=number + 1,
                form=random.choice(["video", "on_site", "hybrid"]),
                on_duty_from=OPENS,
                on_duty_until=OPENS + SLOTS * QUARTER,
            )
            for number, recruiter in enumerate(recruiters)
        ],
    )
    yield from _what_seekers_say(event_id, now, random, seekers, employers)


def _what_seekers_say(
    event_id: UUID, now: datetime, random: Random, seekers: list[PersonRow], employers: list[OrganisationRow]
) -> Iterator[tuple[type[SQLModel], list[Any]]]:
    yield (
        EnrolmentRow,
        [
            EnrolmentRow(
                recruitment_event_id=event_id,
                seeker_id=seeker.id,
                form=random.choice([None, "video", "on_site"]),
                available_from=random.choice([None, None, None, OPENS + SLOTS // 2 * QUARTER]),
                gender=random.choice(["woman", "man"]),
                birth_year=random.randint(1960, 2008),
                created_at=now,
            )
            for seeker in seekers
        ],
    )
    yield (
        WishRow,
        [
            WishRow(recruitment_event_id=event_id, seeker_id=seeker.id, organisation_id=one.id, rank=rank)
            for seeker in seekers
            for rank, one in enumerate(random.sample(employers, WISHES), 1)
        ],
    )
    yield (
        CompetenceRow,
        [CompetenceRow(person_id=seeker.id, label=word) for seeker in seekers for word in random.sample(WORDS, 4)],
    )
