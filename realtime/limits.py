"""Limits below Socket.IO: how much a connection may send, counted where the bytes arrive.

A limit inside the event handlers comes too late for a flood: each frame has
been parsed by then. So this stands between the web server and Engine.IO.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from time import monotonic
from typing import Any
from urllib.parse import parse_qs

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY_VIOLATION = 1008
CLIENT_PACKETS = frozenset("12345")
"""Engine.IO packet types that a client may send: close, ping, pong, message, upgrade."""
POLLERS_MAX = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one connection may send: steadily per second, and at once."""

    frames_per_s: float = 40.0
    frames_burst: int = 200
    bytes_per_s: float = 64 * 1024.0
    bytes_burst: int = 512 * 1024
    frame_max_bytes: int = 96 * 1024


class Allowance:
    """Two token buckets, for frames and for bytes."""

    __slots__ = ("_at", "_bytes", "_frames", "_limits")

    def __init__(self, limits: Limits, *, now: float) -> None:
        self._limits, self._at = limits, now
        self._frames, self._bytes = float(limits.frames_burst), float(limits.bytes_burst)

    def spend(self, *, frames: int, size: int, now: float) -> bool:
        """Take so much out; False if it is not there."""
        limits, passed = self._limits, max(0.0, now - self._at)
        self._at = now
        self._frames = min(limits.frames_burst, self._frames + passed * limits.frames_per_s) - frames
        self._bytes = min(limits.bytes_burst, self._bytes + passed * limits.bytes_per_s) - size
        return size <= limits.frame_max_bytes and self._frames >= 0 and self._bytes >= 0


class LimitedTransport:
    """An ASGI application around Engine.IO that closes connections which send too much or nonsense."""

    def __init__(self, app: App, limits: Limits, *, clock: Callable[[], float] = monotonic) -> None:
        self._app, self._limits, self._clock = app, limits, clock
        self._pollers: dict[str, Allowance] = {}
        self.limited = 0
        self.malformed = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._web_socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._polling(scope, receive, send)

    async def _web_socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        allowance, closed = Allowance(self._limits, now=self._clock()), False

        async def limited_receive() -> Message:
            nonlocal closed
            message = await receive()
            if closed or message["type"] != "websocket.receive":
                return message
            if self._acceptable([message.get("text") or ""], allowance):
                return message
            closed = True
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}

        async def open_send(message: Message) -> None:
            nonlocal closed
            if closed:
                return
            closed = message["type"] == "websocket.close"
            await send(message)

        await self._app(scope, limited_receive, open_send)

    async def _polling(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        if "j" in query:
            await _refuse(send, 400)
            return
        if scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        body = await _read(receive, self._limits.frame_max_bytes)
        try:
            packets = None if body is None else body.decode().split("\x1e")
        except UnicodeDecodeError:
            packets = [""]
        allowance = self._allowance_of(query.get("sid", [""])[0])
        if packets is None or len(packets) > 16 or not self._acceptable(packets, allowance):
            await _refuse(send, 413 if packets is None else 400)
            return
        replayed = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def replay() -> Message:
            return next(replayed, None) or await receive()

        await self._app(scope, replay, send)

    def _allowance_of(self, sid: str) -> Allowance:
        allowance = self._pollers.pop(sid, None) or Allowance(self._limits, now=self._clock())
        self._pollers[sid] = allowance
        while len(self._pollers) > POLLERS_MAX:
            del self._pollers[next(iter(self._pollers))]
        return allowance

    def _acceptable(self, packets: list[str], allowance: Allowance) -> bool:
        size = sum(len(packet.encode(errors="replace")) for packet in packets)
        if not allowance.spend(frames=len(packets), size=size, now=self._clock()):
            self.limited += 1
            return False
        if all(packet[:1] in CLIENT_PACKETS for packet in packets):
            return True
        self.malformed += 1
        return False


async def _read(receive: Receive, most: int) -> bytes | None:
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += bytes(message.get("body", b""))
        if len(body) > most:
            return None
        if not message.get("more_body", False):
            return body


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b""})
