"""`make run` in a fresh clone, and again: seconds until the page answers."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from pathlib import Path

from tests.bench.figure import Figure
from tests.services.program import free_port

ROOT = Path(__file__).parents[2]
FIRST_WITHIN_S, SECOND_WITHIN_S = 600, 60


async def figures(folder: Path) -> AsyncIterator[Figure]:
    """Clone what is committed, then start it twice."""
    clone = folder / "clone"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    yield Figure(
        "server.first_start_s", await start(clone, FIRST_WITHIN_S), "s", against="a fresh clone, with a network"
    )
    yield Figure("server.second_start_s", await start(clone, SECOND_WITHIN_S), "s", 3)


async def start(clone: Path, within_s: float) -> float:
    """Seconds from `make run` to the first answer; it is stopped again."""
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DIREKTKONTAKT_")}
    with (clone.parent / "run.log").open("ab") as log:
        began = time.monotonic()
        process = subprocess.Popen(
            ["make", "run"], cwd=clone, env=kept | {"PORT": str(port)}, stdout=log, stderr=log, start_new_session=True
        )
        try:
            while not answers(port):
                if process.poll() is not None or time.monotonic() - began > within_s:
                    raise RuntimeError((clone.parent / "run.log").read_text()[-4000:])
                await asyncio.sleep(0.05)
            return time.monotonic() - began
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(30)


def answers(port: int) -> bool:
    """Whether the landing page comes."""
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/", timeout=1) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False
