"""A case worker's open page hears of what changes; of what is not shared it hears nothing."""

from __future__ import annotations

from server.kit import streams
from tests.server.hall import Hall

STEP = {"measure": "validation", "starts_on": "2026-06-01", "responsible": "case_worker"}


async def heard(hall: Hall, person: object) -> int:
    """How much this person's stream has said of case work and plans."""
    async with hall.app.database.read() as session:
        head = await streams.read(session, f"person:{person}", epoch=None, after=None)
        page = await streams.read(session, f"person:{person}", epoch=head.epoch, after=0)
    return sum(one.kind in ("case_work.changed", "support_plan.changed") for one in page.events)


async def test_feedback_is_told_of_while_the_seeker_shares_and_a_new_choice_always(hall: Hall) -> None:
    seeker = await hall.meet()
    await hall.give_feedback()
    silent = await heard(hall, hall.case_worker_id)

    await seeker.put("/api/my/sharing", json={"shares": True})
    chosen = await heard(hall, hall.case_worker_id)

    assert (silent, chosen) == (0, 1)


async def test_released_feedback_is_told_of_when_the_seeker_shares(hall: Hall) -> None:
    seeker = await hall.meet()
    await seeker.put("/api/my/sharing", json={"shares": True})
    before = await heard(hall, hall.case_worker_id)

    await hall.give_feedback()

    assert await heard(hall, hall.case_worker_id) == before + 1


async def test_both_hear_of_a_plan_that_changes(hall: Hall) -> None:
    seeker = await hall.seeker()
    mine, theirs = await heard(hall, hall.seekers[0]), await heard(hall, hall.case_worker_id)

    await hall.case_worker.post(f"/api/seekers/{hall.seekers[0]}/plan/steps", json=STEP)
    await seeker.post("/api/my/plan/comments", json={"text": "Ja tack."})

    assert await heard(hall, hall.seekers[0]) == mine + 2
    assert await heard(hall, hall.case_worker_id) == theirs + 2
