"""Running a rehearsal: a server of its own on a database of its own, and the people in a third process."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from server import migrations
from server.demo.rehearsal import cast_of, make_event
from server.kit.clock import utc_now
from server.kit.db import Database

READY_WITHIN_S = 60


def run_event(sheets: Mapping[str, bytes], *, desks: int, talk_s: float, meetings_max: int) -> dict[str, Any]:
    """Make the event and let simulated people hold every meeting of it; the counts come back.

    Raises:
        SheetRefused, SheetBlocked: a sheet cannot be taken.
        RuntimeError: the server or the people did not run.
    """
    with tempfile.TemporaryDirectory(prefix="direktkontakt-") as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'rehearsal.db'}"
        migrations.upgrade(url)
        made, cast = asyncio.run(_make(url, sheets, meetings_max=meetings_max))
        with _server(url, Path(folder) / "server.log") as address:
            return made | _hold(address, cast, desks=desks, talk_s=talk_s)


async def _make(
    url: str, sheets: Mapping[str, bytes], *, meetings_max: int
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    database = Database(url)
    try:
        async with database.transaction() as session:
            event_id, counts = await make_event(session, sheets, meetings_max=meetings_max, now=utc_now())
            return counts, await cast_of(session, event_id, now=utc_now())
    finally:
        await database.dispose()


@contextmanager
def _server(url: str, log: Path) -> Iterator[str]:
    """A web process on a free port, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://localhost:{port}"
    settings = {"DATABASE_URL": url, "PORT": str(port), "PUBLIC_URL": address}
    environment = _without_settings() | {f"DIREKTKONTAKT_{name}": value for name, value in settings.items()}
    with log.open("wb") as out:
        command = [sys.executable, "-m", "server.cli", "serve"]
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
        try:
            _wait_until_ready(process, address, log)
            yield address
        finally:
            process.terminate()
            process.wait(10)


def _wait_until_ready(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    for _ in range(READY_WITHIN_S * 10):
        if process.poll() is not None:
            break
        with suppress(OSError), urllib.request.urlopen(f"{address}/readyz", timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text()[-2000:]}")


def _hold(address: str, cast: list[dict[str, Any]], *, desks: int, talk_s: float) -> dict[str, Any]:
    """Let the people hold the event; they get an address and their ways in, none of our settings."""
    arguments = ["--event", "--url", address, "--desks", str(desks), "--talk-s", str(talk_s)]
    held = subprocess.run(
        [sys.executable, "-m", "realtime.simulated", *arguments],
        input="\n".join(json.dumps(member) for member in cast).encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_without_settings(),
        check=False,
    )
    if not held.stdout:
        raise RuntimeError("the simulated participants ended without an account")
    account: dict[str, Any] = json.loads(held.stdout)
    return account


def _without_settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("DIREKTKONTAKT_")}
