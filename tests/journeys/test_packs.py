"""Staff write a version of a pack on the screen, and a second pack runs a whole meeting on the screens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.async_api import Browser, expect

from tests.journeys.acts import button, press
from tests.journeys.house import House
from tests.journeys.support.browser import DESK, visit
from tests.journeys.support.words import say
from tests.journeys.world import published_event, sign_in


async def test_a_draft_is_written_refused_while_broken_and_published(house: House, browser: Browser) -> None:
    async with (
        published_event(house) as event,
        visit(browser, house.staff_door.url, name="packs staff", size=DESK) as staff,
    ):
        await sign_in(staff, house, event.staff_id)
        page = await staff.go("/packs")
        await button(page, "pack.begin").first.click()
        text = page.locator("#worked textarea[lang=sv]").nth(1)
        await text.fill("")
        await expect(page.get_by_text(say("pack.problem_text_missing")).first).to_be_visible()
        await press(page, "pack.publish")
        await expect(page.get_by_text(say("pack.broken"))).to_be_visible()

        await text.fill("Ett exempel som alla förstod")
        await expect(page.locator(".pk-changes ins", has_text="Ett exempel som alla förstod")).to_be_visible()
        await expect(page.locator(".pk-preview")).to_contain_text("Ett exempel som alla förstod")
        day = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
        await page.locator("input[type=date]").fill(day)
        await press(page, "pack.publish")

        await expect(page.get_by_text(say("pack.never_changes", day=day))).to_be_visible()
        await expect(page.locator("#worked textarea").first).to_have_attribute("readonly", "")
