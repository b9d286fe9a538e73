"""What time alone does: meetings move on, scorecards are released; several processes may run it at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

import structlog

from realtime.meeting import MeetingRefused
from server.kit.db import Database
from server.meetings import repository as meetings
from server.meetings.service import advance_due
from server.scorecards import repository as scorecards
from server.scorecards.service import release_if_due

POLL_S = 0.2
BATCH = 50
log = structlog.get_logger(__name__)


class EventClock:
    """Looks five times a second for what is due; each thing is one transaction of its own."""

    def __init__(self, database: Database, *, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def run(self) -> None:
        """Move things on until cancelled."""
        while True:
            try:
                await self.tick()
            except Exception as error:
                log.warning("clock_stumbled", kind=type(error).__name__)
            await asyncio.sleep(POLL_S)

    async def tick(self) -> int:
        """Do all that is due now; how many things were looked at comes back."""
        now = self._now()
        async with self._database.read() as session:
            due_meetings = await meetings.list_due(session, now=now, limit=BATCH)
            due_scorecards = await scorecards.list_due(session, now=now, limit=BATCH)
        for scorecard_id in due_scorecards:
            await self._do(release_if_due, scorecard_id)
        for meeting_id in due_meetings:
            await self._do(advance_due, meeting_id)
        return len(due_meetings) + len(due_scorecards)

    async def _do(self, use_case: Callable[..., Awaitable[object]], row_id: UUID) -> None:
        try:
            async with self._database.transaction() as session:
                await use_case(session, row_id, now=self._now())
        except MeetingRefused as refusal:
            log.info("clock_refused", reason=type(refusal).__name__)
        except Exception as error:
            log.warning("clock_failed", use_case=use_case.__name__, kind=type(error).__name__)
