"""A translation beside the original, over HTTP on both engines."""

from __future__ import annotations

from tests.server.hall import COMPLETE, UNDO, Hall

TEXT = "The canary sang clearly."


async def test_the_seeker_sees_both_and_who_translated_and_the_original_is_as_it_was_sent(hall: Hall) -> None:
    seeker = await hall.meet()
    feedback_id = await hall.give_feedback()
    await seeker.post(f"/api/my/feedback/{feedback_id}/open")
    path = f"/api/meetings/{hall.meetings[0]}/scorecard/translation"

    given = await hall.recruiter.put(path, json={"language": "en", "text": TEXT})
    opened = (await seeker.get(f"/api/my/feedback/{feedback_id}")).json()["opened"]

    assert given.status_code == 200, given.text
    assert opened["answers"] == COMPLETE
    assert opened["translation"] == {
        "language": "en",
        "text": TEXT,
        "by": "Recruiter Provsson",
        "at": opened["translation"]["at"],
    }


async def test_it_can_be_written_before_the_release_and_then_stays_sealed_with_the_rest(hall: Hall) -> None:
    seeker = await hall.meet()
    path = f"/api/meetings/{hall.meetings[0]}/scorecard"
    await hall.recruiter.put(path, json={"version": 0, "answers": COMPLETE})
    await hall.recruiter.post(f"/api/meetings/{hall.meetings[0]}/end")
    await hall.recruiter.post(f"{path}/send")

    early = await hall.recruiter.put(f"{path}/translation", json={"language": "en", "text": TEXT})
    before = (await seeker.get("/api/my/feedback")).json()
    await hall.tick(seconds=UNDO.total_seconds())
    (sealed,) = (await seeker.get("/api/my/feedback")).json()

    assert (early.status_code, before) == (200, [])
    assert TEXT not in (await seeker.get(f"/api/my/feedback/{sealed['id']}")).text


async def test_the_case_worker_reads_it_only_with_the_sentence(hall: Hall) -> None:
    seeker = await hall.meet()
    feedback_id = await hall.give_feedback()
    await seeker.post(f"/api/my/feedback/{feedback_id}/open")
    await seeker.put("/api/my/sharing", json={"shares": True})
    path = f"/api/meetings/{hall.meetings[0]}/scorecard/translation"
    await hall.recruiter.put(path, json={"language": "en", "text": TEXT})
    shared = f"/api/seekers/{hall.seekers[0]}/feedback"

    without = await hall.case_worker.get(shared)
    await seeker.put(f"/api/my/feedback/{feedback_id}/statement-sharing", json={"shared": True})
    with_it = await hall.case_worker.get(shared)

    assert without.status_code == 200
    assert (TEXT in without.text, TEXT in with_it.text) == (False, True)


async def test_nobody_else_translates_and_there_must_be_a_sentence(hall: Hall) -> None:
    await hall.meet()
    silent = {key: value for key, value in COMPLETE.items() if key != "worked_statement"}
    await hall.give_feedback(answers=silent)
    path = f"/api/meetings/{hall.meetings[0]}/scorecard/translation"

    none = await hall.recruiter.put(path, json={"language": "en", "text": TEXT})
    other = await hall.other_recruiter.put(path, json={"language": "en", "text": TEXT})

    assert (none.status_code, none.json()["type"]) == (409, "urn:direktkontakt:problem:NothingToTranslate")
    assert other.status_code == 404
