"""Looking for repairs of a large event in a process of its own, so that nobody the server serves waits for it."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from server.repairs.shapes import RepairRequest, Repairs
from server.repairs.understanding import HasBegun, NotUnderstood

ROOT = Path(__file__).parents[2]
WITHIN_S = 60
LINE_MAX_BYTES = 16 * 1024 * 1024
REFUSALS: dict[str, Callable[[dict[str, Any]], Exception]] = {
    "HasBegun": lambda said: HasBegun(said["message"]),
    "NotUnderstood": lambda said: NotUnderstood(said["path"], said["message"]),
}


class HelperFailed(Exception):
    """The process ended without an answer, or took too long."""


async def look_apart(database_url: str, event_id: UUID, request: RepairRequest, *, now: datetime) -> Repairs:
    """What `service.look` would say, thought out elsewhere.

    Raises:
        NotUnderstood: the request names what is not there.
        HasBegun: the meeting is under way or over.
        HelperFailed: there was no answer in a minute.
    """
    question = {
        "database_url": database_url,
        "event_id": str(event_id),
        "request": request.model_dump(mode="json"),
        "now": now.isoformat(),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "server.repairs.worker",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])},
        limit=LINE_MAX_BYTES,
    )
    try:
        async with asyncio.timeout(WITHIN_S):
            line, _ = await process.communicate(json.dumps(question).encode() + b"\n")
    except TimeoutError:
        raise HelperFailed(f"no answer in {WITHIN_S} s") from None
    finally:
        if process.returncode is None:
            process.kill()
            await asyncio.shield(process.wait())
    if process.returncode or not line:
        raise HelperFailed(f"the helper ended with {process.returncode}")
    said: dict[str, Any] = json.loads(line)
    if "refused" in said:
        raise REFUSALS[said["refused"]](said)
    return Repairs.model_validate(said["repairs"])
