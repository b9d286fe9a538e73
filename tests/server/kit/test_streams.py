from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import uuid4

import pytest

from server.kit import streams
from server.kit.db import Database, Notice
from server.kit.streams import StreamEvent
from tests.server.harness import Clock

DESK = "desk:1"
Counting = Callable[[], AbstractContextManager[list[str]]]


async def append(database: Database, clock: Clock, stream: str = DESK, **body: object) -> None:
    async with database.transaction() as session:
        await streams.append(session, stream, "desk.changed", body, now=clock())


async def events(database: Database, stream: str = DESK, *, after: int = 0) -> list[StreamEvent]:
    async with database.read() as session:
        epoch = (await streams.read(session, stream, epoch=None, after=None)).epoch
        page = await streams.read(session, stream, epoch=epoch, after=after)
    assert not page.snapshot_required
    return list(page.events)


async def test_events_are_numbered_from_one_and_read_back(database: Database, clock: Clock) -> None:
    for n in range(3):
        await append(database, clock, n=n)
    read = await events(database, after=1)
    assert [(event.seq, event.body, event.at) for event in read] == [(2, {"n": 1}, clock()), (3, {"n": 2}, clock())]


async def test_events_of_one_transaction_keep_their_order(database: Database, clock: Clock) -> None:
    async with database.transaction() as session:
        for stream, n in (("desk:2", 1), (DESK, 1), ("desk:2", 2), (DESK, 2)):
            await streams.append(session, stream, "desk.changed", {"n": n}, now=clock())
    for stream in (DESK, "desk:2"):
        assert [(event.seq, event.body["n"]) for event in await events(database, stream)] == [(1, 1), (2, 2)]


async def test_writers_at_the_same_moment_leave_no_gap(database: Database, clock: Clock) -> None:
    await asyncio.gather(*(append(database, clock, n=n) for n in range(20)))
    assert [event.seq for event in await events(database)] == list(range(1, 21))


async def test_writers_to_the_same_streams_in_any_order_do_not_block_each_other(
    database: Database, clock: Clock
) -> None:
    async def write(*names: str) -> None:
        async with database.transaction() as session:
            for name in names:
                await streams.append(session, name, "desk.changed", {}, now=clock())
                await asyncio.sleep(0)

    async with asyncio.timeout(20):
        await asyncio.gather(*(write(*names) for names in [("desk:1", "desk:2"), ("desk:2", "desk:1")] * 8))
    assert len(await events(database, "desk:1")) == len(await events(database, "desk:2")) == 16


async def test_a_rolled_back_event_takes_no_number(database: Database, clock: Clock) -> None:
    with pytest.raises(RuntimeError):
        async with database.transaction() as session:
            await streams.append(session, DESK, "desk.changed", {}, now=clock())
            raise RuntimeError
    await append(database, clock)
    assert [event.seq for event in await events(database)] == [1]


async def test_others_are_told_once_the_events_are_there(database: Database, clock: Clock) -> None:
    told: list[Notice] = []

    async def read_what_was_told(notices: list[Notice]) -> None:
        for stream, seq in notices:
            async with database.read() as session:
                assert (await streams.read(session, stream, epoch=None, after=None)).head == seq
        told.extend(notices)

    database.after_commit = read_what_was_told
    async with database.transaction() as session:
        for stream in (DESK, DESK, "event:1"):
            await streams.append(session, stream, "desk.changed", {}, now=clock())
        assert told == []
    assert sorted(told) == [(DESK, 2), ("event:1", 1)]


async def test_nobody_is_told_of_what_was_rolled_back(database: Database, clock: Clock) -> None:
    told: list[Notice] = []

    async def keep(notices: list[Notice]) -> None:
        told.extend(notices)

    database.after_commit = keep
    with pytest.raises(RuntimeError):
        async with database.transaction() as session:
            await streams.append(session, DESK, "desk.changed", {}, now=clock())
            raise RuntimeError
    assert told == []


async def test_a_reader_who_cannot_go_on_takes_a_snapshot(database: Database, clock: Clock) -> None:
    for n in range(4):
        await append(database, clock, n=n)
    async with database.read() as session:
        epoch = (await streams.read(session, DESK, epoch=None, after=None)).epoch
        cases = [(None, None), (uuid4(), 3), (epoch, None), (epoch, 5)]
        pages = [await streams.read(session, DESK, epoch=e, after=a) for e, a in cases]
        far_behind = await streams.read(session, DESK, epoch=epoch, after=0, limit=3)
        up_to_date = await streams.read(session, DESK, epoch=epoch, after=4)
        unknown = await streams.read(session, "desk:none", epoch=None, after=None)
    assert all(page.snapshot_required and page.events == () for page in [*pages, far_behind, unknown])
    assert (up_to_date.snapshot_required, list(up_to_date.events)) == (False, [])


async def test_who_comes_back_after_events_were_forgotten_reads_the_whole_state(
    database: Database, clock: Clock
) -> None:
    await append(database, clock, n=1)
    clock.advance(days=31)
    await append(database, clock, n=2)
    async with database.transaction() as session:
        assert await streams.forget_old(session, now=clock()) == 1
    async with database.read() as session:
        epoch = (await streams.read(session, DESK, epoch=None, after=None)).epoch
        behind = await streams.read(session, DESK, epoch=epoch, after=0)
    assert (behind.snapshot_required, behind.head) == (True, 2)
    assert [event.body for event in await events(database, after=1)] == [{"n": 2}]


async def test_thousands_of_events_are_numbered_in_a_few_statements(
    database: Database, clock: Clock, count_statements: Counting
) -> None:
    await append(database, clock, "person:0007", n=1)
    told: list[Notice] = []

    async def keep(notices: list[Notice]) -> None:
        told.extend(notices)

    database.after_commit = keep
    names = [f"person:{number:04}" for number in range(1200)]
    with count_statements() as few:
        async with database.transaction() as session:
            for name in (*names, *reversed(names), "event:1"):
                await streams.append(session, name, "meeting.changed", {"name": name}, now=clock())

    assert len(few) <= 25
    assert sorted(told) == [("event:1", 1), *((name, 2 + (name == "person:0007")) for name in names)]
    assert [(one.seq, one.body) for one in await events(database, "person:0007", after=1)] == [
        (2, {"name": "person:0007"}),
        (3, {"name": "person:0007"}),
    ]
    assert [one.seq for one in await events(database, "person:1199")] == [1, 2]


async def test_many_writers_to_many_streams_do_not_wait_for_each_other_in_a_circle(
    database: Database, clock: Clock
) -> None:
    names = [f"person:{number:03}" for number in range(40)]

    async def write(some: list[str]) -> None:
        async with database.transaction() as session:
            for name in some:
                await streams.append(session, name, "meeting.changed", {}, now=clock())
                await asyncio.sleep(0)

    async with asyncio.timeout(20):
        await asyncio.gather(*(write(some) for some in [names, names[::-1], names[::2], names[::-3]] * 4))
    heads = [len(await events(database, name)) for name in names]
    assert heads == [8 + 4 * (number % 2 == 0) + 4 * (number % 3 == 0) for number in range(40)]
