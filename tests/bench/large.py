"""What staff of a very large day read, publish and lay: how long it takes, and how long everybody else stands still.

Three of the staff read each page five times at once on a server of its own. The goal for the loop is the same as for
planning: nobody on the server waits more than fifty milliseconds for somebody else's large page.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path

import httpx

from server.identity.authentication import cookie_name
from tests.bench.figure import Figure as AnyFigure
from tests.bench.figure import p95
from tests.bench.large_event import DESKS, MEETINGS, SEEKERS, LargeDays
from tests.bench.world import migrated
from tests.services.program import Program, free_port

ROOT = Path(__file__).parents[2]
Figure = partial(AnyFigure, command="python -m tests.bench large")
READS, IDLE_S, WITHIN_S, GOAL_MS = 5, 2, 300, 50
SIZE = f"{SEEKERS} seekers, {DESKS} desks, {MEETINGS} meetings"
WORK = "the loop's own work in a row, whatever else the machine does"
Work = Callable[[], Awaitable[list[float]]]


async def figures(folder: Path) -> AsyncIterator[AnyFigure]:
    """Reading the plan of a large draft, publishing it, reading its day, and laying a plan on a published one."""
    url = migrated(folder)
    days = LargeDays(url)
    await days.write()
    port = free_port()
    settings = {"DATABASE_URL": url, "PUBLIC_URL": f"http://localhost:{port}", "RELAY": "false"}
    program = Program(
        [sys.executable, "-m", "tests.bench.planner.probed", str(port)],
        log=Path(folder, "server.log"),
        env={f"DIREKTKONTAKT_{name}": value for name, value in settings.items()},
        cwd=ROOT,
    )
    staff = [_browser(f"http://localhost:{port}", token) for token in days.tokens]
    try:
        await asyncio.gather(*(_ready(one) for one in staff))
        async for figure in _measured(days, staff):
            yield figure
    finally:
        for one in staff:
            await one.aclose()
        program.stop()
        await days.database.dispose()


async def _measured(days: LargeDays, staff: list[httpx.AsyncClient]) -> AsyncIterator[AnyFigure]:
    full = f"/api/recruitment-events/{days.full}"
    laid = f"/api/recruitment-events/{days.empty}/planning-runs/{days.run}/lay"
    yield Figure("large.idle_stall_ms", await _idle(staff[0]), "ms", against="the same server with nothing to do")
    for name, path in (("grid", "/grid"), ("publish_preview", "/publish-preview")):
        async for figure in _told(name, staff, partial(_read, staff, full + path)):
            yield figure
    async for figure in _told("publish", staff, partial(_post, staff[0], f"{full}/publish")):
        yield figure
    await days.begin_the_day()
    for name, path in (("live", "/live"), ("seekers", "/seekers"), ("arrivals", "/arrivals")):
        async for figure in _told(name, staff, partial(_read, staff, full + path)):
            yield figure
    async for figure in _told("lay_published", staff, partial(_post, staff[0], laid)):
        yield figure


async def _told(name: str, staff: list[httpx.AsyncClient], work: Work) -> AsyncIterator[AnyFigure]:
    await _stall(staff[0])
    took = await work()
    stall_ms, work_ms = await _stall(staff[0])
    yield Figure(f"large.{name}_stall_ms", stall_ms, "ms", GOAL_MS, against=SIZE)
    yield Figure(f"large.{name}_work_ms", work_ms, "ms", GOAL_MS, against=WORK)
    yield Figure(f"large.{name}_s", p95(took), "s", against=SIZE)


async def _read(staff: list[httpx.AsyncClient], path: str) -> list[float]:
    """The seconds of each reading, when each of the staff reads it several times."""

    async def one(browser: httpx.AsyncClient) -> list[float]:
        return [await _timed(browser, "GET", path) for _ in range(READS)]

    return [took for each in await asyncio.gather(*map(one, staff)) for took in each]


async def _post(browser: httpx.AsyncClient, path: str) -> list[float]:
    return [await _timed(browser, "POST", path)]


async def _timed(browser: httpx.AsyncClient, method: str, path: str) -> float:
    began = time.perf_counter()
    answer = await browser.request(method, path)
    assert answer.status_code == 200, answer.text[:500]
    return time.perf_counter() - began


async def _idle(browser: httpx.AsyncClient) -> float:
    await _stall(browser)
    await asyncio.sleep(IDLE_S)
    return (await _stall(browser))[0]


async def _stall(browser: httpx.AsyncClient) -> tuple[float, float]:
    """The longest that the loop was held since it was last asked, and by its own work alone, in milliseconds."""
    told = (await browser.get("/probe")).json()
    return told["stall_ms"], told["work_ms"]


def _browser(url: str, token: str) -> httpx.AsyncClient:
    headers = {"origin": url, "cookie": f"{cookie_name(https=False)}={token}"}
    return httpx.AsyncClient(base_url=url, headers=headers, timeout=WITHIN_S)


async def _ready(browser: httpx.AsyncClient) -> None:
    for _ in range(300):
        try:
            if (await browser.get("/readyz")).status_code == 200:
                browser.headers["x-csrf-token"] = (await browser.get("/api/me")).json()["csrf_token"]
                return
        except httpx.TransportError:
            pass
        await asyncio.sleep(0.1)
    raise RuntimeError("the server does not answer")
