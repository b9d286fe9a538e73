"""The socket side of a simulated participant: follows streams, speaks for meetings, comes back by itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import aiohttp
import socketio
from socketio.exceptions import SocketIOError

from realtime.protocol import NAMESPACE
from realtime.simulated.api import Api, jittered

CONNECT_WITHIN_S = 8
ANSWER_WITHIN_S = 6
LOOK_EVERY_S = 0.5

Answer = dict[str, Any]
Hear = Callable[[dict[str, Any]], None]
_quiet = logging.getLogger(f"{__name__}.transport")
_quiet.setLevel(logging.CRITICAL)

MEETING_EVENTS = ("presence.joined", "presence.left", "signal.received", "connection.replaced", "access.ended")


class Followed:
    """Where one stream has been heard to."""

    __slots__ = ("epoch", "hear", "last")

    def __init__(self, hear: Hear) -> None:
        self.hear = hear
        self.epoch: str | None = None
        self.last = 0


class Live:
    """One connection to ``/live``, opened anew with growing pauses whenever it is lost."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._socket: Any = None
        self._followed: dict[str, Followed] = {}
        self._meetings: dict[str, Callable[[str, Answer], None]] = {}
        self._connected = asyncio.Event()
        self._lost = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._following: set[asyncio.Task[None]] = set()
        self.on_connect: list[Callable[[], None]] = []
        self.ended = False

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._stay_connected())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in (self._task, *self._following):
            if task is not None:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
        await self._close()

    async def follow(self, stream: str, hear: Hear) -> None:
        """Hear the events of a stream from now on, each once and in order.

        ``{"kind": "snapshot"}`` is heard first, and whenever events were missed for good: read the view anew.
        """
        self._followed[stream] = Followed(hear)
        if self._connected.is_set():
            await self._ask_for(stream)

    async def unfollow(self, stream: str) -> None:
        """Hear a stream no more."""
        if self._followed.pop(stream, None) is not None:
            await self.request("unfollow", {"stream": stream})

    def attend(self, meeting_id: str, hear: Callable[[str, Answer], None]) -> None:
        """Have what is said about one meeting called back, by event name."""
        self._meetings[meeting_id] = hear

    def forget(self, meeting_id: str) -> None:
        """Hear of a meeting no more."""
        self._meetings.pop(meeting_id, None)

    async def request(self, event: str, data: dict[str, Any]) -> Answer:
        """The acknowledgement of an event; ``{"ok": False}`` with ``offline`` or ``no_answer`` if none came."""
        if not self._connected.is_set():
            return {"ok": False, "error": "offline"}
        try:
            answer = await self._socket.call(event, data, namespace=NAMESPACE, timeout=ANSWER_WITHIN_S)
        except (SocketIOError, aiohttp.ClientError, OSError, TimeoutError):
            return {"ok": False, "error": "no_answer"}
        return answer if isinstance(answer, dict) else {"ok": False, "error": "no_answer"}

    async def _stay_connected(self) -> None:
        failures = 0
        while not self.ended:
            try:
                await self._open()
                failures = 0
                await self._lost.wait()
            except (SocketIOError, aiohttp.ClientError, OSError, TimeoutError):
                failures += 1
            self._connected.clear()
            await self._close()
            await asyncio.sleep(jittered(failures))

    async def _open(self) -> None:
        self._lost.clear()
        self._socket = socketio.AsyncClient(
            reconnection=False,
            handle_sigint=False,
            http_session=self._api.http,
            logger=_quiet,
            engineio_logger=_quiet,
        )
        self._socket.on("*", self._heard, namespace=NAMESPACE)
        self._socket.on("disconnect", self._disconnected, namespace=NAMESPACE)
        await self._socket.connect(
            self._api.url, namespaces=[NAMESPACE], transports=["websocket"], wait_timeout=CONNECT_WITHIN_S
        )
        self._connected.set()
        for stream in list(self._followed):
            await self._ask_for(stream)
        for tell in list(self.on_connect):
            tell()

    async def _close(self) -> None:
        socket, self._socket = self._socket, None
        self._connected.clear()
        if socket is not None:
            with suppress(SocketIOError, aiohttp.ClientError, OSError, TimeoutError):
                async with asyncio.timeout(CONNECT_WITHIN_S):
                    await socket.disconnect()

    async def _disconnected(self, *_: Any) -> None:
        self._lost.set()

    async def _heard(self, event: str, data: Any = None) -> None:
        if not isinstance(data, dict):
            return
        if event == "stream.advanced":
            self._advanced(data)
        elif event == "session.ended":
            self.ended = True
            self._lost.set()
        elif event in MEETING_EVENTS and (hear := self._meetings.get(str(data.get("meeting_id")))):
            hear(event, data)

    def _advanced(self, event: dict[str, Any]) -> None:
        followed = self._followed.get(event["stream"])
        if followed is None:
            return
        if event["epoch"] == followed.epoch and event["seq"] <= followed.last:
            return
        if event["epoch"] == followed.epoch and event["seq"] == followed.last + 1:
            followed.last = event["seq"]
            followed.hear(event)
            return
        task = asyncio.create_task(self._ask_for(event["stream"]))
        self._following.add(task)
        task.add_done_callback(self._following.discard)

    async def _ask_for(self, stream: str) -> None:
        """Have everything after the last event that was heard."""
        followed = self._followed.get(stream)
        if followed is None:
            return
        question: dict[str, Any] = {"stream": stream}
        if followed.epoch is not None:
            question |= {"epoch": followed.epoch, "after": followed.last}
        answer = await self.request("follow", question)
        if not answer.get("ok"):
            return
        if followed.epoch != answer["epoch"] or answer.get("snapshot_required"):
            followed.epoch, followed.last = answer["epoch"], answer["head"]
            followed.hear({"kind": "snapshot"})
            return
        for event in answer.get("events") or []:
            if event["seq"] > followed.last:
                followed.last = event["seq"]
                followed.hear(event)
