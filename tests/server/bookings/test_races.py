"""Many seekers want one time at the same moment: exactly one has it, the others are told where else."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import func
from sqlmodel import col, select

from server.identity.roles import Role
from server.identity.tables import PersonRow, RoleRow
from server.meetings.tables import MeetingRow
from server.recruitment_events.tables import EnrolmentRow
from tests.server.expo import Expo, make_expo
from tests.server.harness import App, Browser

SEEKERS = 200
ROUNDS = 20


async def crowd(expo: Expo, number: int) -> list[UUID]:
    """Enrolled seekers, made straight in the database."""
    app = expo.app
    async with app.database.transaction() as session:
        people = [PersonRow(name=f"Sökande {place}", created_at=app.clock()) for place in range(number)]
        session.add_all(people)
        await session.flush()
        for person in people:
            session.add(RoleRow(person_id=person.id, role=Role.SEEKER))
            session.add(EnrolmentRow(recruitment_event_id=UUID(expo.id), seeker_id=person.id, created_at=app.clock()))
    return [person.id for person in people]


async def book(browser: Browser, desk_id: str, slot_id: str) -> httpx.Response:
    """One try as our pages make it, with a key of its own."""
    headers = {"idempotency-key": str(uuid4())}
    return await browser.post("/api/my/bookings", json={"desk_id": desk_id, "slot_id": slot_id}, headers=headers)


async def booked_in(expo: Expo, slot_id: str) -> int:
    async with expo.app.database.read() as session:
        query = select(func.count()).select_from(MeetingRow).where(col(MeetingRow.slot_id) == UUID(slot_id))
        return int((await session.exec(query)).one())


@pytest.mark.timeout(1200)
async def test_two_hundred_tries_for_one_time_make_one_booking_twenty_times_over(real_app: App) -> None:
    expo = await make_expo(real_app, slots=ROUNDS, pauses=[], meetings_max=ROUNDS)
    desks = [(await expo.employer(f"Firma{number} AB"))["desks"][0]["id"] for number in range(ROUNDS)]
    people = await crowd(expo, SEEKERS)
    await expo.publish()
    browsers = [await real_app.signed_in(person) for person in people]

    for desk_id, slot in zip(desks, expo.slots, strict=True):
        answers = await asyncio.gather(*(book(browser, desk_id, slot["id"]) for browser in browsers))

        assert Counter(answer.status_code for answer in answers) == {201: 1, 409: SEEKERS - 1}
        problems: list[dict[str, Any]] = [answer.json() for answer in answers if answer.status_code == 409]
        assert {problem["type"] for problem in problems} == {"urn:direktkontakt:problem:SlotTaken"}
        assert all(problem["alternatives"] for problem in problems)
        assert await booked_in(expo, slot["id"]) == 1


async def test_one_seeker_at_twenty_desks_at_the_same_moment_gets_one(real_app: App) -> None:
    expo = await make_expo(real_app)
    desks = [(await expo.employer(f"Firma{number} AB"))["desks"][0]["id"] for number in range(20)]
    [person] = await crowd(expo, 1)
    await expo.publish()
    browser = await real_app.signed_in(person)

    answers = await asyncio.gather(*(book(browser, desk_id, expo.slots[0]["id"]) for desk_id in desks))

    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 19}
    assert {answer.json()["party"] for answer in answers if answer.status_code == 409} == {"seeker"}


async def test_a_pair_meets_once_and_nobody_has_more_than_the_event_allows_however_fast_they_tap(
    real_app: App,
) -> None:
    expo = await make_expo(real_app, meetings_max=3)
    first = (await expo.employer())["desks"][0]["id"]
    others = [(await expo.employer(f"Firma{number} AB"))["desks"][0]["id"] for number in range(7)]
    person, other = await crowd(expo, 2)
    await expo.publish()
    browser, second = await real_app.signed_in(person), await real_app.signed_in(other)

    same = await asyncio.gather(*(book(browser, first, slot["id"]) for slot in expo.slots))
    many = await asyncio.gather(
        *(book(second, desk_id, slot["id"]) for desk_id, slot in zip(others, expo.slots, strict=False))
    )

    assert Counter(answer.status_code for answer in same) == {201: 1, 409: 7}
    assert Counter(answer.status_code for answer in many) == {201: 3, 409: 4}
    types = {answer.json()["type"] for answer in (*same, *many) if answer.status_code == 409}
    assert types == {"urn:direktkontakt:problem:PairHasMet", "urn:direktkontakt:problem:TooManyMeetings"}


async def test_two_who_swap_places_at_the_same_moment_never_share_one(real_app: App) -> None:
    expo = await make_expo(real_app)
    desk = (await expo.employer())["desks"][0]["id"]
    people = await crowd(expo, 2)
    await expo.publish()
    browsers = [await real_app.signed_in(person) for person in people]
    mine = [
        (await book(browser, desk, slot["id"])).json()["id"]
        for browser, slot in zip(browsers, expo.slots, strict=False)
    ]

    for _ in range(10):
        await asyncio.gather(
            *(
                browser.post(f"/api/my/meetings/{meeting}/move", json={"slot_id": slot["id"]})
                for browser, meeting in zip(browsers, mine, strict=True)
                for slot in (expo.slots[2], expo.slots[3])
            )
        )

        cells = [cell["slot_id"] for cell in (await expo.grid())["meetings"]]
        assert len(cells) == len(set(cells)) == 2
