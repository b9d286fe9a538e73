"""The bus over a real server: heard by all, alive after a break, honest about being down."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from uuid import UUID, uuid4

import pytest
from redis.asyncio import Redis

from realtime.bus import BusMessage, BusUnavailable, InProcessBus
from realtime.redis_bus import RedisBus
from tests.realtime.harness import World, client_of, serving, until
from tests.services.program import free_port
from tests.services.valkey import running_valkey

DESK, MEETING = f"desk:{UUID(int=7)}", UUID(int=9)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running_valkey() as url:
        yield url


@asynccontextmanager
async def buses(url: str, count: int = 2) -> AsyncIterator[list[tuple[RedisBus, list[BusMessage]]]]:
    prefix = uuid4().hex
    async with AsyncExitStack() as stack:
        started: list[tuple[RedisBus, list[BusMessage]]] = []
        for _ in range(count):
            bus, heard = RedisBus(url, prefix=prefix, heartbeat_s=1.0), list[BusMessage]()
            bus.subscribe(heard.append)
            await bus.start()
            stack.push_async_callback(bus.stop)
            started.append((bus, heard))
        for bus, _ in started:
            await online(bus)
        yield started


async def online(bus: RedisBus, *, within_s: float = 5.0) -> None:
    async with asyncio.timeout(within_s):
        while True:
            try:
                await bus.ping(timeout_s=0.5)
                return
            except BusUnavailable:
                await asyncio.sleep(0.02)


def stumble(message: BusMessage) -> None:
    raise ValueError(message.kind)


def notice(seq: int) -> BusMessage:
    return BusMessage("stream", {"stream": DESK, "seq": seq})


async def test_what_is_said_is_heard_once_by_every_process(address: str) -> None:
    async with buses(address) as [(one, heard_by_one), (_, heard_by_other)]:
        for seq in range(50):
            assert one.publish(notice(seq)) is True
        await until(lambda: len(heard_by_other) == 50)
        await one.ping()

        assert heard_by_one == heard_by_other == [notice(seq) for seq in range(50)]


async def test_a_word_to_one_process_is_heard_by_that_one_alone(address: str) -> None:
    async with buses(address, 3) as [(one, _), (two, heard_by_two), (three, heard_by_three)]:
        one.publish(notice(1), node_id=two.node_id)
        one.publish(notice(2), node_id=one.node_id)
        await until(lambda: heard_by_two != [])
        await three.ping()

        assert (heard_by_two, heard_by_three) == ([notice(1)], [])


async def test_words_of_others_that_cannot_be_read_do_no_harm(address: str, caplog: pytest.LogCaptureFixture) -> None:
    async with buses(address, 1) as [(bus, heard)]:
        async with Redis.from_url(address) as redis:
            for payload in (b"{", b"[]", b"{}", b'"text"'):
                await redis.publish(bus._channel(None), payload)
        await until(lambda: len(caplog.records) == 4)
        bus.publish(notice(1))

        assert heard == [notice(1)]


async def test_a_handler_that_fails_does_not_make_the_bus_deaf(address: str, caplog: pytest.LogCaptureFixture) -> None:
    async with buses(address) as [(one, _), (two, heard_by_two)]:
        two.subscribe(stumble)
        one.publish(notice(1))
        one.publish(notice(2))
        await until(lambda: len(heard_by_two) == 2)

        assert len(caplog.records) == 2


async def test_a_server_that_is_not_there_is_said_to_be_so_and_found_when_it_comes() -> None:
    port = free_port()
    async with AsyncExitStack() as stack:
        bus = RedisBus(f"redis://127.0.0.1:{port}/0", heartbeat_s=0.2)
        await bus.start()
        stack.push_async_callback(bus.stop)
        with pytest.raises(BusUnavailable):
            await bus.ping(timeout_s=0.2)
        assert bus.publish(notice(1)) is False
        stack.enter_context(running_valkey(port=port))

        await online(bus)


async def test_a_line_that_was_cut_is_taken_anew_and_told(address: str) -> None:
    async with buses(address) as [(one, heard_by_one), (two, heard_by_two)]:
        async with Redis.from_url(address) as redis:
            await redis.client_kill_filter(_type="pubsub")
        await asyncio.sleep(0.2)
        await online(one)
        await online(two)
        one.publish(notice(1))

        await until(lambda: notice(1) in heard_by_two)
        assert notice(1) in heard_by_one


@asynccontextmanager
async def muffler(url: str) -> AsyncIterator[tuple[str, Callable[[], None]]]:
    """A way to the server whose open subscriptions can be made deaf while their connections live on."""
    port, open_lines, deaf = int(url.rsplit(":", 1)[1].split("/")[0]), set[int](), set[int]()

    async def carry(line: int, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        while said := await source.read(65536):
            if b"SUBSCRIBE" in said:
                open_lines.add(line)
            if line not in deaf:
                target.write(said)
        target.close()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to_server, line = await asyncio.open_connection("127.0.0.1", port), id(writer)
        with suppress(OSError):
            await asyncio.gather(carry(line, reader, to_server[1]), carry(line, to_server[0], writer))

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    try:
        yield f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0", lambda: deaf.update(open_lines)
    finally:
        server.close()


async def test_a_deaf_line_is_noticed_by_its_own_silence(address: str, caplog: pytest.LogCaptureFixture) -> None:
    async with muffler(address) as (url, deafen), buses(url, 1) as [(bus, heard)]:
        deafen()
        with pytest.raises(BusUnavailable):
            await bus.ping(timeout_s=0.2)

        await until(lambda: BusMessage("resumed", {}) in heard)
        await online(bus)
        assert "silent" in caplog.text


async def test_a_server_that_hangs_fails_the_ping_and_is_used_again_after() -> None:
    port = free_port()
    with running_valkey(port=port):
        async with buses(f"redis://127.0.0.1:{port}/0", 1) as [(bus, _)]:
            pid = await server_pid(port)
            os.kill(pid, signal.SIGSTOP)
            try:
                with pytest.raises(BusUnavailable):
                    await bus.ping(timeout_s=0.3)
            finally:
                os.kill(pid, signal.SIGCONT)
            await online(bus)


async def server_pid(port: int) -> int:
    async with Redis.from_url(f"redis://127.0.0.1:{port}/0") as redis:
        return int((await redis.info("server"))["process_id"])


async def test_the_bus_of_one_process_speaks_only_to_itself() -> None:
    bus, heard = InProcessBus(), list[BusMessage]()
    bus.subscribe(heard.append)

    assert bus.publish(notice(1)) is True
    assert bus.publish(notice(2), node_id="00000000") is False
    assert heard == [notice(1)]
    assert await bus.ping() < 1


@asynccontextmanager
async def two_processes(url: str) -> AsyncIterator[tuple[RedisBus, RedisBus, AsyncExitStack]]:
    prefix = uuid4().hex
    async with AsyncExitStack() as stack:
        first, second = (RedisBus(url, prefix=prefix, heartbeat_s=0.2) for _ in range(2))
        yield first, second, stack


async def test_two_people_meet_through_two_processes(address: str) -> None:
    world = World()
    for name in ("anna", "bo"):
        world.meetings.add(MEETING, world.authenticator.sign_in(name), name)
    async with two_processes(address) as (first, second, stack):
        one = await stack.enter_async_context(serving(world, bus=first))
        other = await stack.enter_async_context(serving(world, bus=second))
        anna = await stack.enter_async_context(client_of(one, "anna"))
        bo = await stack.enter_async_context(client_of(other, "bo"))
        for live in (one.live, other.live):
            await live.ping()
        world.streams.append(DESK)
        await bo.say("follow", stream=DESK)
        a = await anna.say("join", meeting_id=str(MEETING))
        b = await bo.say("join", meeting_id=str(MEETING))
        offer = {"type": "offer", "sdp": "v=0\r\n"}
        signalled = await anna.say("signal", meeting_id=str(MEETING), to=b["connection_id"], description=offer)
        one.live.notify(DESK, world.streams.append(DESK))
        await until(lambda: "presence.joined" in anna.names() and bo.numbers() == [2])
        await until(lambda: "signal.received" in bo.names())

        assert signalled == {"ok": True}
        assert a["connection_id"].split(".")[0] != b["connection_id"].split(".")[0]
        assert anna.heard[0][1]["connection_id"] == b["connection_id"]
        signal_body = {"meeting_id": str(MEETING), "from": a["connection_id"], "description": offer}
        assert ("signal.received", signal_body) in bo.heard
        assert bo.numbers() == [2]
        await bo.say("leave", meeting_id=str(MEETING))
        gone = await anna.say("signal", meeting_id=str(MEETING), to=b["connection_id"], description=offer)
        assert gone == {"ok": False, "error": "gone"}


async def test_a_newer_connection_in_another_process_replaces_the_older(address: str) -> None:
    world = World()
    world.meetings.add(MEETING, world.authenticator.sign_in("anna"), "seeker")
    async with two_processes(address) as (first, second, stack):
        one = await stack.enter_async_context(serving(world, bus=first))
        other = await stack.enter_async_context(serving(world, bus=second))
        old = await stack.enter_async_context(client_of(one, "anna"))
        new = await stack.enter_async_context(client_of(other, "anna"))
        for live in (one.live, other.live):
            await live.ping()
        await old.say("join", meeting_id=str(MEETING))
        await new.say("join", meeting_id=str(MEETING))

        await until(lambda: old.heard == [("connection.replaced", {"meeting_id": str(MEETING)})])
        one.live.revoke_session(world.authenticator.actors["anna"].session_id)
        await until(lambda: not old.connected and not new.connected)


async def test_nothing_is_lost_when_the_bus_is_down_for_a_while() -> None:
    port, world = free_port(), World()
    url = f"redis://127.0.0.1:{port}/0"
    async with two_processes(url) as (first, second, stack):
        with running_valkey(port=port):
            one = await stack.enter_async_context(serving(world, bus=first))
            other = await stack.enter_async_context(serving(world, bus=second))
            bo = await stack.enter_async_context(client_of(other, "bo"))
            world.streams.append(DESK)
            await bo.say("follow", stream=DESK)
            for _ in range(100):
                one.live.notify(DESK, world.streams.append(DESK))
        for _ in range(100):
            one.live.notify(DESK, world.streams.append(DESK))
            await asyncio.sleep(0.01)
        with running_valkey(port=port):
            for _ in range(100):
                one.live.notify(DESK, world.streams.append(DESK))
            await until(lambda: bo.numbers()[-1:] == [301])

        assert bo.numbers() == list(range(2, 302))
