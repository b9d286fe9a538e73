"""The matrix's world on an engine, and applications that forget what they did."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr
from starlette.applications import Starlette

from server.app import create_app
from server.kit.db import Database
from server.settings import Settings
from tests.contract import figures
from tests.contract.callers import Caller, make_callers
from tests.contract.world import NOW, World, make_world


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if figures.lines:
        terminalreporter.section("contract")
        for line in figures.lines:
            terminalreporter.write_line(line)


@dataclass
class House:
    """A database with the world in it, those who call, and the settings of an application on it."""

    settings: Settings
    database: Database
    world: World
    callers: dict[str, Caller]

    def app(self, *, demo: bool = True, smtp_url: str | None = None) -> Starlette:
        changed = {"demo": demo, "smtp_url": SecretStr(smtp_url) if smtp_url else None}
        return create_app(self.settings.model_copy(update=changed), now=lambda: NOW)


@pytest.fixture
async def house(database_url: str, tmp_path: Path) -> AsyncIterator[House]:
    """On each engine in turn."""
    (tmp_path / "index.html").write_text("<title>Direktkontakt</title>")
    settings = Settings(
        database_url=database_url,
        relay=False,
        demo_cast_secret=SecretStr("the-secret-of-the-tests"),
        smtp_url=None,
        redis_url=None,
        web_root=str(tmp_path),
    )
    database = Database(database_url)
    world = await make_world(database)
    yield House(settings, database, world, await make_callers(database, world))
    await database.dispose()
