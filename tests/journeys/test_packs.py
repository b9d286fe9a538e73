"""Staff write a version of a pack on the screen, and a second pack runs a whole meeting on the screens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.async_api import Browser, expect

from tests.journeys.acts import button, press, question
from tests.journeys.filling import card_open
from tests.journeys.house import House
from tests.journeys.support.browser import DESK, visit
from tests.journeys.support.waiting import until
from tests.journeys.support.words import say
from tests.journeys.world import published_event, read, sign_in

IN_WORDS = "(day) => new Date(day).toLocaleDateString('sv-SE', { day: 'numeric', month: 'long', year: 'numeric' })"


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

        in_words = await page.evaluate(IN_WORDS, day)
        await expect(page.get_by_text(say("pack.never_changes", day=in_words))).to_be_visible()
        await expect(page.locator("#worked textarea").first).to_have_attribute("readonly", "")


async def test_a_second_pack_runs_a_meeting_on_the_screens(house: House, browser: Browser) -> None:
    async with card_open(house, browser, name="second pack", template="service_day_10") as (event, recruiter, desk):
        (guest,) = event.guests
        for fieldset in await desk.locator("fieldset.rate:not(.step)").all():
            await fieldset.locator('label:has(input[value="4"])').click()
        await question(desk, "next_step").locator("label").first.click()
        for code in ("worked", "do_next"):
            await question(desk, code).locator("button.ds-chip").first.click()
        await press(desk, "scorecard.send_to", name=guest.first_name)
        await expect(desk.get_by_text(say("scorecard.send_to", name=guest.first_name))).to_have_count(0)

        await sign_in(recruiter, house, guest.id)

        async def released() -> list[dict[str, str]]:
            return list(await read(desk, "/api/my/feedback"))

        (feedback,) = await until(released, what="the feedback is released")
        await desk.goto(f"{recruiter.url}/feedback/{feedback['id']}")
        await press(desk, "feedback.open")
        await expect(desk.get_by_role("heading", name="Berätta om ett kundmöte")).to_be_visible()
        assert (await read(desk, f"/api/my/feedback/{feedback['id']}"))["instrument"]["code"] == "service"
