"""Four meetings with four employers become a goal, a band, a role to explore, a measure and an application."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from tests.journeys.acts import press
from tests.journeys.four_employers import EMPLOYERS, SEEKER, Day, four_employers
from tests.journeys.support.browser import DESK, Visit, visit
from tests.journeys.support.words import say
from tests.journeys.world import read, sign_in

GOAL = "Berätta din egen del"
JOB = "Databasutvecklare"


async def test_a_seeker_learns_over_four_meetings(tmp_path: Path, migrated_file: Path, browser: Browser) -> None:
    async with (
        four_employers(tmp_path, migrated_file) as day,
        visit(browser, day.house.seekers_door.url, name="learning seeker") as seeker,
        visit(browser, day.house.staff_door.url, name="learning case worker", size=DESK) as case_worker,
    ):
        await sign_in(seeker, day.house, day.seeker_id)
        await seeker.go("/profile")
        await seeker.page.get_by_text(say("welcome.share_yes"), exact=True).click()

        await first_meeting(day, seeker)
        await second_meeting(day, seeker)
        await third_meeting(day, seeker)
        await fourth_meeting(day, seeker)
        await a_measure_is_planned(day, seeker, case_worker)


async def first_meeting(day: Day, seeker: Visit) -> None:
    """One's own half, the employer's, an answer, a goal, and something to do about it."""
    await day.check_in(0)
    await day.talk_and_answer(0)
    page = await open_newest(seeker, rated=3)
    await page.locator("#reply-text").fill("Tack! Jag skriver ner min del.")
    await press(page, "feedback.reply_send")
    await expect(page.locator(".fb-mine")).to_be_visible()
    await press(page, "feedback.make_goal")
    await expect(page.get_by_text(say("feedback.is_goal"))).to_be_visible()
    await press(page, "learning.to_actions")
    await expect(page.get_by_text(say("learning.is_action"))).to_be_visible()


async def second_meeting(day: Day, seeker: Visit) -> None:
    """The goal goes along, the recruiter sees it, and after the meeting it is kept and the task is done."""
    await seeker.go("/my-day")
    await expect(seeker.page.get_by_text(GOAL).first).to_be_visible()
    desk = await day.check_in(1)
    assert GOAL in str(desk["now"]["seeker"]["goal"])
    await day.talk_and_answer(1)
    await open_newest(seeker, rated=3)
    await seeker.go("/my-day")
    await press(seeker.page, "learning.kept")
    await expect(seeker.page.get_by_role("button", name=say("learning.kept"))).to_have_count(0)
    await seeker.page.locator(".ln-acts label").first.click()
    await expect(seeker.page.locator(".ln-acts li")).to_have_count(0)
    learning = await read(seeker.page, "/api/my/learning")
    assert [(one["state"], one["chip"]) for one in learning["actions"]] == [("done", "tell_own_part")]


async def third_meeting(day: Day, seeker: Visit) -> None:
    """Two meetings are words only; with the third a band stands on the page, which was not loaded again."""
    profile = await seeker.go("/profile")
    await expect(profile.get_by_text(GOAL).first).to_be_visible()
    await expect(profile.locator(".band")).to_have_count(0)
    await day.check_in(2)
    await day.talk_and_answer(2, ratings={"item_1": 4, "item_2": 3, "item_3": 5, "item_4": 3})
    await open_newest(seeker, rated=3, page=await seeker.context.new_page())
    await expect(profile.locator(".band:visible").first).to_be_visible(timeout=30_000)


async def fourth_meeting(day: Day, seeker: Visit) -> None:
    """Another role is explored, and a job is applied for from what was read; the answer comes to the open page."""
    employer = day.employers[3]
    vacancy = await employer.recruiter.post(
        "/api/vacancies", organisation_id=employer.id, title=JOB, place="Provby", required=["SQL"]
    )
    await day.check_in(3)
    await day.talk_and_answer(3, next_step="another_role", occupation="database_administrator")
    page = await open_newest(seeker, rated=4)
    feedback = page.url
    await page.get_by_role("link", name=say("paths.explore")).click()
    await expect(page.get_by_text(say("paths.have"), exact=True).first).to_be_visible()
    await expect(page.get_by_role("link", name=re.compile("Myrlund"))).to_be_visible()

    await seeker.go(feedback.removeprefix(seeker.url))
    await page.get_by_role("button", name=re.compile(say("jobs.apply_from_meeting"))).click()
    await press(page, "jobs.send")
    await page.get_by_role("link", name=say("jobs.status_sent")).click()
    await expect(page.get_by_role("heading", name=JOB)).to_be_visible()
    (sent,) = await employer.recruiter.get("/api/applications")
    assert (sent["vacancy_id"], sent["seeker"]["name"]) == (vacancy["id"], SEEKER)
    await employer.recruiter.put(f"/api/applications/{sent['id']}/status", status="in_conversation")
    at = page.locator('[aria-current="step"]', has_text=say("jobs.status_in_conversation"))
    await expect(at).to_be_visible(timeout=10_000)


async def a_measure_is_planned(day: Day, seeker: Visit, case_worker: Visit) -> None:
    """The case worker plans what four employers ask for; the seeker reads it with whose words it rests on."""
    await sign_in(case_worker, day.house, day.case_worker_id)
    page = await case_worker.go(f"/seekers/{day.seeker_id}/plan")
    await press(page, "case_plan.plan_it")
    await press(page, "case_plan.propose")
    await expect(page.locator(".pl-step")).to_have_count(1)

    mine = await seeker.go("/profile/plan")
    rests_on = mine.get_by_role("list", name=say("my_plan.rests_on"))
    await expect(rests_on.get_by_role("link")).to_have_count(len(EMPLOYERS))
    await press(mine, "my_plan.yes")
    await expect(page.get_by_text(say("my_plan.theirs_agreed")).first).to_be_visible(timeout=10_000)


async def open_newest(seeker: Visit, *, rated: int, page: Page | None = None) -> Page:
    """Wait for the newest feedback, rate oneself, and open it."""
    page = page or seeker.page
    await page.goto(f"{seeker.url}/feedback")
    await page.locator('a[href^="/feedback/"]', has_text=say("feedback.sealed")).first.click(timeout=15_000)
    await expect(page.get_by_role("heading", name=say("feedback.your_half_first"))).to_be_visible()
    for rating in await page.locator("fieldset.rate").all():
        await rating.locator(f'label:has(input[value="{rated}"])').click()
    await press(page, "feedback.open")
    await expect(page.get_by_role("heading", name=say("feedback.glasses"))).to_be_visible()
    return page
