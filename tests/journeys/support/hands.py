"""Somebody at a screen, and how many times they had to do something.

One interaction is: a press of a button, a link or a choice; a field filled in, however many keys that takes; or the
choosing of files, the button and the file window together. Looking, waiting and scrolling are none.
"""

from __future__ import annotations

from collections.abc import Sequence

from playwright.async_api import FilePayload, Page, expect

from tests.journeys.support.words import say


class Hands:
    """Does things on a page and counts them."""

    def __init__(self, page: Page, locale: str) -> None:
        self.page, self.locale = page, locale
        self.done: list[str] = []

    async def press(self, key: str, *, within: str = "main") -> None:
        """Press the button or link with these words."""
        self.done.append(f"press {key}")
        name = say(key, locale=self.locale)
        place = self.page.locator(within)
        found = place.get_by_role("button", name=name, exact=True).or_(place.get_by_role("link", name=name, exact=True))
        await found.first.click(timeout=30_000)

    async def press_on(self, selector: str) -> None:
        """Press what has no words of its own in the catalogue."""
        self.done.append(f"press {selector}")
        await self.page.locator(selector).first.click(timeout=30_000)

    async def fill(self, field: str, text: str) -> None:
        self.done.append(f"fill {field}")
        await self.page.locator(field).fill(text)

    async def give(self, field: str, files: Sequence[FilePayload]) -> None:
        """Choose files, all at once."""
        self.done.append(f"give {len(files)} files")
        await expect(self.page.locator(field)).to_be_attached()
        await self.page.locator(field).set_input_files(files)
