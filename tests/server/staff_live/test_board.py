from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from random import Random

import pytest
from sqlmodel import col, select

from realtime.meeting import AT_DESK, MeetingState
from server.meetings.cards import desk_cards
from server.meetings.tables import MeetingRow
from server.recruitment_events.repository import list_desks
from server.staff_live.board import list_cards
from tests.server.hall import Hall

ELSEWHERE = [state for state in MeetingState if state not in AT_DESK]


async def stir(hall: Hall, random: Random) -> None:
    """Let each meeting of the hall be in any state, at most one of a desk and of a seeker at the desk."""
    now, at_desk = hall.app.clock(), set[object]()
    async with hall.app.database.transaction() as session:
        for row in await session.exec(select(MeetingRow).order_by(col(MeetingRow.id))):
            free = not {row.desk_id, row.seeker_id} & at_desk
            row.state = random.choice([*ELSEWHERE, *AT_DESK] if free else ELSEWHERE)
            at_desk |= {row.desk_id, row.seeker_id} if row.state in AT_DESK else set()
            row.ready_at = random.choice([None, now + timedelta(seconds=random.randrange(999))])
            session.add(row)


@pytest.mark.parametrize("seed", range(8))
async def test_the_board_has_each_desk_as_the_stream_tells_of_it(hall: Hall, seed: int) -> None:
    await stir(hall, Random(seed))

    async with hall.app.database.read() as session:
        board = await list_cards(session, hall.event)
        told = await desk_cards(session, await list_desks(session, hall.event), now=hall.app.clock())

    assert board == told
    assert sum(sum(card.counts.values()) for card in board) > 2


async def test_the_counts_of_the_day_are_read_without_its_desks(
    hall: Hall, count_statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    board = (await hall.staff.get(f"/api/recruitment-events/{hall.event}/live")).json()
    with count_statements() as sent:
        counts = (await hall.staff.get(f"/api/recruitment-events/{hall.event}/live/counts")).json()

    assert counts == board["counts"]
    assert not any("row_number" in statement for statement in sent)


async def test_who_arrives_is_found_by_parts_of_the_name(hall: Hall) -> None:
    everybody = (await hall.staff.get(f"/api/recruitment-events/{hall.event}/arrivals")).json()
    name = everybody[0]["seeker_name"]
    backwards = " ".join(reversed(name.upper().split()))

    found = (await hall.staff.get(f"/api/recruitment-events/{hall.event}/arrivals", params={"q": backwards})).json()
    nobody = (await hall.staff.get(f"/api/recruitment-events/{hall.event}/arrivals", params={"q": "%"})).json()

    assert found == [one for one in everybody if one["seeker_name"] == name]
    assert (len(everybody) > len(found), nobody) == (True, [])
