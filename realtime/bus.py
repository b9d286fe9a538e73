"""What the processes say to each other: numbers of streams, and short-lived words.

Nothing on the bus must be kept: streams are read from the database, and a
presence or a signal that got lost is asked for again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import uuid4


@dataclass(frozen=True, slots=True)
class BusMessage:
    """One message; its `data` holds JSON values.

    - ``stream``: `stream`, `seq`
    - ``meeting``: `meeting_id`, `event`, `body`, `skip` (a connection or None)
    - ``connection``: `connection_id`, `meeting_id`, `event`, `body`
    - ``session_ended``: `session_id`
    - ``access_changed``: `person_id`
    - ``resumed``: words of other processes may have been lost until now
    """

    kind: str
    data: dict[str, Any]


Handler = Callable[[BusMessage], None]


class BusUnavailable(Exception):
    """The bus did not answer in time."""


class Bus(Protocol):
    """Joins the processes that serve one system; `node_id` names this one (8 hexadecimal digits)."""

    @property
    def node_id(self) -> str: ...

    def subscribe(self, handler: Handler) -> None:
        """Hear every message for this process, its own too. A handler returns at once."""

    def publish(self, message: BusMessage, *, node_id: str | None = None) -> bool:
        """Say something to all processes, or to one; False if it surely got lost. Never waits."""

    async def ping(self, *, timeout_s: float = 2.0) -> float:
        """Seconds that a word to ourselves took through the bus and back.

        Raises:
            BusUnavailable: it did not come back in time.
        """

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


def new_node_id() -> str:
    """A name for a process that no other has."""
    return uuid4().hex[:8]


class InProcessBus:
    """The bus of a single process."""

    def __init__(self) -> None:
        self.node_id = new_node_id()
        self._handlers: list[Handler] = []

    def subscribe(self, handler: Handler) -> None:
        self._handlers.append(handler)

    def publish(self, message: BusMessage, *, node_id: str | None = None) -> bool:
        if node_id not in (None, self.node_id):
            return False
        for handler in self._handlers:
            handler(message)
        return True

    async def ping(self, *, timeout_s: float = 2.0) -> float:
        loop = asyncio.get_running_loop()
        sent_at = loop.time()
        await asyncio.sleep(0)
        return loop.time() - sent_at

    async def start(self) -> None:
        """Nothing to open."""

    async def stop(self) -> None:
        """Nothing to close."""
