"""A running application in which nothing lasts, and in which a part may be swapped for another."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.types import ASGIApp, Receive, Scope, Send

from server.kit.db import BEFORE_COMMIT, Database
from tests.server.harness import lifespan


class ForgetfulDatabase(Database):
    """Every transaction is done and then undone, so that each try meets the same world."""

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            await session.begin()
            yield session
            for finish in session.info.pop(BEFORE_COMMIT, []):
                await finish(session)
            await session.flush()
            await session.rollback()


@asynccontextmanager
async def forgetful(app: ASGIApp, database_url: str, **swapped: Any) -> AsyncIterator[ASGIApp]:
    """`app` while it runs; `swapped` are parts of its state, by the names of `server.state`."""
    database = ForgetfulDatabase(database_url)
    parts = {"database": database, **swapped}

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["state"] |= parts
        await app(scope, receive, send)

    try:
        async with lifespan(serve) as running:
            yield running
    finally:
        await database.dispose()
