"""Real Chromium with invented cameras: one browser, and visits by different people in it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.journeys.support.video import COUNT_PEERS
from tests.journeys.support.watch import Watch

Devices = Literal["granted", "refused", "none"]
Theme = Literal["light", "dark"]

PICTURES = Path(__file__).parents[3] / "var" / "journeys"
PHONE, PHONE_SMALL, TABLET, DESK = (390, 844), (320, 640), (768, 1024), (1440, 900)
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    # Pictures of people who are not in front are drawn all the same.
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-background-timer-throttling",
)
FAKE_DEVICES = "--use-fake-device-for-media-stream=fps="
DEVICE_FLAGS: dict[Devices, tuple[str, ...]] = {
    "granted": ("--use-fake-ui-for-media-stream",),
    "refused": ("--use-fake-ui-for-media-stream=deny",),
    "none": ("--use-fake-ui-for-media-stream",),
}


@asynccontextmanager
async def open_browser(
    program: Path, *, devices: Devices = "granted", fps: int = 10, flags: tuple[str, ...] = ()
) -> AsyncIterator[Browser]:
    """A running browser; `program` may be a wrapper that starts Chromium elsewhere (a network namespace).

    Args:
        fps: pictures a second from the invented camera; few where they are only there to be seen.
    """
    fake = [] if devices == "none" else [f"{FAKE_DEVICES}{fps}"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=program,
            args=[*FLAGS, *DEVICE_FLAGS[devices], *fake, *flags],
            # Playwright's own headless switch is the old one, and its mute would stop the microphone.
            ignore_default_args=["--mute-audio"],
        )
        try:
            yield browser
        finally:
            await browser.close()


@dataclass(frozen=True, slots=True)
class Visit:
    """One person's browser session: their context, their page and the watch over it."""

    context: BrowserContext
    page: Page
    watch: Watch
    url: str

    async def go(self, path: str) -> Page:
        await self.page.goto(self.url + path)
        return self.page


@asynccontextmanager
async def visit(
    browser: Browser,
    url: str,
    *,
    name: str,
    locale: str = "sv-SE",
    zone: str = "Europe/Stockholm",
    theme: Theme = "light",
    size: tuple[int, int] = PHONE,
    devices: Devices = "granted",
) -> AsyncIterator[Visit]:
    """A visit to `url` that must end without policy errors, strangers, exceptions or 5xx.

    Args:
        name: whose visit; a picture of the page is kept under it when the visit fails.
        devices: as given to `open_browser`.
    """
    context = await browser.new_context(
        base_url=url,
        locale=locale,
        timezone_id=zone,
        color_scheme=theme,
        reduced_motion="reduce",
        viewport={"width": size[0], "height": size[1]},
        permissions=["camera", "microphone"] if devices == "granted" else [],
    )
    watch = Watch(host=urlsplit(url).hostname or "")
    await watch.over(context)
    await context.add_init_script(COUNT_PEERS)
    page = await context.new_page()
    try:
        yield Visit(context=context, page=page, watch=watch, url=url)
        watch.assert_clean()
    except BaseException:
        await keep_picture(page, name)
        raise
    finally:
        await context.close()


async def keep_picture(page: Page, name: str) -> None:
    """Keep what the page shows under `var/journeys/`, if it still shows anything."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    try:
        await page.screenshot(path=PICTURES / f"{re.sub(r'[^a-z0-9]+', '-', name.lower())}.png", timeout=5000)
    except Exception as error:
        print(f"no picture of {name}: {error}")
