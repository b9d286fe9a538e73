"""A case worker's list costs the same few statements, however many seekers they have."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from server.support.tables import CaseAssignmentRow
from tests.server.hall import Hall

Counting = Callable[[], AbstractContextManager[list[str]]]
PAGES = ("/api/case-tasks", "/api/seekers", "/api/hand-overs")


async def counts(hall: Hall, count_statements: Counting) -> list[int]:
    found = []
    for page in PAGES:
        with count_statements() as seen:
            assert (await hall.case_worker.get(page)).status_code == 200
        found.append(len(seen))
    return found


async def test_three_seekers_are_read_with_as_many_statements_as_one(hall: Hall, count_statements: Counting) -> None:
    one = await counts(hall, count_statements)
    async with hall.app.database.transaction() as session:
        for seeker_id in hall.seekers[1:]:
            session.add(
                CaseAssignmentRow(case_worker_id=hall.case_worker_id, seeker_id=seeker_id, since=hall.app.clock())
            )
    for seeker_id in hall.seekers:
        step = {"measure": "validation", "starts_on": "2026-05-13", "responsible": "case_worker"}
        await hall.case_worker.post(f"/api/seekers/{seeker_id}/plan/steps", json=step)
        await hall.case_worker.post(f"/api/seekers/{seeker_id}/tasks", json={"title": "Ring", "due_on": "2026-05-13"})

    three = await counts(hall, count_statements)

    assert len((await hall.case_worker.get("/api/case-tasks")).json()["tasks"]) == 3
    assert three == one
