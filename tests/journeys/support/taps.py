"""How many times somebody pressed the page."""

from __future__ import annotations

from playwright.async_api import Page

# A label's click is heard twice, a press once.
COUNT_TAPS = """
addEventListener('pointerdown', (press) => {
  if (press.isTrusted) sessionStorage.setItem('taps', String(Number(sessionStorage.getItem('taps') ?? 0) + 1));
}, { capture: true });
"""


async def taps(page: Page) -> int:
    """Presses on the pages of this tab so far."""
    return int(await page.evaluate("sessionStorage.getItem('taps') ?? 0"))
