"""Filling in, sending, undoing and releasing, by HTTP on both engines."""

from __future__ import annotations

from tests.server.hall import COMPLETE, Hall


async def test_a_draft_is_kept_as_it_is_filled_and_survives_a_second_writer(hall: Hall) -> None:
    await hall.meet()
    path = f"/api/meetings/{hall.meetings[0]}/scorecard"

    first = await hall.recruiter.put(path, json={"version": 0, "answers": {"ratings": {"item_1": 4}}})
    late = await hall.recruiter.put(path, json={"version": 0, "answers": {"ratings": {"item_1": 1}}})

    assert (first.status_code, first.json()["version"], first.json()["taps_left"]) == (200, 1, 7)
    assert (late.status_code, late.json()["type"], late.json()["version"]) == (
        409,
        "urn:direktkontakt:problem:DraftConflict",
        1,
    )
    assert (await hall.read_desk())["now"]["scorecard"]["answers"] == {"ratings": {"item_1": 4}}


async def test_a_scorecard_with_questions_left_says_which(hall: Hall) -> None:
    await hall.meet()
    await hall.recruiter.post(f"/api/meetings/{hall.meetings[0]}/end")

    answer = await hall.recruiter.post(f"/api/meetings/{hall.meetings[0]}/scorecard/send")

    assert answer.status_code == 422
    assert [field["path"] for field in answer.json()["fields"]] == [
        "item_1",
        "item_2",
        "item_3",
        "item_4",
        "next_step",
        "do_next",
    ]


async def test_a_wrong_answer_is_named_and_nothing_is_kept(hall: Hall) -> None:
    await hall.meet()
    path = f"/api/meetings/{hall.meetings[0]}/scorecard"

    answer = await hall.recruiter.put(path, json={"version": 0, "answers": {"ratings": {"item_1": 9}}})

    assert answer.status_code == 422
    assert [field["path"] for field in answer.json()["fields"]] == ["answers.ratings.item_1"]
    assert (await hall.read_desk())["now"]["scorecard"] is None


async def test_what_is_sent_waits_for_the_undo_window_and_is_then_the_seekers(hall: Hall) -> None:
    seeker = await hall.meet()
    path = f"/api/meetings/{hall.meetings[0]}/scorecard"
    await hall.recruiter.put(path, json={"version": 0, "answers": COMPLETE})
    await hall.recruiter.post(f"/api/meetings/{hall.meetings[0]}/end")

    sent = await hall.recruiter.post(f"{path}/send")
    await hall.tick(seconds=29)
    before = (await seeker.get("/api/my/feedback")).json()
    await hall.tick(seconds=1)
    after = (await seeker.get("/api/my/feedback")).json()

    assert (sent.json()["state"], before) == ("sent", [])
    assert [(one["state"], one["author"]["employer_name"]) for one in after] == [("sealed", "Fjällnät (exempel)")]


async def test_undo_brings_the_draft_back_and_nothing_reaches_the_seeker(hall: Hall) -> None:
    seeker = await hall.meet()
    path = f"/api/meetings/{hall.meetings[0]}/scorecard"
    await hall.recruiter.put(path, json={"version": 0, "answers": COMPLETE})
    await hall.recruiter.post(f"/api/meetings/{hall.meetings[0]}/end")
    await hall.recruiter.post(f"{path}/send")

    undone = await hall.recruiter.post(f"{path}/undo")
    await hall.tick(seconds=60)

    assert (undone.json()["state"], undone.json()["answers"]) == ("draft", COMPLETE)
    assert (await seeker.get("/api/my/feedback")).json() == []
    assert (await hall.read_desk())["now"]["state"] == "feedback"


async def test_after_the_release_nothing_can_be_changed(hall: Hall) -> None:
    await hall.meet()
    await hall.give_feedback()
    path = f"/api/meetings/{hall.meetings[0]}/scorecard"

    tries = [
        await hall.recruiter.post(f"{path}/undo"),
        await hall.recruiter.put(path, json={"version": 3, "answers": {}}),
        await hall.recruiter.post(f"{path}/send"),
        await hall.recruiter.post(f"{path}/skip", json={"reason": "other"}),
    ]

    assert [(one.status_code, one.json()["reason"]) for one in tries] == [
        (409, "UndoOver"),
        (409, "NotADraft"),
        (409, "NotADraft"),
        (409, "NotADraft"),
    ]


async def test_skipping_needs_a_reason_of_the_instrument_and_can_be_taken_up_again(hall: Hall) -> None:
    await hall.meet()
    await hall.recruiter.post(f"/api/meetings/{hall.meetings[0]}/end")
    path = f"/api/meetings/{hall.meetings[0]}/scorecard"

    refused = await hall.recruiter.post(f"{path}/skip", json={"reason": "no_time"})
    skipped = await hall.recruiter.post(f"{path}/skip", json={"reason": "talk_was_cut_off"})
    resumed = await hall.recruiter.post(f"{path}/resume")

    assert (refused.status_code, refused.json()["reason"]) == (409, "UnknownReason")
    assert (skipped.json()["state"], skipped.json()["skipped_reason"]) == ("skipped", "talk_was_cut_off")
    assert resumed.json()["state"] == "draft"


async def test_staff_and_strangers_have_no_way_to_a_scorecard(hall: Hall) -> None:
    await hall.meet()
    path = f"/api/meetings/{hall.meetings[0]}/scorecard"

    by_staff = await hall.staff.put(path, json={"version": 0, "answers": {}})
    by_other = await hall.other_recruiter.put(path, json={"version": 0, "answers": {}})

    assert (by_staff.status_code, by_other.status_code) == (403, 404)


async def test_an_instrument_is_readable_by_its_version(hall: Hall) -> None:
    found = await hall.recruiter.get("/api/instruments/it/1")
    missing = await hall.recruiter.get("/api/instruments/it/99")

    assert [item["code"] for item in found.json()["items"]] == ["item_1", "item_2", "item_3", "item_4"]
    assert missing.status_code == 404
