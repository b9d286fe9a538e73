from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from server.kit.db import Database
from server.kit.outbox import ATTEMPTS_MAX, BATCH, LEASE, OutboxRow, Relay, enqueue, forget_old, retry_delay
from tests.server.harness import Clock


class Receiver:
    """Takes effects, or fails as often as told."""

    def __init__(self, *, failures: int = 0) -> None:
        self.failures = failures
        self.taken: list[dict[str, Any]] = []
        self.has_taken = asyncio.Event()

    async def __call__(self, payload: dict[str, Any]) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the line is down; payload kept out of logs")
        self.taken.append(payload)
        self.has_taken.set()


async def put(database: Database, clock: Clock, *numbers: int) -> None:
    async with database.transaction() as session:
        for number in numbers:
            enqueue(session, "mail", {"n": number}, now=clock())


async def rows(database: Database) -> list[OutboxRow]:
    async with database.read() as session:
        found = list((await session.exec(select(OutboxRow))).all())
        session.expunge_all()
    return found


async def test_an_effect_is_delivered_once(database: Database, clock: Clock) -> None:
    receiver = Receiver()
    relay = Relay(database, {"mail": receiver}, now=clock)
    await put(database, clock, 1)
    assert [await relay.deliver_due(), await relay.deliver_due()] == [1, 0]
    assert receiver.taken == [{"n": 1}]
    assert [row.status for row in await rows(database)] == ["done"]


async def test_a_rolled_back_change_has_no_effect(database: Database, clock: Clock) -> None:
    with pytest.raises(RuntimeError):
        async with database.transaction() as session:
            enqueue(session, "mail", {}, now=clock())
            await session.flush()
            raise RuntimeError
    assert await rows(database) == []


async def test_a_failed_delivery_is_tried_again_later(database: Database, clock: Clock) -> None:
    receiver = Receiver(failures=2)
    relay = Relay(database, {"mail": receiver}, now=clock)
    await put(database, clock, 1)
    for attempt in (1, 2):
        assert await relay.deliver_due() == 1
        assert await relay.deliver_due() == 0
        clock.at += retry_delay(attempt)
    assert await relay.deliver_due() == 1
    (row,) = await rows(database)
    assert (row.status, row.attempts, row.last_error) == ("done", 3, None)
    assert len(receiver.taken) == 1


async def test_an_effect_is_given_up_after_twelve_tries_and_stays_visible(database: Database, clock: Clock) -> None:
    relay = Relay(database, {"mail": Receiver(failures=99)}, now=clock)
    await put(database, clock, 1)
    for _ in range(ATTEMPTS_MAX + 3):
        await relay.deliver_due()
        clock.advance(hours=1)
    (row,) = await rows(database)
    assert (row.status, row.attempts, row.last_error) == ("given_up", ATTEMPTS_MAX, "ConnectionError")


async def test_an_effect_nobody_delivers_does_not_stop_the_others(database: Database, clock: Clock) -> None:
    receiver = Receiver()
    async with database.transaction() as session:
        enqueue(session, "fax", {}, now=clock())
    await put(database, clock, 1)
    await Relay(database, {"mail": receiver}, now=clock).deliver_due()
    assert receiver.taken == [{"n": 1}]


async def test_two_relays_deliver_each_effect_once(database: Database, clock: Clock) -> None:
    receiver = Receiver()
    relays = [Relay(database, {"mail": receiver}, now=clock) for _ in range(2)]
    await put(database, clock, *range(3 * BATCH))
    for _ in range(3):
        await asyncio.gather(*(relay.deliver_due() for relay in relays))
    assert sorted(payload["n"] for payload in receiver.taken) == list(range(3 * BATCH))


async def test_what_a_dead_relay_had_taken_is_delivered_by_another(database: Database, clock: Clock) -> None:
    async def die(_: dict[str, Any]) -> None:
        raise asyncio.CancelledError

    await put(database, clock, 1)
    with pytest.raises(asyncio.CancelledError):
        await Relay(database, {"mail": die}, now=clock).deliver_due()
    receiver = Receiver()
    other = Relay(database, {"mail": receiver}, now=clock)
    assert await other.deliver_due() == 0
    clock.at += LEASE
    assert await other.deliver_due() == 1
    assert receiver.taken == [{"n": 1}]


async def test_a_running_relay_delivers_until_it_is_cancelled(database: Database, clock: Clock) -> None:
    receiver = Receiver()
    running = asyncio.create_task(Relay(database, {"mail": receiver}, now=clock).run())
    await put(database, clock, 1)
    await asyncio.wait_for(receiver.has_taken.wait(), 10)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


def test_waits_double_up_to_an_hour() -> None:
    assert [retry_delay(n) for n in (1, 2, 3)] == [timedelta(seconds=s) for s in (2, 4, 8)]
    assert retry_delay(99) == timedelta(hours=1)


async def test_what_was_delivered_is_forgotten_after_a_week_and_what_waits_never(
    database: Database, clock: Clock
) -> None:
    await put(database, clock, 1)
    await Relay(database, {"mail": Receiver()}, now=clock).deliver_due()
    await put(database, clock, 2)
    for age, forgotten in ((timedelta(days=7), 0), (timedelta(days=7, seconds=1), 1), (timedelta(days=400), 0)):
        async with database.transaction() as session:
            assert await forget_old(session, now=clock() + age) == forgotten
    assert [row.payload for row in await rows(database)] == [{"n": 2}]
