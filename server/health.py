"""Whether this process lives, whether it can serve, and its figures."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Metric, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from realtime.server import LiveServer
from server.state import State

PATIENCE_S = 3


class LiveFigures(Collector):
    """The live layer's counts, and which node of the bus this process is."""

    def __init__(self, live: LiveServer) -> None:
        self._live = live

    def collect(self) -> Iterator[Metric]:
        """The figures as they are now."""
        counts, name = self._live.counts(), "direktkontakt"
        process = {"node": self._live.node_id, "pid": str(os.getpid())}
        yield InfoMetricFamily(f"{name}_process", "This process and its name on the bus.", value=process)
        yield GaugeMetricFamily(f"{name}_live_connections", "Open sockets.", value=counts.connections)
        yield GaugeMetricFamily(f"{name}_live_streams", "Streams that somebody here follows.", value=counts.streams)
        yield CounterMetricFamily(f"{name}_live_malformed", "Frames that were no frames.", value=counts.malformed)
        yield CounterMetricFamily(f"{name}_live_limited", "Sockets that said too much.", value=counts.limited)
        yield CounterMetricFamily(f"{name}_live_cut_off", "Sockets that read too slowly.", value=counts.cut_off)


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


async def metrics(request: Request[State]) -> Response:
    """Figures for Prometheus; none of them names a person."""
    live = CollectorRegistry(auto_describe=False)
    live.register(LiveFigures(request.state["live"]))
    return Response(generate_latest() + generate_latest(live), media_type=CONTENT_TYPE_LATEST)


def routes() -> list[Route]:
    """The three routes."""
    return [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]
