"""A process of its own for work that would hold the loop: started for it, and gone with it.

Nothing of it outlives its parent: it watches its standard input, which closes when the parent is gone. Between two
pieces of work there is none, so that a server that does none carries none of what it needs.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import orjson

LINE_MAX_BYTES = 64 * 1024 * 1024
NICE = 10
ROOT = Path(__file__).parents[2]


class WorkerDied(Exception):
    """The process ended without a result; the message says how."""


class WorkerProcess:
    """A process at work; it says lines of JSON."""

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
            raise WorkerDied(f"the process ended with {await self._process.wait()}")
        said: dict[str, Any] = orjson.loads(line)
        return said

    async def result(self, *, timeout_s: float) -> dict[str, Any]:
        """The result of work that nobody follows.

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
async def working(module: str, line: bytes) -> AsyncIterator[WorkerProcess]:
    """``python -m module``, given `line`, for as long as the block lasts; then it is gone."""
    process = await started(module)
    assert process.stdin is not None
    try:
        with suppress(ConnectionError):
            process.stdin.write(line)
            await process.stdin.drain()
        yield WorkerProcess(process)
    finally:
        await asyncio.shield(ended(process))


async def started(module: str) -> asyncio.subprocess.Process:
    """``python -m module`` with pipes to write to and to read from; whoever starts it has it `ended`."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": "1"},
        limit=LINE_MAX_BYTES,
        start_new_session=True,  # Ctrl-C is for the server, which then ends it
    )


async def ended(process: asyncio.subprocess.Process) -> None:
    """The process is gone, whatever it was at."""
    with suppress(ProcessLookupError):
        process.kill()
    if process.stdin is not None:
        process.stdin.close()
    while process.stdout is not None and await process.stdout.read(LINE_MAX_BYTES):
        pass  # a pipe that nobody empties is never closed
    await process.wait()


def stay_behind() -> None:
    """In the process itself: give way to whoever is served, and end with the parent, however that ends."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(OSError):
        os.nice(NICE)


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(1)
