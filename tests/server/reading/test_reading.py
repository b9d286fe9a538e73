"""The seeker opens feedback, answers it, and decides who else may read."""

from __future__ import annotations

from tests.server.hall import COMPLETE, Hall

CANARY = COMPLETE["worked_statement"]


async def test_sealed_feedback_shows_nothing_of_the_answers(hall: Hall) -> None:
    seeker = await hall.meet()
    feedback = await hall.give_feedback()

    sealed = await seeker.get(f"/api/my/feedback/{feedback}")
    profile = await seeker.get("/api/my/profile")

    assert (sealed.json()["state"], sealed.json()["opened"]) == ("sealed", None)
    assert CANARY not in sealed.text + profile.text
    assert (profile.json()["sealed"], profile.json()["meetings"]) == (1, 0)


async def test_opened_feedback_lies_beside_ones_own_rating_and_in_the_profile(hall: Hall) -> None:
    seeker = await hall.meet()
    feedback = await hall.give_feedback()
    path = f"/api/my/feedback/{feedback}"
    await seeker.put(f"{path}/self-rating", json={"ratings": {"item_1": 4, "item_2": 5}})

    opened = (await seeker.post(f"{path}/open")).json()["opened"]

    assert opened["answers"] == COMPLETE
    assert [(one["item"], one["employer"], one["own"], one["gap"]) for one in opened["glasses"]] == [
        ("item_1", 5, 4, "employer_higher"),
        ("item_2", 3, 5, "own_higher"),
        ("item_3", 4, None, "not_rated"),
        ("item_4", None, None, "not_seen"),
    ]
    profile = (await seeker.get("/api/my/profile")).json()
    assert (profile["meetings"], profile["stage"], profile["meetings_to_next_stage"]) == (1, "words", 2)


async def test_ones_own_rating_cannot_follow_the_employers(hall: Hall) -> None:
    seeker = await hall.meet()
    path = f"/api/my/feedback/{await hall.give_feedback()}"
    await seeker.post(f"{path}/open")

    late = await seeker.put(f"{path}/self-rating", json={"ratings": {"item_1": 5}})

    assert (late.status_code, late.json()["reason"]) == (409, "AlreadyOpened")


async def test_the_reply_reaches_the_employer_and_nobody_else(hall: Hall) -> None:
    seeker = await hall.meet()
    path = f"/api/my/feedback/{await hall.give_feedback()}"
    await seeker.post(f"{path}/open")

    replied = await seeker.post(f"{path}/reply", json={"text": "Tack, det hjälpte."})
    again = await seeker.post(f"{path}/reply", json={"text": "Igen"})

    assert replied.json()["opened"]["reply"]["text"] == "Tack, det hjälpte."
    assert again.status_code == 409
    given = (await hall.recruiter.get("/api/my/given-feedback")).json()
    assert [one["reply"]["text"] for one in given] == ["Tack, det hjälpte."]
    assert (await hall.other_recruiter.get("/api/my/given-feedback")).json() == []


async def test_a_goal_comes_from_what_the_employer_asked_for_and_goes_into_the_next_meeting(hall: Hall) -> None:
    seeker = await hall.meet()
    path = f"/api/my/feedback/{await hall.give_feedback()}"
    await seeker.post(f"{path}/open")

    stranger = await seeker.post(f"{path}/goal", json={"chip": "practise_sql"})
    chosen = await seeker.post(f"{path}/goal", json={"chip": "tell_own_part"})

    assert (stranger.status_code, chosen.status_code) == (409, 200)
    assert (await seeker.get("/api/my/profile")).json()["goal"]["chip"] == "tell_own_part"


async def test_the_case_worker_sees_what_is_shared_from_the_moment_it_is_shared(hall: Hall) -> None:
    seeker = await hall.meet()
    feedback = await hall.give_feedback()
    path = f"/api/seekers/{hall.seekers[0]}/feedback"

    unasked = (await hall.case_worker.get(path)).json()
    await seeker.put("/api/my/sharing", json={"shares": True})
    shared = await hall.case_worker.get(path)
    await seeker.post(f"/api/my/feedback/{feedback}/open")
    await seeker.put(f"/api/my/feedback/{feedback}/statement-sharing", json={"shared": True})
    with_text = await hall.case_worker.get(path)
    hall.app.clock.advance(seconds=1)
    await seeker.put("/api/my/sharing", json={"shares": False})
    withdrawn = (await hall.case_worker.get(path)).json()

    assert (unasked["feedback"], unasked["seeker"]["asked"]) == ([], False)
    assert [one["answers"]["ratings"] for one in shared.json()["feedback"]] == [COMPLETE["ratings"]]
    assert (CANARY in shared.text, CANARY in with_text.text) == (False, True)
    assert (withdrawn["feedback"], withdrawn["seeker"]["feedback_count"]) == ([], None)


async def test_a_case_worker_finds_only_their_own_seekers(hall: Hall) -> None:
    mine = (await hall.case_worker.get("/api/seekers")).json()
    other = await hall.case_worker.get(f"/api/seekers/{hall.seekers[1]}/feedback")

    assert [one["id"] for one in mine] == [str(hall.seekers[0])]
    assert other.status_code == 404


async def test_another_seeker_does_not_find_it(hall: Hall) -> None:
    await hall.meet()
    feedback = await hall.give_feedback()
    other = await hall.seeker(1)

    assert (await other.get("/api/my/feedback")).json() == []
    assert (await other.get(f"/api/my/feedback/{feedback}")).status_code == 404
    assert (await other.post(f"/api/my/feedback/{feedback}/open")).status_code == 404


async def test_what_one_can_and_asks_is_kept_in_ones_own_order(hall: Hall) -> None:
    seeker = await hall.seeker()

    await seeker.put(
        "/api/my/competences", json={"competences": [{"label": "SQL"}, {"label": "Python", "detail": "2 år"}]}
    )
    await seeker.put("/api/my/questions", json={"questions": ["Ett?", "Två?"]})

    profile = (await seeker.get("/api/my/profile")).json()
    assert [one["label"] for one in profile["competences"]] == ["SQL", "Python"]
    assert profile["questions"] == ["Ett?", "Två?"]
