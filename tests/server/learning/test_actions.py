"""Homework and reflections: what a seeker means to do by when, and what they write to themselves."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.server.hall import Hall
from tests.server.harness import Browser


async def act(seeker: Browser, **body: Any) -> dict[str, Any]:
    answered = await seeker.post("/api/my/actions", json=body)
    assert answered.status_code == 201, answered.text
    found = [one for one in answered.json()["actions"] if body.get("text") in (None, one["text"]["sv"])]
    return dict(found[0])


async def test_what_an_employer_asked_for_becomes_an_action_in_one_tap_and_only_once(hall: Hall) -> None:
    seeker = await hall.meet()
    feedback = await hall.give_feedback()
    await seeker.post(f"/api/my/feedback/{feedback}/open")

    action = await act(seeker, feedback_id=feedback, chip="tell_own_part")
    await act(seeker, feedback_id=feedback, chip="tell_own_part")

    assert action["competence"]["sv"] == "Visa sina meriter"
    assert (action["employer_name"], action["due_on"], action["standing"]) == (
        "Fjällnät (exempel)",
        "2026-05-19",
        "later",
    )
    assert len((await seeker.get("/api/my/learning")).json()["actions"]) == 1


async def test_what_is_tapped_twice_at_once_is_one_action(hall: Hall) -> None:
    seeker = await hall.meet()
    feedback = await hall.give_feedback()
    await seeker.post(f"/api/my/feedback/{feedback}/open")
    chip = {"feedback_id": feedback, "chip": "tell_own_part"}

    await asyncio.gather(*(seeker.post("/api/my/actions", json=chip) for _ in range(4)))

    assert len((await seeker.get("/api/my/learning")).json()["actions"]) == 1


async def test_an_action_is_done_and_that_is_taken_back(hall: Hall) -> None:
    seeker = await hall.seeker()
    action = await act(seeker, text="Ring Petra", due_on="2026-05-12")
    path = f"/api/my/actions/{action['id']}"

    done = (await seeker.put(path, json={"state": "done", "due_on": "2026-05-12"})).json()["actions"][0]
    back = (await seeker.put(path, json={"state": "open", "due_on": "2026-05-12"})).json()["actions"][0]

    assert action["standing"] == "today"
    assert (done["state"], done["standing"]) == ("done", None)
    assert (back["state"], back["ended_at"]) == ("open", None)


async def test_an_action_is_moved_to_a_later_day_and_never_into_the_past(hall: Hall) -> None:
    seeker = await hall.seeker()
    action = await act(seeker, text="Ring Petra", due_on="2026-05-12")
    path = f"/api/my/actions/{action['id']}"

    moved = await seeker.put(path, json={"state": "open", "due_on": "2026-05-14"})
    back = await seeker.put(path, json={"state": "open", "due_on": "2026-05-11"})

    assert (moved.json()["actions"][0]["was_moved"], moved.json()["actions"][0]["standing"]) == (True, "soon")
    assert [field["path"] for field in back.json()["fields"]] == ["due_on"]


async def test_a_mistake_is_removed_and_an_overdue_action_can_still_be_done(hall: Hall) -> None:
    seeker = await hall.seeker()
    first = await act(seeker, text="Ring Petra", due_on="2026-05-12")
    second = await act(seeker, text="Läs på")
    hall.app.clock.advance(hours=20)
    again = await hall.seeker()
    assert (await again.get("/api/my/learning")).json()["actions"][0]["standing"] == "overdue"

    await again.put(f"/api/my/actions/{second['id']}", json={"state": "removed", "due_on": None})
    done = await again.put(f"/api/my/actions/{first['id']}", json={"state": "done", "due_on": "2026-05-12"})

    assert [(one["text"]["sv"], one["state"]) for one in done.json()["actions"]] == [("Ring Petra", "done")]


async def test_there_is_an_end_to_how_much_one_can_mean_to_do(hall: Hall) -> None:
    seeker = await hall.seeker()
    for number in range(20):
        await act(seeker, text=f"Sak {number}")

    full = await seeker.post("/api/my/actions", json={"text": "En till"})

    assert (full.status_code, full.json()["reason"]) == (409, "TooManyOpen")


async def test_nobody_changes_somebody_elses_action(hall: Hall) -> None:
    action = await act(await hall.seeker(), text="Ring Petra")
    other = await hall.seeker(1)

    refused = await other.put(f"/api/my/actions/{action['id']}", json={"state": "done", "due_on": None})

    assert refused.status_code == 404


async def test_a_reflection_is_asked_for_after_a_meeting_and_kept_for_oneself(hall: Hall) -> None:
    seeker = await hall.meet()
    path = f"/api/my/meetings/{hall.meetings[0]}/reflection"
    early = await seeker.put(path, json={"answers": {"went_well": "Inte än."}})
    await hall.recruiter.post(f"/api/meetings/{hall.meetings[0]}/end")
    asked = (await seeker.get("/api/my/learning")).json()["to_reflect"]

    written = await seeker.put(path, json={"answers": {"went_well": "Exemplet.", "learnt": " "}})
    wrong = await seeker.put(path, json={"answers": {"score": "5"}})
    other = await (await hall.seeker(1)).put(path, json={"answers": {"went_well": "Mitt."}})

    assert (early.status_code, asked["meeting_id"]) == (404, str(hall.meetings[0]))
    assert written.json()["to_reflect"] is None
    assert [(one["answers"], one["shared"]) for one in written.json()["reflections"]] == [
        ({"went_well": "Exemplet."}, False)
    ]
    assert [field["path"] for field in wrong.json()["fields"]] == ["score"]
    assert other.status_code == 404
