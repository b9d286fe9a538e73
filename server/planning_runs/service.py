"""Asking for a plan, and no longer wanting it. Each function runs inside the caller's transaction.

The caller has locked the event, so that of two who ask at once one comes first.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from server.planning_runs import repository
from server.planning_runs.job import json_of
from server.planning_runs.material import PlanOptions
from server.planning_runs.rules import ACTIVE, status_now
from server.planning_runs.runner import tell
from server.planning_runs.tables import PlanningRunRow
from server.recruitment_events.tables import RecruitmentEventRow

KEPT_MAX = 10


class OtherRunIsActive(Exception):
    """A plan with other options is being made; `run_id` is its run."""

    def __init__(self, run_id: UUID) -> None:
        super().__init__("wait for the plan that is being made, or cancel it")
        self.run_id = run_id


async def ask(
    session: AsyncSession, event: RecruitmentEventRow, options: PlanOptions, *, person_id: UUID, now: datetime
) -> UUID:
    """The run that makes a plan with these options: the active one if it does, else a new one.

    Raises:
        OtherRunIsActive: one with other options is active.
    """
    asked = json_of(options)
    runs = await repository.list_runs(session, event.id)
    for run in runs:
        if run.status not in ACTIVE:
            continue
        if status_now(run.status, heartbeat_at=run.heartbeat_at, now=now) == "lost":
            await _end(session, event, run.id, "lost", now=now)
        elif run.options == asked:
            return UUID(str(run.id))
        else:
            raise OtherRunIsActive(run.id)
    await _forget(session, [run.id for run in runs[KEPT_MAX - 1 :]])
    row = PlanningRunRow(
        recruitment_event_id=event.id, person_id=person_id, options=asked, created_at=now, heartbeat_at=now
    )
    session.add(row)
    await tell(session, event.id, row.id, "queued", now=now)
    return row.id


async def cancel(session: AsyncSession, event: RecruitmentEventRow, run_id: UUID, *, now: datetime) -> None:
    """No longer want a run; one that has ended stays as it is. Whoever works on it sees it and stops."""
    await _end(session, event, run_id, "cancelled", now=now)


async def _end(session: AsyncSession, event: RecruitmentEventRow, run_id: UUID, status: str, *, now: datetime) -> None:
    ending = (
        update(PlanningRunRow)
        .where(col(PlanningRunRow.id) == run_id, col(PlanningRunRow.status).in_(ACTIVE))
        .values(status=status, stage="", finished_at=now)
    )
    if (await (await session.connection()).execute(ending)).rowcount:
        await tell(session, event.id, run_id, status, now=now)


async def _forget(session: AsyncSession, run_ids: list[UUID]) -> None:
    if run_ids:
        forgetting = delete(PlanningRunRow).where(col(PlanningRunRow.id).in_(run_ids))
        await (await session.connection()).execute(forgetting)
