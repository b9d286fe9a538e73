"""One page in one state, and the ways in which it is brought about."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from playwright.async_api import Page, Route

from tests.journeys.support.browser import Devices
from tests.journeys.support.waiting import until
from tests.journeys.support.words import say

Act = Callable[[Page, str], Awaitable[None]]
Prepare = Callable[[Page], Awaitable[None]]
LOCALES = ("sv", "en")
# What another window of the same browser would send.
CHOSEN_ELSEWHERE = """
(locale) => dispatchEvent(new StorageEvent('storage', { key: 'direktkontakt.locale', newValue: locale }))
"""
LANGUAGE = "() => document.documentElement.lang"


@dataclass(frozen=True, slots=True)
class State:
    """One page in one state: who sees it, where, and a selector that is there when it is populated.

    `prepare` is done before loading, `act` after it, in the locale given; `then` is there when it is done.
    `beside` is a page that somebody else has open meanwhile. `alone` is a page that sends out the same person's other
    windows, so that only one such is open at a time. A page that `waits` says that it is busy.
    """

    name: str
    route: str
    path: str
    shows: str
    who: UUID | None = None
    prepare: Prepare | None = None
    act: Act | None = None
    then: str | None = None
    beside: tuple[UUID, str] | None = None
    alone: bool = False
    devices: Devices = "granted"
    waits: bool = False


async def speak_in_place(page: Page, locale: str) -> None:
    """Let the page change its language where it stands."""
    if await page.evaluate(LANGUAGE) == locale:
        return
    await page.evaluate(CHOSEN_ELSEWHERE, locale)

    async def changed() -> bool:
        return bool(await page.evaluate(LANGUAGE) == locale)

    await until(changed, what=f"the page speaks {locale}")


def pressing(*keys: str) -> Act:
    """Press one button after the other, by their words."""

    async def press(page: Page, locale: str) -> None:
        for key in keys:
            await page.get_by_role("button", name=say(key, locale=locale)).first.click()

    return press


def clicking(*selectors: str) -> Act:
    """Press one thing after the other, by where it is."""

    async def click(page: Page, locale: str) -> None:
        for selector in selectors:
            await page.locator(selector).first.click()

    return click


def filling(fields: Mapping[str, str], *, send: bool = True) -> Act:
    """Write in fields, and press Enter in the last."""

    async def fill(page: Page, locale: str) -> None:
        for selector, text in fields.items():
            await page.locator(selector).first.fill(text)
        if send:
            await page.keyboard.press("Enter")

    return fill


def first(*acts: Act) -> Act:
    """One act after the other."""

    async def do(page: Page, locale: str) -> None:
        for act in acts:
            await act(page, locale)

    return do


async def unfold(page: Page, locale: str) -> None:
    """Open all that can be folded out."""
    await page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")


async def keep_notices(page: Page, locale: str) -> None:
    """Let what is told in passing stay until it has been looked at."""
    await page.evaluate(
        "() => { const later = setTimeout; window.setTimeout = (act, ms) => (ms >= 5000 ? 0 : later(act, ms)); }"
    )


async def lose_the_line(page: Page, locale: str) -> None:
    """No line any more; the words of both languages have come before."""
    for other in (*(one for one in LOCALES if one != locale), locale):
        await speak_in_place(page, other)
    await page.context.set_offline(True)


def answered(path: str, body: Any, *, status: int = 200) -> Prepare:
    """Let the server's answer for a path be this one, where the real one would take a day to come about."""

    async def answer(route: Route) -> None:
        kind = "application/json" if status < 400 else "application/problem+json"
        await route.fulfill(status=status, body=json.dumps(body), content_type=kind)

    return _at(path, answer)


def altered(path: str, change: Callable[[Any], Any]) -> Prepare:
    """Let something be different in what the server truly answers."""

    async def alter(route: Route) -> None:
        answer = await route.fetch()
        body = await answer.json()
        changed = change(body)
        await route.fulfill(response=answer, json=body if changed is None else changed)

    return _at(path, alter)


def never_answered(path: str) -> Prepare:
    async def hold(route: Route) -> None:
        pass

    return _at(path, hold)


def cut_off(path: str) -> Prepare:
    """Let no question get through."""

    async def cut(route: Route) -> None:
        await route.abort("internetdisconnected")

    return _at(path, cut)


def _at(path: str, handle: Callable[[Route], Awaitable[None]]) -> Prepare:
    async def prepare(page: Page) -> None:
        await page.route(path, handle)

    return prepare
