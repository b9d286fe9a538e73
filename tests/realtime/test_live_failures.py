"""When the host cannot answer, when people vanish in mid-sentence, and single parts at their limits."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import aiohttp
import pytest

from realtime.bus import InProcessBus
from realtime.connections import Connections
from realtime.delivery import LiveSocketServer
from realtime.fanout import Fanout
from realtime.limits import Allowance, LimitedTransport, Limits
from realtime.namespaces.live import LiveNamespace, handshake_of
from realtime.ports import Actor, Lease, StreamPage
from realtime.presence import Presence
from realtime.protocol import MediaState
from tests.fakes.live import FakeAuthenticator, FakeMeetings, FakePresence, FakeStreams, utc_now
from tests.realtime.harness import World, client_of, serving, until

DESK, MEETING = f"desk:{UUID(int=7)}", UUID(int=9)


def anna_in_a_meeting() -> World:
    world = World()
    world.meetings.add(MEETING, world.authenticator.sign_in("anna"), "seeker")
    return world


async def test_who_cannot_be_recognised_just_now_is_told_to_come_again() -> None:
    async with serving() as served, aiohttp.ClientSession() as http:
        served.world.authenticator.broken = True
        async with http.ws_connect(f"{served.url}/socket.io/?EIO=4&transport=websocket") as socket:
            await socket.receive_str()
            await socket.send_str("40/live,")
            assert await socket.receive_str() == '44/live,{"message":"unavailable"}'


async def test_a_connection_ends_in_order_when_its_leases_cannot_be_changed(caplog: pytest.LogCaptureFixture) -> None:
    world = anna_in_a_meeting()
    async with serving(world) as served:
        async with client_of(served, "anna") as anna:
            await anna.say("join", meeting_id=str(MEETING))
            await anna.say("follow", stream=DESK)
            world.presence.broken = True
            assert await anna.say("leave", meeting_id=str(MEETING)) == {"ok": False, "error": "unavailable"}
            await anna.say("join", meeting_id=str(MEETING))
        await until(lambda: served.live.counts().connections == 0)

        assert served.live.counts().streams == 0
        assert "its leases run out by themselves" in caplog.text


class SlowWorld:
    """The parts of a live server with hosts that let others go first."""

    def __init__(self) -> None:
        self.bus, self.store, self.meetings = InProcessBus(), FakePresence(), FakeMeetings()
        self.connections, self.streams, self.gone = Connections(self.bus.node_id), FakeStreams(), FakeAuthenticator()
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.fanout = Fanout(self.streams, lambda sids, event, body: self.sent.append((event, body)), now=utc_now)
        self.presence = Presence(self.store, self.meetings, self.connections, self.bus, now=utc_now)
        self.namespace = LiveNamespace(self.gone, self.streams, self.connections, self.fanout, self.presence)
        LiveSocketServer().register_namespace(self.namespace)


async def test_who_vanishes_while_joining_or_following_leaves_nothing_behind() -> None:
    world, actor = SlowWorld(), Actor(person_id=UUID(int=1), session_id=UUID(int=2))
    world.meetings.add(MEETING, actor, "seeker")
    connection = world.connections.open("a", actor)
    world.connections.close("a")

    joined = await world.namespace._answer(connection, "join", ({"meeting_id": str(MEETING)},))
    followed = await world.namespace._answer(connection, "follow", ({"stream": DESK},))

    assert joined["ok"] is followed["ok"] is True
    assert (world.store.leases, len(world.fanout), world.connections.sids_in(MEETING)) == ({}, 0, ())


async def test_what_comes_from_or_ends_for_no_connection_does_no_harm() -> None:
    world = SlowWorld()

    assert await world.namespace.trigger_event("join", "nobody", {}) == {"ok": False, "error": "unknown_event"}
    await world.namespace.trigger_event("disconnect", "nobody")
    assert world.connections.close("nobody") is None


async def test_a_socket_closed_by_a_stopping_server_keeps_its_lease() -> None:
    world, actor = SlowWorld(), Actor(person_id=UUID(int=1), session_id=UUID(int=2))
    world.meetings.add(MEETING, actor, "seeker")
    connection = world.connections.open("a", actor)
    await world.presence.join(connection, MEETING)
    world.namespace.stopped = True
    await world.namespace.trigger_event("disconnect", "a", "transport close")

    [lease] = world.store.leases.values()
    assert lease.expires_at > utc_now() + timedelta(seconds=20)


class Forgetful(FakeStreams):
    """A reader that has thrown the first events away without saying so, and that looks too far."""

    kept_after = 0

    async def read(self, stream: str, *, epoch: UUID | None, after: int | None, limit: int) -> StreamPage:
        page = await super().read(stream, epoch=epoch, after=after, limit=limit)
        return replace(page, events=[event for event in page.events if event.seq > self.kept_after])

    async def list_heads(self, streams: Collection[str]) -> Mapping[str, tuple[UUID, int]]:
        return {**await super().list_heads(streams), "desk:unknown": (UUID(int=3), 9)}


@pytest.mark.parametrize(("kept_after", "sent"), [(3, [4]), (4, [])])
async def test_a_follower_goes_on_behind_events_that_are_missing(kept_after: int, sent: list[int]) -> None:
    streams, heard = Forgetful(), list[int]()
    fanout = Fanout(streams, lambda sids, event, body: heard.append(body["seq"]), now=utc_now)
    await fanout.look()
    streams.append(DESK)
    await fanout.follow("a", DESK, epoch=None, after=None)
    streams.kept_after = kept_after
    for _ in range(3):
        streams.append(DESK)
    fanout.notice(DESK, 4)
    await asyncio.sleep(0.05)
    streams.kept_after = 0
    fanout.notice(DESK, streams.append(DESK))
    await asyncio.sleep(0.05)
    await fanout.look()
    await fanout.stop()

    assert heard == [*sent, 5]


async def test_a_notice_ahead_of_what_can_be_read_is_not_waited_for() -> None:
    streams, heard = FakeStreams(), list[int]()
    fanout = Fanout(streams, lambda sids, event, body: heard.append(body["seq"]), now=utc_now)
    streams.append(DESK)
    await fanout.follow("a", DESK, epoch=None, after=None)
    fanout.notice(DESK, 9)
    await asyncio.sleep(0.05)
    fanout.notice(DESK, streams.append(DESK))
    await asyncio.sleep(0.05)

    assert heard == [2]


def test_cookies_are_read_one_by_one() -> None:
    headers = [(b"Cookie", b'odd{name}=1; session="abc" ;flag; =x'), (b"Host", b"localhost")]
    handshake = handshake_of({"asgi.scope": {"headers": headers}})

    assert handshake.cookies == {"odd{name}": "1", "session": "abc", "flag": "", "": "x"}
    assert handshake.headers["host"] == "localhost"


def test_an_allowance_fills_up_again_and_no_further() -> None:
    allowance = Allowance(Limits(frames_per_s=2, frames_burst=4, bytes_per_s=100, bytes_burst=200), now=0.0)

    assert [allowance.spend(frames=1, size=1, now=0.0) for _ in range(5)] == [True] * 4 + [False]
    assert allowance.spend(frames=1, size=1, now=1.0) is True
    assert allowance.spend(frames=1, size=150, now=60.0) is True
    assert allowance.spend(frames=1, size=150, now=60.0) is False
    assert allowance.spend(frames=0, size=0, now=0.0) is False


async def test_a_poll_that_breaks_off_is_refused_and_other_scopes_are_left_alone() -> None:
    said: list[Mapping[str, Any]] = []

    async def nothing(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError

    async def broken() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        said.append(message)

    transport = LimitedTransport(nothing, Limits())
    await transport({"type": "http", "method": "POST", "query_string": b"sid=1"}, broken, send)
    await transport({"type": "lifespan"}, broken, send)

    assert [message.get("status") for message in said] == [413, None]


def test_only_so_many_pollers_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("realtime.limits.POLLERS_MAX", 2)
    transport = LimitedTransport(None, Limits())  # type: ignore[arg-type]
    first = transport._allowance_of("a")
    for sid in "bc":
        transport._allowance_of(sid)

    assert transport._allowance_of("a") is not first


async def test_a_lease_that_was_replaced_in_silence_is_not_told_as_left() -> None:
    world, actor = SlowWorld(), Actor(person_id=UUID(int=1), session_id=UUID(int=2))
    world.meetings.add(MEETING, actor, "seeker")
    connection = world.connections.open("a", actor)
    await world.presence.join(connection, MEETING)
    newer = Lease(
        meeting_id=MEETING,
        person_id=actor.person_id,
        connection_id="00000000.b",
        role="seeker",
        media=MediaState(),
        expires_at=utc_now() + timedelta(seconds=30),
    )
    await world.store.take(newer, now=utc_now())
    await world.presence.leave(connection, MEETING)
    await world.presence.leave(connection, MEETING)

    assert [what for what, _, _ in world.meetings.told] == ["present"]
