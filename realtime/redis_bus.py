"""The bus over Redis or Valkey, for several processes.

Publish/subscribe loses what is said while a line is down, and a subscriber can
stay deaf without an error anywhere. So this process says its heartbeat to
itself through the server; when it hears none for a while it takes a new line.
What is said here is heard at once in this process, with or without a server.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import uuid4

import orjson
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from realtime.bus import BusMessage, BusUnavailable, Handler, new_node_id

logger = logging.getLogger(__name__)

BACKLOG_MAX = 10_000
BACKOFF_MAX_S = 2.0
DOWN = (RedisError, OSError, TimeoutError)


class RedisBus:
    """A bus of any number of processes; `prefix` keeps systems on one server apart."""

    def __init__(self, url: str, *, prefix: str = "direktkontakt", heartbeat_s: float = 2.0) -> None:
        self.node_id = new_node_id()
        self.lost = 0
        """Messages that were surely not heard by other processes."""
        self.reconnects = 0
        self._redis = Redis.from_url(url, socket_connect_timeout=2, socket_timeout=None, health_check_interval=0)
        self._prefix, self._heartbeat_s = prefix, heartbeat_s
        self._handlers: list[Handler] = []
        self._backlog: deque[tuple[str, bytes]] = deque()
        self._said, self._online = asyncio.Event(), asyncio.Event()
        self._heard_at = 0.0
        self._pings: dict[str, asyncio.Future[None]] = {}
        self._tasks: list[asyncio.Task[None]] = []

    def subscribe(self, handler: Handler) -> None:
        """Hear every message for this process, its own too."""
        self._handlers.append(handler)

    def publish(self, message: BusMessage, *, node_id: str | None = None) -> bool:
        """Say something to all processes, or to one; False if it surely got lost."""
        if node_id in (None, self.node_id):
            self._hand(message)
        if node_id == self.node_id:
            return True
        return self._post(self._channel(node_id), message.kind, message.data)

    async def ping(self, *, timeout_s: float = 2.0) -> float:
        """Seconds that a word to ourselves took through the server and back."""
        loop, token = asyncio.get_running_loop(), uuid4().hex
        sent_at, back = loop.time(), loop.create_future()
        self._pings[token] = back
        try:
            if not self._post(self._channel(self.node_id), "ping", {"token": token}):
                raise BusUnavailable("the line to the bus is down")
            async with asyncio.timeout(timeout_s):
                await back
        except TimeoutError as silence:
            raise BusUnavailable(f"no word came back through the bus within {timeout_s} s") from silence
        finally:
            del self._pings[token]
        return loop.time() - sent_at

    async def start(self) -> None:
        """Begin to listen; returns at once, also when the server is not there yet."""
        self._tasks = [asyncio.create_task(part()) for part in (self._listen, self._send, self._watch)]

    async def stop(self) -> None:
        """Let go of the server."""
        running = set(self._tasks)
        while running:
            # A cancellation can be swallowed by a line that fails at the same moment.
            for task in running:
                task.cancel()
            _, running = await asyncio.wait(running, timeout=0.5)
        await self._redis.aclose()

    def _channel(self, node_id: str | None) -> str:
        return f"{self._prefix}:{node_id or 'all'}"

    def _post(self, channel: str, kind: str, data: dict[str, Any]) -> bool:
        if not self._online.is_set() or len(self._backlog) >= BACKLOG_MAX:
            self.lost += 1
            return False
        self._backlog.append((channel, orjson.dumps({"from": self.node_id, "kind": kind, "data": data})))
        self._said.set()
        return True

    async def _send(self) -> None:
        while True:
            await self._said.wait()
            self._said.clear()
            while self._backlog:
                said = [self._backlog.popleft() for _ in range(min(100, len(self._backlog)))]
                try:
                    async with self._redis.pipeline(transaction=False) as pipeline:
                        for channel, payload in said:
                            pipeline.publish(channel, payload)
                        async with asyncio.timeout(self._heartbeat_s * 3):
                            await pipeline.execute()
                except DOWN:
                    self.lost += len(said)
                    await asyncio.sleep(0.1)

    async def _listen(self) -> None:
        failures = 0
        while True:
            try:
                async with self._line() as line:
                    failures = 0
                    if self.reconnects:
                        self._hand(BusMessage("resumed", {}))
                    await self._hear(line)
            except DOWN as failure:
                failures += 1
                if failures == 1:
                    logger.warning("the line to the bus is down: %s", failure)
            self.reconnects += 1
            await asyncio.sleep(min(BACKOFF_MAX_S, 0.1 * 2 ** min(failures, 5)) * random.uniform(0.5, 1.0))

    @asynccontextmanager
    async def _line(self) -> AsyncIterator[PubSub]:
        line = self._redis.pubsub(ignore_subscribe_messages=True)
        try:
            async with asyncio.timeout(3):
                await line.subscribe(self._channel(None), self._channel(self.node_id))
            self._heard_at = asyncio.get_running_loop().time()
            self._online.set()
            yield line
        finally:
            self._online.clear()
            with suppress(*DOWN):
                await line.aclose()  # type: ignore[no-untyped-call]

    async def _hear(self, line: PubSub) -> None:
        loop = asyncio.get_running_loop()
        while loop.time() - self._heard_at < self._heartbeat_s * 3:
            said = await line.get_message(timeout=self._heartbeat_s)
            if said is not None:
                self._take(said["data"])
        logger.warning("the bus has been silent for %s s; taking a new line", self._heartbeat_s * 3)

    async def _watch(self) -> None:
        while True:
            self._post(self._channel(self.node_id), "heartbeat", {})
            await asyncio.sleep(self._heartbeat_s)

    def _take(self, payload: bytes) -> None:
        try:
            said = orjson.loads(payload)
            origin, kind, data = said["from"], said["kind"], said["data"]
        except (ValueError, KeyError, TypeError):
            logger.warning("a word on the bus could not be read")
            return
        if origin != self.node_id:
            self._hand(BusMessage(kind, data))
            return
        if kind in ("heartbeat", "ping"):
            self._heard_at = asyncio.get_running_loop().time()
        ping = self._pings.get(data.get("token", ""))
        if ping is not None and not ping.done():
            ping.set_result(None)

    def _hand(self, message: BusMessage) -> None:
        for handler in self._handlers:
            try:
                handler(message)
            except Exception:
                logger.exception("a message of kind %s could not be handled", message.kind)
