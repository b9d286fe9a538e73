from __future__ import annotations

import asyncio
import os
import signal
from typing import Any

import psutil
import pytest

from server.kit import streams
from server.planning_runs.runner import Runner
from tests.server.expo import Expo, other_staff
from tests.server.harness import App
from tests.server.planning_runs.acts import asked, planned, read


async def told(app: App, expo: Expo) -> list[dict[str, Any]]:
    """What staff's stream says of runs."""
    async with app.database.read() as session:
        head = await streams.read(session, f"event:{expo.id}", epoch=None, after=None)
        page = await streams.read(session, f"event:{expo.id}", epoch=head.epoch, after=0)
    return [event.body for event in page.events if event.kind == "planning.progressed"]


async def until_working(runner: Runner) -> int:
    """The process id of the run that is being worked on."""
    for _ in range(1000):
        if runner.working is not None:
            return runner.working.pid
        await asyncio.sleep(0.01)
    raise AssertionError("nobody works on the run")


async def test_a_plan_is_made_in_a_process_of_its_own_with_a_certificate(
    expo_with_people: Expo, runner: Runner, real_app: App
) -> None:
    run = await asked(expo_with_people, seed=3)
    assert (run["status"], run["meetings"], run["certificate"]) == ("queued", 0, None)

    assert await runner.run_next()
    done = await read(expo_with_people, run)

    assert (done["status"], done["faults"], done["unmet"]) == ("done", [], [])
    assert done["certificate"]["value"] == done["certificate"]["bound"]
    assert (done["certificate"]["seed"], done["certificate"]["gap_pct"]) == (3, 0)
    assert done["meetings"] == 12
    assert done["changes"] == {"new": 12, "moved": 0, "gone": 0, "people_moved": 0}
    assert done["figures"]["by_meetings"] == [0, 0, 6, 0]
    assert runner.working is not None and not psutil.pid_exists(runner.working.pid)
    said = await told(real_app, expo_with_people)
    assert [one["status"] for one in said][:2] == ["queued", "running"]
    assert said[-1] == {"run_id": run["id"], "status": "done", "stage": "", "progress_pct": 100}
    progress = [one["progress_pct"] for one in said]
    assert progress == sorted(progress)


async def test_the_same_seed_makes_the_same_plan(expo_with_people: Expo, runner: Runner) -> None:
    one, other = [await planned(expo_with_people, runner, seed=5) for _ in range(2)]

    assert one["id"] != other["id"]
    assert one["certificate"] | {"seconds": 0} == other["certificate"] | {"seconds": 0}
    assert one["figures"] == other["figures"]


async def test_asking_twice_gives_the_active_run_and_asking_otherwise_is_refused(expo_with_people: Expo) -> None:
    run = await asked(expo_with_people)

    again = await asked(expo_with_people)
    other = await expo_with_people.staff.post(expo_with_people.url("/planning-runs"), json={"keep": "all"})

    assert again["id"] == run["id"]
    assert other.status_code == 409
    assert other.json()["type"].endswith(":RunIsActive")
    assert other.json()["run_id"] == run["id"]


async def test_a_cancelled_run_stops_within_a_second_and_leaves_nothing(expo_with_people: Expo, runner: Runner) -> None:
    before = await expo_with_people.grid()
    run = await asked(expo_with_people)
    working = asyncio.create_task(runner.run_next())
    pid = await until_working(runner)

    answer = await expo_with_people.staff.post(expo_with_people.url(f"/planning-runs/{run['id']}/cancel"))
    async with asyncio.timeout(1):
        await working

    assert answer.json()["status"] == "cancelled"
    assert not psutil.pid_exists(pid)
    after = await read(expo_with_people, run)
    assert (after["status"], after["meetings"], after["certificate"]) == ("cancelled", 0, None)
    assert await expo_with_people.grid() == before


async def test_a_worker_that_is_killed_fails_its_run_and_the_next_one_is_made(
    expo_with_people: Expo, runner: Runner
) -> None:
    run = await asked(expo_with_people)
    working = asyncio.create_task(runner.run_next())
    os.kill(await until_working(runner), signal.SIGKILL)
    await working

    failed = await read(expo_with_people, run)
    again = await planned(expo_with_people, runner)

    assert failed["status"] == "failed"
    assert failed["faults"] == [{"path": "", "message": "the planner stopped half-way; ask for the plan again"}]
    assert again["status"] == "done"


async def test_a_run_whose_runner_is_gone_is_lost_and_can_be_asked_for_again(
    expo_with_people: Expo, runner: Runner, real_app: App
) -> None:
    run = await asked(expo_with_people)
    working = asyncio.create_task(runner.run_next())
    pid = await until_working(runner)
    working.cancel()
    await asyncio.wait([working])
    assert not psutil.pid_exists(pid)
    assert (await read(expo_with_people, run))["status"] == "running"

    real_app.clock.advance(seconds=16)

    assert (await read(expo_with_people, run))["status"] == "lost"
    again = await planned(expo_with_people, runner, keep="all")
    assert again["status"] == "done"
    assert (await read(expo_with_people, run))["status"] == "lost"


async def test_what_keeps_a_plan_from_being_made_is_said_at_its_field(expo: Expo, runner: Runner) -> None:
    await expo.seeker()

    run = await planned(expo, runner)

    assert run["status"] == "failed"
    assert run["faults"] == [{"path": "desks", "message": "there is no desk to meet at"}]


async def test_ten_runs_are_kept(expo: Expo, runner: Runner) -> None:
    runs = []
    for number in range(12):
        runs.append(await asked(expo, seed=number))
        await expo.staff.post(expo.url(f"/planning-runs/{runs[-1]['id']}/cancel"))

    listed = (await expo.staff.get(expo.url("/planning-runs"))).json()

    assert len(listed) == 10
    assert {run["id"] for run in listed} <= {run["id"] for run in runs}


async def test_others_find_no_run(expo_with_people: Expo, real_app: App) -> None:
    run = await asked(expo_with_people)
    other = await other_staff(real_app)

    for method, rest in (("get", ""), ("get", f"/{run['id']}"), ("post", f"/{run['id']}/cancel")):
        answer = await other.request(method, expo_with_people.url(f"/planning-runs{rest}"))
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("rules", "path"),
    [
        ({"rest_slots": -1}, "rest_slots"),
        ({"video_rooms": -2}, "video_rooms"),
        ({"interpreters": {"sign_language": -1}}, "interpreters.sign_language"),
        ({"interpreters": {"": 1}}, "interpreters..[key]"),
        ({"recruiter_break_every": 99}, "recruiter_break_every"),
        ({"breaks": 1}, "breaks"),
        ({"target_age_bands": {"old": 3}}, "target_age_bands.old.[key]"),
    ],
)
async def test_a_rule_that_cannot_be_is_refused_at_its_field(expo: Expo, rules: dict[str, Any], path: str) -> None:
    answer = await expo.staff.put(expo.url("/planning-rules"), json=rules)

    assert answer.status_code == 422
    assert [field["path"] for field in answer.json()["fields"]] == [path]


async def test_rules_are_kept_and_shape_the_plan(expo_with_people: Expo, runner: Runner) -> None:
    usual = (await expo_with_people.staff.get(expo_with_people.url("/planning-rules"))).json()
    chosen = {"rest_slots": 1, "video_rooms": 0, "interpreters": {"sign_language": 2}}

    changed = await expo_with_people.staff.put(expo_with_people.url("/planning-rules"), json=chosen)
    run = await planned(expo_with_people, runner)

    assert changed.json() == usual | chosen
    assert (await expo_with_people.staff.get(expo_with_people.url("/planning-rules"))).json() == usual | chosen
    assert run["meetings"] == 6
    assert "video_rooms" in run["certificate"]["rules_kept"]


async def test_the_least_of_meetings_is_not_above_the_most(expo: Expo) -> None:
    asked_for = {"meetings_max": 2, "meetings_min": 3}

    answer = await expo.staff.post(expo.url("/planning-runs"), json=asked_for)

    assert answer.status_code == 422
    assert answer.json()["fields"] == [
        {"path": "meetings_min", "message": "Value error, the least cannot be above the most, 2"}
    ]


async def test_a_must_that_cannot_be_met_is_told_of_with_the_reason(expo: Expo, runner: Runner) -> None:
    employer = await expo.employer("Nordkod AB", form="on_site")
    seeker = await expo.seeker(form="video", wishes=[employer["id"]], musts=[employer["id"]])

    run = await planned(expo, runner)

    assert run["unmet"] == [
        {
            "seeker_id": seeker["id"],
            "seeker_name": "Amina Warsame",
            "organisation_id": employer["id"],
            "employer_name": "Nordkod AB",
            "code": "only_on_site",
            "params": {},
            "reason": "the employer meets nobody by video",
        }
    ]
