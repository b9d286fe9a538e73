"""What a case worker has to do: it follows from what seekers share, and goes when they no longer do."""

from __future__ import annotations

from typing import Any

import pytest

from server.support.tables import CaseAssignmentRow
from tests.server.hall import COMPLETE, Hall
from tests.server.harness import Browser

STEP = {"measure": "work_training", "starts_on": "2026-05-18", "ends_on": "2026-06-05", "responsible": "employer"}


class Desk:
    """The case worker's side of one seeker."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.me = hall, hall.case_worker
        self.seeker_id = str(hall.seekers[0])

    async def inbox(self) -> dict[str, Any]:
        answer = await self.me.get("/api/case-tasks")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def kinds(self) -> list[tuple[str, str, str]]:
        return [(one["kind"], one["when"], one["due_on"]) for one in (await self.inbox())["tasks"]]

    async def task(self, kind: str) -> dict[str, Any]:
        inbox = await self.inbox()
        return next(one for one in [*inbox["tasks"], *inbox["done"]] if one["kind"] == kind)

    async def change(self, key: str, **change: Any) -> Any:
        body = {"done": False} | change
        return await self.me.put(f"/api/seekers/{self.seeker_id}/tasks/{key}", json=body)


@pytest.fixture
def desk(hall: Hall) -> Desk:
    return Desk(hall)


async def share(hall: Hall, seeker: Browser, shares: bool) -> None:
    hall.app.clock.advance(seconds=1)
    assert (await seeker.put("/api/my/sharing", json={"shares": shares})).status_code == 200


async def test_shared_feedback_and_each_need_in_it_become_tasks_with_days(hall: Hall, desk: Desk) -> None:
    seeker = await hall.meet()
    feedback = await hall.give_feedback()
    assert (await desk.inbox())["tasks"] == []

    await share(hall, seeker, True)

    inbox = await desk.inbox()
    assert [(one["kind"], one["due_on"]) for one in inbox["tasks"]] == [
        ("feedback", "2026-05-19"),
        ("need", "2026-05-26"),
    ]
    assert inbox["tasks"][0]["feedback_id"] == feedback
    assert inbox["tasks"][1]["need"] == {"code": "work_trial", "text": {"sv": "Arbetsprövning", "en": "Work trial"}}
    assert [one["name"] for one in inbox["tasks"][1]["employers"]] == ["Fjällnät (exempel)"]
    assert inbox["released_lately"] == 1


async def test_when_sharing_ends_every_trace_is_gone_even_of_what_was_done(hall: Hall, desk: Desk) -> None:
    seeker = await hall.meet()
    await hall.give_feedback()
    await share(hall, seeker, True)
    await desk.change((await desk.task("feedback"))["key"], done=True)

    await share(hall, seeker, False)
    hidden = await desk.me.get("/api/case-tasks")
    refused = await desk.change("need:work_trial", done=True)

    assert (hidden.json()["tasks"], hidden.json()["done"], hidden.json()["released_lately"]) == ([], [], 0)
    assert "Fjällnät" not in hidden.text
    assert refused.status_code == 404
    await share(hall, seeker, True)
    assert [one["kind"] for one in (await desk.inbox())["done"]] == ["feedback"]


async def test_a_task_is_done_put_off_and_both_are_taken_back(hall: Hall, desk: Desk) -> None:
    seeker = await hall.meet()
    await hall.give_feedback()
    await share(hall, seeker, True)
    key = (await desk.task("need"))["key"]

    done = (await desk.change(key, done=True)).json()
    undone = (await desk.change(key)).json()
    put_off = (await desk.change(key, snoozed_until="2026-07-01")).json()
    back = (await desk.change(key)).json()
    past = await desk.change(key, snoozed_until="2026-05-12")

    assert [one["key"] for one in done["done"]] == [key]
    assert [one["key"] for one in done["tasks"]] != [key]
    assert undone["done"] == []
    assert next((one["when"], one["due_on"]) for one in put_off["tasks"] if one["key"] == key) == (
        "later",
        "2026-07-01",
    )
    assert next(one["due_on"] for one in back["tasks"] if one["key"] == key) == "2026-05-26"
    assert (past.status_code, past.json()["reason"]) == (409, "PutOffToThePast")


async def test_a_need_that_is_planned_for_is_no_task_until_the_seeker_says_no(hall: Hall, desk: Desk) -> None:
    seeker = await hall.meet()
    await hall.give_feedback()
    await share(hall, seeker, True)
    plan = f"/api/seekers/{desk.seeker_id}/plan"

    step = (await desk.me.post(f"{plan}/steps", json=STEP)).json()["steps"][0]
    planned = [kind for kind, _, _ in await desk.kinds()]
    await seeker.put(f"/api/my/plan/steps/{step['id']}/answer", json={"answer": "no"})
    refused = [kind for kind, _, _ in await desk.kinds()]

    assert planned == ["feedback"]
    assert refused == ["answer", "feedback", "need"]
    assert (await desk.task("answer"))["step"]["answer"] == "no"


async def test_a_step_becomes_a_task_before_its_first_day_and_again_on_its_last(hall: Hall, desk: Desk) -> None:
    seeker = await hall.seeker()
    plan = f"/api/seekers/{desk.seeker_id}/plan"
    step = (await desk.me.post(f"{plan}/steps", json=STEP)).json()["steps"][0]
    assert await desk.kinds() == []

    await seeker.put(f"/api/my/plan/steps/{step['id']}/answer", json={"answer": "yes"})
    await desk.change((await desk.task("answer"))["key"], done=True)
    before = await desk.kinds()
    running = STEP | {"status": "running", "version": step["version"] + 1}
    begun = await desk.me.put(f"{plan}/steps/{step['id']}", json=running)
    away = await desk.kinds()
    hall.app.clock.advance(days=26)
    desk.me = await hall.app.signed_in(hall.case_worker_id)
    overdue = await desk.kinds()

    assert before == [("step", "week", "2026-05-18")]
    assert begun.status_code == 200
    assert away == []
    assert overdue == [("step", "late", "2026-06-05")]
    assert (await desk.task("step"))["days_late"] == 2


async def test_what_the_seeker_says_of_the_plan_waits_until_it_is_answered(hall: Hall, desk: Desk) -> None:
    seeker = await hall.seeker()

    await seeker.post("/api/my/plan/comments", json={"text": "Får jag körkortet betalt?"})
    asked = await desk.me.get("/api/case-tasks")
    hall.app.clock.advance(seconds=1)
    await desk.me.post(f"/api/seekers/{desk.seeker_id}/plan/comments", json={"text": "Jag frågar."})

    assert [(one["kind"], one["due_on"]) for one in asked.json()["tasks"]] == [("comment", "2026-05-15")]
    assert await desk.kinds() == []


async def test_a_wish_to_talk_is_a_task_until_they_have_talked(hall: Hall, desk: Desk) -> None:
    seeker = await hall.seeker()

    await seeker.post("/api/my/conversation-request", json={"words": "Om körkortet."})
    task = await desk.task("talk")
    done = (await desk.change(task["key"], done=True)).json()

    assert (task["title"], task["due_on"]) == ("Om körkortet.", "2026-05-14")
    assert done["tasks"] == []
    assert await desk.kinds() == []


async def test_a_meeting_of_three_is_on_the_list_until_its_day_and_a_no_while_it_is_shared(
    hall: Hall, desk: Desk
) -> None:
    seeker = await hall.meet()
    feedback = await hall.give_feedback()
    await share(hall, seeker, True)
    path = f"/api/seekers/{desk.seeker_id}/three-party-meetings"
    time = "2026-05-18T08:00:00Z"
    body = {"feedback_id": feedback, "purpose": "Start", "form": "video", "place": "Länk", "length_min": 30}
    ids = [(await desk.me.post(path, json=body | {"times": [time]})).json()[0]["id"]]
    await seeker.put(f"/api/my/three-party-meetings/{ids[0]}/times", json={"times": [time]})
    await hall.recruiter.put(f"/api/three-party-meetings/{ids[0]}/time", json={"time": time})
    hall.app.clock.advance(seconds=1)
    ids.append((await desk.me.post(path, json=body | {"times": [time]})).json()[0]["id"])
    await seeker.put(f"/api/my/three-party-meetings/{ids[1]}/times", json={"times": []})

    tasks = [one for one in (await desk.inbox())["tasks"] if one["kind"] == "meeting"]
    await share(hall, seeker, False)
    left = [one["meeting"]["state"] for one in (await desk.inbox())["tasks"] if one["kind"] == "meeting"]

    assert [(one["meeting"]["state"], one["due_on"]) for one in tasks] == [
        ("declined", "2026-05-15"),
        ("fixed", "2026-05-18"),
    ]
    assert left == ["fixed"]


async def test_a_task_by_hand_is_read_by_the_seeker_too(hall: Hall, desk: Desk) -> None:
    path = f"/api/seekers/{desk.seeker_id}/tasks"

    made = await desk.me.post(path, json={"title": "Ring Noor", "due_on": "2026-05-10"})
    await desk.change(made.json()["tasks"][0]["key"], done=True)
    mine = (await (await hall.seeker()).get("/api/my/case-work")).json()

    assert [(one["title"], one["when"], one["days_late"]) for one in made.json()["tasks"]] == [("Ring Noor", "late", 2)]
    assert [(one["title"], one["made_by"]) for one in mine["tasks"]] == [("Ring Noor", "Case Worker Provsson")]
    assert mine["tasks"][0]["done_at"] is not None
    strangers = f"/api/seekers/{hall.seekers[1]}/tasks"
    assert (await desk.me.post(strangers, json={"title": "?", "due_on": "2026-05-10"})).status_code == 404


async def test_a_task_is_given_to_a_colleague_who_has_the_seeker_and_to_nobody_else(hall: Hall, desk: Desk) -> None:
    made = await desk.me.post(f"/api/seekers/{desk.seeker_id}/tasks", json={"title": "Ring", "due_on": "2026-05-12"})
    key = made.json()["tasks"][0]["key"]
    colleague_id = hall.seekers[2]
    async with hall.app.database.transaction() as session:
        session.add(CaseAssignmentRow(case_worker_id=colleague_id, seeker_id=hall.seekers[0], since=hall.app.clock()))

    given = await desk.change(key, assigned_to=str(colleague_id))
    stranger = await desk.change(key, assigned_to=str(hall.seekers[1]))

    assert given.json()["tasks"][0]["assigned_to"] == str(colleague_id)
    assert [one["id"] for one in given.json()["seekers"][0]["case_workers"]] == [str(colleague_id)]
    assert (stranger.status_code, stranger.json()["reason"]) == (409, "NotTheirCaseWorker")


async def test_needs_are_counted_over_employers_with_their_sources_and_what_could_be_planned(
    hall: Hall, desk: Desk
) -> None:
    seeker = await hall.meet()
    feedback = await hall.give_feedback(answers=COMPLETE | {"enabling": ["work_trial", "supervisor"]})
    await share(hall, seeker, True)
    path = f"/api/seekers/{desk.seeker_id}/needs"

    needs = (await desk.me.get(path)).json()
    await share(hall, seeker, False)
    hidden = await desk.me.get(path)

    assert (needs["employers"], [one["code"] for one in needs["needs"]]) == (1, ["work_trial", "supervisor"])
    assert [one["feedback_id"] for one in needs["needs"][0]["sources"]] == [feedback]
    assert [one["code"] for one in needs["needs"][0]["measures"]] == ["work_training", "work_practice"]
    assert (hidden.json()["employers"], hidden.json()["needs"]) == (0, [])
    assert (await desk.me.get(f"/api/seekers/{hall.seekers[1]}/needs")).status_code == 404


async def test_that_nothing_is_needed_is_no_need(hall: Hall, desk: Desk) -> None:
    seeker = await hall.meet()
    await hall.give_feedback(answers=COMPLETE | {"enabling": ["nothing_needed"]})
    await share(hall, seeker, True)

    assert [kind for kind, _, _ in await desk.kinds()] == ["feedback"]
    assert (await desk.me.get(f"/api/seekers/{desk.seeker_id}/needs")).json()["needs"] == []
