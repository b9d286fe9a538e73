"""A recruiter fills the scorecard in: by taps, by keyboard alone, without a line, and advised on the tone."""

from __future__ import annotations

from statistics import median

from playwright.async_api import Browser, Page, expect

from tests.journeys.acts import button, fill_card, press, question
from tests.journeys.filling import SCRIPTS, card_open, ten_fillings
from tests.journeys.house import House
from tests.journeys.support.browser import PHONE
from tests.journeys.support.klm import forget_presses, pressed
from tests.journeys.support.taps import taps
from tests.journeys.support.waiting import until
from tests.journeys.support.words import say
from tests.journeys.world import Event

TAPS_MAX = 8
MEDIAN_MAX_S = 25.0
GROUND = "Du är för gammal för oss."


async def test_ten_fillings_take_a_median_of_twenty_five_seconds_in_the_model(house: House, browser: Browser) -> None:
    found = await ten_fillings(house, browser)

    for script, one in zip(SCRIPTS, found, strict=True):
        print(f"{one.seconds:5.1f} s  {one.taps} taps  {script.way:5}  {one.operators}")
    print(f"median {median(one.seconds for one in found):.1f} s")
    assert median(one.seconds for one in found) <= MEDIAN_MAX_S
    assert found[0].taps == TAPS_MAX
    assert found[-1].taps == 0


async def test_a_phone_takes_eight_taps(house: House, browser: Browser) -> None:
    async with card_open(house, browser, name="filling phone", size=PHONE) as (event, _, desk):
        (guest,) = event.guests
        await forget_presses(desk)
        for number in range(1, 5):
            await question(desk, f"item_{number}").locator("button").nth(1).click()
        await question(desk, "next_step").locator("button").nth(1).click()
        for code in ("worked", "do_next"):
            await question(desk, code).locator("button").first.click()
        await press(desk, "scorecard.send_to", name=guest.first_name)
        await expect(desk.get_by_text(say("scorecard.send_to", name=guest.first_name))).to_have_count(0)

        assert (await pressed(desk)).taps == TAPS_MAX


async def test_without_a_line_the_card_waits_and_goes_after_a_reload(house: House, browser: Browser) -> None:
    async with card_open(house, browser, name="filling offline", undo_s=600) as (event, recruiter, desk):
        (guest,) = event.guests
        await recruiter.context.set_offline(True)
        await fill_card(desk)
        await press(desk, "scorecard.send_to", name=guest.first_name)
        await expect(desk.get_by_text(say("scorecard.sent_later", name=guest.first_name)).first).to_be_visible()
        assert await _drafts_here(desk) == 1

        await recruiter.context.set_offline(False)
        await desk.reload()

        async def sent() -> bool:
            return await _card_state(event, desk) == "sent"

        await until(sent, what="the card that waited is sent")
        await expect(button(desk, "common.undo")).to_be_visible()
        assert await _drafts_here(desk) == 0


async def test_advice_comes_as_one_writes_and_a_protected_ground_takes_one_tap(house: House, browser: Browser) -> None:
    async with card_open(house, browser, name="filling tone") as (event, _, desk):
        (guest,) = event.guests
        await fill_card(desk)
        await press(desk, "scorecard.add_statement")
        await desk.locator(".statement textarea").fill(GROUND)
        await expect(desk.locator(".tone[role=status]")).to_contain_text("gammal")
        before = await taps(desk)

        await press(desk, "scorecard.send_to", name=guest.first_name)
        await press(desk, "tone.send_as_is")

        await expect(desk.get_by_text(say("scorecard.send_to", name=guest.first_name))).to_have_count(0)
        assert await taps(desk) - before == 1 + 1


async def test_the_preview_shows_what_the_seeker_will_read(house: House, browser: Browser) -> None:
    async with card_open(house, browser, name="filling preview") as (event, _, desk):
        (guest,) = event.guests
        await fill_card(desk)
        chosen = await question(desk, "do_next").locator("button[aria-pressed=true]").inner_text()
        await press(desk, "scorecard.preview", name=guest.first_name)

        shown = desk.locator("dialog[open] .pv")
        await expect(shown.locator(".pv-next")).to_contain_text(chosen.strip())
        await expect(shown.get_by_text(say("scorecard.preview_glasses"))).to_be_visible()


async def _drafts_here(desk: Page) -> int:
    """How many cards are kept on the device."""
    kept: int = await desk.evaluate(
        "Object.keys(localStorage).filter((name) => name.startsWith('direktkontakt.draft.')).length"
    )
    return kept


async def _card_state(event: Event, desk: Page) -> str:
    """Where the card stands, by the server."""
    state = await desk.evaluate("(path) => fetch(path).then((answer) => answer.json())", f"/api/desks/{event.desk_id}")
    cards = [*state["undoable"], *state["unsent"], *([state["now"]] if state["now"] else [])]
    return str(next((one["scorecard"]["state"] for one in cards if one["scorecard"]), "none"))
