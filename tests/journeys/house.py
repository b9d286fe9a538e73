"""The product running in one of its two forms, and the mail that leaves it."""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol
from uuid import UUID

import httpx
from sqlmodel import col, select

from server.kit.db import Database
from server.meetings.tables import PresenceRow
from tests.services.smtp import Inbox, text_of
from tests.services.web import ROOT, WebServer, running_web

Form = Literal["embedded", "scaled_out"]
WEB_ROOT = "DIREKTKONTAKT_TEST_WEB_ROOT"
CODE = re.compile(r"\b(\d{4}) (\d{4})\b")
JOIN_LINK = re.compile(r"https?://\S+?(/j/\S+)")


class Mail(Protocol):
    """Where the product's mail ends up."""

    async def to(self, address: str) -> list[str]:
        """The texts of the mails to an address, oldest first."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The development mailbox page's own mails."""

    url: str

    async def to(self, address: str) -> list[str]:
        async with httpx.AsyncClient(base_url=self.url) as client:
            kept = (await client.get("/api/mailbox")).json()
        return [mail["text"] for mail in reversed(kept) if mail["to"] == address]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a real mail server was given."""

    inbox: Inbox

    async def to(self, address: str) -> list[str]:
        return [text_of(mail) for mail in self.inbox.to(address)]


@dataclass(frozen=True, slots=True)
class House:
    """The running product: the first process is where seekers come in, the last where everybody else does."""

    form: Form
    servers: tuple[WebServer, ...]
    database: Database
    mail: Mail

    @property
    def seekers_door(self) -> WebServer:
        return self.servers[0]

    @property
    def staff_door(self) -> WebServer:
        return self.servers[-1]

    async def mailed(self, address: str, pattern: re.Pattern[str], *, after: int = 0, within_s: float = 15) -> str:
        """What `pattern` holds in the newest mail to `address` that has it, once there is one after `after` mails."""
        deadline = time.monotonic() + within_s
        while True:
            for text in reversed((await self.mail.to(address))[after:]):
                found = pattern.search(text)
                if found:
                    return "".join(found.groups())
            assert time.monotonic() < deadline, f"no {pattern.pattern} was mailed to {address} in {within_s} s"
            await asyncio.sleep(0.1)

    async def processes_of(self, meeting_id: str) -> dict[str, int]:
        """The process that serves each role's socket in a meeting, by its id."""
        query = select(PresenceRow.role, PresenceRow.connection_id).where(
            col(PresenceRow.meeting_id) == UUID(meeting_id)
        )
        async with self.database.read() as session:
            nodes = {role: connection_id.partition(".")[0] for role, connection_id in await session.exec(query)}
        pid_of = {}
        async with httpx.AsyncClient() as client:
            for server in self.servers:
                figures = (await client.get(f"{server.url}/metrics")).text
                found = re.search(r'direktkontakt_process_info\{node="(\w+)",pid="(\d+)"\}', figures)
                assert found is not None, figures
                pid_of[found[1]] = int(found[2])
        return {role: pid_of[node] for role, node in nodes.items()}


def web_root() -> str:
    """Where the built web app is."""
    root = os.environ.get(WEB_ROOT, str(ROOT / "frontend" / "dist"))
    assert (Path(root) / "index.html").is_file(), f"the web app is not built in {root}: npx vite build in frontend/"
    return root


@asynccontextmanager
async def embedded(folder: Path, *, database_url: str, settings: Mapping[str, str]) -> AsyncIterator[House]:
    """SQLite, one process, the development mailbox."""
    with running_web(folder, database_url=database_url, settings=settings) as web:
        async with database_of(database_url) as database:
            yield House("embedded", (web,), database, Mailbox(web.url))


@asynccontextmanager
async def scaled_out(
    folder: Path, *, database_url: str, redis_url: str, smtp: Inbox, settings: Mapping[str, str]
) -> AsyncIterator[House]:
    """PostgreSQL, Valkey, a mail server, and two processes of which only the first relays."""
    with _two_processes(
        folder, database_url=database_url, redis_url=redis_url, smtp_url=smtp.url, settings=settings
    ) as servers:
        async with database_of(database_url) as database:
            yield House("scaled_out", servers, database, Delivered(smtp))


@contextmanager
def _two_processes(
    folder: Path, *, database_url: str, redis_url: str, smtp_url: str, settings: Mapping[str, str]
) -> Iterator[tuple[WebServer, ...]]:
    with ExitStack() as stack:
        yield tuple(
            stack.enter_context(
                running_web(
                    folder,
                    database_url=database_url,
                    redis_url=redis_url,
                    smtp_url=smtp_url,
                    settings={**settings, "relay": relay},
                )
            )
            for relay in ("true", "false")
        )


@asynccontextmanager
async def database_of(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        await database.dispose()
