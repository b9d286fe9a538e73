"""Tone advice by HTTP: it says where, keeps nothing, and no sending waits for it."""

from __future__ import annotations

from tests.server.hall import COMPLETE, Hall


async def test_a_recruiter_is_advised_on_the_words_and_on_nothing_else(hall: Hall) -> None:
    answer = await hall.recruiter.post("/api/tone-advice", json={"text": "Som kvinna är du lat."})

    assert answer.status_code == 200
    assert answer.json() == {
        "advice": [
            {"rule": "ground", "ground": "sex", "words": "kvinna", "start": 4, "end": 10, "asks": True},
            {"rule": "person", "ground": "", "words": "lat", "start": 17, "end": 20, "asks": False},
        ]
    }


async def test_a_sentence_that_is_advised_on_is_sent_all_the_same(hall: Hall) -> None:
    await hall.meet()
    path = f"/api/meetings/{hall.meetings[0]}/scorecard"
    answers = COMPLETE | {"worked_statement": "Du är för gammal för oss."}
    await hall.recruiter.put(path, json={"version": 0, "answers": answers})
    await hall.recruiter.post(f"/api/meetings/{hall.meetings[0]}/end")

    sent = await hall.recruiter.post(f"{path}/send")

    assert (sent.status_code, sent.json()["answers"]) == (200, answers)
