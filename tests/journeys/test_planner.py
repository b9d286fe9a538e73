"""Staff plan an event on the screen: a large grid that stays quick, by hand and by keyboard."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from playwright.async_api import Browser, Page, expect

from tests.journeys.house import House
from tests.journeys.support.browser import DESK, visit
from tests.journeys.support.crowd import Crowd, gather_crowd
from tests.journeys.support.frames import Frames, frames_of
from tests.journeys.world import officials, sign_in

DESKS, SEEKERS = 100, 900
FRAME_MAX_MS = 100
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
        async with frames_of(page) as idle:
            await page.wait_for_timeout(1000)
        async with frames_of(page) as scrolled:
            reached = await scroll(page)
        async with frames_of(page) as dragged:
            await drag(page)
        drawn = await page.locator("tbody tr[data-row]").count()

    print(f"{crowd.meetings} meetings; idle: {idle}; scrolled: {scrolled}; dragged: {dragged}; {drawn} rows drawn")
    assert crowd.meetings > 2250
    assert reached == DESKS
    assert drawn < 40
    for done in (scrolled, dragged):
        assert done.worst <= allowed(idle), (str(done), str(idle))


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


def allowed(idle: Frames) -> float:
    """A frame, and as much more as the machine is late by itself."""
    return FRAME_MAX_MS + max(0.0, idle.worst - 17)


async def crowded(house: House, *, desks: int, seekers: int, filled: float) -> tuple[UUID, Crowd]:
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
        )
    return staff_id, crowd


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
