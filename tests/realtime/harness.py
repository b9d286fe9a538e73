"""A live server on a free port, and clients that speak to it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import socketio
import uvicorn

from realtime.bus import Bus, InProcessBus
from realtime.protocol import NAMESPACE, SERVER_EVENTS
from realtime.server import LiveServer, LiveSettings, create_live
from tests.fakes.live import FakeAuthenticator, FakeMeetings, FakePresence, FakeStreams


@dataclass
class World:
    """What several live servers share."""

    authenticator: FakeAuthenticator = field(default_factory=FakeAuthenticator)
    streams: FakeStreams = field(default_factory=FakeStreams)
    meetings: FakeMeetings = field(default_factory=FakeMeetings)
    presence: FakePresence = field(default_factory=FakePresence)


@dataclass
class Served:
    """A live server and where it listens."""

    live: LiveServer
    world: World
    url: str


class Client:
    """A real Socket.IO client that remembers what it was told."""

    def __init__(self, url: str, name: str) -> None:
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self._url, self._headers = url, {"Cookie": f"session={name}"}
        self._socket = socketio.AsyncClient(reconnection=False)
        for event in SERVER_EVENTS:
            self._socket.on(event, self._remember(event), namespace=NAMESPACE)

    def _remember(self, event: str) -> Callable[[dict[str, Any]], None]:
        return lambda body: self.heard.append((event, body))

    async def connect(self, *, transports: list[str] | None = None) -> None:
        await self._socket.connect(
            self._url, headers=self._headers, namespaces=[NAMESPACE], transports=transports or ["websocket"]
        )

    @property
    def connected(self) -> bool:
        return bool(self._socket.connected)

    async def say(self, event: str, **body: Any) -> dict[str, Any]:
        answer: dict[str, Any] = await self._socket.call(event, body, namespace=NAMESPACE, timeout=5)
        return answer

    async def close(self) -> None:
        await self._socket.disconnect()

    async def say_goodbye(self) -> None:
        """Disconnect from the namespace and let the word arrive before the transport closes."""
        await self._socket._send_packet(self._socket.packet_class(1, namespace=NAMESPACE))
        await asyncio.sleep(0.1)

    async def lose_line(self) -> None:
        """Drop the transport with no word of goodbye, as a crash does."""
        self._socket.eio.ws._response.connection.transport.abort()
        await until(lambda: not self.connected)

    def names(self) -> list[str]:
        return [event for event, _ in self.heard]

    def numbers(self) -> list[int]:
        return [body["seq"] for event, body in self.heard if event == "stream.advanced"]


async def until(holds: Callable[[], bool], *, within_s: float = 5.0) -> None:
    async with asyncio.timeout(within_s):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


QUICK = LiveSettings(look_every_s=0.2, sweep_every_s=0.1, sessions_every_s=0.2)


@asynccontextmanager
async def serving(
    world: World | None = None, *, bus: Bus | None = None, settings: LiveSettings = QUICK
) -> AsyncIterator[Served]:
    """A live server behind uvicorn for the length of the block."""
    world = world or World()
    live = create_live(
        authenticator=world.authenticator,
        streams=world.streams,
        meetings=world.meetings,
        presence=world.presence,
        bus=bus or InProcessBus(),
        settings=settings,
    )
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(live.asgi, lifespan="off", log_level="warning", ws="websockets-sansio")
    server = uvicorn.Server(config)
    await live.start()
    task = asyncio.create_task(server.serve(sockets=[listening]))
    await until(lambda: server.started)
    try:
        yield Served(live, world, f"http://127.0.0.1:{listening.getsockname()[1]}")
    finally:
        await live.stop()
        server.should_exit = server.force_exit = True
        await task
        listening.close()


@asynccontextmanager
async def client_of(served: Served, name: str, **options: Any) -> AsyncIterator[Client]:
    """A connected client, signed in by that name."""
    served.world.authenticator.sign_in(name)
    client = Client(served.url, name)
    await client.connect(**options)
    try:
        yield client
    finally:
        await client.close()
