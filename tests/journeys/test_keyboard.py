"""The whole path by keyboard alone: no pointer is ever used, and what has focus is always seen."""

from __future__ import annotations

import re

from playwright.async_api import Browser, Page, expect

from tests.journeys.acts import be_in_waiting_room
from tests.journeys.house import CODE, House
from tests.journeys.planning import planned_on_screen
from tests.journeys.support.browser import DESK, Visit, visit
from tests.journeys.support.keyboard import FOCUSED, activate, go_to, to_next_group
from tests.journeys.support.taps import COUNT_TAPS, taps
from tests.journeys.support.video import wait_for_pictures
from tests.journeys.support.words import say
from tests.journeys.world import RECRUITER, published_event


async def test_a_seeker_comes_in_meets_and_reads_by_keyboard(house: House, browser: Browser) -> None:
    async with (
        published_event(house, undo_s=0) as event,
        visit(browser, house.staff_door.url, name="keyboard recruiter", size=DESK) as recruiter,
        visit(browser, house.seekers_door.url, name="keyboard seeker", size=DESK) as seeker,
    ):
        await recruiter.context.add_init_script(COUNT_TAPS)
        await seeker.context.add_init_script(COUNT_TAPS)
        guest = event.guests[0]
        desk = await recruiter_opens_desk(recruiter, house)
        page = await seeker.go(await event.join_link(guest))
        await expect(page.get_by_text(say("welcome.who_may_see"))).to_be_visible()
        await go_to(page, say("welcome.share_yes"))
        await page.keyboard.press("Space")
        await activate(page, say("welcome.done"))
        await activate(page, say("my_day.to_waiting_room"))
        await activate(page, say("waiting.ready"))
        await wait_for_pictures(page)
        await wait_for_pictures(desk)

        await activate(page, say("room.chat"))
        await page.keyboard.type("Hej från tangentbordet")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Hej från tangentbordet").last).to_be_visible()
        await fill_and_send(desk, guest.first_name)

        await activate(page, say("after.read"))
        await expect(page.get_by_role("heading", name=say("feedback.your_half_first"))).to_be_visible()
        for _ in range(4):
            await to_next_group(page)
            await page.keyboard.press("Space")
        await activate(page, say("feedback.open"))
        await expect(page.get_by_text(say("feedback.do_next"))).to_be_visible()
        await activate(page, say("feedback.make_goal"))
        await expect(page.get_by_text(say("feedback.is_goal"))).to_be_visible()
        assert (await taps(page), await taps(desk)) == (0, 0)


async def test_focus_goes_into_a_dialog_and_back(house: House, browser: Browser) -> None:
    async with (
        published_event(house) as event,
        visit(browser, house.seekers_door.url, name="keyboard dialog", size=DESK) as seeker,
    ):
        page = await be_in_waiting_room(seeker, event, event.guests[0])
        await activate(page, say("devices.choose"))
        assert await page.evaluate("document.activeElement.closest('dialog') !== null")
        await page.keyboard.press("Escape")

        held = await page.evaluate(FOCUSED)
        assert say("devices.choose") in held["name"]


async def test_staff_plan_and_publish_by_keyboard(house: House, browser: Browser) -> None:
    async with visit(browser, house.staff_door.url, name="keyboard staff", size=DESK) as staff:
        await staff.context.add_init_script(COUNT_TAPS)

        async with planned_on_screen(house, staff) as event:
            (guest,) = event.guests
            assert re.fullmatch(r"/j/[\w-]{43}", await event.join_link(guest))
            assert await taps(staff.page) == 0


async def recruiter_opens_desk(recruiter: Visit, house: House) -> Page:
    """Sign in with the mailed code and open the desk."""
    email = RECRUITER[1]
    page = await recruiter.go("/sign-in")
    await expect(page.locator("#email")).to_be_visible()
    asked = len(await house.mail.to(email))
    await go_to(page, say("sign_in.email"))
    await page.keyboard.type(email)
    await page.keyboard.press("Enter")
    await expect(page.locator("#code")).to_be_focused()
    await page.keyboard.type(await house.mailed(email, CODE, after=asked))
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("/desk/"))
    await expect(page.get_by_role("button", name=say("desk.open"))).to_be_visible()
    await activate(page, say("desk.open"))
    return page


async def fill_and_send(desk: Page, name: str) -> None:
    """Digits answer and move on; Control and Enter sends."""
    await activate(desk, say("desk.open_card"))
    await activate(desk, say("desk.end"))
    await go_to(desk, say("desk.end_confirm"))
    await desk.keyboard.press("Enter")
    await expect(desk.locator('[data-question="item_1"]')).to_be_visible()
    await go_to(desk, "", within='[data-question="item_1"]')
    for digit in ("4", "3", "5", "3", "2"):
        await desk.keyboard.press(digit)
    for question in ("worked", "do_next"):
        await go_to(desk, "", within=f'[data-question="{question}"]')
        await desk.keyboard.press("Space")
    await desk.keyboard.press("Control+Enter")
    await expect(desk.get_by_text(say("scorecard.send_to", name=name))).to_have_count(0)
