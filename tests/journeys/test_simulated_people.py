"""Chromium on one side with the web app, a simulated person on the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext

from server.meetings.tables import MeetingRow
from tests.journeys.house import web_root
from tests.journeys.support.browser import open_browser, visit
from tests.journeys.support.video import wait_for_pictures
from tests.journeys.support.waiting import until
from tests.realtime.simulated.people import simulated_people
from tests.realtime.simulated.stage import make_stage
from tests.services.web import running_web

# As the page does after a change of network: the connection looks for another way, which aiortc cannot follow.
ANOTHER_WAY = "() => window.__peers.at(-1).restartIce()"


async def act(context: BrowserContext, url: str, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """A write as the page itself would make it, with the session of the browser."""
    me = await (await context.request.get(f"{url}/api/me")).json()
    headers = {"X-CSRF-Token": me["csrf_token"] or "", "Origin": url}
    answer = await context.request.fetch(f"{url}{path}", method=method, data=body, headers=headers)
    assert answer.ok, await answer.text()
    return await answer.json()


async def written(context: BrowserContext, path: str, lines: int) -> bool:
    return len(await (await context.request.get(path)).json()) == lines


async def test_a_seeker_in_chromium_meets_a_simulated_recruiter_also_after_a_reload(
    fresh_sqlite: str, tmp_path: Path, chromium_path: Path
) -> None:
    stage = await make_stage(fresh_sqlite, starts_in_s=30)
    recruiter, seeker = stage.cast
    slow = recruiter.model_copy(update={"talk_s": 25, "pace": 0.05})

    with running_web(tmp_path, database_url=fresh_sqlite, settings={"web_root": web_root()}) as server:
        async with (
            simulated_people(tmp_path, server.url, [slow]) as people,
            open_browser(chromium_path) as browser,
            visit(browser, server.url, name="seeker meets simulated recruiter") as seen,
        ):
            await act(seen.context, server.url, "post", "/api/join-links/redeem", {"token": seeker.join_token})
            await act(seen.context, server.url, "post", f"/api/my/meetings/{stage.meetings[0]}/ready")
            await seen.go(f"/meeting/{stage.meetings[0]}")
            await wait_for_pictures(seen.page, frames=24, within_s=40)
            await seen.page.reload()
            await wait_for_pictures(seen.page, frames=24, within_s=20)
            await seen.page.evaluate(ANOTHER_WAY)
            await wait_for_pictures(seen.page, frames=24, within_s=20)
            [met] = await people.until("met", within_s=60)
            await people.until("feedback_sent")

    assert met["frames"] >= 48
    [meeting] = await stage.rows(MeetingRow)
    assert (meeting.state, meeting.closed_by) == ("closed", "sent")


async def test_a_recruiter_in_chromium_meets_a_simulated_seeker_also_after_a_reload(
    fresh_sqlite: str, tmp_path: Path, chromium_path: Path
) -> None:
    stage = await make_stage(fresh_sqlite, starts_in_s=30)
    recruiter, seeker = stage.cast

    with running_web(tmp_path, database_url=fresh_sqlite, settings={"web_root": web_root()}) as server:
        async with (
            simulated_people(tmp_path, server.url, [seeker]) as people,
            open_browser(chromium_path) as browser,
            visit(browser, server.url, name="recruiter meets simulated seeker", size=(1440, 900)) as seen,
        ):
            await act(seen.context, server.url, "post", "/api/sign-in/confirm", {"token": recruiter.sign_in_token})
            await act(seen.context, server.url, "post", f"/api/desks/{recruiter.desk_id}/open")
            await seen.go(f"/desk/{recruiter.desk_id}")
            await wait_for_pictures(seen.page, frames=24, within_s=40)
            await seen.page.reload()
            await wait_for_pictures(seen.page, frames=24, within_s=20)
            await seen.page.evaluate(ANOTHER_WAY)
            await wait_for_pictures(seen.page, frames=24, within_s=20)
            chat = f"/api/meetings/{stage.meetings[0]}/chat"
            await act(seen.context, server.url, "post", chat, {"text": "Hej! Har du arbetat med Linux?"})
            await until(lambda: written(seen.context, server.url + chat, 2), within_s=20, what="an answer")
            await act(seen.context, server.url, "post", f"/api/meetings/{stage.meetings[0]}/end")
            [met] = await people.until("met")

    assert met["frames"] >= 48
