"""axe finds nothing, and nothing is cut off: every page and state, both languages, light and dark, three widths."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Page
from sqlalchemy import update

from server.identity.tables import PersonRow
from tests.journeys.house import House, Mailbox, database_of, web_root
from tests.journeys.scene import Scene, set_scene
from tests.journeys.shown import GROUPS, all_states, patterns
from tests.journeys.shown.looking import LOOKED_AT, WIDTHS
from tests.journeys.shown.state import LOCALES, State
from tests.journeys.shown.walker import Browsers, Walker
from tests.services.web import WebServer, running_web

AT_ONCE = 2
# Seen on light paper, and hardly on dark.
PLANTED = """
() => {
  const main = document.querySelector('main');
  const add = (tag, change) => { const one = document.createElement(tag); change(one); main.append(one); };
  add('button', (one) => { one.style.width = one.style.height = '48px'; });
  add('p', (one) => { one.textContent = 'Text'; one.style.color = '#4a4a4a'; });
  add('div', (one) => { one.style.width = '2000px'; one.style.height = '1px'; });
  add('img', (one) => { one.alt = ''; one.src = 'http://127.0.0.2:9/pixel.png'; });
  add('style', (one) => { one.textContent = 'p { margin: 0 }'; });
  setTimeout(() => { throw new Error('planted'); });
}
"""


@dataclass(frozen=True, slots=True)
class Stage:
    """The demo world, running, with everybody in their place."""

    web: WebServer
    database_url: str
    scene: Scene

    @asynccontextmanager
    async def house(self) -> AsyncIterator[House]:
        async with database_of(self.database_url) as database:
            yield House("embedded", (self.web,), database, Mailbox(self.web.url))


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Stage]:
    """One for all groups: little is changed on the way, and nothing that another group asks for."""
    folder = tmp_path_factory.mktemp("stage")
    database_url = f"sqlite+aiosqlite:///{shutil.copy(migrated_file, folder / 'direktkontakt.db')}"
    with running_web(folder, database_url=database_url, demo=True, settings={"web_root": web_root()}) as web:
        yield Stage(web, database_url, asyncio.run(prepare(web, database_url)))


async def prepare(web: WebServer, database_url: str) -> Scene:
    async with database_of(database_url) as database:
        return await set_scene(House("embedded", (web,), database, Mailbox(web.url)))


@pytest.mark.parametrize("group", GROUPS)
async def test_axe_finds_nothing_on_any_page_in_any_state(stage: Stage, chromium_path: Path, group: str) -> None:
    states = GROUPS[group](stage.scene)
    findings: list[str] = []
    async with stage.house() as house, AsyncExitStack() as stack:
        browsers = Browsers(chromium_path, stack)
        # Half of the states are come to in each language, and all are looked at in both.
        for number, locale in enumerate(LOCALES):
            await speak(house, locale)
            waiting = states[number :: len(LOCALES)]
            walkers = [Walker(house, browsers, locale) for _ in range(AT_ONCE)]
            for found in await asyncio.gather(*(walker.walk(waiting) for walker in walkers)):
                findings += found
    assert not findings, "\n".join(findings)


async def test_what_is_wrong_with_a_state_is_found(stage: Stage, chromium_path: Path) -> None:
    planted = State("planted", "/help", "/help", "main h1", act=plant)
    async with stage.house() as house, AsyncExitStack() as stack:
        found = await Walker(house, Browsers(chromium_path, stack), "sv").walk([planted])

    for width, _ in WIDTHS:
        for locale in LOCALES:
            where = f"{locale} {width}"
            assert any(f"{where}: wider than the window" in one for one in found), (where, found)
            if width == LOOKED_AT["sv"][locale]:
                assert any(f"{where} light: button-name" in one for one in found), (where, found)
                assert any(f"{where} dark: color-contrast" in one for one in found), (where, found)
    assert not any("light: color-contrast" in one for one in found), found
    assert any("policy errors: policy violation: style-src" in one for one in found), found
    assert any("requests to strangers: http://127.0.0.2:9/pixel.png" in one for one in found), found
    assert any("errors thrown: planted" in one for one in found), found


async def plant(page: Page, locale: str) -> None:
    """What must never be: a button without a name, grey on dark, a thing too wide, a stranger, a style in the page."""
    await page.evaluate(PLANTED)


def test_every_route_is_on_the_list(stage: Stage) -> None:
    states = all_states(stage.scene)

    assert {state.route for state in states} == set(patterns())
    assert len({state.name for state in states}) == len(states)


async def speak(house: House, locale: str) -> None:
    """Let everybody have chosen this language."""
    async with house.database.transaction() as session:
        await session.exec(update(PersonRow).values(locale=locale))
