"""axe finds nothing, and nothing is cut off: every page and state, both languages, light and dark, three widths."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page
from sqlalchemy import update

from server.identity.tables import PersonRow
from tests.journeys.house import House, Mailbox, database_of, web_root
from tests.journeys.pages import GROUPS, State, all_states, patterns
from tests.journeys.states import set_scene
from tests.journeys.support.axe import axe_on
from tests.journeys.support.browser import Devices, Theme, Visit, open_browser, visit
from tests.journeys.support.waiting import until
from tests.journeys.support.words import say
from tests.journeys.world import sign_in
from tests.services.web import running_web

LOCALES = {"sv": "sv-SE", "en": "en-GB"}
WIDTHS = ((320, 720), (390, 844), (1440, 900))
THEMES: tuple[Theme, ...] = ("light", "dark")
AT_ONCE = 3
SETTLED = """
() => document.documentElement.lang + ' ' + (document.querySelector('h1, h2')?.textContent.trim().length ?? 0)
"""
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
# What sticks out of the window is what a finger would have to push sideways for.
SIDEWAYS = """
() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) > innerWidth
  ? `wider than the window by ${document.documentElement.scrollWidth - innerWidth} px` : ''
"""


@pytest.fixture
async def demo_house(tmp_path: Path, fresh_sqlite: str) -> AsyncIterator[House]:
    with running_web(tmp_path, database_url=fresh_sqlite, demo=True, settings={"web_root": web_root()}) as web:
        async with database_of(fresh_sqlite) as database:
            yield House("embedded", (web,), database, Mailbox(web.url))


class Browsers:
    """One browser for almost everything; others only for those whose devices are refused or absent."""

    def __init__(self, program: Path, stack: AsyncExitStack) -> None:
        self._program, self._stack = program, stack
        self._open: dict[Devices, Browser] = {}
        self._lock = asyncio.Lock()
        self.room = asyncio.Lock()
        """Held by whoever needs two people in one room: of two pages of one person the older is sent out."""

    async def of(self, devices: Devices) -> Browser:
        async with self._lock:
            if devices not in self._open:
                opened = open_browser(self._program, devices=devices)
                self._open[devices] = await self._stack.enter_async_context(opened)
            return self._open[devices]


@pytest.mark.parametrize("group", GROUPS)
async def test_axe_finds_nothing_on_any_page_in_any_state(demo_house: House, chromium_path: Path, group: str) -> None:
    scene = await set_scene(demo_house)
    findings: list[str] = []
    async with AsyncExitStack() as stack:
        browsers = Browsers(chromium_path, stack)
        for locale in LOCALES:
            await speak(demo_house, locale)
            waiting = GROUPS[group](scene)

            async def work(locale: str = locale, waiting: list[State] = waiting) -> None:
                while waiting:
                    state = waiting.pop(0)
                    try:
                        findings.extend(await look_at(demo_house, browsers, state, locale))
                    except Exception as error:
                        findings.append(f"{locale} {state.name}: {type(error).__name__} {str(error)[:400]}")

            await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    assert not findings, "\n".join(findings)


async def test_every_route_is_on_the_list(demo_house: House) -> None:
    scene = await set_scene(demo_house)

    assert {state.route for state in all_states(scene)} == set(patterns())


async def look_at(house: House, browsers: Browsers, state: State, locale: str) -> list[str]:
    """What is found in one state in one language, each finding as a line."""
    browser = await browsers.of(state.devices)
    async with AsyncExitStack() as stack:
        if state.beside is not None:
            await stack.enter_async_context(browsers.room)
            person_id, path = state.beside
            other = visit(await browsers.of("granted"), house.staff_door.url, name=f"beside {state.name}")
            beside = await stack.enter_async_context(other)
            await sign_in(beside, house, person_id)
            await beside.go(path)
        watched = visit(
            browser,
            house.staff_door.url,
            name=f"axe {locale} {state.name}",
            locale=LOCALES[locale],
            devices=state.devices,
        )
        person = await stack.enter_async_context(watched)
        if state.who is not None:
            await sign_in(person, house, state.who)
        else:
            # Nobody has told us their language, and Swedish comes first.
            await person.context.add_init_script(f"localStorage.setItem('direktkontakt.locale', '{locale}')")
        page = await show(person, state, locale)
        return [f"{locale} {state.name} {found}" for found in await look_in_all_shapes(page)]


async def show(person: Visit, state: State, locale: str) -> Page:
    """The page, populated and settled."""
    page = await person.go(state.path)
    await page.locator(state.shows).first.wait_for(state="attached", timeout=20_000)
    if state.act is not None:
        await state.act(page, locale)

    async def settled() -> bool:
        language, _, length = str(await page.evaluate(SETTLED)).partition(" ")
        return language == locale and int(length) > 0 and await page.locator("[aria-busy=true]").count() == 0

    await until(settled, what=f"{state.name} is settled")
    if state.route != "missing":
        headings = await page.locator("h1").all_inner_texts()
        assert say("state.missing_title", locale=locale) not in headings, "there is no such page yet"
    return page


async def look_in_all_shapes(page: Page) -> list[str]:
    findings = []
    async with axe_on(page) as look:
        for size in WIDTHS:
            await page.set_viewport_size({"width": size[0], "height": size[1]})
            for theme in THEMES:
                await page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                await page.evaluate(TWO_FRAMES)
                where = f"{size[0]} {theme}"
                findings += [f"{where}: {one.rule} ({one.help}) {', '.join(one.places[:3])}" for one in await look()]
            sideways = await page.evaluate(SIDEWAYS)
            findings += [f"{size[0]}: {sideways}"] if sideways else []
    return findings


async def speak(house: House, locale: str) -> None:
    """Let everybody have chosen this language."""
    async with house.database.transaction() as session:
        await session.exec(update(PersonRow).values(locale=locale))
