"""A seeker takes the whole profile along: the page, on paper, and every file by a press."""

from __future__ import annotations

from playwright.async_api import Browser, expect

from tests.journeys.acts import fill_card, press
from tests.journeys.filling import card_open
from tests.journeys.house import House
from tests.journeys.support.browser import visit
from tests.journeys.support.waiting import until
from tests.journeys.support.words import say
from tests.journeys.world import read, sign_in


async def test_the_profile_is_read_printed_and_taken_along(house: House, browser: Browser) -> None:
    async with (
        card_open(house, browser, name="out recruiter") as (event, _, desk),
        visit(browser, house.seekers_door.url, name="out seeker") as seeker,
    ):
        (guest,) = event.guests
        await fill_card(desk)
        await press(desk, "scorecard.send_to", name=guest.first_name)
        await sign_in(seeker, house, guest.id)
        page = await seeker.go("/feedback")

        async def released() -> bool:
            return bool(await read(page, "/api/my/feedback"))

        await until(released, what="the feedback is released")
        await page.reload()
        await page.locator("main a[href^='/feedback/']").first.click()
        await press(page, "feedback.open")
        await expect(page.get_by_text(say("feedback.do_next")).first).to_be_visible()
        await page.goto(f"{seeker.url}/profile/out")
        paper = page.locator(".out-paper")
        await expect(paper).to_contain_text("Fjällnät AB")

        for kind in ("pdf", "resume", "everything"):
            async with page.expect_download() as download:
                await page.get_by_role("link", name=say(f"portable.{kind}")).first.click()
            assert (await (await download.value).path()).stat().st_size > 100
        await page.emulate_media(media="print")

        await expect(paper).to_be_visible()
        await expect(page.locator(".out-tools")).to_be_hidden()
        await expect(page.locator("header").first).to_be_hidden()
