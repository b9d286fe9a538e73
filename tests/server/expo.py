"""A recruitment event made through the API itself, on the real application, on each engine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import pytest

from server.app import create_app
from server.identity.people import create_person
from server.identity.roles import Role
from server.kit.db import Database
from server.kit.outbox import Relay
from server.mail.message import KIND
from server.planning.jobs import deliveries
from server.settings import Settings
from tests.server.harness import App, Browser, Clock, lifespan

DATE = "2026-05-12"
"""The day of the tests' clock, which stands at nine in the morning in Stockholm."""

WITHOUT_RINGS = str.maketrans("åäöé", "aaoe")
"""No mail reaches an address with Swedish letters before the @."""


class Expo:
    """A draft that starts at ten, its staff's browser, and what was put into it."""

    def __init__(self, app: App, staff: Browser, event: dict[str, Any]) -> None:
        self.app = app
        self.staff = staff
        self.event = event
        self.id: str = event["id"]
        self.slots: list[dict[str, Any]] = event["slots"]

    def url(self, rest: str = "") -> str:
        return f"/api/recruitment-events/{self.id}{rest}"

    async def post(self, rest: str, **body: Any) -> dict[str, Any]:
        answer = await self.staff.post(self.url(rest), json=body)
        assert answer.status_code in (200, 201), answer.text
        posted: dict[str, Any] = answer.json()
        return posted

    async def employer(self, name: str = "Nordkod AB", **more: Any) -> dict[str, Any]:
        """An employer with one recruiter, who has an address of the employer's."""
        address = name.split()[0].lower()
        recruiters = [{"name": f"Rekryterare på {name}", "email": f"rekryterare@{address}.example"}]
        return await self.post("/employers", **{"name": name, "form": "video", "recruiters": recruiters} | more)

    async def seeker(self, name: str = "Amina Warsame", **more: Any) -> dict[str, Any]:
        email = name.lower().replace(" ", ".").translate(WITHOUT_RINGS) + "@example.org"
        return await self.post("/seekers", **{"name": name, "email": email} | more)

    async def lay(self, desk: dict[str, Any], slot: int, seeker: dict[str, Any]) -> httpx.Response:
        body = {"desk_id": desk["id"], "slot_id": self.slots[slot]["id"], "seeker_id": seeker["id"]}
        return await self.staff.post(self.url("/meetings"), json=body)

    async def laid(self, desk: dict[str, Any], slot: int, seeker: dict[str, Any]) -> dict[str, Any]:
        answer = await self.lay(desk, slot, seeker)
        assert answer.status_code == 201, answer.text
        change: dict[str, Any] = answer.json()
        return change

    async def seekers(self) -> list[dict[str, Any]]:
        """Everybody enrolled, as staff read them page after page."""
        found: list[dict[str, Any]] = []
        page: dict[str, Any] = {"page": 0, "pages": 1}
        while page["page"] < page["pages"]:
            page = (await self.staff.get(self.url("/seekers"), params={"page": page["page"] + 1})).json()
            found += page["seekers"]
        return found

    async def publish(self) -> dict[str, Any]:
        return await self.post("/publish")

    async def grid(self) -> dict[str, Any]:
        grid: dict[str, Any] = (await self.staff.get(self.url("/grid"))).json()
        return grid

    async def browser_of(self, person: dict[str, Any]) -> Browser:
        return await self.app.signed_in(UUID(person["id"]))

    async def sent(self) -> list[dict[str, Any]]:
        """The mails that wait, as they would go over the line, oldest first; each comes once."""
        mails: list[dict[str, Any]] = []

        async def post(payload: dict[str, Any]) -> None:
            mails.append(payload)

        plan = deliveries(
            self.app.database,
            post=post,
            now=self.app.clock,
            public_url=self.app.settings.public_url,
            mail_from=self.app.settings.mail_from,
        )
        relay = Relay(self.app.database, {KIND: post, **plan}, now=self.app.clock)
        while await relay.deliver_due():
            pass
        return mails


async def make_expo(app: App, *, name: str = "IT-dagen", **more: Any) -> Expo:
    """An event with eight slots of a quarter from ten on, and its staff signed in."""
    async with app.database.transaction() as session:
        staff = await create_person(
            session,
            name="Karin Lund",
            email="karin.lund@example.org",
            role=Role.STAFF,
            organisation_name="Expo Sundsvall",
            now=app.clock(),
        )
    browser = await app.signed_in(staff)
    body: dict[str, Any] = {"name": name, "place": "Sundsvall", "date": DATE, "template": "it_expo_15"}
    body |= {"first_start": "10:00", "slots": 8} | more
    answer = await browser.post("/api/recruitment-events", json=body)
    assert answer.status_code == 201, answer.text
    return Expo(app, browser, answer.json())


async def other_staff(app: App) -> Browser:
    """Staff of another agency, who arranges none of it."""
    async with app.database.transaction() as session:
        person = await create_person(
            session,
            name="Olle Ek",
            email="olle.ek@example.org",
            role=Role.STAFF,
            organisation_name="Grannkommunen",
            now=app.clock(),
        )
    return await app.signed_in(person)


@pytest.fixture
async def real_app(settings: Settings, database: Database, clock: Clock) -> AsyncIterator[App]:
    async with lifespan(create_app(settings, now=clock)) as running:
        app = App(running, database=database, settings=settings, clock=clock)
        yield app
        await app.aclose()


@pytest.fixture
async def expo(real_app: App) -> Expo:
    return await make_expo(real_app)


__all__ = ["DATE", "Expo", "expo", "make_expo", "other_staff", "real_app"]
