"""A fresh clone brought up as a stranger would: `make run`, timed until it can be used."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.services.program import Program

ROOT = Path(__file__).parents[2]
FIRST_START_WITHIN_S = 420


def clone(folder: Path) -> Path:
    """The repository's files as they are now, without anything that was built, installed or stored."""
    # Not only what git follows: a file that is about to be committed counts, one that is ignored does not.
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


@contextmanager
def started(house: Path, port: int) -> Iterator[tuple[Program, float]]:
    """`make run` in `house`, and the seconds until the start page could be opened; stopped by Ctrl-C."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("DIREKTKONTAKT_", "VIRTUAL_ENV"))}
    began = time.monotonic()
    command = ["env", "-i", *(f"{name}={value}" for name, value in ours.items()), f"PORT={port}", "make", "run"]
    program = Program(command, log=house / "make-run.log", cwd=house, stop_signal=signal.SIGINT)
    try:
        program.wait_until(lambda: opens(port), within_s=FIRST_START_WITHIN_S)
        yield program, time.monotonic() - began
        # Ctrl-C reaches everybody in front of the terminal: make and what it runs.
        os.killpg(program.pid, signal.SIGINT)
        program.process.wait(15)
    finally:
        program.stop()


def opens(port: int) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2) as page:
        return b"<script" in page.read()
    return False
