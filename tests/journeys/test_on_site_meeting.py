"""The main job at a table on site, from the code at the door to the reading view, on both forms."""

from __future__ import annotations

from playwright.async_api import Browser, Page, expect

from tests.journeys.acts import (
    be_at_desk,
    button,
    enter_by_link,
    fill_card,
    press,
    read_card,
    seconds_left,
    staff_see,
)
from tests.journeys.house import House
from tests.journeys.support.browser import DESK, TABLET, Visit, visit
from tests.journeys.support.taps import COUNT_TAPS, taps
from tests.journeys.support.words import say
from tests.journeys.world import Event, Guest, published_event, sign_in

STATION = "Bord 3"
TALK_S = 600
TAPS = 8


async def test_two_meetings_at_a_table(either_house: House, browser: Browser) -> None:
    house = either_house
    async with (
        published_event(house, form="on_site", seekers=2, talk_s=TALK_S, undo_s=1) as event,
        visit(browser, house.staff_door.url, name="on site recruiter", size=DESK) as recruiter,
        visit(browser, house.seekers_door.url, name="on site first") as first,
        visit(browser, house.seekers_door.url, name="on site second") as second,
        visit(browser, house.staff_door.url, name="on site sign", size=TABLET) as sign,
    ):
        await recruiter.context.add_init_script(COUNT_TAPS)
        amina, bilal = event.guests
        await enter_by_link(first, event, amina)
        await check_in_themselves(first.page, amina)
        await enter_by_link(second, event, bilal)
        await be_checked_in_by_staff(second.page, event, bilal)
        station = await put_up_sign(sign, event)

        desk = await be_at_desk(recruiter, event, taken_in=amina)
        await expect(station.get_by_role("heading", name=amina.first_name)).to_be_visible()
        await expect(station.get_by_text(say("station.come"))).to_be_visible()
        await expect(first.page.get_by_role("heading", name=say("on_site.go_to", place=STATION))).to_be_visible()
        assert (await staff_see(event, "called"))["current"]["seeker_name"] == amina.name

        await talk(event, desk, first.page)
        await give_feedback(desk, amina)
        await expect(first.page.get_by_role("link", name=say("after.read"))).to_be_visible(timeout=10_000)
        await read_card(first.page)

        await expect(station.get_by_role("heading", name=bilal.first_name)).to_be_visible()
        await expect(second.page.get_by_role("heading", name=say("on_site.go_to", place=STATION))).to_be_visible()
        await expect(button(desk, "desk.start")).to_be_visible()
        assert (await event.staff.get(f"/api/recruitment-events/{event.id}/live"))["counts"] == {
            "seekers": 2,
            "arrived": 2,
            "meetings": 2,
            "held": 1,
            "no_shows": 0,
            "feedback_sent": 1,
        }


async def check_in_themselves(page: Page, guest: Guest) -> None:
    """The code is on their page, and so is the button that makes it needless."""
    await press(page, "my_day.show_code")
    await expect(page.get_by_text(guest.code, exact=True)).to_be_visible()
    await expect(page.get_by_role("img", name=say("on_site.qr", code=guest.code))).to_be_visible()
    await press(page, "on_site.i_am_here")
    await expect(page.get_by_text(say("on_site.checked_in")).last).to_be_visible()


async def be_checked_in_by_staff(page: Page, event: Event, guest: Guest) -> None:
    """Staff write the code as they hear it; the seeker's page knows at once."""
    await press(page, "my_day.show_code")
    heard = f" {guest.code[:3].lower()}-{guest.code[3:].lower()}"
    checked_in = await event.staff.post(f"/api/recruitment-events/{event.id}/check-in", code=heard)
    assert (checked_in["seeker_name"], checked_in["state"]) == (guest.name, "checked_in")
    await expect(page.get_by_text(say("on_site.we_call"))).to_be_visible()


async def put_up_sign(sign: Visit, event: Event) -> Page:
    """The station's page: closed so far, and it names who is next, first names only."""
    await sign_in(sign, event.house, event.recruiter_id)
    page = await sign.go(f"/station/{event.desk_id}")
    for guest in event.guests:
        await expect(page.get_by_text(guest.first_name, exact=True)).to_be_visible()
        await expect(page.get_by_text(guest.name)).to_have_count(0)
    await expect(page.get_by_role("heading", name=say("station.closed"))).to_be_visible()
    return page


async def talk(event: Event, desk: Page, seeker: Page) -> None:
    """One press when both sit down starts the same clock on both pages."""
    await press(desk, "desk.start")
    await expect(seeker.get_by_role("heading", name=say("on_site.you_talk", name="Tuva"))).to_be_visible()
    on_both = await seconds_left(desk), await seconds_left(seeker)
    assert abs(on_both[0] - on_both[1]) <= 1
    assert TALK_S - 60 < on_both[0] <= TALK_S
    await staff_see(event, "talking")
    await press(desk, "desk.end")
    await press(desk, "desk.end_confirm")
    await staff_see(event, "feedback")


async def give_feedback(desk: Page, guest: Guest) -> None:
    before = await taps(desk)
    await fill_card(desk)
    await press(desk, "scorecard.send_to", name=guest.first_name)
    await expect(desk.get_by_text(say("scorecard.send_to", name=guest.first_name))).to_have_count(0)
    assert await taps(desk) - before == TAPS
