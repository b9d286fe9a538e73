"""Fixtures that every folder may use: real services, one of each a run; a fresh database a test."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import redis

from server import migrations
from tests.services.chromium import find_chromium
from tests.services.missing import not_possible_here
from tests.services.netns import Network, network
from tests.services.postgres import PostgresServer, running_postgres
from tests.services.smtp import Inbox, running_smtp
from tests.services.valkey import running_valkey

TEMPLATE = "direktkontakt_migrated"
numbers = itertools.count(1)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not_possible_here:
        terminalreporter.section("not possible on this machine (fails where CI=true)")
        for line in not_possible_here:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_template(postgres_server: PostgresServer) -> Iterator[str]:
    """The name of a database that every test's own is copied from."""
    name = f"{TEMPLATE}_{os.getpid()}"
    migrate(postgres_server.create_database(name))
    yield name
    postgres_server.drop_database(name)


@pytest.fixture
def empty_postgres(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of a database with nothing in it."""
    name = f"empty_{os.getpid()}_{next(numbers)}"
    yield postgres_server.create_database(name)
    postgres_server.drop_database(name)


@pytest.fixture
def fresh_postgres(postgres_server: PostgresServer, migrated_template: str) -> Iterator[str]:
    """The address of a migrated database of this test's own."""
    name = f"fresh_{os.getpid()}_{next(numbers)}"
    yield postgres_server.create_database(name, template=migrated_template)
    postgres_server.drop_database(name)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "direktkontakt.db"
    migrate(f"sqlite+aiosqlite:///{file}")
    return file


@pytest.fixture
def fresh_sqlite(migrated_file: Path, tmp_path: Path) -> str:
    """The address of a migrated database file of this test's own."""
    file = tmp_path / "direktkontakt.db"
    shutil.copy(migrated_file, file)
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of this test's own, on each engine in turn."""
    return str(request.getfixturevalue(f"fresh_{request.param}"))


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[str]:
    with running_valkey() as url:
        yield url


@pytest.fixture
def valkey_url(valkey_server: str) -> str:
    """The address of a Valkey with nothing in it."""
    with redis.Redis.from_url(valkey_server) as client:
        client.flushall()
    return valkey_server


@pytest.fixture(scope="session")
def smtp_server() -> Iterator[Inbox]:
    with running_smtp() as inbox:
        yield inbox


@pytest.fixture
def smtp(smtp_server: Inbox) -> Inbox:
    """A mail server with nothing in its inbox."""
    smtp_server.clear()
    return smtp_server


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    return find_chromium()


@pytest.fixture
def two_homes() -> Iterator[Network]:
    """Two network namespaces, for a cut that is a real one."""
    with network() as street:
        yield street


def migrate(url: str) -> None:
    # In a thread: the migrations run a loop of their own.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(migrations.upgrade, url).result()
