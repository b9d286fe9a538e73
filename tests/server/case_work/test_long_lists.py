"""What is to be done is not lost behind what has been."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from server.three_party.repository import LIST_MAX
from server.three_party.tables import ThreePartyMeetingRow
from tests.server.applications.acts import employer_of
from tests.server.hall import Hall


async def test_a_meeting_ahead_is_on_the_list_however_many_were_called_off_since(hall: Hall) -> None:
    organisation_id, now = UUID(await employer_of(hall.recruiter)), hall.app.clock()
    recruiter_id = UUID((await hall.recruiter.me())["person"]["id"])

    def meeting(made_at: datetime, **more: Any) -> ThreePartyMeetingRow:
        return ThreePartyMeetingRow(
            seeker_id=hall.seekers[0],
            case_worker_id=hall.case_worker_id,
            organisation_id=organisation_id,
            recruiter_id=recruiter_id,
            purpose="Start",
            form="video",
            place="Länk",
            length_min=30,
            made_at=made_at,
            employer_asked_at=made_at,
            **more,
        )

    async with hall.app.database.transaction() as session:
        session.add(meeting(now - timedelta(days=9), state="fixed", starts_at=now + timedelta(days=2)))
        session.add_all(meeting(now, state="cancelled", ended_at=now) for _ in range(LIST_MAX))

    tasks = (await hall.case_worker.get("/api/case-tasks")).json()["tasks"]

    assert [(one["kind"], one["due_on"]) for one in tasks] == [("meeting", "2026-05-14")]


async def test_words_wait_from_the_first_that_the_agency_has_not_answered(hall: Hall) -> None:
    seeker, about = await hall.seeker(), f"/api/seekers/{hall.seekers[0]}/plan/comments"

    async def says(who: Any, path: str, text: str) -> None:
        assert (await who.post(path, json={"text": text})).status_code == 200
        hall.app.clock.advance(minutes=10)

    await says(seeker, "/api/my/plan/comments", "Får jag körkortet betalt?")
    await says(hall.case_worker, about, "Jag frågar.")
    first = hall.app.clock()
    await says(seeker, "/api/my/plan/comments", "Tack.")
    await says(seeker, "/api/my/plan/comments", "När får jag veta?")

    [task] = (await hall.case_worker.get("/api/case-tasks")).json()["tasks"]
    done = await hall.case_worker.put(f"/api/seekers/{hall.seekers[0]}/tasks/{task['key']}", json={"done": True})
    hall.app.clock.advance(minutes=10)
    await says(seeker, "/api/my/plan/comments", "Hallå?")
    [again] = (await hall.case_worker.get("/api/case-tasks")).json()["tasks"]

    assert (task["kind"], datetime.fromisoformat(task["since"])) == ("comment", first)
    assert done.json()["tasks"] == []
    assert (again["key"], again["since"]) == (task["key"], task["since"])
