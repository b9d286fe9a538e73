from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from server.kit.db import Database
from server.meetings.tables import MeetingRow
from server.planning import repository
from server.planning.conflicts import find_conflicts, find_conflicts_of
from server.planning.rules import BLOCKING, conflicts
from server.recruitment_events.check_in_codes import new_check_in_code
from server.recruitment_events.tables import AbsenceRow, DeskRow, EnrolmentRow, RecruitmentEventRow, WishRow
from tests.server.expo import Expo

FORMS = ("video", "on_site", "hybrid")
QUARTER = timedelta(minutes=15)
ALL_CODES = {
    *BLOCKING,
    "outside_availability",
    "form_mismatch",
    "avoided",
    "pair_twice",
    "too_many",
}


async def let_meetings_overlap(database: Database) -> None:
    """Take away what keeps overlapping meetings out of the database, as if they came from elsewhere."""
    async with database.engine.begin() as connection:
        if database.is_sqlite:
            found = await connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
            for name in found.scalars().all():
                await connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            query = "SELECT conname FROM pg_constraint WHERE conname LIKE 'meeting_overlap%' AND contype = 'x'"
            for name in (await connection.execute(text(query))).scalars().all():
                await connection.execute(text(f"ALTER TABLE meeting DROP CONSTRAINT {name}"))


async def muddle(expo: Expo, random: Random) -> None:
    """Meetings of anybody with anybody at any time, after people have said that they cannot."""
    employers = [await expo.employer(f"{name} AB", form=random.choice(FORMS[:2])) for name in ("Ek", "Lind", "Moln")]
    seekers = [
        UUID((await expo.seeker(f"{name} Berg"))["id"]) for name in ("Amina", "Bo", "Cia", "Dag", "Eva", "Farid")
    ]
    opens = datetime.fromisoformat(expo.slots[0]["starts_at"])
    at = [opens + step * QUARTER for step in range(9)]
    now = expo.app.clock()
    async with expo.app.database.transaction() as session:
        event = await session.get_one(RecruitmentEventRow, UUID(expo.id))
        event.meetings_max = 2
        session.add(event)
        desks = (await session.exec(select(DeskRow).order_by(col(DeskRow.number)))).all()
        for desk in desks:
            desk.on_duty_from, desk.on_duty_until = sorted(random.sample(at, 2)) if random.random() < 0.5 else at[::8]
        for seeker in seekers:
            enrolment = await session.get_one(EnrolmentRow, (UUID(expo.id), seeker))
            enrolment.form = random.choice([None, None, *FORMS])
            enrolment.available_from = random.choice([None, None, random.choice(at)])
            enrolment.available_until = random.choice([None, None, random.choice(at)])
            here = {"recruitment_event_id": UUID(expo.id)}
            if random.random() < 0.4:
                about = {"seeker_id": seeker, "organisation_id": random.choice(desks).organisation_id}
                session.add(WishRow.model_validate(here | about | {"rank": 0}))
            absent = [seeker, random.choice(desks).recruiter_id]
            for person_id in absent if random.random() < 0.3 else ():
                starts_at = random.choice(at) + timedelta(seconds=random.randrange(60))
                span = {"starts_at": starts_at, "ends_at": starts_at + QUARTER}
                session.add(AbsenceRow.model_validate(here | span | {"person_id": person_id}))
        for _ in range(random.randrange(4, 16)):
            desk, starts_at = random.choice(desks), random.choice(at[:-1])
            session.add(
                MeetingRow(
                    id=uuid4(),
                    recruitment_event_id=UUID(expo.id),
                    desk_id=desk.id,
                    organisation_id=desk.organisation_id,
                    recruiter_id=desk.recruiter_id,
                    seeker_id=random.choice(seekers),
                    form=random.choice([desk.form, random.choice(FORMS)]),
                    state=random.choice(["booked", "booked", "checked_in", "cancelled"]),
                    starts_at=starts_at,
                    ends_at=starts_at + random.choice([QUARTER, 2 * QUARTER]),
                    check_in_code=new_check_in_code(),
                    created_at=now,
                )
            )
    assert len(employers) == 3


async def told(expo: Expo) -> tuple[list[Any], list[Any], dict[UUID, list[Any]]]:
    """What the rules find of all meetings, what is found of the event, and what of each meeting by itself."""
    async with expo.app.database.read() as session:
        event = await session.get_one(RecruitmentEventRow, UUID(expo.id))
        laid = await repository.list_plan_meetings(session, repository.LAID_HERE, event_id=event.id)
        desks = {desk.id: desk for desk in await repository.list_plan_desks(session, event.id)}
        seekers = {one.id: one for one in await repository.list_plan_seekers(session, event.id)}
        ruled = conflicts(laid, desks=desks, seekers=seekers, meetings_max=2)
        found = [conflict for conflict, _ in await find_conflicts(session, event)]
        rows = (await session.exec(select(MeetingRow))).all()
        of_each = {row.id: [each for each, _ in await find_conflicts_of(session, event, row)] for row in rows}
    return ruled, found, of_each


@pytest.mark.parametrize("seed", range(6))
async def test_the_database_picks_all_meetings_that_the_rules_have_something_to_say_about(
    expo: Expo, seed: int
) -> None:
    await let_meetings_overlap(expo.app.database)
    await muddle(expo, Random(seed))

    ruled, found, of_each = await told(expo)

    assert sorted(found, key=repr) == sorted(ruled, key=repr)
    assert {conflict.severity for conflict in found} == {"blocking", "warning"}
    for meeting_id, mine in of_each.items():
        assert sorted(mine, key=repr) == sorted((one for one in ruled if meeting_id in one.meeting_ids), key=repr)


async def test_the_seeds_show_every_kind_of_conflict(expo: Expo) -> None:
    await let_meetings_overlap(expo.app.database)
    await muddle(expo, Random(1))
    first = (await told(expo))[0]

    assert {conflict.code for conflict in first} <= ALL_CODES
    assert len({conflict.code for conflict in first}) >= 6


async def test_a_plan_without_conflicts_takes_as_many_statements_for_many_meetings_as_for_one(
    expo: Expo, count_statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    desk = (await expo.employer())["desks"][0]
    await expo.laid(desk, 0, await expo.seeker("Amina Warsame"))
    with count_statements() as of_one:
        assert (await expo.grid())["conflicts"] == []
    for slot, name in enumerate(("Bo Ek", "Cia Ek", "Dag Ek"), 1):
        await expo.laid(desk, slot, await expo.seeker(name))

    with count_statements() as of_four:
        grid = await expo.grid()

    assert (grid["conflicts"], len(grid["meetings"]), grid["seekers"]) == ([], 4, 4)
    assert len(of_four) == len(of_one)
