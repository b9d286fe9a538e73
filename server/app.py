"""The composition root: the one place that knows every part."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from server import health, wiring
from server.identity.authentication import authenticate
from server.kit.clock import utc_now
from server.kit.db import Database
from server.kit.openapi import openapi
from server.kit.operations import Operation
from server.kit.problems import (
    ApiError,
    render_api_error,
    render_crash,
    render_database_error,
    render_http_exception,
)
from server.kit.rates import close_limiter
from server.kit.security import Security
from server.repairs.helper import Helper
from server.settings import Settings
from server.state import State
from server.web import WebApp

VERSION = "0.1.0"
TITLE = "Direktkontakt"


def all_operations(settings: Settings) -> list[Operation]:
    """Every HTTP operation that an application with these settings serves."""
    return [operation for group in wiring.operations(settings) for operation in group.all]


def openapi_document(settings: Settings) -> dict[str, object]:
    """The OpenAPI document of an application with these settings."""
    return openapi(all_operations(settings), title=TITLE, version=VERSION)


class Application(Starlette):
    """Starlette with our security around everything, also around answers to what was not foreseen."""

    def __init__(self, public_url: str, **parts: Any) -> None:
        self._public_url = public_url
        super().__init__(**parts)

    def build_middleware_stack(self) -> ASGIApp:
        """The whole stack with `Security` outermost."""
        return Security(super().build_middleware_stack(), public_url=self._public_url)


def create_app(settings: Settings, *, now: Callable[[], datetime] = utc_now) -> Starlette:
    """The application: HTTP, sockets and, with `settings.relay`, the work that time brings."""
    database = Database(settings.database_url)
    live = wiring.live_server(settings, database, now=now)
    described = lru_cache(lambda: openapi_document(settings))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[State]:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(database.dispose)
            stack.push_async_callback(close_limiter, app)
            await live.start()
            stack.push_async_callback(live.stop)
            database.after_commit = wiring.after_commit(live)
            helper = Helper(settings.database_url)
            stack.push_async_callback(helper.aclose)
            await wiring.prepare(settings, database, now=now)
            if settings.relay:
                await stack.enter_async_context(_running(wiring.workers(settings, database, now=now)))
            yield {
                "database": database,
                "now": now,
                "settings": settings,
                "authenticate": authenticate,
                "live": live,
                "repair_helper": helper,
            }

    async def describe(_: Request) -> Response:
        return JSONResponse(described())

    routes: list[BaseRoute] = [
        *(route for group in wiring.operations(settings) for route in group.routes()),
        Route("/api/openapi.json", describe),
        *health.routes(),
        Mount("/socket.io", app=live.asgi),
        Route("/{path:path}", WebApp(Path(settings.web_root)).serve),
    ]
    return Application(
        settings.public_url,
        routes=routes,
        exception_handlers={
            ApiError: render_api_error,
            HTTPException: render_http_exception,
            DBAPIError: render_database_error,
            Exception: render_crash,
        },
        lifespan=lifespan,
    )


@asynccontextmanager
async def _running(workers: list[wiring.Worker]) -> AsyncIterator[None]:
    """The workers, running until the block ends."""
    tasks = [asyncio.ensure_future(worker()) for worker in workers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
