"""Frames, links, codes and query strings from people who mean no good, at a real server process."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.contract.callers import Caller
from tests.contract.figures import note
from tests.contract.hostile_frames import ID, Frame, broken, wrong_events
from tests.contract.serving import Socket
from tests.services.web import WebServer, running_web

BROKEN, WRONG = 800, 700
AT_ONCE = 8
"""Fewer than one person may have open."""
PROBE = f'42/live,77["unfollow",{{"stream":"desk:{ID}"}}]'
PROBED = '43/live,77[{"ok":true}]'


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[WebServer]:
    """A demo in a process of its own, without its people; at the end it must have printed no traceback."""
    folder = tmp_path_factory.mktemp("hostile")
    file = shutil.copy(migrated_file, folder / "direktkontakt.db")
    with running_web(folder, database_url=f"sqlite+aiosqlite:///{file}", demo=True) as server:
        yield server


async def sign_in(server: WebServer, role: str) -> Caller:
    async with httpx.AsyncClient(base_url=server.url) as client:
        answer = await client.post("/api/demo/sign-in", json={"role": role})
        return Caller(client.cookies["direktkontakt_session"], answer.json()["csrf_token"])


async def malformed(server: WebServer) -> int:
    async with httpx.AsyncClient(base_url=server.url) as client:
        figures = (await client.get("/metrics")).text
    found = re.search(r"^direktkontakt_live_malformed_total (\d+)", figures, re.MULTILINE)
    assert found is not None, figures
    return int(found[1])


@asynccontextmanager
async def on_live(server: WebServer, caller: Caller) -> AsyncIterator[ClientConnection]:
    """A bare WebSocket that has come into the namespace."""
    url = f"ws://127.0.0.1:{server.port}/socket.io/?EIO=4&transport=websocket"
    async with connect(url, additional_headers=caller.headers, compression=None, close_timeout=1) as socket:
        await socket.recv()
        await socket.send("40/live,")
        assert str(await socket.recv()).startswith('40/live,{"sid"')
        yield socket


async def outcome(socket: ClientConnection, frame: Frame) -> str:
    """What a frame came to: its connection ``closed``, or ``served`` on."""
    try:
        await socket.send(frame)
        await socket.send(PROBE)
        async with asyncio.timeout(10):
            while await socket.recv() != PROBED:
                pass
    except ConnectionClosed:
        return "closed"
    return "served"


async def test_broken_frames_end_their_connection_and_nothing_else(server: WebServer) -> None:
    attacker, friend = await sign_in(server, "seeker"), Socket(await sign_in(server, "recruiter"))
    assert await friend.connect(server.url)
    before = await malformed(server)
    frames, gate, outcomes = broken(BROKEN), asyncio.Semaphore(AT_ONCE), Counter[str]()

    async def send(frame: Frame) -> None:
        async with gate, on_live(server, attacker) as socket:
            came_to = await outcome(socket, frame)
            outcomes[came_to] += 1
            if came_to != "closed":
                outcomes[f"served: {frame!r:.80}"] += 1

    await asyncio.gather(*(send(frame) for frame in frames))

    async with gate, on_live(server, attacker) as socket:
        assert await outcome(socket, PROBE) == "served", "a sound frame is no broken one"
    assert outcomes == {"closed": len(frames)}
    assert await malformed(server) - before == len(frames)
    assert await friend.say("unfollow", stream=f"desk:{ID}") == {"ok": True}
    await friend.close()
    server.assert_no_traceback()
    note(f"hostile frames: {len(frames)} broken ones closed their connection and were counted, no traceback")


async def test_events_that_are_wrong_are_refused_by_name_and_the_connection_goes_on(server: WebServer) -> None:
    attacker, events = await sign_in(server, "seeker"), wrong_events(WRONG)
    refusals, before = Counter[str](), await malformed(server)

    for start in range(0, len(events), 100):
        async with on_live(server, attacker) as socket:
            for number, event in enumerate(events[start : start + 100]):
                await socket.send(f"42/live,{number}{event}")
                while not (said := str(await socket.recv())).startswith(f"43/live,{number}["):
                    assert said == "2", said
                [answer] = json.loads(said.removeprefix(f"43/live,{number}"))
                refusals[str(answer.get("error", answer))] += 1

    # a spoilt follow may still be a sound name of a stream that one may not hear
    assert set(refusals) <= {"malformed", "unknown_event", "not_allowed", "not_joined", "not_admitted"}
    assert refusals["malformed"] > 200 and refusals["unknown_event"] > 200
    assert refusals.total() == WRONG
    assert await malformed(server) == before
    server.assert_no_traceback()
    note(f"hostile events: {dict(refusals)}, no traceback")


HANDSHAKES = [
    "EIO=3&transport=websocket", "EIO=99&transport=polling", "EIO=&transport=", "transport=websocket", "",
    "EIO=4&transport=carrier-pigeon", "EIO=4&transport=polling&sid=nobody", "EIO=4&transport=polling&sid=%00",
    "EIO=4&transport=polling&sid=" + "x" * 5000, "EIO=4&transport=polling&j=0", "EIO=4&transport=polling&t=%ff",
    "EIO=4&EIO=3&transport=polling&transport=websocket", "EIO=4&transport=polling&b64=1", "%00=%00&&&==",
]  # fmt: skip


async def test_hostile_handshakes_are_refused_with_a_word(server: WebServer) -> None:
    async with httpx.AsyncClient(base_url=server.url) as client:
        for query in HANDSHAKES:
            for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS"):
                answer = await client.request(method, f"/socket.io/?{query}", content=b"4")
                assert answer.status_code < 500, (method, query, answer.status_code)

    server.assert_no_traceback()


TEXTS = [
    "", " ", "a", "0" * 8, "99999999", "ÅÄÖ", "'; DROP TABLE person; --", "%00", "%0d%0aset-cookie:a=b", "%ff%fe",
    "..%2f..%2fetc%2fpasswd", "..;/..;/", "{{7*7}}", "${7*7}", "%F0%9F%A7%91", "a" * 5000, "%2e%2e", "null", "-1",
    "1e309", "9" * 400, "0x10", "true", "%E2%80%AE", "%ED%A0%80", "?", "#", "%", "%zz", "*", "a/b", "a%2fb", "[]", "{}",
]  # fmt: skip
LINKS = [
    "/j/{}", "/sign-in?token={}", "/api/instruments/{}/1", "/api/instruments/it/{}", "/api/my/meetings/{}",
    "/api/recruitment-events/{}", "/api/recruitment-events/{}/grid", "/api/desks/{}", "/api/my/feedback/{}",
    "/api/meetings/{}/room", "/api/my/meetings/{}/calendar.ics", "/api/employers?q={}", "/api/employers?{}=1",
    "/api/employers?q=a&q={}", "/assets/{}", "/{}.js", "/{}", "/api/{}", "/healthz/{}", "/api/sessions/{}",
]  # fmt: skip


async def get(server: WebServer, target: bytes, caller: Caller) -> tuple[int, str, str]:
    """Status, content type and body of a request whose target is sent as it stands."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    lines = [b"GET " + target + b" HTTP/1.1", b"host: localhost", b"connection: close"]
    lines += [f"{name}: {value}".encode() for name, value in caller.headers.items()]
    writer.write(b"\r\n".join(lines) + b"\r\n\r\n")
    async with asyncio.timeout(10):
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    content_type = re.search(rb"^content-type: (.*)$", head.replace(b"\r", b""), re.MULTILINE | re.IGNORECASE)
    return int(head.split()[1]), content_type[1].decode() if content_type else "", body.decode(errors="replace")


async def test_hostile_links_and_query_strings_get_an_answer(server: WebServer) -> None:
    statuses = Counter[int]()
    for role in ("staff", "seeker"):
        caller = await sign_in(server, role)
        for target in (link.format(text).encode() for link in LINKS for text in TEXTS):
            status, content_type, body = await get(server, target.replace(b" ", b"%20"), caller)
            statuses[status] += 1
            assert status < 500 and "Traceback" not in body, (target, body[:300])
            # 400 is the web server's own: what it is sent is not HTTP
            if target.startswith(b"/api/") and status > 400:
                assert content_type == "application/problem+json", (target, body[:200])
                assert len(json.loads(body)["detail"]) > 8, (target, body)

    server.assert_no_traceback()
    note(f"hostile links: {statuses.total()} requests, {dict(statuses)}")


CODES: list[dict[str, Any]] = [{"token": text} for text in TEXTS] + [
    {"email": "leila@demo.example", "code": text}
    for text in (*TEXTS, "0000 0000", "٠١٢٣٤٥٦٧", "1234567\n", "１２３４５６７８")
]


async def test_hostile_codes_let_nobody_in_and_say_so(server: WebServer) -> None:
    async with httpx.AsyncClient(base_url=server.url) as client:
        for path in ("/api/sign-in/confirm", "/api/join-links/redeem"):
            for body in CODES:
                answer = await client.post(path, json=body)
                problem = answer.json()
                assert answer.status_code in (404, 422, 429), (path, body, answer.status_code)
                assert len(problem["detail"]) > 10 and answer.headers["content-type"] == "application/problem+json"
        assert "direktkontakt_session" not in client.cookies

    server.assert_no_traceback()
