"""A whole meeting at an event of customer service, over HTTP: its template chooses the questions."""

from __future__ import annotations

from typing import Any

from server.meetings.tables import MeetingRow
from server.recruitment_events.tables import RecruitmentEventRow
from tests.server.hall import COMPLETE, make_hall
from tests.server.harness import App

ANSWERS: dict[str, Any] = {
    "ratings": {"customer_situation": 5, "own_meetings": 3, "listening": 4, "knowing_the_work": None},
    "next_step": "trial_shift",
    "worked": ["calm_voice"],
    "do_next": ["sum_up_the_need"],
    "enabling": ["trial_day"],
}


async def test_the_template_of_an_event_chooses_its_questions_from_the_desk_to_the_profile(app: App) -> None:
    hall = await make_hall(app, template="service_day_10")
    seeker = await hall.meet()

    desk = await hall.read_desk()
    asked = (await hall.recruiter.get(f"/api/instruments/{desk['instrument']['code']}/1")).json()
    other = {"version": 0, "answers": COMPLETE}
    refused = await hall.recruiter.put(f"/api/meetings/{hall.meetings[0]}/scorecard", json=other)
    feedback_id = await hall.give_feedback(answers=ANSWERS)
    path = f"/api/my/feedback/{feedback_id}"
    own = await seeker.put(f"{path}/self-rating", json={"ratings": {"customer_situation": 4}})
    opened = (await seeker.post(f"{path}/open")).json()
    goal = await seeker.post(f"{path}/goal", json={"chip": "sum_up_the_need"})
    reception = await seeker.put(f"{path}/reception", json={"next_clear": 5, "respected": 5, "rings_true": 4})
    profile = (await seeker.get("/api/my/profile")).json()

    assert desk["instrument"] == {"code": "service", "version": 1}
    assert [item["code"] for item in asked["items"]] == list(ANSWERS["ratings"])
    assert refused.status_code == 422
    assert (own.status_code, goal.status_code, reception.status_code) == (200, 200, 200)
    assert opened["instrument"] == {"code": "service", "version": 1}
    assert opened["opened"]["answers"] == ANSWERS
    first = opened["opened"]["glasses"][0]
    assert (first["item"], first["employer"], first["own"]) == ("customer_situation", 5, 4)
    assert [(row["pack"], row["item"]["code"]) for row in profile["items"]] == [
        ("service", code) for code in ANSWERS["ratings"]
    ]
    assert profile["goal"]["text"] == {"sv": "Sammanfatta vad kunden vill", "en": "Sum up what the customer wants"}


async def test_a_step_that_goes_on_counts_as_one_whatever_the_pack_calls_it(app: App) -> None:
    hall = await make_hall(app, template="service_day_10")
    await hall.meet()
    await hall.give_feedback(answers=ANSWERS)
    [role] = (await hall.recruiter.me())["roles"]

    people = (await hall.recruiter.get(f"/api/employers/{role['organisation_id']}/page")).json()["people"]

    assert people == {"hired": 0, "next": 1, "feedback": 0, "nothing": 0}


async def test_the_next_recruiter_reads_the_goal_in_the_words_it_was_chosen_in(app: App) -> None:
    hall = await make_hall(app, template="service_day_10")
    seeker = await hall.meet()
    feedback_id = await hall.give_feedback(answers=ANSWERS)
    await seeker.put(f"/api/my/feedback/{feedback_id}/self-rating", json={"ratings": {}})
    await seeker.post(f"/api/my/feedback/{feedback_id}/open")
    await seeker.post(f"/api/my/feedback/{feedback_id}/goal", json={"chip": "sum_up_the_need"})

    async with app.database.transaction() as session:
        (await session.get_one(RecruitmentEventRow, hall.event)).template = "it_expo_15"
        (await session.get_one(MeetingRow, hall.meetings[2])).seeker_id = hall.seekers[0]
    desk = await hall.read_desk()

    assert desk["instrument"] == {"code": "it", "version": 1}
    assert [meeting["seeker"]["goal"] for meeting in desk["next"] if meeting["id"] == str(hall.meetings[2])] == [
        {
            "chip": "sum_up_the_need",
            "text": {"sv": "Sammanfatta vad kunden vill", "en": "Sum up what the customer wants"},
        }
    ]
