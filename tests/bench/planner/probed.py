"""The real server with a probe in its loop: ``python -m tests.bench.planner.probed PORT``.

`GET /probe` tells the longest times, in milliseconds, that the loop has been held since it was last asked: by the
clock, and by its own work alone, which counts where other programs crowd the machine.
"""

from __future__ import annotations

import asyncio
import socket
import sys
import time

import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from server.app import create_app
from server.kit import memory
from server.settings import Settings

EVERY_S = 0.002


class Probed:
    """An application, and beside it a task that wants its turn every two milliseconds and notes when it is late."""

    def __init__(self, app: Starlette) -> None:
        self.app = app
        self.longest_s = self.longest_work_s = 0.0
        self.task: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.task is None:
            self.task = asyncio.create_task(self.watch())
        if scope["type"] == "http" and scope["path"] == "/probe":
            told = {"stall_ms": self.longest_s * 1000, "work_ms": self.longest_work_s * 1000}
            self.longest_s = self.longest_work_s = 0.0
            await JSONResponse(told)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def watch(self) -> None:
        """Note how much later than wanted each turn comes."""
        while True:
            began, worked = time.perf_counter(), time.thread_time()
            await asyncio.sleep(EVERY_S)
            self.longest_s = max(self.longest_s, time.perf_counter() - began - EVERY_S)
            self.longest_work_s = max(self.longest_work_s, time.thread_time() - worked)


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, as `direktkontakt serve` does."""
        await super().startup(sockets)
        memory.settle()


def main() -> None:
    """Serve until told to stop, by the settings of the environment."""
    probed = Probed(create_app(Settings()))
    _Server(uvicorn.Config(probed, port=int(sys.argv[1]), loop="uvloop", http="httptools", log_level="warning")).run()


if __name__ == "__main__":
    main()
