"""The room of one meeting, as a simulated participant is in it: joined, kept, connected, come back to."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from realtime.simulated.api import Api
from realtime.simulated.chat import Chat
from realtime.simulated.clip import clip_of
from realtime.simulated.letters import initials
from realtime.simulated.live import Live
from realtime.simulated.manner import Manner
from realtime.simulated.media import Received
from realtime.simulated.peer import Peer, stopped

KEEP_S = 10.0
REJOIN_S = 1.0


@dataclass(slots=True, eq=False)
class Room:
    """Enter with ``async with``; `received` tells what the other side has sent so far."""

    api: Api
    live: Live
    meeting_id: str
    manner: Manner
    received: Received = field(default_factory=Received)
    entered_at: float = field(default_factory=time.monotonic)
    _info: dict[str, Any] = field(default_factory=dict)
    _peer: Peer | None = None
    _chat: Chat | None = None
    _other: str | None = None
    _out: bool = False
    _left: bool = False
    _events: asyncio.Queue[tuple[str, dict[str, Any]]] = field(default_factory=asyncio.Queue)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def __aenter__(self) -> Self:
        self._info = await self.api.get(f"/api/meetings/{self.meeting_id}/room")
        self.live.attend(self.meeting_id, lambda event, data: self._events.put_nowait((event, data)))
        self.live.on_connect.append(self._line_is_new)
        self._line_is_new()
        self._tasks = [asyncio.create_task(work) for work in (self._handle_events(), self._keep())]
        if self.manner.pace:
            role = self._info["me"]["role"]
            self._chat = Chat(self.api, self.live, self.meeting_id, role, manner=self.manner)
            self._tasks.append(asyncio.create_task(self._chat.start()))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.live.forget(self.meeting_id)
        with suppress(ValueError):
            self.live.on_connect.remove(self._line_is_new)
        self._left = True
        await stopped(self._tasks)
        await self._hang_up()
        if self._chat is not None:
            await self._chat.stop()
        if not self._out:
            await self.live.request("leave", {"meeting_id": self.meeting_id})

    @property
    def connected(self) -> bool:
        """Whether picture and sound can flow."""
        return self._peer is not None and self._peer.connected

    @property
    def is_out(self) -> bool:
        """Whether this participant may be here no more, or is here from somewhere else."""
        return self._out

    def account(self) -> dict[str, Any]:
        """What came of being here, for those who keep count."""
        first = self.received.first_at
        return {
            "meeting_id": self.meeting_id,
            "frames": self.received.frames,
            "sounds": self.received.sounds,
            "first_frame_s": None if first is None else round(first - self.entered_at, 3),
        }

    def _line_is_new(self) -> None:
        self._events.put_nowait(("join", {}))

    async def _handle_events(self) -> None:
        while not self._left:
            event, data = await self._events.get()
            if self._out:
                continue
            if event == "join":
                await self._join()
            elif event == "presence.joined":
                await self._meet(data["connection_id"], we_joined=False)
            elif event == "presence.left" and data["connection_id"] == self._other:
                self._other = None
                if not self.connected:
                    await self._hang_up()
            elif event == "signal.received":
                await self._signalled(data)
            elif event in ("connection.replaced", "access.ended"):
                self._out = True
                await self._hang_up()

    async def _join(self) -> None:
        answer = await self.live.request("join", {"meeting_id": self.meeting_id})
        if not answer.get("ok"):
            if answer.get("error") != "offline":
                asyncio.get_running_loop().call_later(REJOIN_S, self._line_is_new)
            return
        await self._announce()
        others = answer["others"]
        if others:
            await self._meet(others[-1]["connection_id"], we_joined=True)

    async def _meet(self, connection_id: str, *, we_joined: bool) -> None:
        changed, self._other = connection_id != self._other, connection_id
        if self._peer is None:
            await self._connect()
        elif changed or we_joined:
            self._peer.verify()
        if not we_joined:
            await self._announce()

    async def _connect(self) -> None:
        clip = None
        if self.manner.media:
            me = self._info["me"]
            clip = await asyncio.to_thread(clip_of, initials(me["name"]), me["role"])
        self._peer = Peer(self._info, send=self._send, clip=clip, received=self.received)
        await self._peer.start()

    async def _signalled(self, data: dict[str, Any]) -> None:
        if data["from"] != self._other:
            # Word of their new line was lost, or this is late word from their old one; only an offer tells which.
            if (data.get("description") or {}).get("type") != "offer":
                return
            self._other = data["from"]
        if self._peer is None:
            await self._connect()
        if self._peer is not None:
            self._peer.receive(data)

    async def _send(self, signal: dict[str, Any]) -> None:
        if self._other is None:
            return
        answer = await self.live.request("signal", {"meeting_id": self.meeting_id, "to": self._other, **signal})
        if answer.get("error") == "gone":
            # They have a new line that we have not heard of: joining again tells who is here.
            asyncio.get_running_loop().call_later(REJOIN_S, self._line_is_new)

    async def _announce(self) -> None:
        media = {"has_audio": self.manner.media, "has_video": self.manner.media}
        await self.live.request("announce", {"meeting_id": self.meeting_id, **media})

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(KEEP_S)
            answer = await self.live.request("keep", {"meeting_id": self.meeting_id})
            if answer.get("error") in ("expired", "not_joined"):
                self._line_is_new()

    async def _hang_up(self) -> None:
        peer, self._peer = self._peer, None
        if peer is not None:
            await peer.close()
