"""A job for the process of its own, as the line of JSON that it is given."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from server.planning_runs.material import PlanOptions

Task = Literal["plan", "figures"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to work out, of which event, as it is at `now`; the database's address may hold a password."""

    task: Task
    database_url: str = field(repr=False)
    event_id: UUID
    now: datetime
    options: PlanOptions = field(default_factory=PlanOptions)


def line_of(job: Job) -> bytes:
    """The job as a line."""
    said = {
        "task": job.task,
        "database_url": job.database_url,
        "event_id": str(job.event_id),
        "now": job.now.isoformat(),
        "options": json_of(job.options),
    }
    return json.dumps(said).encode() + b"\n"


def job_of(line: str) -> Job:
    """The job that a line says."""
    said = json.loads(line)
    return Job(
        task=said["task"],
        database_url=said["database_url"],
        event_id=UUID(said["event_id"]),
        now=datetime.fromisoformat(said["now"]),
        options=options_of(said["options"]),
    )


def json_of(options: PlanOptions) -> dict[str, Any]:
    """Options as a run's row keeps them."""
    dimension, strength = options.parity or (None, 0.0)
    parity = {"dimension": dimension, "strength": strength} if dimension else None
    return {
        "seed": options.seed,
        "meetings_max": options.meetings_max,
        "meetings_min": options.meetings_min,
        "keep": options.keep,
        "parity": parity,
    }


def options_of(kept: dict[str, Any]) -> PlanOptions:
    """Options from a run's row."""
    parity = kept.get("parity")
    return PlanOptions(
        seed=kept.get("seed", 0),
        meetings_max=kept.get("meetings_max"),
        meetings_min=kept.get("meetings_min"),
        keep=kept.get("keep", "pinned"),
        parity=(parity["dimension"], parity["strength"]) if parity else None,
    )
