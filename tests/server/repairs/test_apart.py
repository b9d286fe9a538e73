"""A large event is thought about in a process of its own, with the same answer."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from server.recruitment_events.tables import RecruitmentEventRow
from server.repairs import service
from server.repairs.apart import HelperFailed, look_apart
from server.repairs.shapes import RepairRequest
from server.repairs.understanding import HasBegun, NotUnderstood
from tests.server.expo import Expo
from tests.server.repairs.day import NORDKOD, make_day


async def test_the_helper_says_what_the_server_would(expo: Expo) -> None:
    day = await make_day(expo)
    meeting_id = await day.lay(NORDKOD, 0, "Amina Ek")
    await expo.publish()
    await day.minutes_after_ten(4)
    app, now = expo.app, expo.app.clock()
    late = RepairRequest(kind="late", meeting_id=UUID(meeting_id), minutes=20)
    async with app.database.read() as session:
        event = await session.get_one(RecruitmentEventRow, UUID(expo.id))

    apart = await look_apart(app.settings.database_url, event.id, late, now=now)

    assert apart.options != []
    assert apart == await service.look(app.database, event, late, now=now)


async def test_the_helper_refuses_as_the_server_does(expo: Expo) -> None:
    day = await make_day(expo)
    meeting_id = await day.lay(NORDKOD, 0, "Amina Ek")
    await expo.publish()
    await day.come("Amina Ek", 0)
    recruiter = await expo.app.signed_in(UUID(day.desks[NORDKOD]["recruiter_id"]))
    await day.minutes_after_ten(0)
    await recruiter.post(f"/api/desks/{day.desks[NORDKOD]['id']}/open")
    url, now = expo.app.settings.database_url, expo.app.clock()

    with pytest.raises(HasBegun):
        await look_apart(url, UUID(expo.id), RepairRequest(kind="no_show", meeting_id=UUID(meeting_id)), now=now)
    with pytest.raises(NotUnderstood) as strange:
        await look_apart(url, UUID(expo.id), RepairRequest(kind="desk_closed", desk_id=uuid4()), now=now)

    assert strange.value.path == "desk_id"


async def test_a_helper_that_finds_nothing_to_read_is_told_of(expo: Expo) -> None:
    await make_day(expo)

    with pytest.raises(HelperFailed):
        await look_apart(
            expo.app.settings.database_url,
            uuid4(),
            RepairRequest(kind="walk_in", seeker_id=uuid4()),
            now=expo.app.clock(),
        )
