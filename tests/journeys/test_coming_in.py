"""Coming in: by a personal link when the network answers in an odd order, and by a mailed code."""

from __future__ import annotations

import asyncio
import re

from playwright.async_api import Browser, Route, expect

from tests.journeys.acts import press
from tests.journeys.house import House
from tests.journeys.support.browser import visit
from tests.journeys.support.words import say
from tests.journeys.world import CASE_WORKER, published_event


async def test_an_older_answer_does_not_undo_coming_in_by_link(house: House, browser: Browser) -> None:
    redeemed = asyncio.Event()

    async def answer_late(route: Route) -> None:
        answer = await route.fetch()
        await redeemed.wait()
        await route.fulfill(response=answer)

    async with (
        published_event(house) as event,
        visit(browser, house.seekers_door.url, name="late answer") as seeker,
    ):
        page = seeker.page
        await page.route("**/api/me", answer_late)
        page.on("response", lambda answer: redeemed.set() if answer.url.endswith("/redeem") else None)

        async with page.expect_response("**/api/me"):
            await seeker.go(await event.join_link(event.guests[0]))

        await expect(page.get_by_text(say("welcome.who_may_see"))).to_be_visible()
        await expect(page).to_have_url(re.compile("/welcome$"))


async def test_a_wrong_code_is_told_and_another_address_can_be_tried(house: House, browser: Browser) -> None:
    async with (
        published_event(house),
        visit(browser, house.staff_door.url, name="wrong code") as person,
    ):
        page = await person.go("/sign-in")
        await page.get_by_label(say("sign_in.email")).fill(CASE_WORKER[1])
        await press(page, "sign_in.send")
        await page.get_by_label(say("sign_in.code")).fill("00000000")
        await press(page, "nav.sign_in")

        await expect(page.get_by_text(say("sign_in.code_wrong")).first).to_be_visible()
        await press(page, "sign_in.other_email")
        await expect(page.get_by_label(say("sign_in.email"))).to_be_visible()
