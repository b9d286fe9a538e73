"""Keeping the demo alive: the event rolls forward, and its simulated participants run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from server.demo.world import ensure_world
from server.kit.db import Database

LOOK_EVERY_S = 30
log = structlog.get_logger(__name__)


class DemoKeeper:
    """Sees to it that there is always an event around now, also after a night."""

    def __init__(self, database: Database, *, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def run(self) -> None:
        """Look again and again until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_EVERY_S)

    async def look(self) -> None:
        """Make what is missing."""
        try:
            async with self._database.transaction() as session:
                if await ensure_world(session, now=self._now()):
                    log.info("demo_world_made")
        except Exception as error:
            log.warning("demo_world_failed", kind=type(error).__name__, exc_info=error)
