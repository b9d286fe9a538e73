"""A small application of a test's own operations, on each engine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import httpx
import pytest

import server.tables  # noqa: F401 -- registers the tables
from server.kit.db import Database
from server.kit.operations import Operations
from server.settings import Settings
from tests.server.harness import Clock, lifespan
from tests.server.small_app import small_app

Serve = Callable[[Operations], "Served"]


class Served:
    """Operations being served; a client may be had once the block is entered."""

    def __init__(self, operations: Operations, settings: Settings, database: Database, clock: Clock) -> None:
        self._app = small_app([operations], settings=settings, database=database, now=clock)
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> httpx.AsyncClient:
        running = await self._stack.enter_async_context(lifespan(self._app))
        # A crash is answered and then raised again for the server's log; here the answer counts.
        transport = httpx.ASGITransport(running, raise_app_exceptions=False)
        return await self._stack.enter_async_context(httpx.AsyncClient(transport=transport, base_url="http://test"))

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()


@pytest.fixture
async def serve(settings: Settings, database: Database, clock: Clock) -> AsyncIterator[Serve]:
    yield lambda operations: Served(operations, settings, database, clock)
