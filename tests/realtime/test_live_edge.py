"""Who gets in, what is not understood, and floods: the edge of the live server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from realtime import delivery
from realtime.limits import Limits
from realtime.namespaces.live import CONNECTIONS_MAX, LiveNamespace
from realtime.protocol import LIVE_EVENTS
from realtime.server import LiveSettings
from tests.realtime.harness import Client, Served, client_of, serving, until

SMALL = LiveSettings(limits=Limits(frames_per_s=10, frames_burst=50))


@asynccontextmanager
async def raw_socket(
    served: Served, name: str = "anna", **headers: str
) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A WebSocket with the Engine.IO handshake done and nothing said yet."""
    served.world.authenticator.sign_in("anna")
    url = f"{served.url}/socket.io/?EIO=4&transport=websocket"
    async with aiohttp.ClientSession(headers={"Cookie": f"session={name}", **headers}) as http:
        async with http.ws_connect(url, timeout=aiohttp.ClientWSTimeout(ws_close=0.2)) as socket:
            await socket.receive_str()
            yield socket


async def closed(socket: aiohttp.ClientWebSocketResponse) -> bool:
    async with asyncio.timeout(3):
        while not socket.closed:
            await socket.receive()
    return True


async def test_nobody_gets_in_without_signing_in() -> None:
    async with serving() as served:
        for name in ("nobody", ""):
            async with raw_socket(served, name) as socket:
                await socket.send_str("40/live,")
                assert await socket.receive_str() == '44/live,{"message":"not_signed_in"}'
        assert served.live.counts().connections == 0


async def test_a_session_that_ended_does_not_get_in() -> None:
    async with serving() as served:
        actor = served.world.authenticator.sign_in("anna")
        served.world.authenticator.ended.add(actor.session_id)
        async with raw_socket(served) as socket:
            await socket.send_str("40/live,")
            assert await socket.receive_str() == '44/live,{"message":"not_signed_in"}'


async def test_a_page_of_another_origin_is_refused() -> None:
    async with serving() as served:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            async with raw_socket(served, Origin="https://evil.example"):
                raise AssertionError
        async with raw_socket(served, Origin=served.url) as socket:
            await socket.send_str("40/live,")
            assert (await socket.receive_str()).startswith('40/live,{"sid"')


async def test_one_person_has_a_bounded_number_of_connections() -> None:
    async with serving() as served:
        clients = [Client(served.url, "anna") for _ in range(CONNECTIONS_MAX)]
        served.world.authenticator.sign_in("anna")
        for client in clients:
            await client.connect()
        async with raw_socket(served) as socket:
            await socket.send_str("40/live,")
            assert await socket.receive_str() == '44/live,{"message":"too_many"}'
        for client in clients:
            await client.close()


async def test_a_connection_that_says_nothing_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "CONNECT_WITHIN_S", 0.2)
    async with serving() as served, raw_socket(served) as socket:
        assert await closed(socket)


WRONG_BODIES: dict[str, list[Any]] = {
    "follow": [{}, {"stream": "none"}, {"stream": "desk:1"}, {"stream": f"desk:{UUID(int=1)}", "after": -1}],
    "unfollow": [{"stream": 7}],
    "join": [{"meeting_id": "x"}, {"meeting_id": str(UUID(int=1)), "more": 1}],
    "leave": [{}],
    "keep": [[]],
    "signal": [
        {"meeting_id": str(UUID(int=1)), "to": "00000000.a"},
        {"meeting_id": str(UUID(int=1)), "to": "a", "candidate": {}},
        {"meeting_id": str(UUID(int=1)), "to": "00000000.a", "candidate": {}, "description": {"type": "offer"}},
        {"meeting_id": str(UUID(int=1)), "to": "00000000.a", "candidate": {"candidate": "x" * 2049}},
        {"meeting_id": str(UUID(int=1)), "to": "00000000.a", "description": {"type": "offer", "sdp": "x" * 65537}},
        {"meeting_id": str(UUID(int=1)), "to": "00000000.a", "description": {"type": "bid", "sdp": ""}},
    ],
    "announce": [{"meeting_id": str(UUID(int=1))}],
}


@pytest.mark.parametrize("event", LIVE_EVENTS)
async def test_a_body_that_is_not_the_model_is_called_malformed(event: str) -> None:
    async with serving() as served, client_of(served, "anna") as anna:
        for body in WRONG_BODIES[event]:
            answer = await anna._socket.call(event, body, namespace="/live", timeout=5)
            assert answer == {"ok": False, "error": "malformed"}


async def test_an_event_that_is_not_declared_is_unknown() -> None:
    async with serving() as served, client_of(served, "anna") as anna:
        assert await anna.say("trigger_event") == {"ok": False, "error": "unknown_event"}
        assert anna.connected


def test_every_declared_event_has_a_handler_and_no_other_has() -> None:
    namespace = LiveNamespace(None, None, None, None, None)  # type: ignore[arg-type]

    assert list(namespace.handles) == list(LIVE_EVENTS)


FRAMES = [
    "", "x", "4", "47", "4{}", "4[]", "42", "42[]", '42["connect"]', '42["disconnect"]', '42/live,["connect"]',
    "42/live,[1]", "42/live,{}", "40/live,[]", "43/live,1[]", "44/live,{}", "451-[]", '461-["a",{"_placeholder":true}]',
    "4" + "9" * 200, "0{}", "6", "b4AAA", "42" + "1" * 150 + "[]", '42["follow",', "\x00", "4\ud7ff", "7", "٣",
    "42/live," + "[" * 5000, '42/live,["follow",' + "[" * 2000 + "]" * 2000 + "]",
]  # fmt: skip


@pytest.mark.parametrize("frame", FRAMES, ids=range(len(FRAMES)))
async def test_a_malformed_frame_closes_the_connection_and_is_only_counted(
    frame: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving() as served, client_of(served, "bo") as bo, raw_socket(served) as socket:
        await socket.send_str("40/live,")
        await socket.receive_str()
        await socket.send_str(frame)
        survives = frame == FRAMES[-1]

        if not survives:
            assert await closed(socket)
            assert served.live.counts().malformed == 1
            await until(lambda: served.live.counts().connections == 1)
        assert (await bo.say("unfollow", stream=f"desk:{UUID(int=1)}")) == {"ok": True}
        assert [record.message for record in caplog.records] == []


async def test_binary_frames_are_not_understood() -> None:
    async with serving() as served, raw_socket(served) as socket:
        await socket.send_bytes(b"\x04abc")
        assert await closed(socket)
        assert served.live.counts().malformed == 1


@settings(max_examples=300, suppress_health_check=[HealthCheck.differing_executors], deadline=None)
@given(st.one_of(st.text(max_size=60), st.text('0123456789[]{}",:-/live', max_size=30), st.binary(), st.integers()))
def test_any_frame_is_decoded_or_called_malformed(frame: Any) -> None:
    try:
        delivery.decode(frame)
    except delivery.Malformed:
        pass


async def test_a_flood_is_cut_off_within_two_seconds_and_others_are_served() -> None:
    async with serving(settings=SMALL) as served, client_of(served, "bo") as bo, raw_socket(served) as socket:
        await socket.send_str("40/live,")

        async def flood() -> None:
            ask = "42/live,1" + json.dumps(["unfollow", {"stream": f"desk:{UUID(int=1)}"}])
            while not socket.closed:
                await socket.send_str(ask)
                await asyncio.sleep(0)

        flooding = asyncio.gather(flood(), return_exceptions=True)
        async with asyncio.timeout(2):
            await closed(socket)
        await flooding

        assert served.live.counts().limited == 1
        assert await bo.say("unfollow", stream=f"desk:{UUID(int=1)}") == {"ok": True}
        await until(lambda: served.live.counts().connections == 1)


async def test_a_frame_that_is_too_large_closes_the_connection() -> None:
    async with serving() as served, raw_socket(served) as socket:
        await socket.send_str("4" + "x" * 100_000)
        assert await closed(socket)


async def test_a_client_that_does_not_read_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "BACKLOG_MAX", 20)
    stream = f"desk:{UUID(int=7)}"
    async with serving() as served, client_of(served, "bo") as bo, raw_socket(served) as deaf:
        served.world.streams.append(stream)
        await deaf.send_str("40/live,")
        await deaf.receive_str()
        await deaf.send_str("42/live,1" + json.dumps(["follow", {"stream": stream}]))
        await deaf.receive_str()
        deaf._reader._protocol.pause_reading()
        heavy = {"text": "x" * 200_000}

        async def write() -> None:
            while served.live.counts().cut_off == 0:
                served.live.notify(stream, served.world.streams.append(stream, heavy))
                await asyncio.sleep(0.002)

        async with asyncio.timeout(10):
            await write()
        await until(lambda: served.live.counts().connections == 1)
        assert (await bo.say("unfollow", stream=stream)) == {"ok": True}


async def polling(served: Served, http: aiohttp.ClientSession, body: bytes, *, query: str = "") -> int:
    url = f"{served.url}/socket.io/?EIO=4&transport=polling"
    async with http.get(url) as opened:
        sid = json.loads((await opened.text())[1:])["sid"]
    async with http.post(f"{url}&sid={sid}{query}", data=body) as answer:
        return answer.status


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"40/live,", 200),
        (b"\xff\xfe", 400),
        (b"", 400),
        (b"d=4", 400),
        ("\x1e".join(["2"] * 17).encode(), 400),
        (b"4" + b"x" * 100_000, 413),
    ],
    ids=["plain", "not utf-8", "empty", "jsonp", "too many", "too large"],
)
async def test_polling_bodies_are_bounded_too(body: bytes, status: int, caplog: pytest.LogCaptureFixture) -> None:
    async with serving() as served, aiohttp.ClientSession(headers={"Cookie": "session=anna"}) as http:
        assert await polling(served, http, body) == status
        assert [record.message for record in caplog.records] == []


async def test_polling_for_a_script_is_refused() -> None:
    async with serving() as served, aiohttp.ClientSession() as http:
        assert await polling(served, http, b"40/live,", query="&j=0") == 400


async def test_polling_floods_are_refused() -> None:
    async with serving(settings=SMALL) as served, aiohttp.ClientSession() as http:
        url = f"{served.url}/socket.io/?EIO=4&transport=polling"
        async with http.get(url) as opened:
            sid = json.loads((await opened.text())[1:])["sid"]
        statuses = set()
        for _ in range(60):
            async with http.post(f"{url}&sid={sid}", data=b"3") as answer:
                statuses.add(answer.status)

        assert statuses == {200, 400}
        assert served.live.counts().limited > 0
