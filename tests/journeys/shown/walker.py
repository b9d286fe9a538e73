"""Who walks from state to state and looks at each."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from uuid import UUID

from playwright.async_api import Browser

from tests.journeys.house import House
from tests.journeys.shown.looking import WIDTHS, look_in_all_shapes, show
from tests.journeys.shown.state import State
from tests.journeys.support.browser import Devices, Visit, keep_picture, open_browser, visit
from tests.journeys.world import sign_in

TAGS = {"sv": "sv-SE", "en": "en-GB"}
# The pictures of a call are only looked at here.
FPS = 2
# Every person is a window, and what the browser keeps ready for each window's address bar costs a tenth of all the
# time. The features before the last three are those that Playwright turns off: a list given later replaces its own.
FEATURES = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
)
FLAGS = (f"--disable-features={','.join(FEATURES)}",)


class Browsers:
    """One browser for almost everything; others only for those whose devices are refused or absent."""

    def __init__(self, program: Path, stack: AsyncExitStack) -> None:
        self._program, self._stack = program, stack
        self._open: dict[Devices, Browser] = {}
        self._lock = asyncio.Lock()
        self.room = asyncio.Lock()
        """Held by whoever is in the room: of two pages of one person the older is sent out."""

    async def of(self, devices: Devices) -> Browser:
        async with self._lock:
            if devices not in self._open:
                opened = open_browser(self._program, devices=devices, fps=FPS, flags=FLAGS)
                self._open[devices] = await self._stack.enter_async_context(opened)
            return self._open[devices]


class Walker:
    """Walks from state to state, and stays signed in for as long as they are the same person's."""

    def __init__(self, house: House, browsers: Browsers, locale: str) -> None:
        self._house, self._browsers, self._locale = house, browsers, locale
        self._stack = AsyncExitStack()
        self._person: Visit | None = None
        self._is: tuple[UUID | None, Devices] | None = None

    async def walk(self, waiting: list[State]) -> list[str]:
        """What is found in the states still waiting, a line each; others take from the same list."""
        findings: list[str] = []
        try:
            while waiting:
                same = [state for state in waiting if (state.who, state.devices) == self._is]
                state = (same or waiting)[0]
                waiting.remove(state)
                try:
                    found = await self._look_at(state)
                except Exception as error:
                    found = [f"{type(error).__name__} {str(error)[:400]}"]
                    if self._person is not None:
                        found += self._person.watch.take()
                        await keep_picture(self._person.page, f"axe {state.name}")
                    await self._change(None)
                findings += [f"{state.name} ({self._locale} first): {one}" for one in found]
        finally:
            await self._stack.aclose()
        return findings

    async def _change(self, to: State | None) -> None:
        """Become who sees this state."""
        await self._stack.aclose()
        self._stack, self._is, self._person = AsyncExitStack(), None, None
        if to is None:
            return
        self._person = await self._stack.enter_async_context(
            visit(
                await self._browsers.of(to.devices),
                self._house.staff_door.url,
                name=f"axe {to.name}",
                locale=TAGS[self._locale],
                devices=to.devices,
            )
        )
        self._is = (to.who, to.devices)
        if to.who is not None:
            await sign_in(self._person, self._house, to.who)
        else:
            # Nobody has told us their language, and Swedish comes first.
            speak = f"localStorage.setItem('direktkontakt.locale', '{self._locale}')"
            await self._person.context.add_init_script(speak)

    async def _look_at(self, state: State) -> list[str]:
        if (state.who, state.devices) != self._is:
            await self._change(state)
        assert self._person is not None
        page = self._person.page
        async with AsyncExitStack() as stack:
            if state.alone:
                await stack.enter_async_context(self._browsers.room)
            if state.beside is not None:
                await self._sit_beside(stack, state, *state.beside)
            await show(self._person, state, self._locale)
            findings = await look_in_all_shapes(page, self._locale, keep=state.name)
        await page.context.set_offline(False)
        await page.unroute_all(behavior="ignoreErrors")
        await page.set_viewport_size({"width": WIDTHS[1][0], "height": WIDTHS[1][1]})
        findings += self._person.watch.take()
        if state.who is not None and not await page.context.cookies():
            await self._change(None)
        return findings

    async def _sit_beside(self, stack: AsyncExitStack, state: State, person_id: UUID, path: str) -> None:
        browser = await self._browsers.of("granted")
        other = visit(browser, self._house.staff_door.url, name=f"beside {state.name}")
        beside = await stack.enter_async_context(other)
        await sign_in(beside, self._house, person_id)
        await beside.go(path)
