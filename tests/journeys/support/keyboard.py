"""A person who uses the keyboard alone; wherever the focus stops must be in sight."""

from __future__ import annotations

from playwright.async_api import Page, expect

TABS_MAX = 60
FOCUSED = """
() => {
  const held = document.activeElement;
  if (!held || held === document.body) return null;
  const words = [held.getAttribute('aria-label') ?? '', held.innerText ?? ''];
  for (const label of held.labels ?? []) words.push(label.innerText);
  const style = getComputedStyle(held), box = held.getBoundingClientRect();
  const shown = held.closest('label')?.getBoundingClientRect() ?? box;
  return {
    name: words.join(' ').replace(/\\s+/g, ' ').trim(),
    id: held.id, kind: held.getAttribute('type') ?? held.tagName.toLowerCase(),
    inView: shown.bottom > 0 && shown.top < innerHeight && shown.right > 0 && shown.left < innerWidth,
    visible: style.visibility === 'visible',
  };
}
"""


async def activate(page: Page, name: str) -> None:
    """Go to a button or link by Tab, and press Enter."""
    await expect(page.get_by_text(name).last.or_(page.get_by_label(name).last).first).to_be_visible(timeout=15_000)
    await go_to(page, name)
    await page.keyboard.press("Enter")


async def go_to(page: Page, name: str, *, within: str = "*") -> None:
    """Tab until what has focus is called `name`; each stop on the way is in sight."""
    seen = []
    for _ in range(TABS_MAX):
        await page.keyboard.press("Tab")
        held = await page.evaluate(FOCUSED)
        if held is None:
            continue
        seen.append(held["name"])
        assert held["inView"] and held["visible"], f"{held} has focus and is not seen"
        inside = await page.evaluate("(within) => document.activeElement.closest(within) !== null", within)
        if name in held["name"] and inside:
            return
    raise AssertionError(f"{name or within} is not reached by Tab, only {seen}")


async def to_next_group(page: Page) -> None:
    """Tab to the next question with a choice of one."""
    for _ in range(TABS_MAX):
        await page.keyboard.press("Tab")
        held = await page.evaluate(FOCUSED)
        if held is not None and held["kind"] == "radio":
            return
    raise AssertionError("no question is reached by Tab")
