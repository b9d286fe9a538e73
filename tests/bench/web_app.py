"""What a first visit downloads: counted in Chromium on the landing page, gzip."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

from playwright.async_api import Response

from tests.bench.figure import Figure
from tests.bench.world import migrated
from tests.journeys.support.browser import open_browser
from tests.services.chromium import find_chromium
from tests.services.web import running_web


async def figures(folder: Path) -> AsyncIterator[Figure]:
    """Script and style of the landing page."""
    sizes = {"script": 0, "stylesheet": 0}
    with running_web(folder, database_url=migrated(folder), demo=True, settings={"relay": "false"}) as web:
        async with open_browser(find_chromium()) as browser:
            page = await browser.new_page()
            seen: list[Response] = []

            def note(response: Response) -> None:
                seen.append(response)

            page.on("response", note)
            await page.goto(web.url, wait_until="networkidle")
            for response in seen:
                kind = response.request.resource_type
                if kind in sizes:
                    sizes[kind] += len(gzip.compress(await response.body(), 9))
    yield Figure("web.initial_js_kb", sizes["script"] / 1024, "KB", 60)
    yield Figure("web.initial_css_kb", sizes["stylesheet"] / 1024, "KB", 20)
