"""Staff plan an event on the screen: a large grid that stays quick, by hand and by keyboard."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import Browser, FilePayload, Locator, Page, expect
from sqlalchemy import update
from sqlmodel import col

from server.identity.tables import PersonRow
from tests.journeys.house import House
from tests.journeys.support.browser import DESK, visit
from tests.journeys.support.crowd import Crowd, gather_crowd
from tests.journeys.support.frames import frames_of, slowness
from tests.journeys.support.hands import Hands
from tests.journeys.support.keyboard import activate, go_to
from tests.journeys.support.taps import COUNT_TAPS, taps
from tests.journeys.support.waiting import until
from tests.journeys.support.words import say
from tests.journeys.world import officials, read, sign_in

Places = set[tuple[str, str, str]]

DESKS, SEEKERS = 100, 900
FRAME_MAX_MS = 100
INTERACTIONS_MAX = 12
BAR = "[role=progressbar]"
FOCUSED_CELL = """
() => {
  const cell = document.activeElement.closest('td');
  const row = cell?.closest('tr');
  if (!cell) return null;
  const box = cell.getBoundingClientRect(), frame = cell.closest('.pl-wrap').getBoundingClientRect();
  const head = cell.closest('table').tHead.getBoundingClientRect();
  return {
    row: Number(row.getAttribute('aria-rowindex')), column: Number(cell.getAttribute('aria-colindex')),
    seen: box.top >= head.bottom && box.bottom <= frame.bottom,
  };
}
"""


async def test_a_hundred_desks_scroll_and_drag_without_a_stuck_frame(house: House, browser: Browser) -> None:
    staff_id, crowd = await crowded(house, desks=DESKS, seekers=SEEKERS, filled=0.96)
    async with visit(browser, house.staff_door.url, name="planner large", size=DESK) as staff:
        await sign_in(staff, house, staff_id)
        page = await staff.go(f"/events/{crowd.event_id}/plan")
        await expect(page.locator("[role=grid]")).to_have_attribute("aria-rowcount", str(DESKS + 1), timeout=30_000)
        slower = await slowness(page)
        async with frames_of(page) as scrolled:
            reached = await scroll(page)
        async with frames_of(page) as dragged:
            await drag(page)
        slower = max(slower, await slowness(page))
        drawn = await page.locator("tbody tr[data-row]").count()

    print(f"{crowd.meetings} meetings, {drawn} rows drawn; {slower:.2f} times slower than could be")
    print(f"scrolled: {scrolled}; dragged: {dragged}")
    assert crowd.meetings > 2250
    assert reached == DESKS
    assert drawn < 40
    for done in (scrolled, dragged):
        assert done.worst <= FRAME_MAX_MS * slower, (str(done), slower)


async def test_keys_reach_desks_that_are_not_drawn_yet(house: House, browser: Browser) -> None:
    staff_id, crowd = await crowded(house, desks=DESKS, seekers=SEEKERS, filled=0.96)
    async with visit(browser, house.staff_door.url, name="planner keys", size=DESK) as staff:
        await sign_in(staff, house, staff_id)
        page = await staff.go(f"/events/{crowd.event_id}/plan")
        await page.locator("td.c").first.focus(timeout=30_000)

        for keys, row, column in (
            (["Control+End"], 101, 25),
            (["PageUp", "ArrowLeft"], 96, 24),
            (["Home"], 96, 2),
            (["Control+Home"], 2, 2),
            (["PageDown"] * 9, 47, 2),
        ):
            for key in keys:
                await page.keyboard.press(key)
            await expect(page.locator(f"tr[aria-rowindex='{row}'] td[aria-colindex='{column}']")).to_be_focused()
            assert await page.evaluate(FOCUSED_CELL) == {"row": row, "column": column, "seen": True}

        # What has focus stays, however far the plan is rolled.
        await page.mouse.move(600, 500)
        await page.mouse.wheel(0, -4000)
        await expect(page.locator("tr[aria-rowindex='2']")).to_be_visible()
        held = await page.evaluate(FOCUSED_CELL)
        assert (held["row"], held["column"]) == (47, 2)


async def test_a_plan_of_five_thousand_shows_progress_and_leaves_nothing_when_cancelled(
    house: House, browser: Browser
) -> None:
    staff_id, crowd = await crowded(house, desks=DESKS, seekers=5000, filled=0.3)
    async with (
        visit(browser, house.staff_door.url, name="planner progress", size=DESK) as staff,
        visit(browser, house.staff_door.url, name="planner other window", size=DESK) as other,
    ):
        for each in (staff, other):
            await sign_in(each, house, staff_id)
            await each.go(f"/events/{crowd.event_id}/plan")
            await expect(button(each.page, "plan.make_again")).to_be_visible(timeout=30_000)
        before = places(await read(staff.page, f"/api/recruitment-events/{crowd.event_id}/grid"))
        await button(staff.page, "plan.make_again").click()
        await expect(staff.page.get_by_role("heading", name=say("plan.stage_load"))).to_be_visible(timeout=15_000)
        await button(staff.page, "common.cancel").click()
        await expect(button(staff.page, "plan.make_again")).to_be_visible(timeout=5000)

        # The price of equal shares takes longest: long enough to be loaded anew, and followed in another window.
        await button(staff.page, "plan.work_out_price").click()
        seen = await watch_progress(staff.page, until_pct=10)
        await staff.page.reload()
        seen += await watch_progress(staff.page, until_pct=seen[-1][1] + 1)
        await expect(other.page.locator(BAR)).to_be_visible()
        await button(staff.page, "common.cancel").click()
        for each in (staff, other):
            await expect(each.page.locator(BAR)).to_have_count(0, timeout=5000)
        await gone(house)
        after = places(await read(staff.page, f"/api/recruitment-events/{crowd.event_id}/grid"))
        runs = await read(staff.page, f"/api/recruitment-events/{crowd.event_id}/planning-runs")

    print(f"seen: {seen}")
    shares = [share for _, share in seen]
    assert shares == sorted(shares)
    assert len(set(shares)) >= 3
    assert after == before
    assert len(before) > 600
    assert [(run["status"], run["meetings"], run["certificate"]) for run in runs] == [("cancelled", 0, None)] * 2


async def test_what_was_done_is_taken_back_and_done_again(house: House, browser: Browser) -> None:
    staff_id, crowd = await crowded(house, desks=4, seekers=12, filled=0.4)
    path = f"/api/recruitment-events/{crowd.event_id}/grid"
    async with visit(browser, house.staff_door.url, name="planner undo", size=DESK) as staff:
        await staff.context.add_init_script(COUNT_TAPS)
        await sign_in(staff, house, staff_id)
        page = await staff.go(f"/events/{crowd.event_id}/plan")
        await page.locator("td.c.v").first.focus(timeout=30_000)
        before = places(await read(page, path))

        async def lies(wanted: Callable[[Places], bool]) -> Places:
            async def now() -> Places | None:
                found = places(await read(page, path))
                return found if wanted(found) else None

            found = await until(now, what="the plan as it should lie")
            assert found is not None
            return found

        # Picked up, carried to the first of the best places, laid down: by keys alone.
        await page.keyboard.press("Enter")
        await go_to(page, "", within=".pl-side .ds-button[data-variant=primary]")
        await page.keyboard.press("Enter")
        moved = await lies(lambda found: found != before)
        await activate(page, say("plan.make_again"))
        made = await lies(lambda found: found not in (before, moved))
        await expect(page.locator(".cert")).to_be_visible()
        await page.keyboard.press("Control+z")
        await lies(lambda found: found == moved)
        await page.keyboard.press("Control+z")
        await lies(lambda found: found == before)
        await page.keyboard.press("Control+Shift+z")
        await lies(lambda found: found == moved)
        await page.keyboard.press("Control+y")
        await lies(lambda found: found == made)
        assert await taps(page) == 0


async def test_where_nothing_is_free_two_trade_times(house: House, browser: Browser) -> None:
    staff_id, crowd = await crowded(house, desks=3, seekers=72, filled=1)
    path = f"/api/recruitment-events/{crowd.event_id}/grid"
    async with visit(browser, house.staff_door.url, name="planner trade", size=DESK) as staff:
        await sign_in(staff, house, staff_id)
        page = await staff.go(f"/events/{crowd.event_id}/plan")
        cells = page.locator("tbody tr:first-child td.c")
        mine, theirs = await cells.nth(5).get_attribute("title"), await cells.nth(6).get_attribute("title")
        before = places(await read(page, path))
        await cells.nth(5).click(timeout=30_000)
        await expect(page.locator(".alts").get_by_text(say("plan.trades_with", name=theirs or ""))).to_be_visible()
        await cells.nth(5).drag_to(cells.nth(6))
        await expect(cells.nth(6)).to_have_attribute("title", mine or "")
        await expect(cells.nth(5)).to_have_attribute("title", theirs or "")
        await page.keyboard.press("Control+z")
        await expect(cells.nth(5)).to_have_attribute("title", mine or "")
        after = places(await read(page, path))

    assert (len(before), after) == (72, before)


async def test_a_plan_whose_window_was_closed_is_offered_to_whoever_comes_back(house: House, browser: Browser) -> None:
    staff_id, crowd = await crowded(house, desks=3, seekers=30)
    address, path = f"/events/{crowd.event_id}/plan", f"/api/recruitment-events/{crowd.event_id}"
    async with visit(browser, house.staff_door.url, name="planner leaves", size=DESK) as staff:
        await sign_in(staff, house, staff_id)
        page = await staff.go(address)
        async with page.expect_response(lambda answer: answer.url.endswith("/planning-runs") and answer.status == 202):
            await button(page, "plan.make").click()
        # The window is closed before its plan is done.
    async with visit(browser, house.staff_door.url, name="planner comes back", size=DESK) as staff:
        await sign_in(staff, house, staff_id)
        page = await staff.go(address)
        await expect(button(page, "plan.use_this")).to_be_visible(timeout=30_000)
        offered = (await read(page, f"{path}/planning-runs"))[0]
        lay_before = await read(page, f"{path}/grid")
        await expect(page.get_by_text(say("plan.ready_text"))).to_be_visible()
        await expect(button(page, "plan.make")).to_have_count(0)
        await button(page, "plan.use_this").click()
        await expect(button(page, "plan.use_this")).to_have_count(0, timeout=15_000)
        laid = places(await read(page, f"{path}/grid"))
        await expect(button(page, "common.undo").first).to_be_visible()

    assert (offered["status"], offered["laid_at"], lay_before["meetings"]) == ("done", None, [])
    assert len(laid) == offered["meetings"] > 30


@pytest.mark.parametrize(("locale", "tag"), [("sv", "sv-SE"), ("en", "en-GB")])
async def test_staff_plan_from_template_to_published_in_twelve_interactions(
    house: House, browser: Browser, locale: str, tag: str
) -> None:
    """Everything between a list of events and a published plan is counted, the people's spreadsheets among it."""
    now = datetime.now(UTC)
    staff_id, _ = await officials(house, now)
    await speak(house, staff_id, locale)
    async with visit(browser, house.staff_door.url, name=f"planner {locale}", size=DESK, locale=tag) as staff:
        await staff.context.add_init_script(COUNT_TAPS)
        await sign_in(staff, house, staff_id)
        hands = Hands(await staff.go("/events"), locale)
        page = hands.page

        await hands.press("staff.new_event")
        await hands.press_on(".tp label:has-text('24')")
        await hands.fill("#name", "IT-dagen")
        await hands.fill("#place", "Folkets hus")
        await hands.fill("#date", (now + timedelta(days=7)).date().isoformat())
        await hands.press("staff.create")
        await hands.give("main input[type=file]", [employers_sheet(10), seekers_sheet(60)])
        await expect(page.locator(".im-p")).to_contain_text("10")
        await hands.press_on(".im-p .ds-button[data-color=glow]")
        await expect(page.locator(".im-p")).to_contain_text("60")
        await hands.press_on(".im-p .ds-button[data-color=glow]")
        await hands.press("plan.make")
        await expect(page.locator(".cert")).to_be_visible(timeout=30_000)
        await hands.press("staff.publish")
        await hands.press_on("dialog[open] .ds-button[data-size=lg]")
        heading = say("staff.plan_title_published", locale=locale)
        await expect(page.get_by_role("heading", name=heading)).to_be_visible(timeout=15_000)

        event = page.url.split("/")[-2]
        grid = await read(page, f"/api/recruitment-events/{event}/grid")
        pressed = await taps(page)
    print(f"{len(hands.done)} interactions: {', '.join(hands.done)}")
    assert len(hands.done) <= INTERACTIONS_MAX, hands.done
    assert pressed == sum(done.startswith("press") for done in hands.done)
    assert (len(grid["desks"]), len(grid["slots"]), grid["seekers"]) == (10, 24, 60)
    assert grid["event"]["status"] == "published"
    met = {meeting["seeker_id"] for meeting in grid["meetings"]}
    assert (len(met), [one for one in grid["conflicts"] if one["severity"] == "blocking"]) == (60, [])


async def crowded(house: House, *, desks: int, seekers: int, filled: float = 0, wishes: int = 3) -> tuple[UUID, Crowd]:
    now = datetime.now(UTC)
    staff_id, _ = await officials(house, now)
    async with house.database.transaction() as session:
        crowd = await gather_crowd(
            session,
            staff_id=staff_id,
            day=(now + timedelta(days=1)).date(),
            now=now,
            desks=desks,
            seekers=seekers,
            filled=filled,
            wishes=wishes,
        )
    return staff_id, crowd


def button(page: Page, key: str) -> Locator:
    return page.get_by_role("button", name=say(key), exact=True)


def places(grid: dict[str, Any]) -> Places:
    """Who lies where."""
    return {(one["seeker_id"], one["desk_id"], one["slot_id"]) for one in grid["meetings"]}


async def watch_progress(page: Page, *, until_pct: int) -> list[tuple[str, int]]:
    """What was shown of a plan on its way until so much was done: the words and the share, each once."""
    seen: list[tuple[str, int]] = []
    deadline = time.monotonic() + 60
    while not seen or seen[-1][1] < until_pct:
        assert time.monotonic() < deadline, seen
        share = int(await page.locator(BAR).get_attribute("aria-valuenow", timeout=30_000) or 0)
        shown = (await page.locator("#making-title").inner_text(), share)
        seen += [shown] if shown not in seen else []
        await page.wait_for_timeout(50)
    return seen


async def gone(house: House) -> None:
    """Wait until no process works on a plan any more, nor counts figures of what lies."""

    async def working() -> bool:
        commands = [Path(f"/proc/{pid}/cmdline") for pid in descendants(house.staff_door.pid)]
        return not any(b"planning_runs" in command.read_bytes() for command in commands if command.exists())

    await until(working, within_s=20, what="the planner's process is gone")


def descendants(pid: int) -> list[int]:
    found = []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, children.read_text().split()):
            found += [child, *descendants(child)]
    return found


async def scroll(page: Page) -> int:
    """Down to the end in steps and leaps, and up again; the last desk that was seen."""
    await page.mouse.move(600, 500)
    seen = 0
    for step in (240, 240, 600, 1200, 1200, 1200, -1200, -2400, -600, -100):
        await page.mouse.wheel(0, step)
        await page.wait_for_timeout(60)
        numbers = await page.locator("tbody .dn").all_inner_texts()
        seen = max(seen, *map(int, numbers))
    return seen


async def drag(page: Page) -> None:
    """Somebody is picked up, carried about and let go where nothing is."""
    meeting = page.locator("td.c.v").nth(30)
    box = await meeting.bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + 9, box["y"] + 9)
    await page.mouse.down()
    for step in range(60):
        await page.mouse.move(box["x"] + 9 + 4 * step, box["y"] + 9 + 3 * step)
    await expect(page.locator(".drag")).to_be_visible()
    await expect(page.locator(".alts")).to_be_visible()
    await page.mouse.move(700, 60)
    await page.mouse.up()
    await expect(page.locator(".drag")).to_have_count(0)


def employers_sheet(number: int) -> FilePayload:
    forms = ("video", "på plats")
    rows = [
        f"Arbetsgivare {n} AB (exempel);Rekryterare {n};rekryterare@foretag{n}.example;{forms[n % 2]}"
        for n in range(number)
    ]
    return sheet("arbetsgivare.csv", "Företag;Kontaktperson;E-post;Form", rows)


def seekers_sheet(number: int) -> FilePayload:
    rows = []
    for n in range(number):
        wishes = ";".join(f"Arbetsgivare {(n + step) % 10} AB (exempel)" for step in (0, 3, 7))
        rows.append(f"Sökande Nummer{n};sokande{n}@post.example;{wishes};Ja")
    header = "Namn;E-post;Önskar träffa 1;Önskar träffa 2;Önskar träffa 3;Samtycke"
    return sheet("arbetssokande.csv", header, rows)


def sheet(name: str, header: str, rows: list[str]) -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": "\n".join([header, *rows, ""]).encode()}


async def speak(house: House, person_id: UUID, locale: str) -> None:
    async with house.database.transaction() as session:
        await session.exec(update(PersonRow).where(col(PersonRow.id) == person_id).values(locale=locale))
