"""Memory of the embedded server: idle, and for each connected client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import psutil
import socketio

from tests.bench.figure import Figure
from tests.bench.world import migrated
from tests.services.web import WebServer, running_web

CLIENTS_EACH = 18
SETTLE_S = 3
CONNECT_WITHIN_S = 20


async def figures(folder: Path) -> AsyncIterator[Figure]:
    """Resident memory idle, and its growth by a client that is signed in and follows its stream."""
    settings = {"demo_cast_secret": "bench"}
    with running_web(folder, database_url=migrated(folder), demo=True, settings=settings, people=False) as web:
        await asyncio.sleep(SETTLE_S)
        idle = resident(web)
        yield Figure("server.idle_rss_mb", idle / 2**20, "MB", 200, against="embedded, demo people apart")
        people = await sign_in_all(web)
        await connect(web, people, 1)
        await asyncio.sleep(SETTLE_S)
        before = resident(web)
        clients = await connect(web, people, CLIENTS_EACH)
        await asyncio.sleep(SETTLE_S)
        grown = (resident(web) - before) / len(clients)
        yield Figure("server.client_kb", grown / 1024, "KB", 60, against=f"{len(clients)} WebSocket clients")
        for client in clients:
            await client.disconnect()


def resident(web: WebServer) -> int:
    """Bytes of memory that the web process itself holds."""
    return int(psutil.Process(web.pid).memory_info().rss)


async def sign_in_all(web: WebServer) -> list[tuple[str, str]]:
    """A session cookie and the id of each seeker of the demo's cast."""
    people = []
    async with aiohttp.ClientSession() as http:
        headers = {"X-Demo-Cast-Secret": "bench"}
        async with http.post(f"{web.url}/api/demo/cast", headers=headers) as answer:
            cast = await answer.json()
    for seeker in cast["seekers"]:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
            body = {"token": seeker["join_token"]}
            async with http.post(f"{web.url}/api/join-links/redeem", json=body) as answer:
                cookie = next(iter(answer.cookies.values()))
                people.append((f"{cookie.key}={cookie.value}", str(seeker["person_id"])))
    return people


async def connect(web: WebServer, people: list[tuple[str, str]], each: int) -> list[socketio.AsyncClient]:
    """That many clients of each person on WebSocket, following the person's stream."""
    clients = []
    for cookie, person_id in people * each:
        client = socketio.AsyncClient(reconnection=False)
        headers = {"Cookie": cookie}
        await client.connect(
            web.url, headers=headers, namespaces=["/live"], transports=["websocket"], wait_timeout=CONNECT_WITHIN_S
        )
        answer = await client.call("follow", {"stream": f"person:{person_id}"}, namespace="/live")
        assert answer["ok"], answer
        clients.append(client)
    return clients
