"""What a case worker may see of a seeker's learning: all while it is shared, nothing before and after."""

from __future__ import annotations

from sqlmodel import col, func, select

from server.kit.streams import StreamEventRow
from server.learning.sharing import SharedLearning, shared_with_case_worker
from tests.server.hall import Hall


async def shared(hall: Hall) -> SharedLearning | None:
    async with hall.app.database.read() as session:
        return await shared_with_case_worker(session, hall.seekers[0], now=hall.app.clock())


async def heard(hall: Hall) -> int:
    """How much the case worker's open pages have been told."""
    query = (
        select(func.count())
        .select_from(StreamEventRow)
        .where(col(StreamEventRow.stream) == f"person:{hall.case_worker_id}")
    )
    async with hall.app.database.read() as session:
        return int((await session.exec(query)).one())


async def test_nothing_is_shared_before_the_seeker_says_so_nor_after_they_take_it_back(hall: Hall) -> None:
    seeker = await hall.seeker()
    await seeker.put("/api/my/goal", json={"text": "Våga ställa en fråga"})
    before = await shared(hall)
    await seeker.put("/api/my/sharing", json={"shares": True})
    during = await shared(hall)
    hall.app.clock.advance(seconds=1)

    await seeker.put("/api/my/sharing", json={"shares": False})

    assert before is None
    assert during is not None and during.goal is not None
    assert during.goal.text.sv == "Våga ställa en fråga"
    assert await shared(hall) is None


async def test_a_case_worker_reads_what_their_own_seekers_share_and_hears_of_changes_only_then(hall: Hall) -> None:
    seeker, path = await hall.seeker(), f"/api/seekers/{hall.seekers[0]}/learning"
    await seeker.put("/api/my/goal", json={"text": "Våga ställa en fråga"})
    silent = await heard(hall)
    private = await hall.case_worker.get(path)
    await seeker.put("/api/my/sharing", json={"shares": True})
    told = await heard(hall)

    await seeker.post("/api/my/actions", json={"text": "Ring Petra"})

    assert (private.json(), silent) == ({"learning": None}, 0)
    assert await heard(hall) == told + 1
    assert (await hall.case_worker.get(path)).json()["learning"]["goal"]["text"]["sv"] == "Våga ställa en fråga"
    assert (await hall.case_worker.get(f"/api/seekers/{hall.seekers[1]}/learning")).status_code == 404
    assert (await hall.recruiter.get(path)).status_code == 403


async def test_a_case_worker_hears_of_a_goal_that_is_taken_from_feedback(hall: Hall) -> None:
    seeker = await hall.meet()
    feedback = await hall.give_feedback()
    await seeker.post(f"/api/my/feedback/{feedback}/open")
    await seeker.put("/api/my/sharing", json={"shares": True})
    told = await heard(hall)

    await seeker.post(f"/api/my/feedback/{feedback}/goal", json={"chip": "tell_own_part"})

    assert await heard(hall) == told + 1


async def test_actions_and_claims_come_along_but_no_examples_and_only_shared_reflections(hall: Hall) -> None:
    seeker = await hall.meet()
    await hall.recruiter.post(f"/api/meetings/{hall.meetings[0]}/end")
    await seeker.put("/api/my/sharing", json={"shares": True})
    await seeker.post("/api/my/actions", json={"text": "Ring Petra"})
    await seeker.post(
        "/api/my/claims", json={"label": "SQL", "evidence": "informal", "example": "Kanarieexempel i föreningen."}
    )
    await seeker.post("/api/my/network", json={"name": "Kanarie-Petra", "circle": "work"})
    path = f"/api/my/meetings/{hall.meetings[0]}/reflection"
    await seeker.put(path, json={"answers": {"went_well": "Exemplet."}})
    private = await shared(hall)

    await seeker.put(path, json={"answers": {"went_well": "Exemplet."}, "shared": True})

    after = await shared(hall)
    assert private is not None and after is not None
    assert (private.reflections, len(after.reflections)) == ([], 1)
    assert [one.text.sv for one in after.actions] == ["Ring Petra"]
    assert [(one.label, one.evidence) for one in after.claims] == [("Python", "self"), ("SQL", "informal")]
    assert "anarie" not in after.model_dump_json()
