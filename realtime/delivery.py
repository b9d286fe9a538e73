"""Socket.IO's server as we use it: text frames only, one encoding for many, bounded queues.

python-socketio spends a task on each recipient of an emit and lets the queue
of a client that never reads grow without end. `deliver` encodes once, puts the
packet into each queue without waiting, and cuts off who has stopped reading.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from typing import Any

import engineio
import orjson
import socketio
from engineio import packet as engine
from socketio import packet as wire

from realtime.protocol import NAMESPACE

logger = logging.getLogger(__name__)

BACKLOG_MAX = 1_000
"""Packets that may wait for one client: minutes of a busy desk."""
CONNECT_WITHIN_S = 10.0
DISMISSED_WITHIN_S = 0.5
RESERVED = frozenset({"connect", "disconnect"})


class Json:
    """orjson behind the two calls that python-socketio makes."""

    @staticmethod
    def dumps(value: Any, **_: Any) -> str:
        return orjson.dumps(value).decode()

    @staticmethod
    def loads(text: str | bytes, **_: Any) -> Any:
        return orjson.loads(text)


class TextPacket(wire.Packet):  # type: ignore[misc]  # python-socketio ships no types
    """A Socket.IO packet without binary attachments."""

    uses_binary_events = False
    json = Json


class Malformed(Exception):
    """A frame that is not a packet we understand."""


def decode(frame: Any) -> TextPacket:
    """The packet in a message of the transport.

    Raises:
        Malformed: it is no packet, or one that no client of ours sends.
    """
    if not isinstance(frame, str):
        raise Malformed("not a text frame")
    try:
        packet = TextPacket(encoded_packet=frame)
    except (ValueError, TypeError, IndexError) as failure:
        raise Malformed("not a packet") from failure
    data = packet.data
    match packet.packet_type:
        case wire.CONNECT if data is None or isinstance(data, dict):
            return packet
        case wire.DISCONNECT if data is None:
            return packet
        case wire.EVENT if isinstance(data, list) and data and isinstance(data[0], str) and data[0] not in RESERVED:
            return packet
        case _:
            raise Malformed("not a packet that a client sends")


class LiveSocketServer(socketio.AsyncServer):  # type: ignore[misc]  # python-socketio ships no types
    """A Socket.IO server that survives what clients send and what they do not read."""

    def __init__(self, **options: Any) -> None:
        quiet = logging.getLogger("realtime.transport")
        quiet.setLevel(logging.CRITICAL)
        super().__init__(
            async_mode="asgi",
            serializer=TextPacket,
            async_handlers=False,
            always_connect=False,
            logger=quiet,
            engineio_logger=quiet,
            http_compression=False,
            **options,
        )
        self.malformed = 0
        self.cut_off = 0
        self._closing: set[asyncio.Task[None]] = set()

    def deliver(self, sids: Iterable[str], event: str, body: dict[str, Any]) -> None:
        """Send one event to many connections of the namespace, in the order of the calls."""
        encoded = engine.Packet(
            engine.MESSAGE, TextPacket(wire.EVENT, namespace=NAMESPACE, data=[event, body]).encode()
        )
        for sid in sids:
            engine_sid = self.manager.eio_sid_from_sid(sid, NAMESPACE)
            socket = self.eio.sockets.get(engine_sid)
            if socket is None or socket.closed or socket.closing:
                continue
            if socket.queue.qsize() >= BACKLOG_MAX:
                self.cut_off += 1
                self.close_soon(engine_sid)
            else:
                socket.queue.put_nowait(encoded)

    async def dismiss(self, sid: str) -> None:
        """Disconnect a client after all that was sent to it, and close its transport if it does not."""
        engine_sid = self.manager.eio_sid_from_sid(sid, NAMESPACE)
        await self.disconnect(sid, namespace=NAMESPACE)
        await asyncio.sleep(DISMISSED_WITHIN_S)
        self.close_soon(engine_sid)

    def close_soon(self, engine_sid: str) -> None:
        """Close a transport without waiting for what it still holds."""
        task = asyncio.create_task(self._abort(engine_sid))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def _abort(self, engine_sid: str) -> None:
        socket = self.eio.sockets.get(engine_sid)
        if socket is None:
            return
        while not socket.queue.empty():
            socket.queue.get_nowait()
        socket.queue.put_nowait(None)
        await socket.close(wait=False, abort=True, reason=engineio.AsyncServer.reason.SERVER_DISCONNECT)
        self.eio.sockets.pop(engine_sid, None)

    async def _handle_eio_connect(self, engine_sid: str, environ: dict[str, Any]) -> None:
        await super()._handle_eio_connect(engine_sid, environ)
        asyncio.get_running_loop().call_later(CONNECT_WITHIN_S, self._check_connected, engine_sid)

    async def _handle_eio_disconnect(self, engine_sid: str, reason: str) -> None:
        await super()._handle_eio_disconnect(engine_sid, reason)
        socket = self.eio.sockets.get(engine_sid)
        if socket is not None:
            # A poll that still waits would otherwise be held until the next ping.
            socket.queue.put_nowait(None)

    def _check_connected(self, engine_sid: str) -> None:
        if engine_sid in self.eio.sockets and self.manager.sid_from_eio_sid(engine_sid, NAMESPACE) is None:
            self.close_soon(engine_sid)

    async def _handle_eio_message(self, engine_sid: str, frame: Any) -> None:
        try:
            packet = decode(frame)
        except Malformed:
            self.malformed += 1
            self.close_soon(engine_sid)
            return
        try:
            if packet.packet_type == wire.CONNECT:
                await self._handle_connect(engine_sid, packet.namespace, packet.data)
            elif packet.packet_type == wire.DISCONNECT:
                await self._handle_disconnect(engine_sid, packet.namespace, self.reason.CLIENT_DISCONNECT)
            else:
                await self._handle_event(engine_sid, packet.namespace, packet.id, packet.data)
        except Exception:
            logger.exception("a packet could not be handled")
