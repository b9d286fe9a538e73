"""What the helper remembers of an event is what it would read, whatever has changed since."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import UUID

import pytest

from server.planning_runs.material import Material
from server.planning_runs.repository import load_material
from server.recruitment_events.tables import AbsenceRow, RecruitmentEventRow
from server.repairs.known import Known
from tests.server.expo import Expo
from tests.server.repairs.day import HAMNLJUS, NORDKOD, Day, make_day

Change = Callable[[Day], Awaitable[None]]


async def nothing(day: Day) -> None:
    pass


async def enrols(day: Day) -> None:
    await day.seeker(
        "Doris Ek", competences=["Python"], wishes=[day.desks[NORDKOD]["organisation_id"]], birth_year=1990
    )


async def withdraws(day: Day) -> None:
    path = day.expo.url(f"/seekers/{day.people['Clara Ek']['id']}")
    assert (await day.expo.staff.delete(path)).status_code == 204


async def has_other_hours(day: Day) -> None:
    path = day.expo.url(f"/seekers/{day.people['Clara Ek']['id']}")
    until = day.expo.slots[3]["ends_at"]
    assert (await day.expo.staff.patch(path, json={"available_until": until})).status_code == 200


async def goes_away(day: Day) -> None:
    now = day.expo.app.clock()
    async with day.expo.app.database.transaction() as session:
        who = {"recruitment_event_id": UUID(day.expo.id), "person_id": UUID(day.people["Clara Ek"]["id"])}
        session.add(AbsenceRow(**who, starts_at=now, ends_at=now.replace(hour=10)))


async def is_laid(day: Day) -> None:
    await day.lay(HAMNLJUS, 3, "Clara Ek")


async def closes(day: Day) -> None:
    closed = {"kind": "desk_closed", "desk_id": day.desks[HAMNLJUS]["id"]}
    await day.confirm((await day.ask(**closed))["options"][0], closed)


async def other_rules(day: Day) -> None:
    answer = await day.expo.staff.put(day.expo.url("/planning-rules"), json={"rest_slots": 1, "video_rooms": 2})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "change", [nothing, enrols, withdraws, has_other_hours, goes_away, is_laid, closes, other_rules]
)
async def test_what_is_remembered_is_what_would_be_read(expo: Expo, change: Change) -> None:
    day = await make_day(expo)
    await day.lay(NORDKOD, 2, "Amina Ek")
    await day.seeker("Clara Ek")
    await expo.publish()
    await day.minutes_after_ten(4)
    known = Known()
    await material(day, known)

    await change(day)

    assert await material(day, known) == await material(day, None)
    assert known.is_stale == (change in (enrols, withdraws, has_other_hours, closes, other_rules))


async def material(day: Day, known: Known | None) -> Material:
    """With the seekers in the order of their ids."""
    load = known.material if known is not None else load_material
    async with day.expo.app.database.read() as session:
        event = await session.get_one(RecruitmentEventRow, UUID(day.expo.id))
        found = await load(session, event, now=day.expo.app.clock())
    return replace(found, seekers=tuple(sorted(found.seekers, key=lambda seeker: seeker.id)))
