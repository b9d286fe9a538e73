"""Whether this process lives, whether it can serve, and its figures."""

from __future__ import annotations

import asyncio

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from server.state import State

PATIENCE_S = 3


async def healthz(_: Request) -> Response:
    """This process answers."""
    return PlainTextResponse("ok\n")


async def readyz(request: Request[State]) -> Response:
    """The database answers, and a message comes back through the bus."""
    checks: dict[str, str] = {}
    try:
        async with asyncio.timeout(PATIENCE_S), request.state["database"].read() as session:
            await (await session.connection()).execute(text("SELECT 1"))
        checks["database"] = "ok"
    except Exception as error:
        checks["database"] = type(error).__name__
    try:
        await request.state["live"].ping(timeout_s=PATIENCE_S)
        checks["bus"] = "ok"
    except Exception as error:
        checks["bus"] = type(error).__name__
    ready = all(outcome == "ok" for outcome in checks.values())
    return JSONResponse({"ready": ready, "checks": checks}, 200 if ready else 503)


async def metrics(_: Request) -> Response:
    """Figures for Prometheus; none of them names a person."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def routes() -> list[Route]:
    """The three routes."""
    return [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]
