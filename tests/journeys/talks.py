"""A talk by video under way, where what comes before it is not what is tried."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Browser, Page, expect

from tests.journeys.acts import be_at_desk, be_in_waiting_room, button, press
from tests.journeys.house import House
from tests.journeys.support.browser import DESK, Devices, Visit, visit
from tests.journeys.support.video import wait_for_pictures
from tests.journeys.support.words import say
from tests.journeys.world import RECRUITER, Event, Guest, published_event


@dataclass(frozen=True, slots=True)
class Side:
    """One person's browser, and which devices it grants."""

    browser: Browser
    devices: Devices = "granted"


@dataclass(frozen=True, slots=True)
class Talk:
    """Both people in the room."""

    event: Event
    recruiter: Visit
    seeker: Visit

    @property
    def guest(self) -> Guest:
        return self.event.guests[0]

    @property
    def desk(self) -> Page:
        return self.recruiter.page

    @property
    def room(self) -> Page:
        return self.seeker.page

    async def open_card(self) -> None:
        """The recruiter opens the scorecard ahead of its time."""
        await press(self.desk, "desk.open_card")
        await expect(button(self.desk, "scorecard.send_to", name=self.guest.first_name)).to_be_visible()

    async def say_goodbye(self) -> None:
        """With much time left the page asks once."""
        await press(self.desk, "desk.end")
        await press(self.desk, "desk.end_confirm")

    async def send(self) -> None:
        await press(self.desk, "scorecard.send_to", name=self.guest.first_name)
        await expect(button(self.desk, "common.undo")).to_be_visible()


@asynccontextmanager
async def two_people(
    house: House, *, name: str, recruiter: Side, seeker: Side, seekers: int = 1
) -> AsyncIterator[Talk]:
    """A recruiter and a seeker with a meeting of ten minutes, in browsers that show nothing yet."""
    async with AsyncExitStack() as stack:
        event = await stack.enter_async_context(published_event(house, seekers=seekers, undo_s=5))
        there = visit(
            recruiter.browser,
            house.staff_door.url,
            name=f"{name} recruiter",
            size=DESK,
            devices=recruiter.devices,
        )
        here = visit(seeker.browser, house.seekers_door.url, name=f"{name} seeker", devices=seeker.devices)
        yield Talk(event, await stack.enter_async_context(there), await stack.enter_async_context(here))


@asynccontextmanager
async def talking(house: House, *, name: str, recruiter: Browser, seeker: Browser) -> AsyncIterator[Talk]:
    """Both are in the room, with pictures on both sides."""
    async with two_people(house, name=name, recruiter=Side(recruiter), seeker=Side(seeker)) as talk:
        await be_at_desk(talk.recruiter, talk.event)
        await be_in_waiting_room(talk.seeker, talk.event, talk.guest)
        await press(talk.room, "waiting.ready")
        await expect(talk.room.get_by_label(say("room.picture_of", name=RECRUITER[0]))).to_be_visible()
        await wait_for_pictures(talk.room)
        await wait_for_pictures(talk.desk)
        yield talk
