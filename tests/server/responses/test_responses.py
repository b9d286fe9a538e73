"""What a seeker does about feedback, who hears of it, and who does not."""

from __future__ import annotations

from typing import Any

from sqlmodel import col, select

from server.kit.streams import StreamEventRow
from server.responses import service
from tests.server.hall import COMPLETE, Hall
from tests.server.harness import Browser

WORDS = "Jag berättade om min del, se anteckningen."
ASKED = "Vilken del menar ni?"


async def opened(hall: Hall) -> tuple[Browser, str]:
    seeker = await hall.meet()
    feedback = await hall.give_feedback()
    await seeker.post(f"/api/my/feedback/{feedback}/open")
    return seeker, feedback


async def heard(hall: Hall, kind: str) -> list[str]:
    """The streams on which it was said."""
    query = select(StreamEventRow.stream).where(col(StreamEventRow.kind) == kind).order_by(col(StreamEventRow.stream))
    async with hall.app.database.read() as session:
        return list((await session.exec(query)).all())


def only(said: Any) -> dict[str, Any]:
    [one] = said["responses"]
    return dict(one)


async def test_feedback_is_put_aside_sealed_or_read_and_nobody_else_is_told(hall: Hall) -> None:
    seeker = await hall.meet()
    path = f"/api/my/feedback/{await hall.give_feedback()}/later"

    aside = (await seeker.put(path, json={"later": True})).json()
    again = (await seeker.put(path, json={"later": False})).json()

    assert only(aside)["later_at"] is not None
    assert only(again)["later_at"] is None
    assert (await hall.recruiter.get("/api/my/given-responses")).json() == []
    assert (await hall.staff.get(f"/api/recruitment-events/{hall.event}/responses")).json() == {
        "disputes": [],
        "meeting_wishes": [],
    }


async def test_sealed_feedback_is_neither_asked_about_nor_disputed(hall: Hall) -> None:
    seeker = await hall.meet()
    path = f"/api/my/feedback/{await hall.give_feedback()}"

    answers = [
        await seeker.post(f"{path}/question", json={"text": ASKED}),
        await seeker.put(f"{path}/meeting-wish", json={"wished": True}),
        await seeker.put(f"{path}/dispute", json={"words": WORDS, "shared": True}),
    ]

    assert [(one.status_code, one.json()["reason"]) for one in answers] == [(409, "StillSealed")] * 3


async def test_a_question_reaches_the_employer_once_and_its_answer_the_seeker(hall: Hall) -> None:
    seeker, feedback = await opened(hall)
    path = f"/api/my/feedback/{feedback}/question"
    reply = f"/api/my/given-feedback/{feedback}/answer"

    early = await hall.recruiter.post(reply, json={"text": "Hej"})
    empty = await seeker.post(path, json={"text": " "})
    asked = await seeker.post(path, json={"text": ASKED})
    twice = await seeker.post(path, json={"text": "Och en till?"})
    [given] = (await hall.recruiter.get("/api/my/given-responses")).json()
    stranger = await hall.other_recruiter.post(reply, json={"text": "Hej"})
    answered = await hall.recruiter.post(reply, json={"text": "Databasen."})
    late = await hall.recruiter.post(reply, json={"text": "Igen"})

    assert (early.status_code, early.json()["reason"]) == (409, "NothingAsked")
    assert (empty.status_code, asked.status_code) == (422, 200)
    assert (twice.status_code, twice.json()["reason"]) == (409, "AlreadyAsked")
    assert (given["question"]["text"], given["question"]["answer"], given["wished_at"]) == (ASKED, None, None)
    assert (stranger.status_code, answered.status_code) == (404, 200)
    assert (late.status_code, late.json()["reason"]) == (409, "AlreadyAnswered")
    assert only((await seeker.get("/api/my/responses")).json())["question"]["answer"] == "Databasen."
    assert (await hall.other_recruiter.get("/api/my/given-responses")).json() == []
    [to_recruiter], [to_seeker] = [await hall.app.mails(f"{who}@hall.example") for who in ("recruiter", "seeker_0")]
    assert to_recruiter["subject"] == "Seeker 0 Provsson har en fråga om er återkoppling"
    assert to_seeker["subject"] == "Fjällnät (exempel) har svarat på din fråga"
    assert not any(said in mail["text"] for mail in (to_recruiter, to_seeker) for said in (ASKED, "Databasen"))


async def test_a_wish_to_meet_again_is_seen_by_employer_and_staff_until_it_is_taken_back(hall: Hall) -> None:
    seeker, feedback = await opened(hall)
    path, event = f"/api/my/feedback/{feedback}/meeting-wish", f"/api/recruitment-events/{hall.event}/responses"

    await seeker.put(path, json={"wished": True})
    [given] = (await hall.recruiter.get("/api/my/given-responses")).json()
    [wish] = (await hall.staff.get(event)).json()["meeting_wishes"]
    await seeker.put(path, json={"wished": False})

    assert (given["feedback_id"], given["question"]) == (feedback, None)
    assert (wish["seeker_name"], wish["employer_name"]) == ("Seeker 0 Provsson", "Fjällnät (exempel)")
    assert (await hall.recruiter.get("/api/my/given-responses")).json() == []
    assert (await hall.staff.get(event)).json()["meeting_wishes"] == []


async def test_a_dispute_changes_no_word_and_tells_staff_no_more_than_the_seeker_shares(hall: Hall) -> None:
    seeker, feedback = await opened(hall)
    path, event = f"/api/my/feedback/{feedback}", f"/api/recruitment-events/{hall.event}/responses"
    before = (await seeker.get(path)).json()["opened"]["answers"]

    mine = (await seeker.put(f"{path}/dispute", json={"words": WORDS, "shared": False})).json()
    kept = await hall.staff.get(event)
    await seeker.put(f"{path}/dispute", json={"words": WORDS, "shared": True})
    shared = await hall.staff.get(event)

    assert (await seeker.get(path)).json()["opened"]["answers"] == before == COMPLETE
    assert only(mine)["dispute"]["words"] == WORDS
    [told] = kept.json()["disputes"]
    assert sorted(told) == ["at", "employer_name", "seeker_name", "words"]
    assert (told["seeker_name"], told["words"], feedback in kept.text) == (None, None, False)
    assert [(one["seeker_name"], one["words"]) for one in shared.json()["disputes"]] == [("Seeker 0 Provsson", WORDS)]
    assert COMPLETE["worked_statement"] not in shared.text
    assert (await hall.recruiter.get("/api/my/given-responses")).json() == []

    taken = (await seeker.delete(f"{path}/dispute")).json()
    assert only(taken)["dispute"] is None
    assert (await hall.staff.get(event)).json()["disputes"] == []


async def test_a_dispute_without_words_is_refused_where_they_are_missing(hall: Hall) -> None:
    seeker, feedback = await opened(hall)

    empty = await seeker.put(f"/api/my/feedback/{feedback}/dispute", json={"words": " ", "shared": False})

    assert (empty.status_code, [one["path"] for one in empty.json()["fields"]]) == (422, ["words"])


async def test_each_act_is_heard_by_those_it_is_for_and_taking_back_nothing_by_nobody(hall: Hall) -> None:
    seeker, feedback = await opened(hall)
    path = f"/api/my/feedback/{feedback}"

    await seeker.delete(f"{path}/dispute")
    nothing = await heard(hall, "feedback.disputed")
    await seeker.post(f"{path}/question", json={"text": ASKED})
    await seeker.put(f"{path}/meeting-wish", json={"wished": True})
    await seeker.put(f"{path}/dispute", json={"words": WORDS, "shared": False})
    await hall.recruiter.post(f"/api/my/given-feedback/{feedback}/answer", json={"text": "Databasen."})

    recruiter, event = (await hall.recruiter.get("/api/me")).json()["person"]["id"], f"event:{hall.event}"
    assert nothing == []
    assert await heard(hall, "question.asked") == [f"person:{recruiter}"]
    assert await heard(hall, "meeting.wished") == [f"desk:{hall.desk}", event]
    assert await heard(hall, "feedback.disputed") == [event]
    assert await heard(hall, "question.answered") == [f"person:{hall.seekers[0]}"]


async def test_the_case_worker_is_asked_for_a_talk_without_a_word_of_the_feedback(hall: Hall) -> None:
    seeker, _ = await opened(hall)
    async with hall.app.database.transaction() as session:
        assert list(await service.open_requests(session, hall.case_worker_id)) == []

    first = (await seeker.post("/api/my/conversation-request", json={"words": "Gärna i veckan"})).json()
    second = (await seeker.post("/api/my/conversation-request", json={"words": "Gärna på torsdag"})).json()
    async with hall.app.database.transaction() as session:
        [request] = await service.open_requests(session, hall.case_worker_id)
        assert not await service.close_request(session, hall.seekers[1], request.id, now=hall.app.clock())
        assert await service.close_request(session, hall.case_worker_id, request.id, now=hall.app.clock())

    assert (first["conversation_request"]["words"], second["conversation_request"]["words"]) == (
        "Gärna i veckan",
        "Gärna på torsdag",
    )
    assert first["case_worker"] == "Case Worker Provsson"
    assert (request.seeker_name, request.words) == ("Seeker 0 Provsson", "Gärna på torsdag")
    assert (await seeker.get("/api/my/responses")).json()["conversation_request"] is None


async def test_whoever_has_no_case_worker_is_told_so(hall: Hall) -> None:
    other = await hall.seeker(1)

    refused = await other.post("/api/my/conversation-request", json={})

    assert (refused.status_code, refused.json()["reason"]) == (409, "NoCaseWorker")


async def test_another_seeker_finds_no_feedback_to_do_anything_about(hall: Hall) -> None:
    _, feedback = await opened(hall)
    other, path = await hall.seeker(1), f"/api/my/feedback/{feedback}"

    answers = [
        await other.put(f"{path}/later", json={"later": True}),
        await other.post(f"{path}/question", json={"text": ASKED}),
        await other.put(f"{path}/meeting-wish", json={"wished": True}),
        await other.put(f"{path}/dispute", json={"words": WORDS, "shared": True}),
        await other.delete(f"{path}/dispute"),
    ]

    assert [one.status_code for one in answers] == [404] * 5
    assert (await other.get("/api/my/responses")).json()["responses"] == []
