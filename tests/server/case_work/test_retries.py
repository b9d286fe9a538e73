"""A retry never shows a case worker what is shared no longer: its answer is read anew, and none is kept."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from server.kit.idempotency import IdempotencyRow
from server.wiring import operations
from tests.server.hall import Hall

KEY = {"idempotency-key": "5f0c6a52-8c8c-4f3e-9b1c-6d8b0f5f2a11"}
TASK = {"title": "Ring", "due_on": "2026-05-13"}
STEP = {"measure": "work_training", "starts_on": "2026-06-01", "ends_on": "2026-06-19", "responsible": "employer"}


@pytest.mark.parametrize(("what", "body"), [("tasks", TASK), ("plan/steps", STEP)])
async def test_what_was_shared_is_gone_from_a_retry_too(hall: Hall, what: str, body: dict[str, Any]) -> None:
    seeker, path = await hall.meet(), f"/api/seekers/{hall.seekers[0]}/{what}"
    feedback = await hall.give_feedback()
    await seeker.put("/api/my/sharing", json={"shares": True})
    body = body | ({"feedback_ids": [feedback]} if body is STEP else {})

    first = await hall.case_worker.post(path, json=body, headers=KEY)
    hall.app.clock.advance(seconds=1)
    await seeker.put("/api/my/sharing", json={"shares": False})
    retried = await hall.case_worker.post(path, json=body, headers=KEY)

    assert (first.status_code, retried.status_code) == (200, 200)
    assert ("Fjällnät" in first.text, "Fjällnät" in retried.text) == (True, False)
    assert retried.text.count('"title":"Ring"') == first.text.count('"title":"Ring"')
    async with hall.app.database.read() as session:
        kept = (await session.exec(select(IdempotencyRow.answer))).all()
    assert [answer for answer in kept if "Fjällnät" in answer] == []


async def test_every_write_of_a_case_worker_reads_the_answer_of_a_retry_anew(hall: Hall) -> None:
    found = [one for part in operations(hall.app.settings) for one in part.all]
    writes = [one for one in found if one.writes and one.who == {"case_worker"}]

    assert len(writes) > 10
    assert [f"{one.method} {one.path}" for one in writes if one.again is None] == []
