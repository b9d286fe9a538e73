"""axe-core, brought in over the debugging line so that the page's policy stays as it is."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from playwright.async_api import Page

AXE = Path(__file__).parents[3] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# Those of them that ask what colour something has.
ABOUT_COLOUR = ("color-contrast", "link-in-text-block")


class Look(Protocol):
    async def __call__(self, rules: Sequence[str] = TAGS) -> list[Finding]:
        """What breaks the rules with these tags or names."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule broken, and where."""

    rule: str
    help: str
    places: tuple[str, ...]


@cache
def axe_source() -> str:
    return AXE.read_text()


@asynccontextmanager
async def axe_on(page: Page) -> AsyncIterator[Look]:
    """A look with axe at the page as it stands, as often as wanted until it is loaded anew."""
    line = await page.context.new_cdp_session(page)

    async def look(rules: Sequence[str] = TAGS) -> list[Finding]:
        options = json.dumps({"runOnly": list(rules), "resultTypes": ["violations"]})
        expression = f"axe.run(document, {options}).then((result) => JSON.stringify(result.violations))"
        answer = await line.send(
            "Runtime.evaluate", {"expression": expression, "awaitPromise": True, "returnByValue": True}
        )
        assert "exceptionDetails" not in answer, answer
        return [_finding(found) for found in json.loads(answer["result"]["value"])]

    try:
        await line.send("Runtime.evaluate", {"expression": axe_source()})
        yield look
    finally:
        await line.detach()


async def axe_findings(page: Page) -> list[Finding]:
    """All that axe finds on the page as it stands, WCAG 2.2 AA and best practice."""
    async with axe_on(page) as look:
        return await look()


async def assert_accessible(page: Page) -> None:
    assert await axe_findings(page) == []


def _finding(found: dict[str, Any]) -> Finding:
    return Finding(
        rule=found["id"],
        help=found["help"],
        places=tuple(" ".join(map(str, node["target"])) for node in found["nodes"]),
    )
