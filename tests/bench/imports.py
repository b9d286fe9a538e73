"""Bringing five thousand seekers from a sheet: how long, for how long nobody else can write, and who has to wait."""

from __future__ import annotations

import asyncio
import gc
import itertools
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from server.app import create_app
from server.identity.people import create_person
from server.identity.roles import Role
from server.kit.clock import utc_now
from server.kit.db import Database
from server.settings import Settings
from tests.bench.figure import Figure
from tests.bench.world import migrated
from tests.server.harness import App, Browser, Clock, lifespan

SEEKERS, EMPLOYERS = 5000, 100
COMMAND = "python -m tests.bench imports"
BEAT_S, IDLE_S = 0.002, 3
AGAINST = {
    "stall": "the loop stands still",
    "work": "the loop's own work in a row, whatever else the machine does",
    "idle": "the same loop with nothing to do",
}
FIRST = ("Amina", "Bo", "Clara", "Dawit", "Elin", "Farah", "Göran", "Hodan", "Ilir", "Jonas")
LAST = ("Warsame", "Ek", "Lind", "Haddad", "Berg", "Nykvist", "Öberg", "Tesfaye", "Hoxha", "Åkesson")
SKILLS = ("Python", "SQL", "Java", "Linux", "React", "Nätverk", "Support", "Testning")
NEEDS = ("", "", "", "rullstol", "tolk arabiska", "mer tid", "", "teckenspråkstolk")


@dataclass
class Waits:
    """What others noticed meanwhile, in seconds."""

    stall_s: float = 0
    work_s: float = 0
    lock_s: float = 0
    is_over: bool = False


async def figures(folder: Path) -> AsyncIterator[Figure]:
    """A new sheet, then the same sheet again, on an event with a hundred employers."""
    settings = Settings(database_url=migrated(folder), relay=False, demo=False, redis_url=None, smtp_url=None)
    database = Database(settings.database_url)
    async with lifespan(create_app(settings)) as asgi:
        app = App(asgi, database=database, settings=settings, clock=Clock(utc_now()))
        try:
            staff, base = await _event(app)
            for name in ("new", "again"):
                async for figure in _bring(app, staff, base, name):
                    yield figure
        finally:
            await app.aclose()
            await database.dispose()


async def _event(app: App) -> tuple[Browser, str]:
    async with app.database.transaction() as session:
        person = await create_person(
            session,
            name="Karin Lund",
            email="karin@expo.example",
            role=Role.STAFF,
            organisation_name="Expo",
            now=app.clock(),
        )
    staff = await app.signed_in(person)
    staff.timeout = httpx.Timeout(900)
    body: dict[str, Any] = {"name": "Stora dagen", "place": "Mässan", "date": "2027-05-12", "template": "it_expo_15"}
    event = (await staff.post("/api/recruitment-events", json=body | {"slots": 24})).json()
    base = f"/api/recruitment-events/{event['id']}"
    for number in range(EMPLOYERS):
        await staff.post(f"{base}/employers", json={"name": f"Företag {number:03} AB", "form": "video"})
    return staff, base


async def _bring(app: App, staff: Browser, base: str, name: str) -> AsyncIterator[Figure]:
    import_id = await _upload(staff, base)
    gc.collect()
    async with noticing(app) as idle:
        await asyncio.sleep(IDLE_S)
    async with noticing(app) as waits:
        began = time.perf_counter()
        answer = await staff.post(f"{base}/imports/{import_id}/commit")
        took = time.perf_counter() - began
    assert answer.status_code == 200, answer.text[:500]
    counts = answer.json()
    assert counts["seekers_new" if name == "new" else "seekers_renewed"] == SEEKERS, counts
    against = f"{SEEKERS} seekers, {EMPLOYERS} employers, SQLite"
    yield Figure(f"import.{name}.commit_s", took, "s", 10, against=against, command=COMMAND)
    yield Figure(f"import.{name}.lock_s", waits.lock_s, "s", 5, against="another writer's wait", command=COMMAND)
    for what, found, goal in (("stall", waits.stall_s, 50), ("work", waits.work_s, 50), ("idle", idle.stall_s, None)):
        yield Figure(f"import.{name}.{what}_ms", found * 1000, "ms", goal, against=AGAINST[what], command=COMMAND)


async def _upload(staff: Browser, base: str) -> str:
    """The import's id alone: what the client was told would be looked through by the server's garbage collector."""
    uploaded = await staff.post(f"{base}/imports", params={"filename": "a.csv"}, content=sheet().encode())
    assert uploaded.status_code in (200, 201), uploaded.text[:500]
    found = uploaded.json()
    assert found["blocked"] == [], found["blocked"]
    return str(found["id"])


def sheet() -> str:
    """A sheet with names, wishes, skills and needs; every row is of another person."""
    return "\n".join(["Namn;E-post;Önskemål 1;Önskemål 2;Önskemål 3;Helst inte;Kompetenser;Behov;Samtycke", *_rows()])


def _rows() -> Iterator[str]:
    names = itertools.cycle(f"{first} {last}" for first in FIRST for last in LAST)
    for number, name in zip(range(SEEKERS), names, strict=False):
        wishes = [f"Företag {(number * step + step) % EMPLOYERS:03} AB" for step in (1, 7, 13)]
        wishes = [*dict.fromkeys(wishes), "", ""][:3]
        avoided = f"Företag {(number + 50) % EMPLOYERS:03} AB" if number % 5 == 0 else ""
        skills = ", ".join(SKILLS[(number + step) % len(SKILLS)] for step in range(3))
        need = NEEDS[number % len(NEEDS)]
        row = [
            f"{name} {number}",
            f"person{number}@sokande.example",
            *wishes,
            avoided,
            skills,
            need,
            "Ja",
        ]
        yield ";".join(row)


@asynccontextmanager
async def noticing(app: App) -> AsyncIterator[Waits]:
    """Look all the time at how long the loop stands still, and at how long another writer has to wait."""
    waits = Waits()
    tasks = [asyncio.create_task(_beat(waits)), asyncio.create_task(_write(app.settings.database_url, waits))]
    await asyncio.sleep(0.2)
    waits.stall_s = waits.work_s = waits.lock_s = 0
    try:
        yield waits
    finally:
        waits.is_over = True
        await asyncio.gather(*tasks)


async def _beat(waits: Waits) -> None:
    while not waits.is_over:
        before, worked = time.perf_counter(), time.thread_time()
        await asyncio.sleep(BEAT_S)
        waits.stall_s = max(waits.stall_s, time.perf_counter() - before - BEAT_S)
        waits.work_s = max(waits.work_s, time.thread_time() - worked)


async def _write(url: str, waits: Waits) -> None:
    """Another process's writer, which asks again when the database is busy."""
    while not waits.is_over:
        before = time.perf_counter()
        await asyncio.to_thread(_take_the_lock, url.removeprefix("sqlite+aiosqlite:///"))
        waits.lock_s = max(waits.lock_s, time.perf_counter() - before)
        await asyncio.sleep(0.05)


def _take_the_lock(file: str) -> None:
    with sqlite3.connect(file, timeout=600, isolation_level=None) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    connection.close()
