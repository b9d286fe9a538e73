"""What our layers cost: CPU of an operation against the same statements in plain Starlette and SQLAlchemy Core.

The peer is less than anybody could write by hand: one route, one connection, the very statements that the operation
sends (built beforehand), a dictionary of each row, and Starlette's own JSON of the operation's own document, so that
neither side has more to write out. What it leaves out is what our layers are for: the cookie and whom it lets in, the
choice of the operation among all others, the headers of security, the rules of meetings and of who may see what,
putting the answer together from the rows, ids and times as text, and the typed contract.

Both run in this process on the same database with no network around them and take turns at each request, so that
whatever else the machine does slows both; the figure is the median over rounds of our process time by the peer's.
Process time takes in the thread that SQLite works in.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.app import create_app
from server.kit.db import READ_ONLY_SQLITE, Database
from server.settings import Settings
from tests.bench.figure import Figure, median
from tests.bench.hall import make_busy_hall
from tests.bench.world import migrated
from tests.server.harness import App, Clock, lifespan

ROUNDS, REQUESTS = 11, 30
GOAL = 1.35
AGAINST = "the same statements in Starlette and SQLAlchemy Core"
Call = Callable[[], Awaitable[int]]


async def figures(folder: Path) -> AsyncIterator[Figure]:
    """A ratio for each of five operations."""
    clock = Clock(datetime.now(UTC))
    settings = Settings(database_url=migrated(folder), relay=False, demo=False)
    database = Database(settings.database_url)
    async with lifespan(create_app(settings, now=clock)) as running:
        app = App(running, database=database, settings=settings, clock=clock)
        hall, paths = await make_busy_hall(app)
        for name, (browser, path) in paths.items():
            cookie = "; ".join(f"{c.name}={c.value}" for c in browser.cookies.jar)
            ours = caller(running, path, cookie)
            with captured() as statements:
                document = (await browser.get(path)).raise_for_status().json()
            peer = caller(peer_app(database, statements, document), "/", cookie)
            yield Figure(f"http.{name}_ratio", await ratio(ours, peer), "", GOAL, against=AGAINST)
        await app.aclose()
    await database.dispose()
    assert hall is not None


async def ratio(ours: Call, peer: Call) -> float:
    """The median over rounds of our CPU by the peer's; the first round only warms up."""
    return median([await ratio_of_round(ours, peer) for _ in range(1 + ROUNDS)][1:])


async def ratio_of_round(ours: Call, peer: Call) -> float:
    """Our process time by the peer's, the two taking turns at each request."""
    spent_s = {ours: 0.0, peer: 0.0}
    for _ in range(REQUESTS):
        for call in (ours, peer):
            before = time.process_time()
            assert await call() == 200
            spent_s[call] += time.process_time() - before
    return spent_s[ours] / spent_s[peer]


def caller(app: Any, path: str, cookie: str) -> Call:
    """A request to an ASGI application with nothing around it; its status comes back."""
    raw_path, _, query = path.partition("?")
    headers = [(b"host", b"localhost"), (b"cookie", cookie.encode()), (b"accept", b"application/json")]

    async def call() -> int:
        status = 0
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": raw_path,
            "raw_path": raw_path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": headers,
            "client": ("127.0.0.1", 1),
            "server": ("localhost", 80),
        }

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            nonlocal status
            status = message.get("status", status)

        await app(scope, receive, send)
        return status

    return call


@contextmanager
def captured() -> Any:
    """The statements executed while the block runs, as SQLAlchemy built them."""
    statements: list[Any] = []

    def note(_: Any, statement: Any, multiparams: Any, params: Any, options: Any) -> None:
        statements.append((statement, multiparams or params or None))

    event.listen(Engine, "before_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_execute", note)


def peer_app(database: Database, statements: list[Any], document: Any) -> Starlette:
    """The peer: the statements, their rows as dictionaries, and `document` as JSON."""

    async def answer(_: Request) -> Response:
        found = []
        async with database.engine.connect() as connection:
            await connection.execution_options(**READ_ONLY_SQLITE)
            for statement, parameters in statements:
                found.append([dict(row._mapping) for row in await connection.execute(statement, parameters)])
        assert found
        return JSONResponse(document)

    return Starlette(routes=[Route("/", answer)])
