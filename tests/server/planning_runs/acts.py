"""What staff do with plans, as tests do it: ask, wait, lay, take back."""

from __future__ import annotations

from typing import Any

import httpx

from server.planning_runs.runner import Runner
from tests.server.expo import Expo

Lying = set[tuple[str, str, str]]


async def asked(expo: Expo, **options: Any) -> dict[str, Any]:
    """A run that waits."""
    answer = await expo.staff.post(expo.url("/planning-runs"), json=options)
    assert answer.status_code == 202, answer.text
    run: dict[str, Any] = answer.json()
    return run


async def read(expo: Expo, run: dict[str, Any]) -> dict[str, Any]:
    """The run as it is now."""
    found: dict[str, Any] = (await expo.staff.get(expo.url(f"/planning-runs/{run['id']}"))).json()
    return found


async def planned(expo: Expo, runner: Runner, **options: Any) -> dict[str, Any]:
    """A run that has ended."""
    run = await asked(expo, **options)
    assert await runner.run_next()
    return await read(expo, run)


async def do(expo: Expo, run: dict[str, Any], what: str, **headers: str) -> httpx.Response:
    """Lay the run's plan, or undo that."""
    return await expo.staff.post(expo.url(f"/planning-runs/{run['id']}/{what}"), headers=headers)


async def done(expo: Expo, run: dict[str, Any], what: str, **headers: str) -> dict[str, Any]:
    """What laying, or undoing, has changed."""
    answer = await do(expo, run, what, **headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def lying(expo: Expo) -> Lying:
    """(seeker, desk, slot) of every meeting on the grid."""
    return {(one["seeker_id"], one["desk_id"], one["slot_id"]) for one in (await expo.grid())["meetings"]}


async def blocking(expo: Expo) -> list[str]:
    """Codes of what must be mended before publishing."""
    return [one["code"] for one in (await expo.grid())["conflicts"] if one["severity"] == "blocking"]
