"""Running a whole cast in one process until it is told to stop."""

from __future__ import annotations

import asyncio
import json
import random
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, TextIO

import aiohttp

from realtime.simulated.api import Refused, Unreachable, jittered
from realtime.simulated.cast import Member, cast_of
from realtime.simulated.manner import Tell
from realtime.simulated.recruiter import Recruiter
from realtime.simulated.seeker import Seeker

SIGN_INS_AT_ONCE = 4
COME_IN_OVER_S = 0.15
LOOK_FOR_EVENT_EVERY_S = 30
CAST_HEADER = "X-Demo-Cast-Secret"
LINE_MAX = 160


def tell_by_line(fact: str, *, file: TextIO | None = None, **details: Any) -> None:
    """Print a fact as one line of JSON, to standard output unless told otherwise; names and tokens stay in here."""
    details.pop("name", None)
    shown = {key: value[:LINE_MAX] if isinstance(value, str) else value for key, value in details.items()}
    with suppress(BrokenPipeError):
        print(json.dumps({"fact": fact, "at": datetime.now(UTC).isoformat(), **shown}), file=file, flush=True)


async def run_cast(url: str, cast: Sequence[Member], *, tell: Tell = tell_by_line) -> None:
    """Let everybody take part until this is cancelled; whoever stumbles comes back alone."""
    gate = asyncio.Semaphore(SIGN_INS_AT_ONCE)
    async with asyncio.TaskGroup() as group:
        for number, member in enumerate(cast):
            group.create_task(_take_part(url, member, gate, number * COME_IN_OVER_S, tell))


async def run_demo(url: str, secret: str, *, tell: Tell = tell_by_line) -> None:
    """Let the demo's own cast take part; a new one is hired whenever the demo has moved on to a new event."""
    playing: asyncio.Task[None] | None = None
    event_id: str | None = None
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as http:
            while True:
                current = await _demo_event(http, url)
                ended = playing is not None and playing.done()
                if current is not None and (current != event_id or ended):
                    await _stop(playing)
                    cast = await _hire(http, url, secret)
                    tell("hired", event_id=current, members=len(cast))
                    playing, event_id = asyncio.create_task(run_cast(url, cast, tell=tell)), current
                await asyncio.sleep(LOOK_FOR_EVENT_EVERY_S if event_id else 2)
    finally:
        await _stop(playing)


async def until_told(work: Any) -> None:
    """Do `work` until it ends or the process is asked to end (SIGTERM, SIGINT)."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    with suppress(asyncio.CancelledError):
        await task


async def _take_part(url: str, member: Member, gate: asyncio.Semaphore, after_s: float, tell: Tell) -> None:
    await asyncio.sleep(after_s)
    participant: Seeker | Recruiter
    if member.kind == "seeker":
        participant = Seeker(url, member.join_token or "", manner=member.manner, tell=tell)
    elif member.kind == "recruiter":
        participant = Recruiter(url, member.sign_in_token or "", member.desks, manner=member.manner, tell=tell)
    else:
        return  # staff are needed only where a conductor runs a whole event
    failures = 0
    async with participant.api:
        while await _comes_back(participant, gate, tell):
            failures += 1
            await asyncio.sleep(jittered(failures) + random.random())


async def _comes_back(participant: Seeker | Recruiter, gate: asyncio.Semaphore, tell: Tell) -> bool:
    """Take part until something is in the way; whether it is worth trying again."""
    again = True
    try:
        if not participant.api.signed_in:
            async with gate:
                await participant.come_in()
        await participant.attend()
    except* Unreachable as errors:
        tell("unreachable", person_id=participant.api.person_id, what=str(errors.exceptions[0]))
    except* Refused as refusals:
        # A link that has run out or a sign-in that was used lets nobody in again.
        tell("gave_up", person_id=participant.api.person_id, what=str(refusals.exceptions[0]))
        again = False
    return again


async def _demo_event(http: aiohttp.ClientSession, url: str) -> str | None:
    try:
        async with http.get(f"{url}/api/demo") as answer:
            event = (await answer.json()).get("event") if answer.status == 200 else None
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return None
    return str(event["id"]) if event else None


async def _hire(http: aiohttp.ClientSession, url: str, secret: str) -> list[Member]:
    async with http.post(f"{url}/api/demo/cast", headers={CAST_HEADER: secret}) as answer:
        if answer.status != 200:
            print(f"the demo's cast is not to be had: {answer.status}", file=sys.stderr)
            return []
        return cast_of(await answer.json())


async def _stop(task: asyncio.Task[None] | None) -> None:
    if task is not None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
