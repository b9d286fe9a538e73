"""A case worker proposes, the seeker says what suits, the employer chooses, and three calendars have it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import col, select

from server.kit.outbox import OutboxRow
from server.mail.message import KIND
from tests.server.hall import Hall
from tests.server.harness import Browser

TUESDAY, FRIDAY = "2026-05-19T08:00:00Z", "2026-05-22T08:00:00Z"
SEEKER, RECRUITER, CASE_WORKER = (f"{who}@hall.example" for who in ("seeker_0", "recruiter", "case_worker"))


class Table:
    """The three, and the way to each one's meetings."""

    def __init__(self, hall: Hall, seeker: Browser, feedback: str) -> None:
        self.hall, self.seeker, self.feedback = hall, seeker, feedback
        self.path = f"/api/seekers/{hall.seekers[0]}/three-party-meetings"

    async def propose(self, **change: Any) -> Any:
        body = {
            "feedback_id": self.feedback,
            "purpose": "Arbetsträning i juni",
            "form": "on_site",
            "place": "Storgatan 1",
            "length_min": 45,
            "times": [TUESDAY, FRIDAY],
        }
        return await self.hall.case_worker.post(self.path, json=body | change)

    async def suits(self, meeting: str, times: list[str]) -> Any:
        return await self.seeker.put(f"/api/my/three-party-meetings/{meeting}/times", json={"times": times})

    async def choose(self, meeting: str, time: str | None) -> Any:
        return await self.hall.recruiter.put(f"/api/three-party-meetings/{meeting}/time", json={"time": time})

    async def calendars(self) -> dict[str, str]:
        """The newest calendar file mailed to each address."""
        async with self.hall.app.database.read() as session:
            query = select(OutboxRow).where(col(OutboxRow.kind) == KIND).order_by(col(OutboxRow.created_at))
            mails = [row.payload for row in (await session.exec(query)).all()]
        return {mail["to"]: mail["calendar"] for mail in mails if mail["calendar"]}

    async def at_employer(self) -> list[dict[str, Any]]:
        return list((await self.hall.recruiter.get("/api/three-party-meetings")).json())


@pytest.fixture
async def table(hall: Hall) -> Table:
    seeker = await hall.meet()
    feedback = await hall.give_feedback()
    await seeker.put("/api/my/sharing", json={"shares": True})
    return Table(hall, seeker, feedback)


async def test_the_employer_hears_of_a_meeting_when_the_seeker_has_said_yes(table: Table) -> None:
    proposed = (await table.propose()).json()[0]
    before = await table.at_employer(), await table.hall.app.mails(RECRUITER)
    early = await table.choose(proposed["id"], TUESDAY)

    said = (await table.suits(proposed["id"], [FRIDAY])).json()[0]
    asked = await table.at_employer()

    assert before == ([], [])
    assert early.status_code == 404
    assert (proposed["state"], said["state"]) == ("asking_seeker", "asking_employer")
    assert [(one["seeker_name"], one["purpose"]) for one in asked] == [("Seeker 0 Provsson", "Arbetsträning i juni")]
    assert [one["starts_at"] for one in asked[0]["times"]] == [FRIDAY]
    assert len(await table.hall.app.mails(RECRUITER)) == 1


async def test_a_seekers_no_never_reaches_the_employer(table: Table) -> None:
    proposed = (await table.propose()).json()[0]

    said = (await table.suits(proposed["id"], [])).json()[0]

    assert (said["state"], said["declined_by"]) == ("declined", "seeker")
    assert (await table.at_employer(), await table.hall.app.mails(RECRUITER)) == ([], [])
    late = await table.suits(proposed["id"], [FRIDAY])
    assert (late.status_code, late.json()["reason"]) == (409, "NotAskedNow")


async def test_what_the_employer_chooses_lies_in_three_calendars_until_it_is_called_off(table: Table) -> None:
    meeting = (await table.propose()).json()[0]["id"]
    await table.suits(meeting, [TUESDAY, FRIDAY])

    fixed = (await table.choose(meeting, FRIDAY)).json()[0]
    files = await table.calendars()
    table.hall.app.clock.advance(seconds=1)
    off = (await table.hall.case_worker.post(f"/api/three-party-meetings/{meeting}/cancel")).json()[0]
    gone = {to: file for to, file in (await table.calendars()).items() if "METHOD:CANCEL" in file}

    assert (fixed["state"], fixed["starts_at"]) == ("fixed", FRIDAY)
    assert set(files) == {SEEKER, RECRUITER, CASE_WORKER}
    assert all(f"UID:{meeting}@direktkontakt" in file and "METHOD:PUBLISH" in file for file in files.values())
    assert off["state"] == "cancelled"
    assert set(gone) == set(files)
    assert all(f"UID:{meeting}@direktkontakt" in file and "SEQUENCE:1" in file for file in gone.values())
    again = await table.hall.case_worker.post(f"/api/three-party-meetings/{meeting}/cancel")
    assert (again.status_code, again.json()["reason"]) == (409, "IsOver")


async def test_only_whose_answer_is_shared_can_be_asked_to_a_meeting(table: Table) -> None:
    table.hall.app.clock.advance(seconds=1)
    await table.seeker.put("/api/my/sharing", json={"shares": False})

    refused = await table.propose()
    past = await table.propose(times=["2026-05-01T08:00:00Z"])

    assert (refused.status_code, refused.json()["reason"]) == (409, "FeedbackNotShared")
    assert (past.status_code, past.json()["reason"]) == (409, "TimesNotPossible")


async def test_nobody_answers_for_another(table: Table) -> None:
    meeting = (await table.propose()).json()[0]["id"]
    other = await table.hall.seeker(1)

    strange = await other.put(f"/api/my/three-party-meetings/{meeting}/times", json={"times": [FRIDAY]})
    await table.suits(meeting, [FRIDAY])
    elsewhere = await table.hall.other_recruiter.put(f"/api/three-party-meetings/{meeting}/time", json={"time": FRIDAY})

    assert (strange.status_code, elsewhere.status_code) == (404, 404)
    assert (await other.get("/api/my/three-party-meetings")).json() == []
    assert (await table.hall.other_recruiter.get("/api/three-party-meetings")).json() == []
    theirs = f"/api/seekers/{table.hall.seekers[1]}/three-party-meetings"
    assert (await table.hall.case_worker.get(theirs)).status_code == 404


async def test_whom_the_seeker_has_not_agreed_to_meet_is_shown_while_they_share(table: Table) -> None:
    meeting = (await table.propose()).json()[0]["id"]
    table.hall.app.clock.advance(seconds=1)

    await table.seeker.put("/api/my/sharing", json={"shares": False})
    hidden = await table.hall.case_worker.get(table.path)
    await table.suits(meeting, [FRIDAY])
    agreed = await table.hall.case_worker.get(table.path)

    assert hidden.json() == []
    assert [one["employer_name"] for one in agreed.json()] == ["Fjällnät (exempel)"]
