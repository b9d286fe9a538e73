from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from server.kit.db import Database
from server.planning_runs.runner import Runner
from server.recruitment_events.tables import AbsenceRow, SchedulingNeedRow
from tests.server.expo import Expo
from tests.server.harness import App
from tests.server.planning_runs.acts import blocking, do, done, lying, planned


async def pin(expo: Expo, meeting_id: str) -> None:
    answer = await expo.staff.post(f"/api/meetings/{meeting_id}/pin", json={"is_pinned": True})
    assert answer.status_code == 200, answer.text
    assert answer.json()["is_pinned"]


async def test_a_plan_is_laid_once_and_a_retry_changes_nothing(expo_with_people: Expo, runner: Runner) -> None:
    run = await planned(expo_with_people, runner)
    key = str(uuid4())

    laid = await done(expo_with_people, run, "lay", **{"idempotency-key": key})
    ids = {one["id"] for one in (await expo_with_people.grid())["meetings"]}
    with_the_key = await done(expo_with_people, run, "lay", **{"idempotency-key": key})
    without_a_key = await done(expo_with_people, run, "lay")

    assert laid == with_the_key == {"laid": 12, "moved": 0, "taken_away": 0, "told": 0}
    assert without_a_key == {"laid": 0, "moved": 0, "taken_away": 0, "told": 0}
    assert {one["id"] for one in (await expo_with_people.grid())["meetings"]} == ids
    assert len(ids) == 12
    assert await blocking(expo_with_people) == []
    after = (await expo_with_people.staff.get(expo_with_people.url(f"/planning-runs/{run['id']}"))).json()
    assert after["is_current"]
    assert after["changes"] == {"new": 0, "moved": 0, "gone": 0, "people_moved": 0}


async def test_what_is_pinned_or_at_a_locked_desk_stays_and_the_rest_makes_way(
    expo_with_people: Expo, runner: Runner
) -> None:
    expo = expo_with_people
    grid = await expo.grid()
    seekers, desks = grid["unplaced"], grid["desks"]
    pinned_one = await expo.laid(desks[0], 7, seekers[0])
    await expo.laid(desks[0], 6, seekers[1])
    at_locked = await expo.laid(desks[1], 5, seekers[2])
    await pin(expo, pinned_one["meeting"]["id"])
    locking = await expo.staff.patch(expo.url(f"/desks/{desks[1]['id']}"), json={"is_locked": True})
    assert locking.status_code == 200
    before = await expo.grid()
    assert [desk["is_locked"] for desk in before["desks"]] == [False, True]

    await done(expo, await planned(expo, runner), "lay")

    after = {one["id"]: one for one in (await expo.grid())["meetings"]}
    for stays in (pinned_one, at_locked):
        was = stays["meeting"] | {"is_pinned": stays is pinned_one}
        assert after[stays["meeting"]["id"]] == was
    at_second = [one for one in after.values() if one["desk_id"] == desks[1]["id"]]
    assert len(at_second) == 1
    assert len(after) == 7


async def test_a_pair_that_meets_elsewhere_keeps_its_meeting(expo: Expo, runner: Runner) -> None:
    desk = (await expo.employer())["desks"][0]
    seekers = [await expo.seeker(f"Sökande {number}") for number in range(2)]
    laid = [await expo.laid(desk, number, seeker) for number, seeker in enumerate(seekers)]
    ids = {one["meeting"]["seeker_id"]: one["meeting"]["id"] for one in laid}
    for seeker, hours in zip(seekers, (("11:00", "12:00"), ("10:00", "10:15")), strict=True):
        change = {
            "available_from": f"2026-05-12T{hours[0]}:00+02:00",
            "available_until": f"2026-05-12T{hours[1]}:00+02:00",
        }
        assert (await expo.staff.patch(expo.url(f"/seekers/{seeker['id']}"), json=change)).status_code == 200

    outcome = await done(expo, await planned(expo, runner), "lay")

    meetings = (await expo.grid())["meetings"]
    assert outcome == {"laid": 0, "moved": 2, "taken_away": 0, "told": 0}
    assert {one["seeker_id"]: one["id"] for one in meetings} == ids
    assert expo.slots[0]["id"] == next(one["slot_id"] for one in meetings if one["seeker_id"] == seekers[1]["id"])


async def test_undo_puts_back_exactly_what_lay(expo_with_people: Expo, runner: Runner) -> None:
    expo = expo_with_people
    grid = await expo.grid()
    for number, seeker in enumerate(grid["unplaced"][:5]):
        await expo.laid(grid["desks"][number % 2], 7 - number, seeker)
    before = await expo.grid()
    run = await planned(expo, runner, meetings_max=1)
    laid = await done(expo, run, "lay")
    assert await lying(expo) != {(one["seeker_id"], one["desk_id"], one["slot_id"]) for one in before["meetings"]}

    undone = await done(expo, run, "undo")

    assert (await expo.grid())["meetings"] == before["meetings"]
    assert undone["taken_away"] == laid["laid"]
    assert undone["laid"] == laid["taken_away"]
    again = await do(expo, run, "undo")
    assert (again.status_code, again.json()["type"]) == (409, "urn:direktkontakt:problem:RunNotLaid")


async def test_plans_are_taken_back_one_after_the_other(expo_with_people: Expo, runner: Runner, real_app: App) -> None:
    expo = expo_with_people
    first = await planned(expo, runner, meetings_max=1)
    await done(expo, first, "lay")
    after_first = await lying(expo)
    real_app.clock.advance(seconds=1)
    second = await planned(expo, runner)
    await done(expo, second, "lay")

    too_early = await do(expo, first, "undo")
    await done(expo, second, "undo")
    assert await lying(expo) == after_first
    await done(expo, first, "undo")

    assert too_early.status_code == 409
    assert await lying(expo) == set()


@pytest.mark.parametrize("what", ["laid", "absent", "locked", "withdrawn"])
async def test_a_plan_that_no_longer_fits_is_refused_with_what_is_in_the_way(
    expo_with_people: Expo, runner: Runner, database: Database, what: str
) -> None:
    expo = expo_with_people
    grid = await expo.grid()
    run = await planned(expo, runner)
    seeker, desk = grid["unplaced"][0], grid["desks"][0]
    if what == "laid":
        await expo.laid(desk, 0, seeker)
        await expo.laid(grid["desks"][1], 7, seeker)
    elif what == "absent":
        start, end = expo.slots[0]["starts_at"], expo.slots[7]["ends_at"]
        await be_away(database, expo, seeker["id"], start, end)
    elif what == "locked":
        await expo.staff.patch(expo.url(f"/desks/{desk['id']}"), json={"is_locked": True})
    else:
        await expo.staff.delete(expo.url(f"/seekers/{seeker['id']}"))
    before = await lying(expo)

    refused = await do(expo, run, "lay")

    problem = refused.json()
    assert (refused.status_code, problem["type"]) == (409, "urn:direktkontakt:problem:PlanHasChanged")
    codes = {one["code"] for one in problem["in_the_way"]}
    expected = {"absent": {"away"}, "locked": {"locked"}, "withdrawn": {"gone"}}
    assert codes == expected.get(what, codes)
    assert codes <= {"away", "locked", "gone", "laid_meanwhile", "seeker_taken", "desk_taken"}
    assert problem["number"] >= len(problem["in_the_way"]) > 0
    assert await lying(expo) == before


async def be_away(database: Database, expo: Expo, person_id: str, start: str, end: str) -> None:
    async with database.transaction() as session:
        session.add(
            AbsenceRow(
                recruitment_event_id=UUID(expo.id),
                person_id=UUID(person_id),
                starts_at=datetime.fromisoformat(start),
                ends_at=datetime.fromisoformat(end),
            )
        )


async def test_what_was_laid_meanwhile_and_is_not_in_the_way_stays(expo: Expo, runner: Runner) -> None:
    desk = (await expo.employer())["desks"][0]
    await expo.seeker("Sökande 0")
    run = await planned(expo, runner)
    late = await expo.seeker("Sökande 1")
    by_hand = await expo.laid(desk, 7, late)

    await done(expo, run, "lay")
    await done(expo, run, "undo")

    assert [one["id"] for one in (await expo.grid())["meetings"]] == [by_hand["meeting"]["id"]]


async def test_a_plan_with_meetings_changed_by_hand_since_is_not_taken_back(expo: Expo, runner: Runner) -> None:
    desk = (await expo.employer())["desks"][0]
    await expo.seeker()
    run = await planned(expo, runner)
    await done(expo, run, "lay")
    meeting = (await expo.grid())["meetings"][0]
    place = {"desk_id": desk["id"], "slot_id": expo.slots[7]["id"]}
    assert (await expo.staff.post(f"/api/meetings/{meeting['id']}/move", json=place)).status_code == 200

    refused = await do(expo, run, "undo")

    assert refused.status_code == 409
    assert [one["code"] for one in refused.json()["in_the_way"]] == ["changed"]


async def test_filling_leaves_all_that_lies(expo_with_people: Expo, runner: Runner) -> None:
    expo = expo_with_people
    grid = await expo.grid()
    await expo.laid(grid["desks"][0], 7, grid["unplaced"][0])
    before = await lying(expo)

    outcome = await done(expo, await planned(expo, runner, keep="all"), "lay")

    assert outcome == {"laid": 11, "moved": 0, "taken_away": 0, "told": 0}
    assert before < await lying(expo)


async def test_of_a_published_event_everybody_concerned_is_told_once(expo: Expo, runner: Runner) -> None:
    desk = (await expo.employer())["desks"][0]
    seekers = [await expo.seeker(f"Person {number}") for number in range(3)]
    stays = await expo.laid(desk, 0, seekers[0])
    await expo.laid(desk, 1, seekers[1])
    await expo.publish()
    await expo.sent()
    change = {"available_from": "2026-05-12T11:00:00+02:00", "available_until": "2026-05-12T11:15:00+02:00"}
    await expo.staff.patch(expo.url(f"/seekers/{seekers[1]['id']}"), json=change)
    run = await planned(expo, runner)

    laid = await done(expo, run, "lay")

    mails = sorted(mail["to"] for mail in await expo.sent())
    assert laid == {"laid": 1, "moved": 1, "taken_away": 0, "told": 3}
    assert mails == [*addresses(seekers[1:]), "rekryterare@nordkod.example", "rekryterare@nordkod.example"]
    assert stays["meeting"]["id"] in [one["id"] for one in (await expo.grid())["meetings"]]

    undone = await done(expo, run, "undo")

    assert (undone["moved"], undone["taken_away"]) == (1, 1)
    told = {mail["to"] for mail in await expo.sent()}
    assert told == {*addresses(seekers[1:]), "rekryterare@nordkod.example"}
    assert await lying(expo) == {
        (seekers[0]["id"], desk["id"], expo.slots[0]["id"]),
        (seekers[1]["id"], desk["id"], expo.slots[1]["id"]),
    }


def addresses(seekers: list[dict[str, Any]]) -> list[str]:
    return sorted(seeker["email"] for seeker in seekers)


async def test_who_needs_more_time_gets_two_slots_in_a_row(expo: Expo, runner: Runner, database: Database) -> None:
    desk = (await expo.employer())["desks"][0]
    seekers = [await expo.seeker(f"Sökande {number}") for number in range(8)]
    async with database.transaction() as session:
        for seeker in seekers[:3]:
            need = {"recruitment_event_id": UUID(expo.id), "seeker_id": UUID(seeker["id"])}
            session.add(SchedulingNeedRow(**need, extra_time=True))  # type: ignore[arg-type]  # ids as named

    await done(expo, await planned(expo, runner), "lay")

    starts = {slot["id"]: slot for slot in expo.slots}
    meetings = (await expo.grid())["meetings"]
    long = [one for one in meetings if one["ends_at"] != starts[one["slot_id"]]["ends_at"]]
    assert {one["desk_id"] for one in meetings} == {desk["id"]}
    assert {one["seeker_id"] for one in long} <= {seeker["id"] for seeker in seekers[:3]}
    assert len(meetings) + len(long) == 8
    assert await blocking(expo) == []


async def test_two_plans_are_compared_side_by_side(expo_with_people: Expo, runner: Runner) -> None:
    expo = expo_with_people
    few, many = [await planned(expo, runner, meetings_max=number) for number in (1, 2)]
    await done(expo, few, "lay")

    with_now = (await expo.staff.get(expo.url(f"/planning-runs/{many['id']}/comparison"))).json()
    rest = f"/planning-runs/{few['id']}/comparison?other={many['id']}"
    with_other = (await expo.staff.get(expo.url(rest))).json()

    assert (with_now["one"]["meetings"], with_now["other"]["meetings"]) == (12, 6)
    assert with_now["changes"]["new"] - with_now["changes"]["gone"] == 6
    assert with_other["one"] == with_now["other"]
    assert with_other["changes"]["gone"] == with_now["changes"]["new"]
    assert {one["employer_name"] for one in with_now["differences"]} <= {"Nordkod AB", "Vård i Väst"}
