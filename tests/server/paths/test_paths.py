"""Another role, once its seeker has read of it: what it takes, what they have, what lies near."""

from __future__ import annotations

from tests.server.hall import COMPLETE, Hall

ANOTHER = COMPLETE | {"next_step": "another_role", "occupation": "tester"}


async def test_a_role_is_named_by_an_employer_once_the_answer_is_opened(hall: Hall) -> None:
    seeker = await hall.meet()
    feedback = await hall.give_feedback(answers=ANOTHER)
    sealed = (await seeker.get("/api/my/paths")).json()
    before = (await seeker.get("/api/my/paths/it/tester")).json()

    await seeker.post(f"/api/my/feedback/{feedback}/open")

    assert (sealed, before["named_by"]) == ([], [])
    [path] = (await seeker.get("/api/my/paths")).json()
    assert (path["occupation"], path["text"]["sv"]) == ("tester", "Testare")
    assert [(one["feedback_id"], one["employer_name"]) for one in path["named_by"]] == [
        (feedback, "Fjällnät (exempel)")
    ]
    assert (await (await hall.seeker(1)).get("/api/my/paths")).json() == []


async def test_what_a_role_takes_stands_beside_what_one_has(hall: Hall) -> None:
    seeker = await hall.seeker()
    for label, evidence in (("SQL", "self"), ("Felsökning", "informal")):
        await seeker.post("/api/my/claims", json={"label": label, "evidence": evidence})

    path = (await seeker.get("/api/my/paths/it/tester")).json()

    assert {one["code"]: one["fit"] for one in path["takes"]} == {
        "manual_testing": "lack",
        "test_automation": "lack",
        "sql": "partly",
        "troubleshooting": "have",
        "documentation": "lack",
        "writing_clearly": "lack",
        "asking_questions": "lack",
        "requirements_analysis": "lack",
    }
    assert [one["occupation"] for one in path["near"]][:1] == ["requirements_analyst"]


async def test_a_role_that_nobody_knows_is_not_found(hall: Hall) -> None:
    assert (await (await hall.seeker()).get("/api/my/paths/it/astronaut")).status_code == 404
