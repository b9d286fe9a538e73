"""Two homes and the street between them: network namespaces joined by a bridge.

Each home has an address, a default route and, by forwarders, the server on its own
localhost (browsers give cameras to nobody else). A cut takes the home's link down:
packets stop, nothing is told. As root, or through user namespaces.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.services.missing import leave_out
from tests.services.program import Program

FORWARDER = Path(__file__).with_name("forwarder.py")
STREET = "10.99.7.1"
HOMES = {"seeker": "10.99.7.2", "recruiter": "10.99.7.3"}
STAY = ("setpriv", "--pdeathsig", "KILL", "sleep", "infinity")


class NetworkRefused(Exception):
    """This machine lets us make no network namespaces."""


@dataclass(frozen=True, slots=True)
class Home:
    """A network namespace with one way out."""

    name: str
    address: str
    enter: tuple[str, ...]
    folder: Path

    def command(self, *parts: str | Path) -> list[str]:
        """`parts` as a command that runs inside."""
        return [*self.enter, *map(str, parts)]

    def run(self, *parts: str) -> str:
        done = subprocess.run(self.command(*parts), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(parts)} in {self.name}: {done.stderr.strip()}")
        return done.stdout

    def wrapper(self, program: Path) -> Path:
        """An executable that starts `program` inside; it takes the same arguments."""
        script = self.folder / f"{program.name}-at-{self.name}"
        script.write_text(f'#!/bin/sh\nexec {" ".join(self.enter)} "{program}" "$@"\n')
        script.chmod(0o755)
        return script

    def cut(self) -> None:
        """Take the link down: what is under way stops without a word."""
        self.run("ip", "link", "set", "eth0", "down")

    def restore(self) -> None:
        self.run("ip", "link", "set", "eth0", "up")
        self.run("ip", "route", "replace", "default", "via", STREET)


class Network:
    """The street with its homes; ends with all that runs in it."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._user: tuple[str, ...] = ()
        apart = ["unshare", *([] if os.getuid() == 0 else ["-Ur"]), "-n"]
        holder = self._hold([*apart, *STAY], around="self")
        if os.getuid() != 0:
            self._user = ("-U", "--preserve-credentials")
        self.street = self._home("street", STREET, holder)
        self.street.run("ip", "link", "set", "lo", "up")
        self.street.run("ip", "link", "add", "br0", "type", "bridge")
        self.street.run("ip", "addr", "add", f"{STREET}/24", "dev", "br0")
        self.street.run("ip", "link", "set", "br0", "up")
        self.seeker, self.recruiter = (self._build(name, address) for name, address in HOMES.items())

    def serve(self, port: int) -> None:
        """Make what this machine serves on 127.0.0.1:`port` each home's localhost:`port`."""
        # A socket in the file system crosses namespaces where no link of ours may.
        door = f"unix:{self._folder / f'{port}.sock'}"
        self._forward([], door, f"127.0.0.1:{port}")
        self._forward(self.street.command(), f"{STREET}:{port}", door)
        for home in (self.seeker, self.recruiter):
            self._forward(home.command(), f"127.0.0.1:{port}", f"{STREET}:{port}")

    def _forward(self, inside: Sequence[str], listen: str, to: str) -> None:
        log = self._folder / f"forward-{time.monotonic_ns()}.log"
        forwarder = Program([*inside, sys.executable, FORWARDER, listen, to], log=log)
        self._stack.callback(forwarder.kill)
        forwarder.wait_until(lambda: "forwarding" in forwarder.output(), within_s=10)

    def _build(self, name: str, address: str) -> Home:
        holder = self._hold(self.street.command("unshare", "-n", *STAY), around=self.street.enter[2])
        link = f"to-{name}"
        peer = ("type", "veth", "peer", "name", "eth0", "netns", str(holder.pid))
        self.street.run("ip", "link", "add", link, *peer)
        self.street.run("ip", "link", "set", link, "master", "br0", "up")
        home = self._home(name, address, holder)
        home.run("ip", "link", "set", "lo", "up")
        home.run("ip", "addr", "add", f"{address}/24", "dev", "eth0")
        home.restore()
        return home

    def _home(self, name: str, address: str, holder: Program) -> Home:
        enter = ("nsenter", "-t", str(holder.pid), *self._user, "-n", "--")
        return Home(name=name, address=address, enter=enter, folder=self._folder)

    def _hold(self, command: Sequence[str], *, around: str) -> Program:
        """A sleeping process that keeps a new namespace alive, once it has left that of process `around`."""
        outer = os.stat(f"/proc/{around}/ns/net").st_ino
        holder = Program(command, log=self._folder / "holders.log")
        self._stack.callback(holder.kill)

        def is_apart() -> bool:
            asleep = Path(f"/proc/{holder.pid}/comm").read_text().strip() == "sleep"
            return asleep and os.stat(f"/proc/{holder.pid}/ns/net").st_ino != outer

        try:
            holder.wait_until(is_apart, within_s=5)
        except RuntimeError as error:
            raise NetworkRefused(str(error)) from error
        return holder


@contextmanager
def network() -> Iterator[Network]:
    """A street for the length of the block; the running test is left out where none can be made."""
    missing = [tool for tool in ("ip", "unshare", "nsenter", "setpriv") if shutil.which(tool) is None]
    if missing:
        leave_out(f"network namespaces need {', '.join(missing)} (Debian: iproute2, util-linux)")
    with tempfile.TemporaryDirectory(prefix="dk-street-") as folder, ExitStack() as stack:
        try:
            street = Network(Path(folder), stack)
        except NetworkRefused as refused:
            leave_out(f"network namespaces are refused, as root and through user namespaces: {refused}")
        yield street
