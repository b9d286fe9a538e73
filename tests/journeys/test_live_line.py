"""The live line: behind a proxy that refuses WebSocket, and how little is read when something changes."""

from __future__ import annotations

import re
import time
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, BrowserContext, Page, Request, expect

from tests.journeys.house import House
from tests.journeys.support.browser import DESK, visit
from tests.journeys.support.waiting import until
from tests.journeys.support.words import say
from tests.journeys.world import EMPLOYER, ZONE, Event, published_event, sign_in

WITHIN_S = 10.0
Blocked = Literal["refused", "missing"]


async def block_web_socket(context: BrowserContext, how: Blocked) -> None:
    """As behind a proxy that cuts every WebSocket, or in a browser that has none."""
    if how == "missing":
        await context.add_init_script("delete window.WebSocket")
    else:
        await context.route_web_socket(re.compile("/socket.io/"), lambda socket: socket.close())


@pytest.mark.parametrize("how", ["refused", "missing"])
async def test_without_web_socket_a_seekers_day_still_follows_the_plan(
    house: House, browser: Browser, how: Blocked
) -> None:
    polled: list[str] = []

    def note(request: Request) -> None:
        if "transport=polling" in request.url:
            polled.append(request.method)

    async with (
        published_event(house) as event,
        visit(browser, house.staff_door.url, name=f"socket {how}") as seeker,
    ):
        await block_web_socket(seeker.context, how)
        seeker.context.on("request", note)
        await sign_in(seeker, house, event.guests[0].id)
        page = await seeker.go("/my-day")
        await expect(page.get_by_role("heading", name=say("my_day.meeting_with", employer=EMPLOYER))).to_be_visible()
        await until(lambda: is_polling(polled), within_s=WITHIN_S, what="a line by long polling")
        later = await clock_of_slot(event, 2)
        await expect(page.get_by_text(later).first).to_be_hidden()

        began = time.monotonic()
        await move(event, 2)
        await expect(page.get_by_text(later).first).to_be_visible(timeout=WITHIN_S * 1000)

        print(f"without WebSocket ({how}) the day followed in {time.monotonic() - began:.2f} s")


async def test_a_change_at_one_desk_has_no_board_read_anew(house: House, browser: Browser) -> None:
    read: list[str] = []

    def note(request: Request) -> None:
        if re.search(r"/live(/counts)?$", request.url):
            read.append(request.url.rsplit("/", 1)[-1])

    async with (
        published_event(house) as event,
        visit(browser, house.staff_door.url, name="board", size=DESK) as staff,
    ):
        await sign_in(staff, house, event.staff_id)
        staff.context.on("request", note)
        page = await staff.go(f"/events/{event.id}/live")
        card = page.locator(".dkl li").first
        await expect(card).to_contain_text(EMPLOYER.removesuffix(" AB"))
        await following(page)
        read.clear()

        later = await clock_of_slot(event, 2)
        await move(event, 2)
        await expect(card).to_contain_text(later)
        await event.staff.post(f"/api/recruitment-events/{event.id}/check-in", meeting_id=event.guests[0].meeting_id)
        await expect(card).to_contain_text(say("live.activity_seeker_waits"))

        assert [one for one in read if one == "live"] == []


async def is_polling(polled: list[str]) -> bool:
    """A line by long polling is there once something has been sent on it and more is waited for."""
    return "POST" in polled and polled.count("GET") >= 2


async def following(page: Page) -> None:
    """Wait until the page hears of changes."""
    await expect(page.locator(".lv-line")).to_contain_text(re.compile(r"\d"))
    await page.wait_for_timeout(1000)


async def clock_of_slot(event: Event, number: int) -> str:
    slots: list[dict[str, Any]] = (await event.staff.get(f"/api/recruitment-events/{event.id}"))["slots"]
    return datetime.fromisoformat(slots[number]["starts_at"]).astimezone(ZoneInfo(ZONE)).strftime("%H.%M")


async def move(event: Event, number: int) -> None:
    slots: list[dict[str, Any]] = (await event.staff.get(f"/api/recruitment-events/{event.id}"))["slots"]
    place = {"desk_id": event.desk_id, "slot_id": slots[number]["id"]}
    await event.staff.post(f"/api/meetings/{event.guests[0].meeting_id}/move", **place)
