"""What filling the scorecard in takes: presses counted on the real page, and the keystroke-level model's time."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.bench.figure import Figure
from tests.bench.world import migrated
from tests.journeys.filling import SCRIPTS, ten_fillings
from tests.journeys.house import embedded, web_root
from tests.journeys.support.browser import open_browser
from tests.journeys.support.klm import Pressed
from tests.services.chromium import find_chromium

COMMAND = "make bench-learning"


def filling() -> Iterator[Figure]:
    """Taps of a filling in which each question is answered once, and the median of ten different fillings."""
    found = asyncio.run(_fill())
    against = "presses on the page, sending included, each question answered once"
    yield Figure("scorecard.taps", found[0].taps, "taps", 8, against=against, command=COMMAND)
    ways = ", ".join(f"{sum(one.way == way for one in SCRIPTS)} by {way}" for way in ("mouse", "both", "keys"))
    seconds = median(one.seconds for one in found)
    against = f"{len(found)} scripted fillings ({ways}); Card, Moran & Newell 1980"
    yield Figure("scorecard.klm_median_s", seconds, "s", 25, against=against, command=COMMAND)


async def _fill() -> list[Pressed]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        url, settings = migrated(Path(folder)), {"web_root": web_root()}
        async with embedded(Path(folder), database_url=url, settings=settings) as house:
            async with open_browser(find_chromium()) as browser:
                return await ten_fillings(house, browser)
