"""The meeting as people wait for it: the first picture after entering, and the sealed card after the undo window."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.async_api import Page

from tests.bench.figure import Figure, p95
from tests.bench.world import migrated
from tests.journeys.support.browser import DESK, PHONE, Visit, open_browser, visit
from tests.journeys.support.video import frames_decoded
from tests.services.chromium import find_chromium
from tests.services.web import running_web

JOINS, CARDS = 20, 10
SECRET = "bench"
COMPLETE = {
    "ratings": {"item_1": 4, "item_2": 4, "item_3": 4, "item_4": 4},
    "next_step": "yes",
    "worked": ["clear_example"],
    "do_next": ["tell_own_part"],
}
WATCH_FOR_CARD = """
() => {
  window.__sealed = undefined;
  const look = () => {
    if (document.querySelector('[data-sealed-card]')) window.__sealed = Date.now();
    else setTimeout(look, 10);
  };
  look();
}
"""


async def figures(folder: Path) -> AsyncIterator[Figure]:
    """Two browsers in the demo: a recruiter, and one seeker after the other."""
    settings = {"demo_cast_secret": SECRET}
    with running_web(folder, database_url=migrated(folder), demo=True, settings=settings) as web:
        async with (
            open_browser(find_chromium()) as browser,
            visit(browser, web.url, name="bench recruiter", size=DESK) as recruiter,
            visit(browser, web.url, name="bench seeker", size=PHONE) as seeker,
        ):
            desk, links = await sign_in(recruiter, seeker)
            joins, cards = await meet(recruiter, seeker, desk, links)
    yield Figure("meeting.first_frame_p95_s", p95(joins), "s", 2, against=f"{len(joins)} joins, page load included")
    yield Figure("feedback.sealed_card_p95_s", p95(cards), "s", 1, against=f"{len(cards)} cards, after the undo window")


async def meet(recruiter: Visit, seeker: Visit, desk: str, links: list[str]) -> tuple[list[float], list[float]]:
    """Meet one seeker after the other at the desk; seconds to the first frame and to the sealed card."""
    joins: list[float] = []
    cards: list[float] = []
    await recruiter.go(f"/desk/{desk}")
    await call(recruiter.page, "POST", f"/api/desks/{desk}/open")
    for link in links[:CARDS]:
        await call(seeker.page, "POST", "/api/join-links/redeem", {"token": link})
        meeting = await book(seeker.page, desk)
        await seeker.go(f"/meeting/{meeting}")
        await call(seeker.page, "POST", f"/api/my/meetings/{meeting}/ready")
        await until_frames(seeker.page)
        for _ in range(JOINS // CARDS):
            began = time.monotonic()
            await seeker.page.reload(wait_until="commit")
            await until_frames(seeker.page)
            joins.append(time.monotonic() - began)
        cards.append(await feedback(recruiter.page, seeker.page, meeting))
    return joins, cards


async def feedback(recruiter: Page, seeker: Page, meeting: str) -> float:
    """Send the scorecard; seconds from the end of the undo window until the card is on the seeker's open page."""
    await call(recruiter, "POST", f"/api/meetings/{meeting}/end")
    await call(recruiter, "PUT", f"/api/meetings/{meeting}/scorecard", {"version": 0, "answers": COMPLETE})
    await seeker.evaluate(WATCH_FOR_CARD)
    sent = await call(recruiter, "POST", f"/api/meetings/{meeting}/scorecard/send")
    release_at = datetime.fromisoformat(sent["undo_until"]).astimezone(UTC).timestamp()
    for _ in range(600):
        seen = await seeker.evaluate("() => window.__sealed")
        if seen:
            return float(seen) / 1000 - release_at
        await asyncio.sleep(0.05)
    raise RuntimeError(f"no sealed card: {await seeker.locator('main').inner_text()}")


async def book(page: Page, desk: str) -> str:
    """Book the first free time at the desk."""
    mine = await call(page, "GET", "/api/my/meetings")
    event = next(one["event"]["id"] for one in mine if one["state"] in ("booked", "late", "checked_in"))
    openings = await call(page, "GET", f"/api/events/{event}/openings")
    there = next(one for one in openings["employers"] if one["desk_id"] == desk)
    free = next(one for one in there["openings"] if one["free"])
    return str((await call(page, "POST", "/api/my/bookings", {"desk_id": desk, "slot_id": free["slot_id"]}))["id"])


async def until_frames(page: Page) -> None:
    """Return when the page has decoded a frame of the other side."""
    for _ in range(1500):
        try:
            if await frames_decoded(page) > 0:
                return
        except Exception:  # the page is just being loaded
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.01)
    raise RuntimeError("no picture arrived")


async def sign_in(recruiter: Visit, seeker: Visit) -> tuple[str, list[str]]:
    """Sign the recruiter in whose desk is kept free, and free it; its id and the seekers' links come back."""
    await seeker.go("/help")
    await recruiter.go("/help")
    cast = await call(recruiter.page, "POST", "/api/demo/cast", headers={"X-Demo-Cast-Secret": SECRET})
    tuva = cast["recruiters"][0]
    desk = str(tuva["desk_ids"][0])
    await call(recruiter.page, "POST", "/api/sign-in/confirm", {"token": tuva["sign_in_token"]})
    await call(seeker.page, "POST", "/api/demo/sign-in", {"role": "seeker"})
    kept = next(one for one in await call(seeker.page, "GET", "/api/my/meetings") if one["desk_id"] == desk)
    await call(seeker.page, "POST", f"/api/my/meetings/{kept['id']}/cancel")
    return desk, [one["join_token"] for one in cast["seekers"]]


async def call(
    page: Page, method: str, path: str, body: object = None, *, headers: dict[str, str] | None = None
) -> Any:
    """A request as the page itself would make it."""
    script = """
        async ({ method, path, body, headers }) => {
          const me = await (await fetch('/api/me')).json();
          const sent = { ...headers, 'content-type': 'application/json', 'x-csrf-token': me.csrf_token ?? '' };
          const text_sent = body === null ? undefined : JSON.stringify(body);
          const answer = await fetch(path, { method, headers: sent, body: text_sent });
          const text = await answer.text();
          if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
          return text ? JSON.parse(text) : null;
        }
    """
    return await page.evaluate(script, {"method": method, "path": path, "body": body, "headers": headers or {}})
