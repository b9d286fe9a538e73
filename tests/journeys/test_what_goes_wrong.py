"""The same path with what goes wrong in real life: nothing is lost and nobody is thrown out."""

from __future__ import annotations

import time
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.journeys.acts import be_at_desk, be_in_waiting_room, desk_of, fill_card, meeting_of, press, rate
from tests.journeys.house import House
from tests.journeys.support.browser import Devices, open_browser
from tests.journeys.support.video import frames_decoded, wait_for_pictures
from tests.journeys.support.waiting import until
from tests.journeys.support.words import say
from tests.journeys.talks import Side, Talk, talking, two_people
from tests.journeys.world import RECRUITER

BACK_WITHIN_S = 3.0


@pytest.mark.parametrize("devices", ["refused", "none"])
async def test_a_seeker_without_camera_and_microphone_meets_all_the_same(
    house: House, browser: Browser, chromium_path: Any, devices: Devices
) -> None:
    async with (
        open_browser(chromium_path, devices=devices) as bare,
        two_people(house, name=f"seeker {devices}", recruiter=Side(browser), seeker=Side(bare, devices)) as talk,
    ):
        await be_at_desk(talk.recruiter, talk.event)
        page = await be_in_waiting_room(talk.seeker, talk.event, talk.guest)
        await expect(page.get_by_role("heading", name=say("devices.go_in_anyway"))).to_be_visible()
        await press(page, "devices.enter_without_both")

        await wait_for_pictures(page)
        await expect(talk.desk.get_by_text(say("media.no_picture", name=talk.guest.first_name))).to_be_visible()
        assert await frames_decoded(talk.desk) == 0
        await write(talk, "Jag har ingen kamera, men jag är här.")


async def test_a_recruiter_without_devices_meets_all_the_same(
    house: House, browser: Browser, chromium_path: Any
) -> None:
    async with (
        open_browser(chromium_path, devices="none") as bare,
        two_people(house, name="bare", recruiter=Side(bare, "none"), seeker=Side(browser)) as talk,
    ):
        await be_at_desk(talk.recruiter, talk.event)
        await be_in_waiting_room(talk.seeker, talk.event, talk.guest)
        await press(talk.room, "waiting.ready")

        await wait_for_pictures(talk.desk)
        name = RECRUITER[0].split()[0]
        await expect(talk.room.get_by_text(say("room.camera_off", name=name)).first).to_be_visible()


@pytest.mark.parametrize("who", ["seeker", "recruiter"])
async def test_a_reload_returns_to_the_same_meeting(house: House, browser: Browser, who: str) -> None:
    async with talking(house, name=f"reload {who}", recruiter=browser, seeker=browser) as talk:
        reloaded, other = (talk.room, talk.desk) if who == "seeker" else (talk.desk, talk.room)
        before = await meeting_of(talk.room, talk.guest)

        began = time.monotonic()
        await reloaded.reload(wait_until="commit")
        await wait_for_pictures(reloaded)
        took_s = time.monotonic() - began
        await wait_for_pictures(other)

        print(f"the {who} was back with pictures {took_s:.2f} s after reloading")
        assert took_s <= BACK_WITHIN_S
        after = await meeting_of(talk.room, talk.guest)
        assert {key: after[key] for key in ("id", "state", "talk_ends_at")} == {
            key: before[key] for key in ("id", "state", "talk_ends_at")
        }


async def test_a_killed_server_loses_nothing_and_throws_nobody_out(either_house: House, browser: Browser) -> None:
    async with talking(either_house, name="killed", recruiter=browser, seeker=browser) as talk:
        await talk.open_card()
        await rate(talk.desk, "item_1", 4)
        await expect(talk.desk.get_by_text(say("scorecard.saved"), exact=True)).to_be_visible()
        await rate(talk.desk, "item_2", 2)

        either_house.staff_door.kill()
        await rate(talk.desk, "item_3", 5)
        await wait_for_pictures(talk.room)
        await wait_for_pictures(talk.desk)
        await expect(talk.desk.get_by_text(say("scorecard.kept_here"))).to_be_visible(timeout=20_000)
        either_house.staff_door.start()

        assert await ratings_on_server(talk, count=3) == {"item_1": 4, "item_2": 2, "item_3": 5}
        await wait_for_pictures(talk.room)
        await wait_for_pictures(talk.desk)
        assert (await meeting_of(talk.room, talk.guest))["state"] == "talking"
        await fill_card(talk.desk)
        await talk.say_goodbye()
        await talk.send()
        await expect(talk.room.get_by_role("link", name=say("after.read"))).to_be_visible(timeout=15_000)


async def test_the_newest_of_two_tabs_has_the_meeting_and_the_older_is_told(house: House, browser: Browser) -> None:
    async with talking(house, name="tabs", recruiter=browser, seeker=browser) as talk:
        newer = await talk.seeker.context.new_page()
        await newer.goto(f"/meeting/{talk.guest.meeting_id}")

        await expect(talk.room.get_by_text(say("room.replaced"))).to_be_visible()
        await wait_for_pictures(newer)
        await wait_for_pictures(talk.desk)

        await press(talk.room, "room.take_over")
        await expect(newer.get_by_text(say("room.replaced"))).to_be_visible()
        await wait_for_pictures(talk.room)


async def test_a_card_filled_without_a_line_is_kept_and_sent_later(house: House, browser: Browser) -> None:
    async with talking(house, name="no line", recruiter=browser, seeker=browser) as talk:
        await talk.open_card()
        await talk.say_goodbye()
        await talk.recruiter.context.set_offline(True)
        await fill_card(talk.desk)
        await expect(talk.desk.get_by_text(say("scorecard.kept_here"))).to_be_visible(timeout=20_000)
        await press(talk.desk, "scorecard.send_to", name=talk.guest.first_name)
        waits = talk.desk.get_by_text(say("scorecard.sent_later", name=talk.guest.first_name)).first
        await expect(waits).to_be_visible(timeout=20_000)

        await talk.recruiter.context.set_offline(False)

        await expect(talk.room.get_by_role("link", name=say("after.read"))).to_be_visible(timeout=30_000)


async def write(talk: Talk, text: str) -> None:
    """The seeker writes, and the recruiter reads it."""
    await press(talk.room, "room.chat")
    await talk.room.locator("#chat-text").fill(text)
    await press(talk.room, "room.send")
    await talk.desk.get_by_role("button", name=say("room.chat")).click()
    await expect(messages(talk.desk, text)).to_be_visible()


def messages(page: Page, text: str) -> Any:
    return page.get_by_text(text).last


async def ratings_on_server(talk: Talk, *, count: int) -> dict[str, int]:
    """The draft's ratings as the server has them, once there are so many."""

    async def look() -> dict[str, int] | None:
        desk = await desk_of(talk.desk, talk.event)
        ratings = ((desk["now"] or {}).get("scorecard") or {}).get("answers", {}).get("ratings", {})
        return ratings if len(ratings) >= count else None

    found = await until(look, within_s=20, what=f"{count} ratings on the server")
    assert found is not None
    return found
