"""A seeker on a phone tells of everyday life in two sittings, keeps what is theirs, and goes on with a goal."""

from __future__ import annotations

from datetime import UTC, datetime

from playwright.async_api import Browser, Page, expect

from server.identity.people import create_person
from server.identity.roles import Role
from tests.journeys.acts import button, press
from tests.journeys.house import House
from tests.journeys.support.browser import PHONE, visit
from tests.journeys.support.words import say
from tests.journeys.world import read, sign_in

WHAT = "Jag fick igång kassasystemet i min farbrors butik."
HOW = "Jag hittade felet i en importfil och lärde Nadia att kontrollera den."
GOAL, HOMEWORK = "Ställa en egen fråga", "Öva högt med Petra"


async def test_a_seeker_tells_keeps_undoes_and_goes_on_with_a_goal(house: House, browser: Browser) -> None:
    async with house.database.transaction() as session:
        person_id = await create_person(
            session, name="Amina Warsame", email="amina@sokande.example", role=Role.SEEKER, now=datetime.now(UTC)
        )
    async with visit(browser, house.seekers_door.url, name="seeker who learns", size=PHONE) as seeker:
        await sign_in(seeker, house, person_id)
        page = await seeker.go("/profile/inventory")
        await _begins_to_tell(page)
        page = await seeker.go("/profile/inventory")
        await _goes_on(page)

        page = await seeker.go("/profile/competences")
        await _removes_and_takes_back(page)

        page = await seeker.go("/profile")
        await _has_a_goal_and_something_to_do(page)


async def _begins_to_tell(page: Page) -> None:
    await page.locator(".iv-text").fill(WHAT)
    await press(page, "inventory.go_on")
    await expect(page.locator(".iv-heard button[aria-pressed=true]").first).to_be_visible()


async def _goes_on(page: Page) -> None:
    await expect(page.locator(".iv-said")).to_contain_text(WHAT)
    await page.locator(".iv-text").fill(HOW)
    taught = page.locator(".iv-heard button", has_text="lärde Nadia att kontrollera den")
    await expect(taught).to_have_attribute("aria-pressed", "true")
    cash = page.locator(".iv-heard button").filter(has=page.get_by_text("Kassa", exact=True))
    await cash.click()
    await expect(cash).to_have_attribute("aria-pressed", "false")
    await press(page, "inventory.keep_and_next")
    await expect(page.locator(".iv-kind")).not_to_have_text("Hjälpt någon")
    await expect(page.locator(".iv-h")).to_be_focused()


async def _removes_and_takes_back(page: Page) -> None:
    await expect(page.locator("#kind-informal")).to_be_visible()
    kept = [claim["code"] for claim in (await read(page, "/api/my/claims"))["claims"]]
    assert "teaching_others" in kept and "cash_register" not in kept
    taught = page.locator(".cl-row", has_text="Lära ut")
    await expect(taught).to_contain_text(HOW)

    await taught.get_by_role("button", name=say("profile.remove", name="Lära ut")).click()
    await expect(taught).to_have_count(0)
    await press(page, "common.undo")

    await expect(taught).to_contain_text(HOW)


async def _has_a_goal_and_something_to_do(page: Page) -> None:
    await press(page, "learning.choose_goal")
    await page.get_by_label(say("learning.own_goal")).fill(GOAL)
    await press(page, "feedback.make_goal")
    await expect(page.locator("#goal-title")).to_have_text(GOAL)
    await press(page, "learning.add_own")
    await page.get_by_label(say("learning.what")).fill(HOMEWORK)
    await press(page, "common.save")
    todo = page.locator(".plate .ln-acts li", has_text=HOMEWORK)

    await todo.locator("label").click()
    await expect(todo).to_contain_text(say("learning.done"))
    await page.locator(".toast", has_text=say("learning.well_done")).get_by_role("button").click()

    await expect(todo.get_by_role("checkbox")).not_to_be_checked()
    await press(page, "learning.have_reached")
    await expect(button(page, "learning.choose_goal")).to_be_visible()
    assert [goal["status"] for goal in (await read(page, "/api/my/learning"))["history"]] == ["closed"]
