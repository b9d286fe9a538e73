"""What has bands made: every question anew each night, and whoever has opened feedback a moment after.

The work is done in a process of its own, started for it and gone after it; here its lines are only written down. Of
several web processes one fits, by the night's row; placing somebody twice does no harm.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.profile import BAND_FROM
from feedback.severity import MODEL_VERSION
from server.kit import streams
from server.kit.db import Database
from server.kit.process import WorkerDied, working
from server.places import repository
from server.places.rules import GIVEN_UP_AFTER, night_of, pause_s
from server.places.tables import CalibrationRow, PlaceFitRow, PlaceRow
from server.scorecards import repository as scorecards

AT_ONCE = 200
SAYS_WITHIN_S = 1800.0
MODULE = "server.places.worker"
log = structlog.get_logger(__name__)


class PlaceKeeper:
    """Keeps everybody's bands until cancelled."""

    def __init__(self, database: Database, *, database_url: str, now: Callable[[], datetime]) -> None:
        self._database = database
        self._database_url = database_url
        self._now = now

    async def run(self) -> None:
        """Look for what is to be done, again and again."""
        stumbles = 0
        while True:
            try:
                await self.look()
                stumbles = 0
            except Exception as error:
                log.warning("placing_stumbled", kind=type(error).__name__)
                stumbles += 1
            await asyncio.sleep(pause_s(stumbles))

    async def look(self) -> None:
        """Fit if the night's fit has not been done, and place those who have opened something since."""
        night = night_of(self._now()).isoformat()
        if await self._begin(night):
            await self._fit(night)
        await self._place_due()

    async def _begin(self, night: str) -> bool:
        """Whether this process is to do the night's fit."""
        async with self._database.read() as session:
            if not self._is_open(await repository.find_fit(session, night)):
                return False
        async with self._database.transaction() as session:
            row = await repository.lock_fit(session, night)
            if not self._is_open(row):
                return False
            row = row or PlaceFitRow(night=night, model_version=MODEL_VERSION, started_at=self._now())
            row.status, row.model_version, row.started_at = "running", MODEL_VERSION, self._now()
            session.add(row)
        return True

    def _is_open(self, row: PlaceFitRow | None) -> bool:
        if row is None or row.model_version != MODEL_VERSION:
            return True
        return row.status == "running" and row.started_at < self._now() - GIVEN_UP_AFTER

    async def _fit(self, night: str) -> None:
        try:
            done = await self._work("fit", [])
            status, ratings = "done", int(done["ratings"])
        except (WorkerDied, TimeoutError, OSError, ValueError) as error:
            log.warning("fit_failed", kind=type(error).__name__)
            status, ratings = "failed", 0
        async with self._database.transaction() as session:
            row = await session.get_one(PlaceFitRow, night)
            row.status, row.ratings, row.finished_at = status, ratings, self._now()
            session.add(row)

    async def _place_due(self) -> None:
        async with self._database.read() as session:
            due = await repository.list_due(session, limit=AT_ONCE)
            if not due:
                return
            people: Sequence[UUID] = []
            if await repository.list_fitted(session):
                asked = {row.person_id for row in due}
                people = await scorecards.list_often_rated(session, least=BAND_FROM, people=asked)
        if people:
            await self._work("place", people)
        async with self._database.transaction() as session:
            await repository.forget_due(session, [row.id for row in due])

    async def _work(self, task: str, people: Sequence[UUID]) -> dict[str, Any]:
        job = {
            "task": task,
            "database_url": self._database_url,
            "now": self._now().isoformat(),
            "people": [str(one) for one in people],
        }
        async with working(MODULE, json.dumps(job).encode() + b"\n") as process:
            while True:
                said = await process.message(SAYS_WITHIN_S)
                if said is None:
                    raise TimeoutError
                if "result" in said:
                    result: dict[str, Any] = said["result"]
                    return result
                async with self._database.transaction() as session:
                    await self._keep(session, said)

    async def _keep(self, session: AsyncSession, said: dict[str, Any]) -> None:
        now = self._now()
        if "calibration" in said:
            await session.merge(CalibrationRow(**said["calibration"], at=now))
            return
        people = [UUID(one) for one in said["people"]]
        rows = [PlaceRow(**{**row, "person_id": UUID(row["person_id"])}, at=now) for row in said["places"]]
        await repository.replace_places(session, people, rows)
        for person_id in sorted({row.person_id for row in rows}):
            await streams.append(session, f"person:{person_id}", "profile.changed", {}, now=now)
