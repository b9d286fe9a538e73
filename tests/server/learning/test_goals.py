"""A goal is chosen, carried into the next meeting, and asked about once after it."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.server.hall import COMPLETE, Hall
from tests.server.harness import Browser


async def read(seeker: Browser) -> dict[str, Any]:
    return dict((await seeker.get("/api/my/learning")).json())


async def meet_and_end(hall: Hall, number: int = 0) -> Browser:
    seeker = await hall.meet(number)
    await hall.recruiter.post(f"/api/meetings/{hall.meetings[number]}/end")
    return seeker


async def test_a_goal_in_own_words_is_shown_to_its_seeker_and_to_the_recruiter_they_meet(hall: Hall) -> None:
    seeker = await hall.seeker()

    chosen = await seeker.put("/api/my/goal", json={"text": "  Våga ställa en fråga "})

    assert chosen.status_code == 200
    assert chosen.json()["goal"]["text"] == {"sv": "Våga ställa en fråga", "en": "Våga ställa en fråga"}
    assert (await seeker.get("/api/my/profile")).json()["goal"]["text"]["sv"] == "Våga ställa en fråga"
    await hall.meet()
    at_desk = (await hall.read_desk())["now"]["seeker"]["goal"]
    assert at_desk == {"chip": None, "text": {"sv": "Våga ställa en fråga", "en": "Våga ställa en fråga"}}


async def test_a_goal_that_is_kept_to_oneself_is_seen_by_no_recruiter(hall: Hall) -> None:
    seeker = await hall.seeker()
    await seeker.put("/api/my/goal", json={"text": "Våga ställa en fråga"})
    await hall.meet()
    assert (await hall.read_desk())["now"]["seeker"]["goal"] is not None

    hidden = await seeker.put("/api/my/goal/shown", json={"shown": False})

    assert hidden.json()["goal"]["shown"] is False
    assert (await hall.read_desk())["now"]["seeker"]["goal"] is None


async def test_the_newest_meeting_since_is_asked_about_once(hall: Hall) -> None:
    seeker = await hall.seeker()
    await seeker.put("/api/my/goal", json={"text": "Våga ställa en fråga"})
    assert (await read(seeker))["question"] is None
    await hall.tick(minutes=5)
    await meet_and_end(hall)
    question = (await read(seeker))["question"]
    path = f"/api/my/meetings/{question['meeting_id']}/goal-check"

    kept = await seeker.post(path, json={"outcome": "kept"})
    again = await seeker.post(path, json={"outcome": "reached"})

    assert question["meeting_id"] == str(hall.meetings[0])
    assert (kept.json()["question"], kept.json()["goal"]["status"]) == (None, "current")
    assert [one["outcome"] for one in kept.json()["goal"]["checks"]] == ["kept"]
    assert (again.status_code, again.json()["reason"]) == (409, "NotAskedAbout")


async def test_a_goal_that_is_reached_is_closed_and_can_be_taken_up_again(hall: Hall) -> None:
    seeker = await hall.seeker()
    goal = (await seeker.put("/api/my/goal", json={"text": "Våga ställa en fråga"})).json()["goal"]
    await hall.tick(minutes=5)
    await meet_and_end(hall)

    reached = await seeker.post(f"/api/my/meetings/{hall.meetings[0]}/goal-check", json={"outcome": "reached"})
    back = await seeker.post(f"/api/my/goals/{goal['id']}/resume")

    assert reached.json()["goal"] is None
    assert [(one["status"], one["checks"][0]["outcome"]) for one in reached.json()["history"]] == [
        ("closed", "reached")
    ]
    assert back.json()["goal"]["id"] == goal["id"]


async def test_a_goal_that_is_changed_gives_way_to_what_the_employer_asked_for(hall: Hall) -> None:
    seeker = await hall.seeker()
    await seeker.put("/api/my/goal", json={"text": "Våga ställa en fråga"})
    await hall.tick(minutes=5)
    await hall.meet()
    feedback = await hall.give_feedback()
    await seeker.post(f"/api/my/feedback/{feedback}/open")
    path = f"/api/my/meetings/{hall.meetings[0]}/goal-check"
    chip = {"feedback_id": feedback, "chip": COMPLETE["do_next"][0]}

    empty = await seeker.post(path, json={"outcome": "changed"})
    changed = await seeker.post(path, json={"outcome": "changed", "instead": chip})

    assert empty.status_code == 422
    assert (changed.json()["goal"]["chip"], changed.json()["goal"]["employer_name"]) == (
        "tell_own_part",
        "Fjällnät (exempel)",
    )
    assert [one["status"] for one in changed.json()["history"]] == ["current", "changed"]


async def test_a_goal_is_closed_between_meetings_too_and_only_where_there_is_one(hall: Hall) -> None:
    seeker = await hall.seeker()
    none = await seeker.post("/api/my/goal/reached")
    await seeker.put("/api/my/goal", json={"text": "Våga ställa en fråga"})

    reached = await seeker.post("/api/my/goal/reached")

    assert (none.status_code, none.json()["reason"]) == (409, "NoGoalNow")
    assert reached.json()["goal"] is None


async def test_two_goals_that_are_chosen_at_once_leave_one(hall: Hall) -> None:
    seeker = await hall.seeker()

    await asyncio.gather(
        *(seeker.put("/api/my/goal", json={"text": text}) for text in ("Ett mål", "Ett annat", "Ett till"))
    )

    assert sorted(one["status"] for one in (await read(seeker))["history"]) == ["changed", "changed", "current"]


async def test_nobody_takes_up_somebody_elses_goal(hall: Hall) -> None:
    seeker, other = await hall.seeker(), await hall.seeker(1)
    goal = (await seeker.put("/api/my/goal", json={"text": "Våga ställa en fråga"})).json()["goal"]

    stolen = await other.post(f"/api/my/goals/{goal['id']}/resume")

    assert stolen.status_code == 404


async def test_a_chip_of_sealed_or_foreign_feedback_is_no_goal(hall: Hall) -> None:
    seeker = await hall.meet()
    feedback = await hall.give_feedback()
    chip = {"feedback_id": feedback, "chip": "tell_own_part"}

    sealed = await seeker.put("/api/my/goal", json=chip)
    foreign = await (await hall.seeker(1)).put("/api/my/goal", json=chip)

    assert (sealed.status_code, sealed.json()["reason"]) == (409, "StillSealed")
    assert foreign.status_code == 404
