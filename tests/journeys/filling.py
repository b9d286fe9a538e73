"""Ten ways to fill the scorecard in, on the real page, and what each takes by the keystroke-level model."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal

from playwright.async_api import Browser, Page, expect

from tests.journeys.acts import be_at_desk, press, question, rate
from tests.journeys.house import House
from tests.journeys.support.browser import DESK, Visit, visit
from tests.journeys.support.keyboard import go_to
from tests.journeys.support.klm import RECORD, Pressed, forget_presses, pressed
from tests.journeys.support.taps import COUNT_TAPS
from tests.journeys.support.words import say
from tests.journeys.world import Event, Guest, published_event

Way = Literal["mouse", "keys", "both"]


@dataclass(frozen=True, slots=True)
class Script:
    """One filling: four ratings (0 for *nothing to go by*), which next step and which phrases, by their places."""

    way: Way
    ratings: tuple[int, int, int, int]
    step: int
    worked: tuple[int, ...] = (0,)
    do_next: tuple[int, ...] = (0,)
    enabling: tuple[int, ...] = ()


SCRIPTS = (
    Script("mouse", (4, 3, 5, 3), 1),
    Script("mouse", (5, 5, 4, 4), 0, (1,), (2,)),
    Script("mouse", (2, 1, 3, 2), 2, (3,), (1,)),
    Script("mouse", (3, 0, 4, 0), 1, (2,), (3,)),
    Script("mouse", (1, 2, 2, 1), 2, (), (0,)),
    Script("mouse", (4, 4, 4, 5), 0, (0, 1), (1,)),
    Script("mouse", (3, 3, 3, 3), 1, (0,), (0,), (0,)),
    Script("both", (4, 3, 5, 3), 1, (1,), (0,)),
    Script("both", (5, 5, 5, 4), 0, (2,), (1,)),
    Script("keys", (4, 2, 3, 3), 1),
)


@asynccontextmanager
async def card_open(
    house: House,
    browser: Browser,
    *,
    name: str,
    size: tuple[int, int] = DESK,
    template: str = "it_expo_15",
    undo_s: int = 1,
) -> AsyncIterator[tuple[Event, Visit, Page]]:
    """A talk at a table that has just ended, and its scorecard on the recruiter's screen."""
    async with (
        published_event(house, form="on_site", template=template, undo_s=undo_s) as event,
        visit(browser, house.staff_door.url, name=name, size=size) as recruiter,
    ):
        await recruiter.context.add_init_script(COUNT_TAPS)
        await recruiter.context.add_init_script(RECORD)
        (guest,) = event.guests
        await event.staff.post(f"/api/recruitment-events/{event.id}/check-in", code=guest.code)
        desk = await be_at_desk(recruiter, event, taken_in=guest)
        await press(desk, "desk.start")
        await press(desk, "desk.end")
        await press(desk, "desk.end_confirm")
        await expect(desk.locator("[data-question]").first).to_be_visible()
        yield event, recruiter, desk


async def fill(desk: Page, script: Script, guest: Guest) -> Pressed:
    """Fill in by the script and send; what was pressed comes back."""
    await forget_presses(desk)
    if script.way == "mouse":
        for number, value in enumerate(script.ratings, start=1):
            await _rate_by_mouse(desk, f"item_{number}", value)
        await question(desk, "next_step").locator("label").nth(script.step).click()
    else:
        await go_to(desk, "", within='[data-question="item_1"]')
        for digit in (*script.ratings, script.step + 1):
            await desk.keyboard.press(str(digit))
    if script.way == "keys":
        for code in ("worked", "do_next"):
            await go_to(desk, "", within=f'[data-question="{code}"]')
            await desk.keyboard.press("Space")
        await desk.keyboard.press("Control+Enter")
    else:
        await _choose_by_mouse(desk, script)
        await press(desk, "scorecard.send_to", name=guest.first_name)
    await expect(desk.get_by_text(say("scorecard.send_to", name=guest.first_name))).to_have_count(0)
    return await pressed(desk)


async def _rate_by_mouse(desk: Page, item: str, value: int) -> None:
    if value:
        await rate(desk, item, value)
    else:
        await question(desk, item).locator("label").last.click()


async def _choose_by_mouse(desk: Page, script: Script) -> None:
    for code, places in (("worked", script.worked), ("do_next", script.do_next)):
        for place in places:
            await question(desk, code).locator("button.ds-chip").nth(place).click()
    if script.enabling:
        await desk.locator("details.sc-more summary").click()
        for place in script.enabling:
            await question(desk, "enabling").locator("button.ds-chip").nth(place).click()


async def ten_fillings(house: House, browser: Browser) -> list[Pressed]:
    """The ten scripts one after the other on one card, which is taken back and emptied between them."""
    found = []
    async with card_open(house, browser, name="ten fillings", undo_s=600) as (event, _, desk):
        (guest,) = event.guests
        for script in SCRIPTS:
            found.append(await fill(desk, script, guest))
            await _empty(desk, event, guest)
    return found


async def _empty(desk: Page, event: Event, guest: Guest) -> None:
    """Take the sending back and let the card be as it was at first."""
    await desk.evaluate(
        """async (path) => {
          const token = (await (await fetch('/api/me')).json()).csrf_token;
          const call = (method, to, body) => fetch(to, {
            method, body: body && JSON.stringify(body), headers: {
              'Content-Type': 'application/json', 'X-CSRF-Token': token, 'Idempotency-Key': crypto.randomUUID() },
          }).then(async (answer) => { if (!answer.ok) throw new Error(await answer.text()); return answer.json(); });
          const card = await call('POST', path + '/undo');
          await call('PUT', path, { version: card.version, answers: {} });
        }""",
        f"/api/meetings/{guest.meeting_id}/scorecard",
    )
    await desk.goto(f"/desk/{event.desk_id}")
    unsent = desk.get_by_role("button", name=say("desk.unsent_fill", name=guest.first_name), exact=True)
    await expect(unsent.or_(question(desk, "item_1")).first).to_be_visible()
    if await unsent.count():
        await unsent.first.click()
    await expect(desk.locator("[data-question]").first).to_be_visible()
