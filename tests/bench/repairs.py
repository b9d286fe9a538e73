"""Live repair of a very large day: from asking what could be done to the answer, and how long others stand still.

Staff ask about a hundred things that happen on a day of 5,000 seekers, over HTTP, on a server of its own.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from sqlmodel import col, select

from server.identity.authentication import cookie_name
from server.kit import streams
from server.meetings.tables import MeetingRow
from server.recruitment_events.tables import RecruitmentEventRow
from tests.bench.figure import Figure as AnyFigure
from tests.bench.figure import p95
from tests.bench.large_event import DESKS, MEETINGS, SEEKERS, LargeDays
from tests.bench.world import migrated
from tests.services.program import Program, free_port

ROOT = Path(__file__).parents[2]
Figure = partial(AnyFigure, command="python -m tests.bench repairs")
EACH, GOAL_S, GOAL_MS, WITHIN_S = 5, 1, 50, 60
SIZE = f"{SEEKERS} seekers, {DESKS} desks, {MEETINGS} meetings"
Happening = dict[str, Any]


async def figures(folder: Path) -> AsyncIterator[AnyFigure]:
    """The first question, which starts the helper, and those that follow, by what has happened."""
    url = migrated(folder)
    days = LargeDays(url)
    await days.write()
    await days.begin_the_day()
    happenings = await _happenings(days)
    port = free_port()
    settings = {"DATABASE_URL": url, "PUBLIC_URL": f"http://localhost:{port}", "RELAY": "false"}
    program = Program(
        [sys.executable, "-m", "tests.bench.planner.probed", str(port)],
        log=Path(folder, "server.log"),
        env={f"DIREKTKONTAKT_{name}": value for name, value in settings.items()},
        cwd=ROOT,
    )
    staff = _browser(f"http://localhost:{port}", days.tokens[0])
    try:
        await _ready(staff)
        ask = partial(_asked, staff, f"/api/recruitment-events/{days.full}/repairs")
        await asyncio.sleep(1)
        await _stall(staff)
        yield Figure("repairs.first_s", await ask(happenings["late"][0]), "s", against=SIZE)
        for kind, each in happenings.items():
            took = [await ask(one) for one in each]
            yield Figure(f"repairs.{kind}_p95_s", p95(took), "s", GOAL_S, against=SIZE)
        yield Figure("repairs.stall_ms", await _stall(staff), "ms", GOAL_MS, against=SIZE)
    finally:
        await staff.aclose()
        program.stop()
        await days.database.dispose()


async def _happenings(days: LargeDays) -> dict[str, list[Happening]]:
    """What happens, some of each kind; the day is published."""
    async with days.database.transaction() as session:
        event = await session.get_one(RecruitmentEventRow, days.full)
        event.status, event.published_at = "published", days.now
        session.add(event)
        await streams.append(session, f"event:{days.full}", "plan.published", {}, now=days.now)
        query = select(MeetingRow).where(col(MeetingRow.recruitment_event_id) == days.full)
        late = (await session.exec(query.where(col(MeetingRow.state) == "late").limit(4 * EACH))).all()
    return {
        "late": [_of("late", meeting_id=row.id, minutes=20) for row in late[:EACH]],
        "no_show": [_of("no_show", meeting_id=row.id) for row in late[EACH : 2 * EACH]],
        "walk_in": [_of("walk_in", seeker_id=row.seeker_id) for row in late[2 * EACH : 3 * EACH]],
        "desk_closed": [_of("desk_closed", desk_id=row.desk_id) for row in late[3 * EACH :]],
    }


def _of(kind: str, **about: UUID | int) -> Happening:
    return {"kind": kind, **{name: value if isinstance(value, int) else str(value) for name, value in about.items()}}


def _browser(url: str, token: str) -> httpx.AsyncClient:
    headers = {"origin": url, "cookie": f"{cookie_name(https=False)}={token}"}
    return httpx.AsyncClient(base_url=url, headers=headers, timeout=WITHIN_S)


async def _ready(staff: httpx.AsyncClient) -> None:
    async with asyncio.timeout(WITHIN_S):
        while True:
            try:
                (await staff.get("/readyz")).raise_for_status()
                break
            except httpx.HTTPError:
                await asyncio.sleep(0.1)
    staff.headers["x-csrf-token"] = (await staff.get("/api/me")).json()["csrf_token"]


async def _stall(staff: httpx.AsyncClient) -> float:
    """The longest that the server's loop was held since it was last asked, in milliseconds."""
    return float((await staff.get("/probe")).json()["stall_ms"])


async def _asked(staff: httpx.AsyncClient, path: str, happening: Happening) -> float:
    began = time.perf_counter()
    answer = await staff.post(path, json=happening)
    assert answer.status_code == 200, answer.text[:500]
    return time.perf_counter() - began
