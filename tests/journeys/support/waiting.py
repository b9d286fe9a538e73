"""Waiting under a strict content security policy, where Playwright's own waiting would need `eval`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from playwright.async_api import Page

T = TypeVar("T")

EVERY_S = 0.05


async def poll(page: Page, expression: str, *, within_s: float = 10) -> Any:
    """The value of a JavaScript expression, once it is truthy.

    Raises:
        AssertionError: it was not in time; says what it was last.
    """
    return await until(lambda: page.evaluate(expression), within_s=within_s, what=expression)


async def until(look: Callable[[], Awaitable[T]], *, within_s: float = 10, what: str = "") -> T:
    """What `look()` returns, once it is truthy."""
    deadline = time.monotonic() + within_s
    while True:
        seen = await look()
        if seen:
            return seen
        assert time.monotonic() < deadline, f"{what or look} was still {seen!r} after {within_s} s"
        await asyncio.sleep(EVERY_S)
