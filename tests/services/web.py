"""The real server in a process of its own: started, asked whether it is ready, killed, started again."""

from __future__ import annotations

import os
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.services.program import Program, free_port

ROOT = Path(__file__).parents[2]
START_WITHIN_S = 30


class WebServer:
    """One web process on a port of its own, with everything it printed over all its lives."""

    def __init__(self, *, log: Path, settings: Mapping[str, str], port: int, arguments: tuple[str, ...]) -> None:
        self.port = port
        self.log = log
        self._arguments = arguments
        self._environment = {f"DIREKTKONTAKT_{name.upper()}": value for name, value in settings.items()}
        self._environment |= {"DIREKTKONTAKT_HOST": "127.0.0.1", "DIREKTKONTAKT_PORT": str(port)}
        self._program: Program | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def program(self) -> Program:
        assert self._program is not None, "the server was never started"
        return self._program

    @property
    def pid(self) -> int:
        return self.program.pid

    def start(self, *, within_s: float = START_WITHIN_S) -> None:
        """Start, and return when `/readyz` says yes.

        Raises:
            RuntimeError: it ended or was not ready in time; holds what it printed.
        """
        command = [sys.executable, "-m", "server.cli", *self._arguments]
        self._program = Program(command, log=self.log, env=self._environment, cwd=ROOT)
        self._program.wait_until(self.is_ready, within_s=within_s)

    def is_ready(self) -> bool:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
        return False

    def kill(self) -> None:
        """End it as a crash would (kill -9)."""
        self.program.kill()

    def stop(self) -> None:
        self.program.stop()

    def restart(self) -> None:
        self.stop()
        self.start()

    def logs(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def assert_no_traceback(self) -> None:
        assert "Traceback (most recent call last)" not in self.logs(), self.logs()[-8000:]


@contextmanager
def running_web(
    folder: Path,
    *,
    database_url: str,
    redis_url: str | None = None,
    smtp_url: str | None = None,
    demo: bool = False,
    people: bool = False,
    port: int | None = None,
    settings: Mapping[str, str] | None = None,
    start_within_s: float = START_WITHIN_S,
) -> Iterator[WebServer]:
    """A server on a migrated database; at the end it must have printed no traceback.

    Args:
        folder: where its log goes.
        people: with `demo`, also run its simulated participants.
        settings: further ones, by their names in `server/settings.py`.
    """
    port = port or free_port()
    chosen = {"database_url": database_url, "public_url": f"http://localhost:{port}", **(settings or {})}
    if redis_url is not None:
        chosen["redis_url"] = redis_url
    if smtp_url is not None:
        chosen["smtp_url"] = smtp_url
    arguments = ("serve", "--demo" if demo else "--no-people", "--people" if people else "--no-people")
    server = WebServer(log=folder / f"web-{port}.log", settings=chosen, port=port, arguments=arguments)
    # What the person running the tests has set is not what the tests mean.
    inherited = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("DIREKTKONTAKT_")}
    try:
        server.start(within_s=start_within_s)
        yield server
    finally:
        os.environ.update(inherited)
        if server._program is not None:
            server.stop()
    server.assert_no_traceback()
