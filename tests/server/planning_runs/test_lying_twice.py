"""Plans and their way back at an event where a pair lies twice, or where somebody is taken elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from server.planning_runs.runner import Runner
from tests.server.expo import Expo
from tests.server.harness import App
from tests.server.planning_runs.acts import blocking, do, done, lying, planned

PLACES = ("id", "desk_id", "slot_id", "ends_at")


async def pin(expo: Expo, change: dict[str, Any]) -> None:
    await expo.staff.post(f"/api/meetings/{change['meeting']['id']}/pin", json={"is_pinned": True})


async def places(expo: Expo) -> set[tuple[Any, ...]]:
    return {tuple(one[name] for name in PLACES) for one in (await expo.grid())["meetings"]}


@pytest.mark.parametrize("status", ["draft", "published"])
@pytest.mark.parametrize("first_slot", [0, 4, 7])
@pytest.mark.parametrize("pinned", [None, 0, 1], ids=["unpinned", "first_pinned", "second_pinned"])
async def test_a_pair_that_lay_twice_is_put_back_as_it_was(
    expo: Expo, runner: Runner, status: str, first_slot: int, pinned: int | None
) -> None:
    desk = (await expo.employer())["desks"][0]
    seeker, other = await expo.seeker(), await expo.seeker("Johan Berg")
    twice = [await expo.laid(desk, slot, seeker) for slot in (first_slot, 3)]
    await expo.laid(desk, 6, other)
    if pinned is not None:
        await pin(expo, twice[pinned])
    if status == "published":
        await expo.publish()
    before = await places(expo)
    run = await planned(expo, runner)
    await done(expo, run, "lay")
    assert len(await places(expo)) == 2

    await done(expo, run, "undo")

    assert await places(expo) == before


async def test_what_is_in_the_way_of_the_second_meeting_of_a_pair_is_named(expo: Expo, runner: Runner) -> None:
    desk = (await expo.employer())["desks"][0]
    seeker = await expo.seeker()
    for slot in (5, 7):
        await expo.laid(desk, slot, seeker)
    run = await planned(expo, runner)
    await done(expo, run, "lay")
    free = [slot for slot in (5, 7) if expo.slots[slot]["id"] not in {slot for _, _, slot in await lying(expo)}]
    late = await expo.seeker("Johan Berg")
    await expo.laid(desk, free[0], late)
    before = await lying(expo)

    refused = await do(expo, run, "undo")

    problem = refused.json()
    assert (refused.status_code, problem["type"]) == (409, "urn:direktkontakt:problem:PlanHasChanged")
    assert [(one["code"], one["seeker_id"]) for one in problem["in_the_way"]] == [("desk_taken", seeker["id"])]
    assert await lying(expo) == before


async def test_who_was_booked_at_another_event_meanwhile_is_named(expo: Expo, runner: Runner, real_app: App) -> None:
    await expo.employer()
    seeker = await expo.seeker()
    run = await planned(expo, runner)
    other = await make_second_expo(real_app, expo)
    desk = (await other.employer("Hamnljus IT"))["desks"][0]
    same = await other.seeker()
    assert same["id"] == seeker["id"]
    for slot in range(8):
        await other.laid(desk, slot, same)

    refused = await do(expo, run, "lay")

    assert refused.status_code == 409
    assert [(one["code"], one["seeker_id"]) for one in refused.json()["in_the_way"]] == [("seeker_taken", seeker["id"])]
    assert await blocking(expo) == []


async def make_second_expo(app: App, first: Expo) -> Expo:
    """Another event of the same staff on the same day."""
    body = {"name": "Vårddagen", "place": "Sundsvall", "date": "2026-05-12", "template": "it_expo_15"}
    answer = await first.staff.post(
        "/api/recruitment-events", json=body | {"first_start": "10:00", "slots": 8, "meetings_max": 9}
    )
    assert answer.status_code == 201, answer.text
    return Expo(app, first.staff, answer.json())
