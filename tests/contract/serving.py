"""The application behind uvicorn in this process, and real Socket.IO clients of it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import socketio
import uvicorn
from starlette.types import ASGIApp

from realtime.protocol import NAMESPACE, SERVER_EVENTS
from tests.contract.callers import Caller
from tests.realtime.harness import until

# Where nothing else runs it takes milliseconds; a machine that is busy may keep one waiting.
ANSWER_WITHIN_S = 20


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[str]:
    """The address of `app`, with its lifespan, for the length of the block."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        app,
        lifespan="on",
        log_level="warning",
        ws="websockets-sansio",
        ws_max_size=256 * 1024,
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening]))
    await until(lambda: server.started or task.done(), within_s=30)
    assert server.started, "the application did not start"
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task
        listening.close()


class Socket:
    """A Socket.IO client that remembers what it was told; `refusal` says why it was not let in."""

    def __init__(self, caller: Caller) -> None:
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self.refusal: str | None = None
        self._caller = caller
        self._client = socketio.AsyncClient(reconnection=False)
        for event in SERVER_EVENTS:
            self._client.on(event, self._remember(event), namespace=NAMESPACE)
        self._client.on("connect_error", self._refused, namespace=NAMESPACE)

    def _remember(self, event: str) -> Any:
        return lambda body: self.heard.append((event, body))

    def _refused(self, said: Any) -> None:
        self.refusal = said.get("message", "") if isinstance(said, dict) else str(said)

    async def connect(self, url: str) -> bool:
        try:
            await self._client.connect(
                url,
                headers=self._caller.headers,
                namespaces=[NAMESPACE],
                transports=["websocket"],
                wait_timeout=ANSWER_WITHIN_S,
            )
        except socketio.exceptions.ConnectionError:
            await self.close()
            return False
        return True

    async def say(self, event: str, **body: Any) -> dict[str, Any]:
        answer: dict[str, Any] = await self._client.call(event, body, namespace=NAMESPACE, timeout=ANSWER_WITHIN_S)
        return answer

    async def close(self) -> None:
        await self._client.disconnect()
