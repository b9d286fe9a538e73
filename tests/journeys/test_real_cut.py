"""A line that is really cut for half a minute: each browser in a network namespace of its own."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.journeys.acts import desk_of, meeting_of, rate
from tests.journeys.house import House
from tests.journeys.support.browser import open_browser
from tests.journeys.support.video import assert_pictures_stand_still, wait_for_pictures
from tests.journeys.support.waiting import until
from tests.journeys.support.words import say
from tests.journeys.talks import Talk, talking
from tests.services.netns import Network

CUT_S = 30
BACK_WITHIN_S = 30


@pytest.mark.parametrize("who", ["recruiter", "seeker"])
async def test_a_cut_of_half_a_minute_returns_to_the_same_meeting(
    house: House, chromium_path: Path, two_homes: Network, who: str
) -> None:
    two_homes.serve(house.staff_door.port)
    async with (
        open_browser(two_homes.recruiter.wrapper(chromium_path)) as at_recruiter,
        open_browser(two_homes.seeker.wrapper(chromium_path)) as at_seeker,
        talking(house, name=f"cut {who}", recruiter=at_recruiter, seeker=at_seeker) as talk,
    ):
        before = await meeting_of(talk.room, talk.guest)
        await talk.open_card()
        await rate(talk.desk, "item_1", 4)
        await expect(talk.desk.get_by_text(say("scorecard.saved"), exact=True)).to_be_visible()

        home = two_homes.recruiter if who == "recruiter" else two_homes.seeker
        home.cut()
        cut_at = time.monotonic()
        await rate(talk.desk, "item_2", 2)
        await until(lambda: stands_still(talk), within_s=20, what="the pictures stopped")
        # the one whose own line is gone is told so; the other, that the connection broke
        told = talk.room.get_by_text(say("room.recovering")).or_(talk.room.get_by_text(say("room.no_line")))
        await expect(told.first).to_be_visible(timeout=25_000)
        await asyncio.sleep(CUT_S - (time.monotonic() - cut_at))
        await assert_pictures_stand_still(talk.room, for_s=0.5)
        await assert_pictures_stand_still(talk.desk, for_s=0.5)

        home.restore()
        back_at = time.monotonic()
        await wait_for_pictures(talk.room, within_s=BACK_WITHIN_S)
        await wait_for_pictures(talk.desk, within_s=BACK_WITHIN_S)
        print(f"pictures were back {time.monotonic() - back_at:.1f} s after the line")

        after = await meeting_of(talk.room, talk.guest)
        same = ("id", "state", "talk_started_at", "talk_ends_at")
        assert [after[key] for key in same] == [before[key] for key in same]
        await until(lambda: drafted(talk, {"item_1": 4, "item_2": 2}), within_s=20, what="the whole draft is saved")
        await expect(talk.desk.get_by_text(say("scorecard.saved"), exact=True)).to_be_visible()


async def stands_still(talk: Talk) -> bool:
    try:
        await assert_pictures_stand_still(talk.room, for_s=1)
        await assert_pictures_stand_still(talk.desk, for_s=1)
    except AssertionError:
        return False
    return True


async def drafted(talk: Talk, ratings: dict[str, int]) -> bool:
    now = (await desk_of(talk.desk, talk.event))["now"]
    return bool(now["scorecard"] and now["scorecard"]["answers"].get("ratings") == ratings)
