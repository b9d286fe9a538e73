"""A seeker applies in two taps, a recruiter reads and answers, and each sees on an open page what the other did."""

from __future__ import annotations

from uuid import UUID

from playwright.async_api import Browser, expect

from tests.journeys.acts import press
from tests.journeys.house import House
from tests.journeys.support.browser import PHONE, visit
from tests.journeys.support.words import say
from tests.journeys.test_wishes import SEEKER, draft
from tests.journeys.world import sign_in

TITLE = "Systemutvecklare, Java"


async def test_an_application_goes_to_and_fro_between_two_open_pages(house: House, browser: Browser) -> None:
    async with draft(house) as event:
        employer = event.employers["Fjällnät AB"]
        vacancy = {"title": TITLE, "place": "Provby", "required": ["SQL", "Java"], "organisation_id": employer["id"]}
        await event.staff.post("/api/vacancies", **vacancy)
        recruiter_id, seeker_id = UUID(employer["recruiters"][0]["id"]), UUID(event.seeker["id"])
        url = house.staff_door.url
        async with (
            visit(browser, url, name="seeker", size=PHONE) as seeker,
            visit(browser, url, name="recruiter") as recruiter,
        ):
            await sign_in(seeker, house, seeker_id)
            await sign_in(recruiter, house, recruiter_id)
            jobs = await seeker.go("/jobs")
            await expect(jobs.get_by_text(say("jobs.why_count", had="1", of="2"))).to_be_visible()
            applicants = await recruiter.go("/applicants")
            await expect(applicants.get_by_role("heading", name=say("ours.no_applications"))).to_be_visible()

            await jobs.get_by_role("button", name=say("jobs.apply")).first.click()
            await press(jobs, "jobs.send")

            await applicants.get_by_text(say("ours.open")).click()
            await expect(applicants.get_by_role("heading", name=SEEKER[0])).to_be_visible()
            mine = await seeker.go("/applications")
            where = mine.locator("[aria-current=step]")
            await expect(where).to_have_text(say("jobs.status_read"))
            await press(applicants, "ours.answer_offered")
            await expect(where).to_have_text(say("jobs.status_offered"))

            await mine.get_by_role("button", name=say("jobs.withdraw")).click()
            await expect(applicants.get_by_text(say("ours.status_withdrawn"), exact=True)).to_be_visible()
            await mine.get_by_role("button", name=say("jobs.resume")).click()
            await expect(where).to_have_text(say("jobs.status_offered"))
            await expect(applicants.get_by_text(say("ours.status_offered"), exact=True)).to_be_visible()
