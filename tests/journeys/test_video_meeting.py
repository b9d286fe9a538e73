"""The main job by video, from the plan to the profile, on both forms."""

from __future__ import annotations

import re
import time
from datetime import datetime

from playwright.async_api import Browser, Page, expect

from tests.journeys.acts import (
    button,
    enter_by_link,
    fill_card,
    go_to_waiting_room,
    meeting_of,
    press,
    question,
    read_card,
    seconds_left,
)
from tests.journeys.house import CODE, House
from tests.journeys.planning import planned_on_screen
from tests.journeys.support.browser import DESK, PHONE, Visit, visit
from tests.journeys.support.taps import COUNT_TAPS, taps
from tests.journeys.support.video import wait_for_pictures
from tests.journeys.support.waiting import poll, until
from tests.journeys.support.words import say
from tests.journeys.world import EMPLOYER, RECRUITER, Event, Guest

TALK_S, UNDO_S = 140, 2
LENGTHS = {"talk_s": TALK_S, "feedback_s": 60, "undo_s": UNDO_S, "no_show_after_s": 180}
SEALED_WITHIN_S = 1.0
TAPS = 8


async def test_a_meeting_by_video_becomes_a_profile(either_house: House, browser: Browser) -> None:
    async with (
        visit(browser, either_house.staff_door.url, name="video staff", size=DESK) as staff,
        planned_on_screen(either_house, staff, **LENGTHS) as event,
        visit(browser, either_house.staff_door.url, name="video recruiter", size=DESK) as recruiter,
        visit(browser, either_house.seekers_door.url, name="video seeker", size=PHONE) as seeker,
    ):
        guest = event.guests[0]
        await recruiter.context.add_init_script(COUNT_TAPS)
        board = await open_board(staff)
        desk = await come_to_desk(recruiter, event)
        await board_shows(board, "live.activity_employer_waits")
        room = await come_to_room(seeker, event, guest)
        await board_shows(board, "live.activity_talking")
        await expect(board.locator(".dk").get_by_text(guest.name)).to_be_visible()
        await meet(event, guest, desk, room)

        profile = await open_profile(seeker)
        undo_until = await send_card(event, desk)
        await receive_card(room, event, undo_until)
        await board_shows(board, "live.card_done")
        await read_card(room)
        await expect(profile.get_by_role("heading", name=re.compile("En arbetsgivare"))).to_be_visible()
        assert await profile.evaluate("window.marked"), "the profile was loaded anew"
        await expect(profile.get_by_text(EMPLOYER).first).to_be_visible()


async def come_to_desk(recruiter: Visit, event: Event) -> Page:
    """Sign in with the mailed code, find one's desk, open it."""
    email = RECRUITER[1]
    page = await recruiter.go("/sign-in")
    asked = len(await event.house.mail.to(email))
    await page.get_by_label(say("sign_in.email")).fill(email)
    await press(page, "sign_in.send")
    code = await event.house.mailed(email, CODE, after=asked)
    await page.get_by_label(say("sign_in.code")).fill(code)
    await press(page, "nav.sign_in")
    # Whoever has one desk is taken straight to it.
    await press(page, "desk.open")
    await expect(page.get_by_role("heading", name=event.guests[0].name)).to_be_visible()
    assert (await event.desk_card())["is_open"]
    return page


async def come_to_room(seeker: Visit, event: Event, guest: Guest) -> Page:
    """By the mailed link to the waiting room; devices work; *I am ready*; and in, with no further click."""
    await enter_by_link(seeker, event, guest)
    await go_to_waiting_room(seeker, guest)
    page = seeker.page
    await expect(page.get_by_role("heading", name=say("devices.all_well"))).to_be_visible()
    await press(page, "waiting.ready")
    await expect(page.get_by_label(say("room.picture_of", name=RECRUITER[0]))).to_be_visible(timeout=15_000)
    return page


async def meet(event: Event, guest: Guest, desk: Page, room: Page) -> None:
    """Pictures both ways, the same time on both sides, and on two processes where there are two."""
    await wait_for_pictures(desk)
    await wait_for_pictures(room)
    await expect(desk.get_by_text(say("media.no_sound", name=guest.first_name))).to_have_count(0)
    on_both = await seconds_left(desk), await seconds_left(room)
    assert abs(on_both[0] - on_both[1]) <= 1
    assert TALK_S - 60 < on_both[0] <= TALK_S
    await until(lambda: passed(desk, on_both[0]), what="the countdown counted down")
    processes = await event.house.processes_of(guest.meeting_id)
    doors = {"seeker": event.house.seekers_door.pid, "recruiter": event.house.staff_door.pid}
    assert processes == doors
    assert len(set(processes.values())) == len(event.house.servers)


async def passed(page: Page, seconds: int) -> bool:
    return await seconds_left(page) < seconds


async def send_card(event: Event, desk: Page) -> float:
    """The card opens by itself two minutes before the end; eight presses send it. When the undo window ends."""
    await expect(question(desk, "item_1")).to_be_visible(timeout=30_000)
    before = await taps(desk)
    await fill_card(desk)
    async with desk.expect_response("**/scorecard/send") as sending:
        await press(desk, "scorecard.send_to", name=event.guests[0].first_name)
    sent = await (await sending.value).json()
    await expect(button(desk, "common.undo")).to_be_visible()
    assert await taps(desk) - before == TAPS
    return datetime.fromisoformat(sent["undo_until"]).timestamp()


async def receive_card(room: Page, event: Event, undo_until: float) -> None:
    """Sealed, on the open page, within a second after the undo window and not before."""
    assert (await meeting_of(room, event.guests[0]))["feedback_id"] is None or time.time() > undo_until
    await poll(room, f"document.body.innerText.includes({say('after.read')!r})", within_s=UNDO_S + 5)
    late_s = time.time() - undo_until
    print(f"the sealed card was there {late_s:.2f} s after the undo window ({event.house.form})")
    assert 0 <= late_s <= SEALED_WITHIN_S


async def open_board(staff: Visit) -> Page:
    """The staff's live view of the event they have just published."""
    await press(staff.page, "staff.nav_live")
    await board_shows(staff.page, "live.card_begins")
    return staff.page


async def board_shows(board: Page, key: str) -> None:
    """The desk's state, in the word that staff see."""
    await expect(board.locator(".dk").get_by_text(say(key), exact=True)).to_be_visible(timeout=10_000)


async def open_profile(seeker: Visit) -> Page:
    """The profile in another tab, empty so far, marked so that a reload would show."""
    page = await seeker.context.new_page()
    await page.goto("/profile")
    await expect(page.get_by_role("heading", name=say("profile.empty_title"))).to_be_visible()
    await page.evaluate("window.marked = true")
    return page
