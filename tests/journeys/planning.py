"""Staff make an event on the screens, by keyboard: create, add people, let it be planned, publish."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from playwright.async_api import Page, expect

from server.identity.service import open_session
from tests.journeys.house import House
from tests.journeys.support.browser import Visit
from tests.journeys.support.keyboard import activate, go_to
from tests.journeys.support.words import say
from tests.journeys.world import (
    EMPLOYER,
    RECRUITER,
    SEEKERS,
    Api,
    Event,
    Guest,
    assign,
    officials,
    plan,
    sign_in,
)

PUBLISH_NOW = "Publicera och skicka"  # to how many is said in the words that follow
SEEKER_MAIL = "amina.warsame@post.example"


@asynccontextmanager
async def planned_on_screen(house: House, staff: Visit, **lengths: int) -> AsyncIterator[Event]:
    """An event by video with one employer and one seeker, published by `staff`, who ends on the plan's page.

    Only the lengths of talks are not on the screen: they are the template's, and set by HTTP.
    """
    now = datetime.now(UTC)
    staff_id, case_worker_id = await officials(house, now)
    await sign_in(staff, house, staff_id)
    api = Api(house.staff_door.url)
    try:
        async with house.database.transaction() as session:
            token = await open_session(session, person_id=staff_id, now=now)
        await api.use_session(token)
        wanted = plan(form="video", now=now, **lengths)
        event_id = await _create(staff, wanted)
        await _set_lengths(api, event_id, wanted)
        await _add_people(staff.page)
        await _publish(staff.page)
        event = await _find(house, api, event_id, staff_id, case_worker_id)
        await assign(house, case_worker_id, [guest.id for guest in event.guests], now)
        yield event
    finally:
        await api.aclose()


async def _create(staff: Visit, wanted: dict[str, Any]) -> str:
    page = await staff.go("/events")
    await activate(page, say("staff.new_event"))
    await expect(page.locator("#name")).to_be_visible()
    for field, text in (("#name", wanted["name"]), ("#place", wanted["place"])):
        await write(page, field, text)
    # The parts of a date and a time stand in the order of the browser's own language.
    await page.locator("#date").fill(wanted["date"])
    await page.locator("#first-start").fill(wanted["first_start"])
    await activate(page, say("staff.create"))
    await expect(page).to_have_url(re.compile(r"/events/[0-9a-f-]{36}/import$"))
    return page.url.split("/")[-2]


async def _set_lengths(api: Api, event_id: str, wanted: dict[str, Any]) -> None:
    named = ("pauses", "slots", "form", "talk_s", "feedback_s", "undo_s", "early_start_s", "no_show_after_s")
    await api.patch(f"/api/recruitment-events/{event_id}", **{name: wanted[name] for name in named if name in wanted})


async def _add_people(page: Page) -> None:
    await activate(page, say("staff.nav_people"))
    await activate(page, say("staff.add_employer"))
    await write(page, "#employer-name", EMPLOYER)
    await write(page, "#recruiter-name", RECRUITER[0])
    await write(page, "#recruiter-email", RECRUITER[1])
    await page.keyboard.press("Enter")
    await expect(page.locator(".pe-list").get_by_text(EMPLOYER)).to_be_visible()
    await activate(page, say("staff.add_seeker"))
    await write(page, "#seeker-name", SEEKERS[0])
    await write(page, "#seeker-email", SEEKER_MAIL)
    await page.keyboard.press("Enter")
    await expect(page.get_by_text(SEEKERS[0]).first).to_be_visible()


async def _publish(page: Page) -> None:
    await activate(page, say("staff.nav_plan"))
    await activate(page, say("plan.make"))
    await expect(page.get_by_role("heading", name=say("staff.plan_title_ready"))).to_be_visible(timeout=30_000)
    await activate(page, say("staff.publish"))
    await activate(page, PUBLISH_NOW)
    await expect(page.get_by_role("heading", name=say("staff.plan_title_published"))).to_be_visible()


async def _find(house: House, api: Api, event_id: str, staff_id: UUID, case_worker_id: UUID) -> Event:
    base = f"/api/recruitment-events/{event_id}"
    (employer,) = await api.get(f"{base}/employers")
    (seeker,) = (await api.get(f"{base}/seekers"))["seekers"]
    (arrival,) = await api.get(f"{base}/arrivals")
    guest = Guest(UUID(seeker["id"]), seeker["name"], seeker["email"], arrival["meeting_id"], arrival["check_in_code"])
    return Event(
        house=house,
        id=event_id,
        staff=api,
        staff_id=staff_id,
        case_worker_id=case_worker_id,
        desk_id=employer["desks"][0]["id"],
        recruiter_id=UUID(employer["recruiters"][0]["id"]),
        guests=(guest,),
    )


async def write(page: Page, field: str, text: str) -> None:
    await go_to(page, "", within=field)
    await page.keyboard.type(text)
