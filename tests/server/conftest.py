"""Fixtures of the server's tests: the application on each engine, browsers, a clock."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, event

from server.app import create_app
from server.kit.db import Database
from server.settings import Settings
from tests.server.hall import Hall, make_hall
from tests.server.harness import App, Clock, lifespan
from tests.server.world import World, make_world

# Rooms that only write down rows and read them again are tried on the stricter engine alone; every journey through
# them runs on the other.
ON_POSTGRES = frozenset(
    {
        "applications",
        "case_work",
        "claims",
        "employer_pages",
        "learning",
        "packs",
        "paths",
        "portable",
        "preparing",
        "responses",
        "support_plans",
        "three_party",
        "vacancies",
        "vacancy_imports",
    }
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is tried on the other engine."""
    left_out = [
        item for item in items if item.path.parent.name in ON_POSTGRES and "sqlite" in item.name.partition("[")[2]
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 5, 12, 7, 0, tzinfo=UTC))


@pytest.fixture
def settings(database_url: str) -> Settings:
    """On each engine in turn; nothing of the environment."""
    return Settings(database_url=database_url, relay=False, demo=False, redis_url=None, smtp_url=None)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.dispose()


@pytest.fixture
async def app(settings: Settings, database: Database, clock: Clock) -> AsyncIterator[App]:
    """The real application, whole; the outbox is delivered when a test says so."""
    async with lifespan(create_app(settings, now=clock)) as running:
        app = App(running, database=database, settings=settings, clock=clock)
        yield app
        await app.aclose()


@pytest.fixture
async def world(database: Database, clock: Clock) -> World:
    return await make_world(database, clock())


@pytest.fixture
async def hall(app: App) -> Hall:
    return await make_hall(app)


@pytest.fixture
def count_statements() -> Callable[[], AbstractContextManager[list[str]]]:
    """A block that collects the SQL statements that it sends, and what it calls, by whatever engine.

    What runs beside it, as the outbox's relay does, is not its own and is left out.
    """
    counted: ContextVar[list[str] | None] = ContextVar("counted", default=None)

    @contextmanager
    def counting() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(*arguments: Any) -> None:
            if counted.get() is seen:
                seen.append(arguments[2])

        before = counted.set(seen)
        event.listen(Engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(Engine, "before_cursor_execute", note)
            counted.reset(before)
        assert seen, "no statement was seen: was the work done by another task?"

    return counting
