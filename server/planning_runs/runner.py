"""What takes up the runs that wait, one at a time, in a process of its own each.

It writes how far a run has come, and stops when the run's row says that nobody wants it: so it does not matter which
web process was asked. A run whose heartbeat stands still has lost its runner.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from server.kit import streams
from server.kit.db import Database
from server.kit.process import WorkerDied, WorkerProcess
from server.planning_runs.job import Job, options_of
from server.planning_runs.process import working_on
from server.planning_runs.rules import LOST_AFTER
from server.planning_runs.tables import PlanningRunRow

POLL_S = 0.5
BEAT_S = 0.5
HEARTBEAT_EVERY_S = 2.0
# How much of the whole each stage is, in the order in which they come.
STAGES = {
    "load": 8,
    "equality": 12,
    "select": 25,
    "lay": 15,
    "repair": 10,
    "improve": 20,
    "breaks": 7,
    "certify": 3,
}
log = structlog.get_logger(__name__)
_runs = PlanningRunRow.__table__  # type: ignore[attr-defined]


class Unwanted(Exception):
    """The run was cancelled, or is no longer there."""


@dataclass(slots=True)
class Taken:
    """A run being worked on."""

    id: UUID
    event_id: UUID
    options: dict[str, Any]
    stage: str = ""
    progress_pct: int = 0
    told: tuple[str, int] = field(default=("", 0))


class Runner:
    """Works on runs until cancelled; several processes may have one each."""

    def __init__(self, database: Database, *, database_url: str, now: Callable[[], datetime]) -> None:
        self._database = database
        self._database_url = database_url
        self._now = now
        self.working: WorkerProcess | None = None

    async def run(self) -> None:
        """Take up what waits until cancelled."""
        while True:
            try:
                has_worked = await self.run_next()
            except Exception as error:
                log.warning("planning_stumbled", kind=type(error).__name__)
                has_worked = False
            if not has_worked:
                await asyncio.sleep(POLL_S)

    async def run_next(self) -> bool:
        """Work on the run that has waited longest; whether there was one."""
        await self._give_up_lost()
        taken = await self._take()
        if taken is None:
            return False
        outcome: dict[str, Any]
        try:
            outcome = await self._work(taken)
        except Unwanted:
            return True
        except (WorkerDied, OSError) as error:
            log.warning("planning_failed", kind=type(error).__name__)
            outcome = {"faults": [{"path": "", "message": "the planner stopped half-way; ask for the plan again"}]}
        await self._finish(taken, outcome)
        return True

    async def _take(self) -> Taken | None:
        waiting = select(_runs.c.id).where(_runs.c.status == "queued").order_by(_runs.c.created_at, _runs.c.id).limit(1)
        async with self._database.read() as session:
            if (await (await session.connection()).execute(waiting)).first() is None:
                return None
        async with self._database.transaction() as session:
            connection = await session.connection()
            found = (await connection.execute(waiting.with_for_update(skip_locked=True))).first()
            if found is None:
                return None
            values = {"status": "running", "heartbeat_at": self._now()}
            taking = update(_runs).where(_runs.c.id == found.id).values(**values)
            row = (
                await connection.execute(taking.returning(_runs.c.id, _runs.c.recruitment_event_id, _runs.c.options))
            ).one()
            taken = Taken(row.id, row.recruitment_event_id, row.options)
            await tell(session, taken.event_id, taken.id, "running", now=self._now())
        return taken

    async def _work(self, taken: Taken) -> dict[str, Any]:
        job = Job(
            task="plan",
            database_url=self._database_url,
            event_id=taken.event_id,
            now=self._now(),
            options=options_of(taken.options),
        )
        clock = asyncio.get_running_loop().time
        async with working_on(job) as process:
            self.working = process
            beaten = looked = clock()
            while True:
                said = await process.message(max(BEAT_S - (clock() - looked), 0.01))
                if said is not None and "result" in said:
                    result: dict[str, Any] = said["result"]
                    return result
                if said is not None:
                    _go_on(taken, said["stage"], said["share"])
                if clock() - looked >= BEAT_S:
                    looked = clock()
                    is_due = looked - beaten >= HEARTBEAT_EVERY_S
                    if await self._look(taken, beat=is_due):
                        beaten = looked

    async def _look(self, taken: Taken, *, beat: bool) -> bool:
        """Whether a heartbeat was written: when there is news, or it is time for one.

        Raises:
            Unwanted: somebody has cancelled the run.
        """
        async with self._database.read() as session:
            asked = select(_runs.c.status).where(_runs.c.id == taken.id)
            if (await (await session.connection()).execute(asked)).scalar_one_or_none() != "running":
                raise Unwanted
        now_at = (taken.stage, taken.progress_pct)
        if not beat and now_at == taken.told:
            return False
        async with self._database.transaction() as session:
            connection = await session.connection()
            values = {"stage": taken.stage, "progress_pct": taken.progress_pct, "heartbeat_at": self._now()}
            still = (_runs.c.id == taken.id) & (_runs.c.status == "running")
            if (await connection.execute(update(_runs).where(still).values(**values))).rowcount != 1:
                raise Unwanted
            # Those that wait behind it are not lost.
            waiting = update(_runs).where(_runs.c.status == "queued")
            await connection.execute(waiting.values(heartbeat_at=self._now()))
            if now_at != taken.told:
                taken.told = now_at
                await tell(session, taken.event_id, taken.id, "running", *now_at, now=self._now())
        return True

    async def _finish(self, taken: Taken, outcome: dict[str, Any]) -> None:
        status = "failed" if "faults" in outcome else "done"
        values = outcome | {"status": status, "finished_at": self._now(), "heartbeat_at": self._now()}
        values |= {"stage": "", "progress_pct": 100} if status == "done" else {}
        async with self._database.transaction() as session:
            connection = await session.connection()
            still = (_runs.c.id == taken.id) & (_runs.c.status == "running")
            if (await connection.execute(update(_runs).where(still).values(**values))).rowcount == 1:
                await tell(session, taken.event_id, taken.id, status, "", 100, now=self._now())

    async def _give_up_lost(self) -> None:
        """Say of runs whose heartbeat stands still that they are lost, so that staff can ask again."""
        stale = (_runs.c.status == "running") & (_runs.c.heartbeat_at < self._now() - LOST_AFTER)
        async with self._database.read() as session:
            if (await (await session.connection()).execute(select(_runs.c.id).where(stale).limit(1))).first() is None:
                return
        async with self._database.transaction() as session:
            lost = update(_runs).where(stale).values(status="lost", finished_at=self._now())
            returning = lost.returning(_runs.c.id, _runs.c.recruitment_event_id)
            for row in (await (await session.connection()).execute(returning)).all():
                await tell(session, row.recruitment_event_id, row.id, "lost", now=self._now())


async def tell(
    session: AsyncSession,
    event_id: UUID,
    run_id: UUID,
    status: str,
    stage: str = "",
    progress_pct: int = 0,
    *,
    now: datetime,
) -> None:
    """Tell the event's staff how far a run has come."""
    body = {"run_id": str(run_id), "status": status, "stage": stage, "progress_pct": progress_pct}
    await streams.append(session, f"event:{event_id}", "planning.progressed", body, now=now)


def _go_on(taken: Taken, stage: str, share: float) -> None:
    """Note how far the run has come of the whole; some stages come more than once, and it never goes back."""
    before = 0
    for name, part in STAGES.items():
        if name == stage:
            taken.stage = stage
            taken.progress_pct = max(taken.progress_pct, min(before + int(part * share), 99))
            return
        before += part
