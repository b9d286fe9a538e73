"""Plans that a planner has made for the world's event: one that waits to be laid, and one that lies."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.planning_runs.tables import PlanningRunRow

FIGURES: dict[str, Any] = {
    "meetings": 0,
    "seekers": 0,
    "by_meetings": [0, 0, 0, 0],
    "breaks": 0,
    "mean_value": None,
    "groups": [],
    "prices": {},
}


async def add_runs(session: AsyncSession, ids: dict[str, str], *, now: datetime) -> None:
    """Two runs of the event, of which the later one lies; neither has a meeting."""
    for number, name in enumerate(("made_run", "laid_run")):
        row = PlanningRunRow(
            recruitment_event_id=UUID(ids["event"]),
            person_id=UUID(ids["staff"]),
            status="done",
            progress_pct=100,
            options={"seed": number, "meetings_max": None, "meetings_min": None, "keep": "pinned", "parity": None},
            replaced=[],
            figures=FIGURES,
            created_at=now - timedelta(minutes=2 - number),
            heartbeat_at=now,
            finished_at=now,
            laid_at=now if name == "laid_run" else None,
        )
        session.add(row)
        ids[name] = str(row.id)
    await session.flush()
