"""A look at a page in its shapes: both languages, three widths, light and dark.

Half of the states are come to in each language (`test_axe.py`). There axe looks at a phone in that language and at
a desk in the other, in light and dark: a phone of today where Swedish is first, a narrow one where English is.
Whether something sticks out is asked in both languages at every width, for that is what longer words do.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.async_api import Page

from tests.journeys.shown.state import LOCALES, State, speak_in_place
from tests.journeys.support.axe import ABOUT_COLOUR, Look, axe_on
from tests.journeys.support.browser import Theme, Visit
from tests.journeys.support.waiting import until

WIDTHS = ((320, 720), (390, 844), (1440, 900))
NARROW, PHONE, DESK = (width for width, _ in WIDTHS)
LOOKED_AT = {"sv": {"sv": PHONE, "en": DESK}, "en": {"en": NARROW, "sv": DESK}}
THEMES: tuple[Theme, ...] = ("light", "dark")
# A folder that pictures of every state are kept in, for eyes to look at.
PICTURES = os.environ.get("DIREKTKONTAKT_TEST_PICTURES")
SETTLED = """
() => document.documentElement.lang + ' ' + (document.querySelector('h1, h2')?.textContent.trim().length ?? 0)
  + ' ' + document.querySelectorAll('[aria-busy=true]').length
"""
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
# Where everything on the page is, and whether it is seen.
SHAPE = """
() => [...document.body.querySelectorAll('*')].map((one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  return `${one.tagName} ${x} ${y} ${width} ${height} ${getComputedStyle(one).visibility}`;
}).join()
"""
# What sticks out of the window is what a finger would have to push sideways for.
SIDEWAYS = """
() => {
  const wide = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth;
  if (wide <= 0) return '';
  const out = [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > innerWidth);
  const ends = out.filter((one) => !out.some((other) => other !== one && one.contains(other)));
  const named = ends.slice(0, 3).map((one) => one.outerHTML.slice(0, 100)).join(' | ');
  return `wider than the window by ${wide} px: ${named}`;
}
"""


async def show(person: Visit, state: State, locale: str) -> None:
    """Bring the page to its state, populated and settled."""
    page = person.page
    page.set_default_timeout(15_000)
    if state.prepare is not None:
        await state.prepare(page)
    await person.go(state.path)
    await page.locator(state.shows).first.wait_for(state="attached", timeout=20_000)
    if state.act is not None:
        await state.act(page, locale)
    if state.then is not None:
        await page.locator(state.then).first.wait_for(timeout=20_000)

    async def settled() -> bool:
        language, length, busy = str(await page.evaluate(SETTLED)).split(" ")
        return language == locale and (state.waits or (int(length) > 0 and int(busy) == 0))

    await until(settled, what=f"{state.name} is settled")


async def look_in_all_shapes(page: Page, locale: str, *, keep: str) -> list[str]:
    """What is found in both languages, at each width, in light and dark."""
    findings = []
    async with axe_on(page) as look:
        for width, height in WIDTHS:
            await page.set_viewport_size({"width": width, "height": height})
            for spoken in (locale, *(one for one in LOCALES if one != locale)):
                await speak_in_place(page, spoken)
                if width == LOOKED_AT[locale][spoken]:
                    findings += [f"{spoken} {width} {found}" for found in await look_in_both_themes(page, look)]
                sideways = await page.evaluate(SIDEWAYS)
                findings += [f"{spoken} {width}: {sideways}"] if sideways else []
                await keep_for_eyes(page, f"{keep} {spoken} {width}")
    return findings


async def look_in_both_themes(page: Page, look: Look) -> list[str]:
    """What is found in light and dark; where the dark differs in colour alone, only colours are asked about there."""
    findings, shapes = [], set()
    for theme in THEMES:
        await page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        await page.evaluate(TWO_FRAMES)
        shape = await page.evaluate(SHAPE)
        found = await look(ABOUT_COLOUR) if shape in shapes else await look()
        shapes.add(shape)
        findings += [f"{theme}: {one.rule} ({one.help}) {', '.join(one.places[:3])}" for one in found]
    return findings


async def keep_for_eyes(page: Page, name: str) -> None:
    if PICTURES and name.endswith(("390", "1440")):
        file = re.sub(r"[^a-z0-9]+", "-", name.lower())
        await page.emulate_media(color_scheme="light", reduced_motion="reduce")
        await page.screenshot(path=Path(PICTURES) / f"{file}.png", full_page=True)
