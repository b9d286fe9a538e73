"""A seeker goes from one case worker to another, and is never without one."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest

from server.identity.people import create_person
from server.identity.roles import Role
from tests.server.hall import Hall
from tests.server.harness import Browser


class Office:
    """Two case workers, of whom the first has the hall's first seeker."""

    def __init__(self, hall: Hall, other_id: UUID, other: Browser) -> None:
        self.hall, self.other_id, self.me, self.other = hall, other_id, hall.case_worker, other
        self.seeker_id = str(hall.seekers[0])

    async def ask(self, **change: Any) -> Any:
        body = {"seeker_ids": [self.seeker_id], "to_id": str(self.other_id), "note": "Jag slutar i juni."}
        return await self.me.post("/api/hand-overs", json=body | change)

    async def say(self, who: Browser, hand_over: str, what: str) -> Any:
        return await who.post(f"/api/hand-overs/{hand_over}/{what}")

    async def has(self) -> tuple[bool, bool]:
        """Whether each of the two reaches the seeker."""
        path = f"/api/seekers/{self.seeker_id}/plan"
        mine, others = await self.me.get(path), await self.other.get(path)
        return mine.status_code == 200, others.status_code == 200


@pytest.fixture
async def office(hall: Hall) -> Office:
    async with hall.app.database.transaction() as session:
        other_id = await create_person(
            session, name="Karim Provsson", email="karim@hall.example", role=Role.CASE_WORKER, now=hall.app.clock()
        )
    return Office(hall, other_id, await hall.app.signed_in(other_id))


async def test_a_seeker_is_the_colleagues_from_the_yes_on_and_not_before(office: Office) -> None:
    asked = (await office.ask()).json()
    hand_over = asked["hand_overs"][0]["id"]
    waiting = (await office.other.get("/api/case-tasks")).json()["to_accept"]
    before = await office.has()

    accepted = (await office.say(office.other, hand_over, "accept")).json()

    assert [one["name"] for one in asked["colleagues"]] == ["Karim Provsson"]
    assert [(one["seeker_name"], one["note"]) for one in waiting] == [("Seeker 0 Provsson", "Jag slutar i juni.")]
    assert (before, await office.has()) == ((True, False), (False, True))
    assert [(one["state"], one["to_name"]) for one in accepted["hand_overs"]] == [("accepted", "Karim Provsson")]
    assert (await office.other.get("/api/case-tasks")).json()["to_accept"] == []


async def test_the_seeker_reads_who_hands_them_to_whom_and_the_note(office: Office) -> None:
    await office.ask()

    mine = (await (await office.hall.seeker()).get("/api/my/case-work")).json()

    assert [(one["from_name"], one["to_name"], one["note"]) for one in mine["hand_overs"]] == [
        ("Case Worker Provsson", "Karim Provsson", "Jag slutar i juni.")
    ]
    assert mine["case_workers"] == ["Case Worker Provsson"]


@pytest.mark.parametrize(("by_other", "what"), [(True, "decline"), (False, "withdraw")])
async def test_who_is_not_taken_over_stays_and_can_be_asked_about_again(
    office: Office, by_other: bool, what: str
) -> None:
    hand_over = (await office.ask()).json()["hand_overs"][0]["id"]
    again = await office.ask()

    said = await office.say(office.other if by_other else office.me, hand_over, what)
    late = await office.say(office.other, hand_over, "accept")

    assert (again.status_code, again.json()["reason"]) == (409, "AlreadyOnTheWay")
    assert said.status_code == 200
    assert (late.status_code, late.json()["reason"]) == (409, "IsAnswered")
    assert await office.has() == (True, False)
    assert (await office.ask()).status_code == 200


async def test_nobody_answers_for_another_and_nobody_gives_who_is_not_theirs(office: Office) -> None:
    hand_over = (await office.ask()).json()["hand_overs"][0]["id"]

    assert (await office.say(office.me, hand_over, "accept")).status_code == 404
    assert (await office.say(office.other, hand_over, "withdraw")).status_code == 404
    assert (await office.ask(seeker_ids=[str(office.hall.seekers[1])])).status_code == 404
    to_seeker = await office.ask(to_id=str(office.hall.seekers[2]))
    assert (to_seeker.status_code, to_seeker.json()["reason"]) == (409, "NoSuchColleague")


async def test_a_yes_and_a_withdrawal_at_once_leave_the_seeker_with_exactly_one(office: Office) -> None:
    hand_over = (await office.ask()).json()["hand_overs"][0]["id"]

    answers = await asyncio.gather(
        office.say(office.other, hand_over, "accept"), office.say(office.me, hand_over, "withdraw")
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert sorted(await office.has()) == [False, True]


async def test_tasks_given_to_the_one_who_leaves_are_the_new_ones_to_do(office: Office) -> None:
    path = f"/api/seekers/{office.seeker_id}/tasks"
    made = (await office.me.post(path, json={"title": "Ring", "due_on": "2026-05-12"})).json()
    given = {"done": False, "assigned_to": str(office.hall.case_worker_id)}
    await office.me.put(f"{path}/{made['tasks'][0]['key']}", json=given)

    hand_over = (await office.ask()).json()["hand_overs"][0]["id"]
    await office.say(office.other, hand_over, "accept")

    tasks = (await office.other.get("/api/case-tasks")).json()["tasks"]
    assert [(one["title"], one["assigned_to"]) for one in tasks] == [("Ring", None)]
    assert (await office.me.get("/api/case-tasks")).json()["tasks"] == []
