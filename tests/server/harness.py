"""The real application in this process: its lifespan, browsers that keep cookies, a clock that tests set."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import httpx
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.identity import service
from server.identity.authentication import cookie_name
from server.identity.jobs import deliveries
from server.kit.db import Database
from server.kit.outbox import Relay
from server.mail.delivery import delivery
from server.mail.message import KIND
from server.settings import Settings

ADDRESS = ("203.0.113.7", 40000)


class Clock:
    """The time the application is told."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **duration: float) -> None:
        self.at += timedelta(**duration)


class Browser(httpx.AsyncClient):
    """A browser on our pages: keeps cookies, sends Origin, and the CSRF token once it knows it."""

    def __init__(self, app: ASGIApp, *, origin: str, address: tuple[str, int] = ADDRESS) -> None:
        transport = httpx.ASGITransport(app, client=address)
        super().__init__(transport=transport, base_url=origin, headers={"origin": origin})

    async def me(self) -> dict[str, Any]:
        """GET /api/me, keeping the CSRF token it gives."""
        me: dict[str, Any] = (await self.get("/api/me")).json()
        self.keep_csrf(me)
        return me

    def keep_csrf(self, me: Mapping[str, Any]) -> None:
        self.headers.pop("x-csrf-token", None)
        if me["csrf_token"] is not None:
            self.headers["x-csrf-token"] = me["csrf_token"]


class App:
    """One running application with its database, and as many browsers as a test wants."""

    def __init__(self, asgi: ASGIApp, *, database: Database, settings: Settings, clock: Clock) -> None:
        self.asgi = asgi
        self.database = database
        self.settings = settings
        self.clock = clock
        self.relay = Relay(database, self._deliveries(), now=clock)
        self._open: list[Browser] = []

    def browser(self, *, address: str = ADDRESS[0]) -> Browser:
        """A browser that nobody is signed in with."""
        browser = Browser(self.asgi, origin=self.settings.public_url, address=(address, ADDRESS[1]))
        self._open.append(browser)
        return browser

    async def signed_in(self, person_id: UUID) -> Browser:
        """A browser this person is signed in with."""
        browser = self.browser()
        async with self.database.transaction() as session:
            token = await service.open_session(session, person_id=person_id, now=self.clock())
        self.give_cookie(browser, token)
        await browser.me()
        return browser

    def give_cookie(self, browser: Browser, token: str) -> None:
        host = urlsplit(self.settings.public_url).hostname or ""
        # The cookie jar keeps a name without a dot under .local, and replaces only what lies at the same place.
        domain = host if "." in host else f"{host}.local"
        browser.cookies.set(cookie_name(https=self.settings.serves_https), token, domain=domain)

    async def deliver(self) -> int:
        """Deliver what waits in the outbox."""
        return await self.relay.deliver_due()

    async def mails(self, to: str) -> list[dict[str, Any]]:
        """The mailbox's mails to an address, newest first, after delivering what waits."""
        await self.deliver()
        kept = (await self.browser().get("/api/mailbox")).json()
        return [mail for mail in kept if mail["to"] == to]

    async def aclose(self) -> None:
        for browser in self._open:
            await browser.aclose()

    def _deliveries(self) -> dict[str, Any]:
        post = delivery(self.settings, self.database)
        return {KIND: post, **deliveries(self.database, post=post, now=self.clock, public_url=self.settings.public_url)}


@asynccontextmanager
async def lifespan(app: ASGIApp) -> AsyncIterator[ASGIApp]:
    """Run the application's startup and shutdown around the block; what it answers requests with comes back."""
    received: asyncio.Queue[Message] = asyncio.Queue()
    sent: asyncio.Queue[Message] = asyncio.Queue()
    state: dict[str, Any] = {}
    scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": state}
    running = asyncio.create_task(_run(app, scope, received, sent))
    await _step(received, sent, "startup")

    async def with_state(scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"] = dict(state)
        await app(scope, receive, send)

    try:
        yield with_state
    finally:
        await _step(received, sent, "shutdown")
        await running


async def _run(app: ASGIApp, scope: Scope, received: asyncio.Queue[Message], sent: asyncio.Queue[Message]) -> None:
    await app(scope, received.get, sent.put)


async def _step(received: asyncio.Queue[Message], sent: asyncio.Queue[Message], step: str) -> None:
    await received.put({"type": f"lifespan.{step}"})
    answer = await asyncio.wait_for(sent.get(), 30)
    assert answer["type"] == f"lifespan.{step}.complete", answer
