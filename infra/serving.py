"""Serving: where, on which database, and stopping without leaving anybody behind."""

from __future__ import annotations

import errno
import ipaddress
import os
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from infra.console import ROOT, Failure, run_quietly, say, step
from infra.python_env import PYTHON

DATABASE = ROOT / "var" / "direktkontakt.db"
REVISIONS = ROOT / "server" / "migrations" / "versions"
STOP_GRACE_S = 10
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class Address:
    """Where to serve: a host of this machine and a port."""

    host: str
    port: int

    @property
    def shown_host(self) -> str:
        """The host to open: passkeys and cameras work on the name `localhost`, on no number."""
        if self.is_loopback or self.host in {"0.0.0.0", "::"}:
            return "localhost"
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def is_loopback(self) -> bool:
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def address_from(environment: Mapping[str, str]) -> Address:
    """HOST and PORT, or http://localhost:8000.

    Raises:
        Failure: PORT is not a port number.
    """
    said = environment.get("PORT") or "8000"
    if not said.isdecimal() or not 0 < int(said) < 65536:
        raise Failure(f"PORT is {said!r}, which is not a port number.", cure="for example  PORT=8001 make run")
    return Address(host=environment.get("HOST") or "127.0.0.1", port=int(said))


def check_address(address: Address) -> None:
    """Return if the address is free to serve on.

    Raises:
        Failure: taken, forbidden, or not an address of this machine; says which.
    """
    try:
        family, _, _, _, place = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        raise refusal_of(address, error) from error


def refusal_of(address: Address, error: OSError) -> Failure:
    if error.errno == errno.EADDRINUSE:
        who = "Direktkontakt is already running there" if answers_health(address) else "another program is using it"
        return Failure(
            f"Port {address.port} is taken: {who}.",
            cure=f"open http://localhost:{address.port} , stop that program, or take another port:  "
            f"PORT={address.port + 1} make run",
        )
    if error.errno == errno.EACCES:
        return Failure(f"Port {address.port} needs root.", cure="take one above 1023:  PORT=8000 make run")
    return Failure(
        f"{address.host} is not an address of this machine ({error.strerror or error}).",
        cure="leave HOST out for this machine only, or  HOST=0.0.0.0 make run  for the whole network.",
    )


def answers_health(address: Address) -> bool:
    with suppress(OSError, ValueError):
        url = f"http://{address.shown_host}:{address.port}/healthz"
        with urllib.request.urlopen(url, timeout=1) as answer:
            return bool(answer.status == 200)
    return False


def warn_about(address: Address, environment: Mapping[str, str]) -> None:
    """Say what browsers will refuse when others reach us without TLS."""
    if address.is_loopback or environment.get("DIREKTKONTAKT_PUBLIC_URL", "").startswith("https://"):
        return
    say(f"\n  Note: served on {address.host} without TLS. From other machines, browsers refuse")
    say("    · camera and microphone (meetings become text only)")
    say("    · passkeys")
    say("  On this machine, http://localhost works in full. For others, put TLS in front")
    say("  (infra/caddy) and set DIREKTKONTAKT_PUBLIC_URL=https://… ; only from that address")
    say(f"  (now http://{address.shown_host}:{address.port}) may anybody sign in.\n")


def server_environment(address: Address) -> dict[str, str]:
    environment = dict(os.environ)
    # Compiled sources are kept, or every start would compile them again: a second more.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["DIREKTKONTAKT_HOST"] = address.host
    environment["DIREKTKONTAKT_PORT"] = str(address.port)
    environment.setdefault("DIREKTKONTAKT_PUBLIC_URL", f"http://{address.shown_host}:{address.port}")
    environment.setdefault("DIREKTKONTAKT_DATABASE_URL", f"sqlite+aiosqlite:///{DATABASE}")
    return environment


def migrate(environment: Mapping[str, str]) -> None:
    """Bring the database to the newest revision; a look is enough when it is there already.

    Raises:
        Failure: a migration failed; the database is as it was before it.
    """
    ours = environment["DIREKTKONTAKT_DATABASE_URL"].endswith(f"///{DATABASE}")
    if ours and revision_in(DATABASE) == newest_revision():
        return
    DATABASE.parent.mkdir(parents=True, exist_ok=True)
    with step("Bringing the database up to date"):
        try:
            run_quietly([PYTHON, "-m", "server.cli", "migrate"], log="migrate", env=environment)
        except subprocess.CalledProcessError as error:
            raise Failure(
                f"The database could not be brought up to date:\n{error.output}",
                cure="report what is said above; to start with an empty one, move var/direktkontakt.db aside.",
            ) from error


def newest_revision() -> str:
    """The revision that the last migration file makes; files are named NNNN_what_it_does.py."""
    return max((file.name.split("_")[0] for file in REVISIONS.glob("[0-9]*_*.py")), default="")


def revision_in(database: Path) -> str | None:
    """The revision an SQLite file says it is at, or None when it says nothing."""
    if not database.is_file():
        return None
    with suppress(sqlite3.Error):
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        finally:
            connection.close()
        return None if row is None else str(row[0])
    return None


class Children:
    """Programs started together and stopped together, with all they started themselves."""

    def __init__(self) -> None:
        self.processes: list[subprocess.Popen[bytes]] = []
        self.stopping = False

    def start(self, command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path = ROOT) -> None:
        # A session of its own: Ctrl-C then reaches us alone, and we pass it on exactly once.
        parts = [str(part) for part in command]
        self.processes.append(subprocess.Popen(parts, cwd=cwd, env=dict(env), start_new_session=True))

    def wait(self, *, every_s: float = 0.2, meanwhile: Callable[[], None] = lambda: None) -> int:
        """Wait until one of them ends or we are told to stop, then stop the others too."""
        before = {number: signal.signal(number, self._told_to_stop) for number in STOP_SIGNALS}
        try:
            while not self.stopping and all(process.poll() is None for process in self.processes):
                time.sleep(every_s)
                meanwhile()
            codes = [process.returncode for process in self.processes if process.returncode is not None]
        finally:
            self.stop()
            for number, handler in before.items():
                signal.signal(number, handler)
        return 0 if self.stopping else max((abs(code) for code in codes), default=1)

    def stop(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_GRACE_S
        for process in self.processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.processes.clear()

    def _told_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True
