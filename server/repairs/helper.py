"""The process that thinks about repairs of large events, so that nobody the server serves waits for it.

One a server process: started by the first question, kept warm for the next ones, ended when nobody has asked for some
minutes. It answers one question after the other. When it dies the next question starts it anew; when the server dies
its standard input closes, and it ends.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog

from server.kit.process import ended, started
from server.repairs.shapes import RepairRequest, Repairs
from server.repairs.understanding import HasBegun, NotUnderstood

WITHIN_S = 60.0
IDLE_S = 300.0
TRIES = 2
REFUSALS: dict[str, Callable[[dict[str, Any]], Exception]] = {
    "HasBegun": lambda said: HasBegun(said["message"]),
    "NotUnderstood": lambda said: NotUnderstood(said["path"], said["message"]),
}
IsGone = Callable[[], Awaitable[bool]]
log = structlog.get_logger(__name__)


class HelperFailed(Exception):
    """There was no answer: the process died twice over it, or took too long, or the asker has gone."""


class Helper:
    """Questions and answers; `within_s` is how long an answer may take, `idle_s` how long the process is kept."""

    def __init__(self, database_url: str, *, within_s: float = WITHIN_S, idle_s: float = IDLE_S) -> None:
        self._database_url = database_url
        self._within_s, self._idle_s = within_s, idle_s
        self._turn = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None
        self._bedtime: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._endings: set[asyncio.Task[None]] = set()

    @property
    def pid(self) -> int | None:
        """The process that is there, if one is."""
        return self._process.pid if self._process is not None else None

    async def look(
        self,
        event_id: UUID,
        request: RepairRequest,
        *,
        now: datetime,
        is_fresh: bool = False,
        is_gone: IsGone | None = None,
    ) -> Repairs:
        """What `service.look` would say, thought out elsewhere.

        `is_fresh`: nothing that the process remembers is used. `is_gone` says whether the asker still waits, when
        their turn comes; whoever is cancelled meanwhile leaves the line, or an answer that nobody reads.

        Raises:
            NotUnderstood: the request names what is not there.
            HasBegun: the meeting is under way or over.
            HelperFailed: there is no answer.
        """
        question = {
            "event_id": str(event_id),
            "request": request.model_dump(mode="json"),
            "now": now.isoformat(),
            "is_fresh": is_fresh,
        }
        await self._turn.acquire()
        task = asyncio.ensure_future(self._in_turn(question, is_gone))
        self._tasks.add(task)
        task.add_done_callback(self._done)
        said = await asyncio.shield(task)
        if "refused" in said:
            raise REFUSALS[said["refused"]](said)
        if "failed" in said:
            raise HelperFailed(f"the helper stumbled: {said['failed']}")
        return Repairs.model_validate(said["repairs"])

    async def aclose(self) -> None:
        """End the process, and whatever is being asked."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._end()
        await asyncio.gather(*self._endings)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # read, also where nobody waits for it any more

    async def _in_turn(self, question: dict[str, Any], is_gone: IsGone | None) -> dict[str, Any]:
        """The answer; the turn has been taken and is given on, whoever listens."""
        try:
            if is_gone is not None and await is_gone():
                raise HelperFailed("whoever asked has gone")
            self._stay_up()
            return await self._answer(question)
        finally:
            self._go_to_bed_later()
            self._turn.release()

    async def _answer(self, question: dict[str, Any]) -> dict[str, Any]:
        for _ in range(TRIES):
            try:
                async with asyncio.timeout(self._within_s):
                    line = await _exchange(await self._started(), question)
            except TimeoutError:
                await self._end()
                raise HelperFailed(f"no answer in {self._within_s} s") from None
            except BaseException:
                await self._end()
                raise
            if line:
                said: dict[str, Any] = json.loads(line)
                return said
            await self._end()
            log.warning("repair_helper_died")
        raise HelperFailed("the process died over the question")

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is not None and self._process.returncode is not None:
            await self._end()
        if self._process is None:
            self._process = await started("server.repairs.worker")
            await _exchange(self._process, {"database_url": self._database_url})
        return self._process

    def _stay_up(self) -> None:
        if self._bedtime is not None:
            self._bedtime.cancel()
            self._bedtime = None

    def _go_to_bed_later(self) -> None:
        self._stay_up()
        self._bedtime = asyncio.get_running_loop().call_later(self._idle_s, self._go_to_bed)

    def _go_to_bed(self) -> None:
        mine = self._bedtime

        async def end() -> None:
            async with self._turn:
                if self._bedtime is mine:  # nobody has asked meanwhile
                    await self._end()

        task = asyncio.ensure_future(end())
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def _end(self) -> None:
        self._stay_up()
        process, self._process = self._process, None
        if process is not None:
            # Whoever is cancelled here leaves no half-ended process behind.
            ending = asyncio.ensure_future(ended(process))
            self._endings.add(ending)
            ending.add_done_callback(self._endings.discard)
            await asyncio.shield(ending)


async def _exchange(process: asyncio.subprocess.Process, said: dict[str, Any]) -> bytes:
    """The line that comes back; nothing where the process has ended."""
    assert process.stdin is not None and process.stdout is not None
    try:
        process.stdin.write(json.dumps(said).encode() + b"\n")
        await process.stdin.drain()
    except ConnectionError:
        return b""
    line = await process.stdout.readline()
    return line if line.endswith(b"\n") else b""
