"""A process of its own that reads an event and works on it: ``python -m server.planning_runs.worker``.

One line of JSON comes in and says what to do; lines of JSON go out, ``{"stage", "share"}`` while it works and
``{"result"}`` at last. It only ever reads the database. It ends when its standard input is closed, which happens by
itself when its parent dies, however that dies.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from server.kit.db import Database
from server.kit.process import stay_behind
from server.planning_runs.figures import figures_of, laid_now
from server.planning_runs.job import Job, job_of
from server.planning_runs.material import READING, Material, Tick
from server.planning_runs.repository import load_material
from server.recruitment_events.tables import RecruitmentEventRow

TELLS_EVERY_S = 0.2
Say = Callable[[dict[str, Any]], None]


def main() -> None:
    """Do the one job that comes in."""
    job = job_of(sys.stdin.readline())
    stay_behind()
    output = sys.stdout
    sys.stdout = sys.stderr  # whatever a library prints is no line of ours

    def say(message: dict[str, Any]) -> None:
        output.write(json.dumps(message) + "\n")
        output.flush()

    say({"result": work(job, _progress(say))})


def work(job: Job, progress: Callable[[str, float], None]) -> dict[str, Any]:
    """The result of a job."""
    progress("load", 0.0)
    material = asyncio.run(_load(job, lambda share: progress("load", READING * share)))
    if job.task == "figures":
        return figures_of(material, laid_now(material))
    from server.planning_runs.making import plan_of  # OR-tools: half a second that only plans need

    return plan_of(material, job.options, progress)


async def _load(job: Job, tick: Tick) -> Material:
    database = Database(job.database_url, pool_size=1)
    try:
        async with database.read() as session:
            event = await session.get_one(RecruitmentEventRow, job.event_id)
            return await load_material(session, event, now=job.now, tick=tick)
    finally:
        await database.dispose()


def _progress(say: Say) -> Callable[[str, float], None]:
    """Tells each new stage, and how far it is a few times a second."""
    told: dict[str, Any] = {"stage": "", "at": 0.0}

    def progress(stage: str, share: float) -> None:
        now = time.monotonic()
        if stage != told["stage"] or now - told["at"] >= TELLS_EVERY_S:
            told.update(stage=stage, at=now)
            say({"stage": stage, "share": share})

    return progress


if __name__ == "__main__":
    main()
