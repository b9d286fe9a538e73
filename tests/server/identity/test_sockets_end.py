"""Whoever is signed out loses the open connections too, at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest

from server.identity.endpoints import operations
from server.kit.db import Database
from server.settings import Settings
from tests.server.harness import App, Browser, Clock, lifespan
from tests.server.small_app import small_app
from tests.server.world import World, make_join_link


class Live:
    """Keeps whose connections it was told to close."""

    def __init__(self) -> None:
        self.closed: list[UUID] = []

    def revoke_session(self, session_id: UUID) -> None:
        self.closed.append(session_id)


@pytest.fixture
def live() -> Live:
    return Live()


@pytest.fixture
async def app(settings: Settings, database: Database, clock: Clock, live: Live) -> AsyncIterator[App]:
    asgi = small_app([operations], settings=settings, database=database, now=clock, live=live)
    async with lifespan(asgi) as running:
        app = App(running, database=database, settings=settings, clock=clock)
        yield app
        await app.aclose()


async def session_of(browser: Browser) -> UUID:
    return next(UUID(one["id"]) for one in (await browser.get("/api/sessions")).json() if one["is_current"])


async def test_signing_out_closes_the_sockets_of_that_session(app: App, world: World, live: Live) -> None:
    browser, other = await app.signed_in(world.seeker), await app.signed_in(world.seeker)
    ended = await session_of(browser)
    await browser.post("/api/sign-out")
    assert live.closed == [ended]
    assert (await other.me())["person"] is not None


async def test_signing_another_browser_out_closes_its_sockets(app: App, world: World, live: Live) -> None:
    phone, desktop = await app.signed_in(world.seeker), await app.signed_in(world.seeker)
    ended = await session_of(phone)
    await desktop.delete(f"/api/sessions/{ended}")
    assert live.closed == [ended]


async def test_a_refused_request_closes_nothing(app: App, world: World, live: Live) -> None:
    seeker, other = await app.signed_in(world.seeker), await app.signed_in(world.other_seeker)
    await other.delete(f"/api/sessions/{await session_of(seeker)}")
    assert live.closed == []


async def test_coming_in_anew_closes_the_sockets_of_the_session_before(app: App, world: World, live: Live) -> None:
    browser = await app.signed_in(world.seeker)
    ended = await session_of(browser)
    token = await make_join_link(app.database, world, app.clock(), ends_in=timedelta(days=1))
    await browser.post("/api/join-links/redeem", json={"token": token})
    assert live.closed == [ended]


async def test_taking_a_link_back_closes_the_sockets_it_opened(app: App, world: World, live: Live) -> None:
    token = await make_join_link(app.database, world, app.clock(), ends_in=timedelta(days=1))
    staff, seeker = await app.signed_in(world.staff), app.browser()
    await seeker.post("/api/join-links/redeem", json={"token": token})
    ended = await session_of(seeker)
    (link,) = (await staff.get(f"/api/recruitment-events/{world.event}/join-links")).json()
    await staff.delete(f"/api/join-links/{link['id']}")
    assert live.closed == [ended]
