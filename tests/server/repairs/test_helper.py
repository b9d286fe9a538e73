"""A large event is thought about in a process of its own, with the same answer."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import pytest

from server.recruitment_events.tables import RecruitmentEventRow
from server.repairs import service
from server.repairs.helper import Helper, HelperFailed
from server.repairs.shapes import RepairRequest
from server.repairs.understanding import HasBegun, NotUnderstood
from tests.journeys.support.waiting import until
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

    async with helping(expo) as helper:
        apart = await helper.look(event.id, late, now=now)

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
    now, event_id = expo.app.clock(), UUID(expo.id)

    async with helping(expo) as helper:
        with pytest.raises(HasBegun):
            await helper.look(event_id, RepairRequest(kind="no_show", meeting_id=UUID(meeting_id)), now=now)
        with pytest.raises(NotUnderstood) as strange:
            await helper.look(event_id, RepairRequest(kind="desk_closed", desk_id=uuid4()), now=now)

    assert strange.value.path == "desk_id"


@asynccontextmanager
async def helping(expo: Expo, **times: float) -> AsyncIterator[Helper]:
    helper = Helper(expo.app.settings.database_url, **times)
    try:
        yield helper
    finally:
        await helper.aclose()


async def amina_is_late(expo: Expo) -> tuple[UUID, RepairRequest]:
    day = await make_day(expo)
    meeting_id = await day.lay(NORDKOD, 0, "Amina Ek")
    await expo.publish()
    await day.minutes_after_ten(4)
    return UUID(expo.id), RepairRequest(kind="late", meeting_id=UUID(meeting_id), minutes=20)


async def test_one_process_answers_one_question_after_the_other(expo: Expo) -> None:
    event_id, late = await amina_is_late(expo)
    now = expo.app.clock()

    async with helping(expo) as helper:
        answers = await asyncio.gather(*(helper.look(event_id, late, now=now) for _ in range(3)))
        first = helper.pid
        answers.append(await helper.look(event_id, late, now=now))
        second = helper.pid
    assert first == second is not None
    assert not is_alive(first)
    assert all(answer == answers[0] and answer.options for answer in answers)


async def test_a_question_about_nothing_is_told_of_and_the_next_is_answered(expo: Expo) -> None:
    event_id, late = await amina_is_late(expo)
    now = expo.app.clock()

    async with helping(expo) as helper:
        with pytest.raises(HelperFailed):
            await helper.look(uuid4(), RepairRequest(kind="walk_in", seeker_id=uuid4()), now=now)
        answer = await helper.look(event_id, late, now=now)

    assert answer.options != []


async def test_a_process_that_has_died_is_started_anew(expo: Expo) -> None:
    event_id, late = await amina_is_late(expo)
    now = expo.app.clock()

    async with helping(expo) as helper:
        before = await helper.look(event_id, late, now=now)
        first = helper.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        after = await helper.look(event_id, late, now=now)

        assert helper.pid not in (None, first)
    assert after == before


async def test_a_process_that_nobody_asks_any_more_is_ended(expo: Expo) -> None:
    event_id, late = await amina_is_late(expo)

    async with helping(expo, idle_s=0.05) as helper:
        await helper.look(event_id, late, now=expo.app.clock())
        pid = helper.pid
        await until(lambda: asyncio.sleep(0, not is_alive(pid)), what="the helper is put to bed")

        assert (await helper.look(event_id, late, now=expo.app.clock())).options != []


async def test_who_does_not_wait_any_more_keeps_nobody_waiting(expo: Expo) -> None:
    event_id, late = await amina_is_late(expo)
    now = expo.app.clock()

    async def gone() -> bool:
        return True

    async with helping(expo) as helper:
        asked = asyncio.ensure_future(helper.look(event_id, late, now=now))
        in_line = asyncio.ensure_future(helper.look(event_id, late, now=now))
        left = asyncio.ensure_future(helper.look(event_id, late, now=now, is_gone=gone))
        last = asyncio.ensure_future(helper.look(event_id, late, now=now))
        await asyncio.sleep(0.05)
        asked.cancel()
        in_line.cancel()

        assert (await last).options != []
        with pytest.raises(HelperFailed):
            await left
        assert in_line.cancelled() and asked.cancelled()


async def test_an_answer_that_takes_too_long_is_given_up(expo: Expo) -> None:
    event_id, late = await amina_is_late(expo)

    async with helping(expo, within_s=0.01) as helper:
        with pytest.raises(HelperFailed):
            await helper.look(event_id, late, now=expo.app.clock())

        assert helper.pid is None


async def test_what_has_changed_since_is_seen_by_the_warm_process(expo: Expo) -> None:
    event_id, late = await amina_is_late(expo)
    now = expo.app.clock()

    async with helping(expo) as helper:
        before = await helper.look(event_id, late, now=now)
        (desk,) = [desk for desk in (await expo.grid())["desks"] if desk["employer_name"] == NORDKOD]
        await expo.laid(desk, 2, await expo.seeker("Bilal Ek"))
        after = await helper.look(event_id, late, now=now)
        fresh = await helper.look(event_id, late, now=now, is_fresh=True)

    assert before.options[0].changes[0].after != after.options[0].changes[0].after
    assert after == fresh


def is_alive(pid: int | None) -> bool:
    try:
        os.kill(pid or 0, 0)
    except ProcessLookupError:
        return False
    return True
