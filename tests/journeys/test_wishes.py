"""A seeker and a recruiter say on their phones whom they would like to meet and when, and the plan is made by it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from playwright.async_api import Browser, Locator, Page, expect

from tests.journeys.acts import press
from tests.journeys.house import JOIN_LINK, House
from tests.journeys.support.browser import visit
from tests.journeys.support.waiting import until
from tests.journeys.support.words import say
from tests.journeys.world import STAFF, ZONE, Api, officials, read, sign_in

SEEKER = ("Amina Warsame", "amina.warsame@sokande.example")
EMPLOYERS = (("Fjällnät AB", "video"), ("Molnverket AB", "on_site"), ("Granit AB", "video"))


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that is not planned yet."""

    id: str
    staff: Api
    slots: list[dict[str, Any]]
    employers: dict[str, dict[str, Any]]
    seeker: dict[str, Any]

    @property
    def base(self) -> str:
        return f"/api/recruitment-events/{self.id}"


@asynccontextmanager
async def draft(house: House) -> AsyncIterator[Draft]:
    staff = Api(house.staff_door.url)
    try:
        yield await _make(staff, house)
    finally:
        await staff.aclose()


async def _make(staff: Api, house: House) -> Draft:
    now = datetime.now(UTC)
    await officials(house, now)
    await staff.sign_in(house, STAFF[1])
    plan = {"template": "it_expo_15", "name": "IT-dagen på Expo", "place": "Folkets hus", "zone": ZONE}
    day = (now + timedelta(days=7)).date().isoformat()
    event = await staff.post("/api/recruitment-events", **plan, date=day, first_start="10:00", slots=8, pauses=[])
    base = f"/api/recruitment-events/{event['id']}"
    employers = {}
    for name, form in EMPLOYERS:
        address = f"rekryterare@{name.split()[0].lower().replace('ä', 'a')}.example"
        recruiters = [{"name": f"Rekryterare {name.split()[0]}", "email": address}]
        employers[name] = await staff.post(
            f"{base}/employers", name=name, form=form, recruiters=recruiters, competences_wanted=["SQL"]
        )
    seeker = await staff.post(f"{base}/seekers", name=SEEKER[0], email=SEEKER[1], competences=["SQL", "Python"])
    await staff.post(f"{base}/seekers", name="Bo Ek", email="bo.ek@sokande.example", competences=["Java"])
    return Draft(event["id"], staff, event["slots"], employers, seeker)


def order(page: Page) -> Locator:
    return page.locator(".wi-order strong")


def voice(page: Page) -> Locator:
    return page.locator("[aria-live=polite][role=status]").first


async def is_saved(page: Page) -> None:
    await expect(page.get_by_text(say("common.saved"), exact=True)).to_be_visible()


def choice(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=re.compile(rf"{re.escape(name)}")).and_(page.locator(".wi-add"))


async def test_what_is_wished_for_on_two_phones_becomes_the_plan(house: House, browser: Browser) -> None:
    async with draft(house) as event:
        await _seeker_says(house, browser, event)
        await _recruiter_says(house, browser, event)

        [seeker] = [
            one for one in (await event.staff.get(f"{event.base}/seekers"))["seekers"] if one["name"] == SEEKER[0]
        ]
        fjallnat, molnverket, granit = [event.employers[name]["id"] for name, _ in EMPLOYERS]
        third = {"starts_at": event.slots[2]["starts_at"], "ends_at": event.slots[2]["ends_at"]}
        assert [seeker[name] for name in ("wishes", "musts", "avoids", "absences")] == [
            [molnverket, fjallnat],
            [molnverket],
            [granit],
            [third],
        ]
        grid = await _planned(event)

    [first, second] = event.employers["Fjällnät AB"]["desks"] + event.employers["Molnverket AB"]["desks"]
    laid = [meeting for meeting in grid["meetings"] if meeting["seeker_id"] == seeker["id"]]
    assert {meeting["desk_id"] for meeting in laid} == {first["id"], second["id"]}
    places = [slot["id"] for slot in event.slots]
    at = {meeting["desk_id"]: places.index(meeting["slot_id"]) for meeting in laid}
    assert at[first["id"]] >= 4, "nobody was at the desk in the first hour"
    assert 2 not in at.values(), "the seeker could not come then"


async def _planned(event: Draft) -> dict[str, Any]:
    """The grid once the plan is made and laid."""
    run = await event.staff.post(f"{event.base}/planning-runs", seed=1)

    async def done() -> dict[str, Any] | None:
        found: dict[str, Any] = await event.staff.get(f"{event.base}/planning-runs/{run['id']}")
        assert found["status"] in ("queued", "running", "done"), found
        return found if found["status"] == "done" else None

    await until(done, what="a plan", within_s=30)
    await event.staff.post(f"{event.base}/planning-runs/{run['id']}/lay")
    grid: dict[str, Any] = await event.staff.get(f"{event.base}/grid")
    return grid


async def _seeker_says(house: House, browser: Browser, event: Draft) -> None:
    """By the personal link, with no password; the order by keyboard, which says what it does."""
    await event.staff.post(f"{event.base}/join-links", person_id=event.seeker["id"])
    link = await house.mailed(SEEKER[1], JOIN_LINK)
    async with visit(browser, house.seekers_door.url, name="seeker who wishes") as seeker:
        page = await seeker.go(link)
        await expect(page).to_have_url(re.compile(f"/wishes/{event.id}$"))
        await choice(page, "Fjällnät AB").click()
        await choice(page, "Molnverket AB").click()
        await expect(order(page)).to_have_text(["Fjällnät AB", "Molnverket AB"])

        await page.get_by_role("button", name=say("wishes.up", name="Molnverket AB")).focus()
        await page.keyboard.press("Enter")
        await expect(order(page)).to_have_text(["Molnverket AB", "Fjällnät AB"])
        await expect(voice(page)).to_have_text(say("wishes.now_place", name="Molnverket AB", place="1", count="2"))
        await expect(page.get_by_role("button", name=say("wishes.down", name="Molnverket AB"))).to_be_focused()

        await page.get_by_role("button", name=re.compile(f"^{say('wishes.must')} ?: Molnverket")).click()
        await page.get_by_role("button", name=re.compile(f"^{say('wishes.rather_not')} ?: Granit")).click()
        await page.locator(".wi-piece").nth(2).click()
        await expect(page.locator(".wi-said")).to_have_text(say("wishes.day_not_mine", times="10.30–10.45"))
        await page.locator(".wi-piece").nth(5).click()
        await press(page, "common.undo")
        await expect(page.locator(".wi-piece[aria-pressed=true]")).to_have_count(1)
        await is_saved(page)

        await page.reload()
        await expect(order(page)).to_have_text(["Molnverket AB", "Fjällnät AB"])
        await press(page, "wishes.done")
        await expect(page.get_by_role("heading", name=say("wishes.title"))).to_be_visible()
        await expect(page.get_by_role("link", name=say("my_day.change_wishes"))).to_be_visible()


async def _recruiter_says(house: House, browser: Browser, event: Draft) -> None:
    """Of Fjällnät: somebody found by what they can, and nobody at the desk in the first hour."""
    fjallnat = event.employers["Fjällnät AB"]
    async with visit(browser, house.staff_door.url, name="recruiter who wishes") as recruiter:
        await sign_in(recruiter, house, UUID(fjallnat["recruiters"][0]["id"]))
        page = await recruiter.go("/desks")
        await page.get_by_role("link", name=re.compile(re.escape(say("desk.wishes_title")))).click()
        await page.get_by_role("searchbox").fill("python")
        await expect(page.locator(".wi-list li")).to_have_count(1)
        await choice(page, SEEKER[0]).click()
        await expect(order(page)).to_have_text([SEEKER[0]])
        await page.get_by_role("button", name=say("wishes.hour_away", time="10.00–11.00")).click()
        await is_saved(page)
        await _drag_above(page)

        told = await read(page, f"/api/desks/{fjallnat['desks'][0]['id']}/wishes")
        assert [wish["seeker"]["name"] for wish in told["wishes"]] == [SEEKER[0]]
        assert told["absences"] == [{"starts_at": event.slots[0]["starts_at"], "ends_at": event.slots[3]["ends_at"]}]


async def _drag_above(page: Page) -> None:
    """Somebody more, drawn by their number above the first, and back by *Undo*."""
    await page.get_by_role("searchbox").fill("")
    await choice(page, "Bo Ek").click()
    await expect(order(page)).to_have_text([SEEKER[0], "Bo Ek"])
    number, first = page.locator(".wi-order .wi-n").nth(1), page.locator(".wi-order li").first
    await number.scroll_into_view_if_needed()
    grip, goal = await number.bounding_box(), await first.bounding_box()
    assert grip is not None and goal is not None
    await page.mouse.move(grip["x"] + 10, grip["y"] + 10)
    await page.mouse.down()
    await page.mouse.move(goal["x"] + 10, goal["y"] + 5, steps=6)
    await expect(page.locator(".wi-order [data-mark=before]")).to_have_count(1)
    await page.mouse.up()
    await expect(order(page)).to_have_text(["Bo Ek", SEEKER[0]])
    await press(page, "common.undo")
    await expect(order(page)).to_have_text([SEEKER[0], "Bo Ek"])
    await page.get_by_role("button", name=say("wishes.remove", name="Bo Ek")).click()
    await is_saved(page)


async def test_without_a_line_nothing_is_lost_and_two_devices_are_asked(house: House, browser: Browser) -> None:
    async with draft(house) as event:
        path, person = f"/wishes/{event.id}", UUID(event.seeker["id"])
        async with visit(browser, house.seekers_door.url, name="seeker without a line") as seeker:
            await sign_in(seeker, house, person)
            page = await seeker.go(path)
            await expect(choice(page, "Fjällnät AB")).to_be_visible()
            await seeker.context.set_offline(True)
            await choice(page, "Fjällnät AB").click()
            await expect(page.locator(".wi-save[data-state=kept]")).to_be_visible()
            await event.staff.patch(f"{event.base}/seekers/{person}", wishes=[event.employers["Granit AB"]["id"]])
            await seeker.context.set_offline(False)

            await expect(page.get_by_text(say("wishes.clash"))).to_be_visible()
            await expect(order(page)).to_have_text(["Fjällnät AB"])
            await press(page, "wishes.clash_theirs")
            await expect(order(page)).to_have_text(["Granit AB"])
            await choice(page, "Molnverket AB").click()
            await is_saved(page)
            seeker.watch.take()

        [shown] = [
            one for one in (await event.staff.get(f"{event.base}/seekers"))["seekers"] if one["id"] == str(person)
        ]
        assert shown["wishes"] == [event.employers[name]["id"] for name in ("Granit AB", "Molnverket AB")]


async def test_a_plan_that_is_published_meanwhile_closes_the_page_with_a_way_on(house: House, browser: Browser) -> None:
    async with draft(house) as event:
        async with visit(browser, house.seekers_door.url, name="seeker too late") as seeker:
            await sign_in(seeker, house, UUID(event.seeker["id"]))
            page = await seeker.go(f"/wishes/{event.id}")
            await expect(choice(page, "Fjällnät AB")).to_be_visible()
            await event.staff.post(f"{event.base}/publish")

            await choice(page, "Fjällnät AB").click()

            await expect(page.get_by_role("heading", name=say("wishes.closed_published"))).to_be_visible()
            await press(page, "my_day.see_openings")
            await expect(page).to_have_url(re.compile(f"/book/{event.id}$"))
