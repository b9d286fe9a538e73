"""A small application of given operations, wired as the real one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy.exc import DBAPIError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from server.identity.authentication import authenticate
from server.kit.db import Database
from server.kit.operations import Operations
from server.kit.problems import ApiError, render_api_error, render_crash, render_database_error, render_http_exception
from server.kit.security import Security
from server.settings import Settings


def small_app(
    operations: Sequence[Operations],
    *,
    settings: Settings,
    database: Database,
    now: Callable[[], datetime],
    live: object = None,
) -> ASGIApp:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[dict[str, Any]]:
        yield {
            "database": database,
            "now": now,
            "settings": settings,
            "authenticate": authenticate,
            "live": live,
        }

    app = Starlette(
        routes=[route for some in operations for route in some.routes()],
        lifespan=lifespan,
        exception_handlers={
            ApiError: render_api_error,
            HTTPException: render_http_exception,
            DBAPIError: render_database_error,
            Exception: render_crash,
        },
    )
    return Security(app, public_url=settings.public_url)
