"""The race tests can fail: with the database's own refusals taken away, the same tries book one time twice."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest
from sqlalchemy import text

from server.kit.db import Database
from tests.server.bookings.test_races import book, booked_in, crowd
from tests.server.expo import Expo, make_expo
from tests.server.harness import App

TRIES, ROUNDS = 20, 4
PARTIES = ("seeker", "desk", "recruiter", "station")


async def take_refusals_away(database: Database) -> None:
    """Drop what keeps a party from two meetings at once."""
    async with database.transaction() as session:
        connection = await session.connection()
        for party in PARTIES:
            if database.is_sqlite:
                for when in ("insert", "update"):
                    await connection.execute(text(f"DROP TRIGGER meeting_overlap_{party}_{when}"))
            else:
                await connection.execute(text(f"ALTER TABLE meeting DROP CONSTRAINT meeting_overlap_{party}"))


async def lay_all_at_once(expo: Expo) -> Counter[int]:
    """Staff lay many seekers at one desk and time at the same moment."""
    desk = (await expo.employer())["desks"][0]["id"]
    people = await crowd(expo, TRIES)
    place = {"desk_id": desk, "slot_id": expo.slots[0]["id"]}
    bodies = [{**place, "seeker_id": str(person)} for person in people]
    answers = await asyncio.gather(*(expo.staff.post(expo.url("/meetings"), json=body) for body in bodies))
    return Counter(answer.status_code for answer in answers)


async def test_twenty_laid_in_one_place_at_the_same_moment_leave_one_there(real_app: App) -> None:
    assert await lay_all_at_once(await make_expo(real_app)) == {201: 1, 409: TRIES - 1}


async def test_without_the_refusals_of_the_database_they_leave_all_there(real_app: App) -> None:
    expo = await make_expo(real_app)
    await take_refusals_away(real_app.database)

    assert await lay_all_at_once(expo) == {201: TRIES}


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_without_the_refusals_of_the_database_seekers_book_one_time_twice(real_app: App) -> None:
    expo = await make_expo(real_app, slots=ROUNDS, pauses=[], meetings_max=ROUNDS)
    desks = [(await expo.employer(f"Firma{number} AB"))["desks"][0]["id"] for number in range(ROUNDS)]
    people = await crowd(expo, TRIES)
    await expo.publish()
    browsers = [await real_app.signed_in(person) for person in people]
    await take_refusals_away(real_app.database)

    # on SQLite there is one writer, and looking before booking is enough
    booked = []
    for desk, slot in zip(desks, expo.slots, strict=True):
        await asyncio.gather(*(book(browser, desk, slot["id"]) for browser in browsers))
        booked.append(await booked_in(expo, slot["id"]))

    assert max(booked) > 1
