"""Long steps, shown while they run, and failures that say what to do."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / "var" / "log"
LINES_SHOWN_ON_FAILURE = 25


class Failure(Exception):
    """Something the person at the keyboard can mend: what is wrong, and what to do."""

    def __init__(self, what: str, *, cure: str) -> None:
        super().__init__(what)
        self.cure = cure


def say(text: str = "") -> None:
    print(text, flush=True)


@contextmanager
def step(label: str) -> Iterator[None]:
    """Show `label` with the seconds it has taken, live on a terminal, once otherwise."""
    began = time.monotonic()
    finished = threading.Event()

    def tick() -> None:
        while not finished.wait(1):
            print(f"\r  … {label} ({time.monotonic() - began:.0f} s)", end="", flush=True)

    live = sys.stdout.isatty()
    print(f"  … {label}", end="" if live else "\n", flush=True)
    ticker = threading.Thread(target=tick, daemon=True)
    if live:
        ticker.start()
    mark = "✗"
    try:
        yield
        mark = "✓"
    finally:
        finished.set()
        if live:
            ticker.join()
        start_of_line = "\r" if live else ""
        print(f"{start_of_line}  {mark} {label} ({time.monotonic() - began:.1f} s)", flush=True)


def run_quietly(
    command: Sequence[str | Path], *, log: str, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> None:
    """Run a command with its output in `var/log/`.

    Raises:
        subprocess.CalledProcessError: it failed; `output` holds the end of what it printed.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    file = LOGS / f"{log}.log"
    with file.open("w") as output:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=None if env is None else dict(env),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode != 0:
        tail = file.read_text(errors="replace").splitlines()[-LINES_SHOWN_ON_FAILURE:]
        raise subprocess.CalledProcessError(done.returncode, done.args, output="\n".join(tail))


def show_failure(failure: Failure) -> None:
    sys.stdout.flush()
    print(f"\n{failure}\n  What to do: {failure.cure}\n", file=sys.stderr, flush=True)
