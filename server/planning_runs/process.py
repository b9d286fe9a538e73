"""The process that a job is worked on in: started for it, ended with it, or before it when nobody wants it any more.

Nothing of it outlives its parent: it watches its standard input, which closes when the parent is gone. Between jobs
there is none, so that a server which plans nothing carries nothing.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import orjson

from server.planning_runs.job import Job, line_of

LINE_MAX_BYTES = 64 * 1024 * 1024
ROOT = Path(__file__).parents[2]


class WorkerDied(Exception):
    """The process ended without a result; the message says how."""


class WorkerProcess:
    """A job being worked on."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.pid = process.pid

    async def message(self, timeout_s: float) -> dict[str, Any] | None:
        """What it says next, or None when it has said nothing for so long.

        Raises:
            WorkerDied: it will say nothing more.
        """
        assert self._process.stdout is not None
        try:
            line = await asyncio.wait_for(self._process.stdout.readline(), timeout_s)
        except TimeoutError:
            return None
        if not line.endswith(b"\n"):
            raise WorkerDied(f"the planner's process ended with {await self._process.wait()}")
        said: dict[str, Any] = orjson.loads(line)
        return said

    async def result(self, *, timeout_s: float) -> dict[str, Any]:
        """The result of a job that nobody follows.

        Raises:
            WorkerDied: it ended without one.
            TimeoutError: it takes too long.
        """
        async with asyncio.timeout(timeout_s):
            while True:
                said = await self.message(timeout_s)
                if said is not None and "result" in said:
                    found: dict[str, Any] = said["result"]
                    return found


@asynccontextmanager
async def working_on(job: Job) -> AsyncIterator[WorkerProcess]:
    """A process at work on `job` for as long as the block lasts; then it is gone."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "server.planning_runs.worker",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": "1"},
        limit=LINE_MAX_BYTES,
        start_new_session=True,  # Ctrl-C is for the server, which then ends it
    )
    assert process.stdin is not None
    try:
        with suppress(ConnectionError):
            process.stdin.write(line_of(job))
            await process.stdin.drain()
        yield WorkerProcess(process)
    finally:
        await asyncio.shield(_end(process))


async def _end(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
    if process.stdin is not None:
        process.stdin.close()
    while process.stdout is not None and await process.stdout.read(LINE_MAX_BYTES):
        pass  # a pipe that nobody empties is never closed
    await process.wait()
