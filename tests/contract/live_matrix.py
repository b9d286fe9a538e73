"""The matrix of the live socket: every event and every kind of stream, tried by every actor, against the oracle."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection, Mapping
from typing import Any

from realtime.protocol import Declared, Follow
from tests.contract.callers import Callers
from tests.contract.canaries import READERS, TEXTS
from tests.contract.matrix import Report
from tests.contract.oracle import NOBODY
from tests.contract.oracle_live import EVENTS, NOT_JOINED, NOT_SIGNED_IN, REFUSALS, ROOMS, STREAMS
from tests.contract.serving import Socket
from tests.contract.world import World

STRANGER = "deadbeef.nobody"


def undeclared_live(declared: Mapping[str, Declared], handled: Collection[str]) -> list[str]:
    """Events and kinds of streams that the application or the oracle knows alone."""
    pattern = Follow.model_json_schema()["properties"]["stream"]["pattern"]
    kinds = set(re.findall(r"\^\(([a-z|]+)\)", pattern)[0].split("|"))
    known = {name.partition(":")[0] for name in STREAMS}
    return [
        *(f"the event {name} is in no oracle" for name in sorted((set(declared) | set(handled)) - set(EVENTS))),
        *(f"the event {name} is in the oracle only" for name in sorted(set(EVENTS) - set(declared) & set(handled))),
        *(f"streams of {kind} are in one place only" for kind in sorted(kinds ^ known)),
    ]


async def try_all_live(url: str, world: World, callers: Callers, *, actors: Collection[str]) -> Report:
    """Try each event on each object as each of `actors`, each on a socket of their own."""
    report = Report()
    for actor in actors:
        socket = Socket(callers[actor])
        report.tries += 1
        let_in = await socket.connect(url)
        if let_in == (actor in NOBODY):
            report.findings.append(f"connect: {actor} was {'let in' if let_in else 'refused'}")
        if not let_in:
            if actor in NOBODY and socket.refusal != NOT_SIGNED_IN:
                report.findings.append(f"connect: {actor} was told {socket.refusal!r}")
            continue
        try:
            await _try_streams(socket, report, actor, world)
            await _try_rooms(socket, report, actor, world)
        finally:
            await socket.close()
    return report


async def try_signals(url: str, world: World, callers: Callers, *, sender: str, receiver: str, outsider: str) -> Report:
    """Signals reach the other one in the room, and nobody else's reach them."""
    report = Report()
    sockets = {actor: Socket(callers[actor]) for actor in (sender, receiver, outsider)}
    meeting_id = world.ids["meeting"]
    try:
        for socket in sockets.values():
            assert await socket.connect(url)
        joined = await sockets[receiver].say("join", meeting_id=meeting_id)
        await sockets[sender].say("join", meeting_id=meeting_id)
        signal = {"meeting_id": meeting_id, "to": joined["connection_id"], "candidate": {"candidate": "from outside"}}
        _expect(report, "signal", "meeting", outsider, await sockets[outsider].say("signal", **signal), NOT_JOINED)
        elsewhere = {**signal, "meeting_id": world.ids["called"]}
        _expect(report, "signal", "called", outsider, await sockets[outsider].say("signal", **elsewhere), NOT_JOINED)
        signal["candidate"] = {"candidate": "from inside"}
        _expect(report, "signal", "meeting", sender, await sockets[sender].say("signal", **signal), None)
        await asyncio.sleep(0.2)
    finally:
        for socket in sockets.values():
            await socket.close()
    heard = [body["candidate"]["candidate"] for event, body in sockets[receiver].heard if event == "signal.received"]
    if heard != ["from inside"]:
        report.findings.append(f"signal: {receiver} heard {heard}")
    report.findings += [f"{event} reached {outsider}" for event, _ in sockets[outsider].heard]
    return report


async def _try_streams(socket: Socket, report: Report, actor: str, world: World) -> None:
    for name, followers in STREAMS.items():
        kind, _, thing = name.partition(":")
        stream = f"{kind}:{world.ids[thing]}"
        answer = await socket.say("follow", stream=stream)
        _expect(report, "follow", name, actor, answer, None if actor in followers else REFUSALS["follow"])
        if answer.get("ok"):
            whole = await socket.say("follow", stream=stream, epoch=answer["epoch"], after=0)
            report.tries += 1
            _look_for_canaries(report, name, actor, whole)
        _expect(report, "unfollow", name, actor, await socket.say("unfollow", stream=stream), None)


async def _try_rooms(socket: Socket, report: Report, actor: str, world: World) -> None:
    for room, parties in ROOMS.items():
        for event in ("keep", "announce", "signal", "leave"):
            _expect(report, event, room, actor, await _say(socket, event, world.ids[room]), NOT_JOINED)
        answer = await socket.say("join", meeting_id=world.ids[room])
        _expect(report, "join", room, actor, answer, None if actor in parties else REFUSALS["join"])
        _look_for_canaries(report, room, actor, answer)
        if not answer.get("ok"):
            continue
        for event in ("keep", "announce", "signal", "leave"):
            refusal = "gone" if event == "signal" else None
            _expect(report, event, room, actor, await _say(socket, event, world.ids[room]), refusal)


async def _say(socket: Socket, event: str, meeting_id: str) -> dict[str, Any]:
    more: dict[str, Any] = {}
    if event == "announce":
        more = {"has_video": True, "has_audio": True}
    if event == "signal":
        more = {"to": STRANGER, "candidate": {"candidate": ""}}
    return await socket.say(event, meeting_id=meeting_id, **more)


def _expect(report: Report, event: str, thing: str, actor: str, answer: dict[str, Any], refusal: str | None) -> None:
    report.tries += 1
    error = None if answer.get("ok") else answer.get("error", "no answer")
    if error == refusal:
        report.let_in[event].add(actor) if refusal in (None, "gone") else None
    else:
        report.findings.append(f"{event} {thing}: {actor} got {error or 'ok'}, not {refusal or 'ok'}")


def _look_for_canaries(report: Report, name: str, actor: str, answer: dict[str, Any]) -> None:
    for canary, text in TEXTS.items():
        if text in str(answer):
            report.read[canary].add(actor)
            if actor not in READERS[canary]:
                report.findings.append(f"{name}: {actor} was shown {canary}")
