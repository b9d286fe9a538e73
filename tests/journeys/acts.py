"""What people do on the pages, by the words they see."""

from __future__ import annotations

import re
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.journeys.support.browser import Visit
from tests.journeys.support.waiting import until
from tests.journeys.support.words import say
from tests.journeys.world import Event, Guest, read, sign_in

ANSWERS = {"item_1": 4, "item_2": 3, "item_3": 5, "item_4": 3}
CLOCK = re.compile(r"(\d+)[.:](\d\d)")


async def press(page: Page, key: str, **values: str) -> None:
    """Press the button, or follow the link, with these words."""
    name = say(key, **values)
    await (
        page.get_by_role("button", name=name, exact=True)
        .or_(page.get_by_role("link", name=name, exact=True))
        .first.click()
    )


async def enter_by_link(seeker: Visit, event: Event, guest: Guest) -> None:
    """The link of the mail, the one question of the first visit, and the way to the meeting."""
    page = await seeker.go(await event.join_link(guest))
    await page.get_by_text(say("welcome.share_yes")).click()
    await press(page, "welcome.done")
    await expect(page.get_by_role("heading", name=say("my_day.meeting_with", employer="Fjällnät AB"))).to_be_visible()


async def go_to_waiting_room(seeker: Visit, guest: Guest) -> None:
    await press(seeker.page, "my_day.to_waiting_room")
    await expect(seeker.page).to_have_url(re.compile(f"/meeting/{guest.meeting_id}$"))


async def be_in_waiting_room(seeker: Visit, event: Event, guest: Guest) -> Page:
    """Signed in and there, where the way itself is not what is tried."""
    await sign_in(seeker, event.house, guest.id)
    page = await seeker.go(f"/meeting/{guest.meeting_id}")
    await expect(button(page, "waiting.ready")).to_be_visible()
    return page


async def be_at_desk(recruiter: Visit, event: Event, *, taken_in: Guest | None = None) -> Page:
    """Signed in, at the desk, and the desk open; a guest who waits already is `taken_in` at once."""
    await sign_in(recruiter, event.house, event.recruiter_id)
    page = await recruiter.go(f"/desk/{event.desk_id}")
    await press(page, "desk.open")
    if taken_in is None:
        await expect(button(page, "desk.close")).to_be_visible()
    else:
        await expect(page.get_by_role("heading", name=taken_in.name)).to_be_attached()
    return page


def button(page: Page, key: str, **values: str) -> Locator:
    return page.get_by_role("button", name=say(key, **values), exact=True)


def clock_of(page: Page) -> Locator:
    """The time that is left, as it stands on the page."""
    return page.get_by_role("timer").first


async def seconds_left(page: Page) -> int:
    """The countdown on the page, in seconds."""

    async def shown() -> str:
        texts = await clock_of(page).all_inner_texts()
        found = CLOCK.search(" ".join(texts))
        return f"{found[1]}:{found[2]}" if found else ""

    minutes, seconds = (await until(shown, what="a countdown")).split(":")
    return int(minutes) * 60 + int(seconds)


def question(page: Page, code: str) -> Locator:
    return page.locator(f'[data-question="{code}"]')


async def rate(page: Page, item: str, value: int) -> None:
    """One press on a step of a rated item."""
    await question(page, item).locator(f'label:has(input[value="{value}"])').click()


async def fill_card(page: Page, answers: dict[str, int] = ANSWERS) -> None:
    """Seven presses: four ratings, the next step, what worked, what to do next."""
    for item, value in answers.items():
        await rate(page, item, value)
    await question(page, "next_step").locator("label").nth(1).click()
    for code in ("worked", "do_next"):
        await question(page, code).locator("button").first.click()


async def desk_of(page: Page, event: Event) -> dict[str, Any]:
    """The desk as the server tells it to this recruiter."""
    return dict(await read(page, f"/api/desks/{event.desk_id}"))


async def meeting_of(page: Page, guest: Guest) -> dict[str, Any]:
    """The meeting as the server tells it to this seeker."""
    return dict(await read(page, f"/api/my/meetings/{guest.meeting_id}"))


async def read_card(page: Page) -> None:
    """One's own half first, then the employer's beside it."""
    await press(page, "after.read")
    await expect(page.get_by_role("heading", name=say("feedback.your_half_first"))).to_be_visible()
    assert say("feedback.do_next") not in await page.inner_text("main"), "the answer was readable before it was opened"
    for rating in await page.locator("fieldset.rate").all():
        await rating.locator('label:has(input[value="3"])').click()
    await press(page, "feedback.open")
    await expect(page.get_by_text(say("feedback.do_next"))).to_be_visible()
    await expect(page.get_by_role("heading", name=say("feedback.glasses"))).to_be_visible()


async def staff_see(event: Event, activity: str) -> dict[str, Any]:
    """The desk in the staff's live view, once that shows it so."""

    async def shown() -> dict[str, Any] | None:
        card = await event.desk_card()
        return card if card["activity"] == activity else None

    card = await until(shown, what=f"staff see the desk as {activity}")
    assert card is not None
    return card
