"""Fixtures of the server's tests: the application on each engine, browsers, a clock."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from server.app import create_app
from server.kit.db import Database
from server.settings import Settings
from tests.server.harness import App, Clock, lifespan
from tests.server.world import World, make_world


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
