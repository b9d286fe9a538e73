"""Houses and browsers for journeys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.journeys.house import House, embedded, scaled_out, web_root
from tests.journeys.support.browser import open_browser
from tests.services.smtp import Inbox


@pytest.fixture
async def house(tmp_path: Path, fresh_sqlite: str) -> AsyncIterator[House]:
    """The embedded form."""
    async with embedded(tmp_path, database_url=fresh_sqlite, settings={"web_root": web_root()}) as house:
        yield house


@pytest.fixture(params=["embedded", "scaled_out"])
async def either_house(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    """Each form in turn."""
    settings = {"web_root": web_root()}
    if request.param == "embedded":
        async with embedded(tmp_path, database_url=request.getfixturevalue("fresh_sqlite"), settings=settings) as house:
            yield house
        return
    smtp: Inbox = request.getfixturevalue("smtp")
    async with scaled_out(
        tmp_path,
        database_url=request.getfixturevalue("fresh_postgres"),
        redis_url=request.getfixturevalue("valkey_url"),
        smtp=smtp,
        settings=settings,
    ) as house:
        yield house


@pytest.fixture
async def browser(chromium_path: Path) -> AsyncIterator[Browser]:
    async with open_browser(chromium_path) as browser:
        yield browser
