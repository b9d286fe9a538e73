"""How simulated participants behave, and how they tell what they did."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Tell = Callable[..., None]
"""Called with a fact and its details by name: ``tell("met", meeting_id=…, frames=…)``."""

AT_DESK = frozenset({"called", "talking", "feedback"})
WAITING = frozenset({"booked", "late", "checked_in"})
IN_TALK = frozenset({"called", "talking"})
STEP_S = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """Lengths are seconds.

    `talk_s` None talks for as long as the event gives. `needs_media` counts it from the first picture that came,
    for at most `media_grace_s` longer. `pace` stretches every human pause; 0 leaves none. Who is `eager` is
    ready for every meeting at once.
    """

    media: bool = True
    talk_s: float | None = None
    needs_media: bool = False
    media_grace_s: float = 20.0
    pace: float = 1.0
    eager: bool = False
    start_after_s: float = 4.0
    patience_s: float = 180.0


class Alarm:
    """Waits for whichever comes first: somebody rings, or the time is up."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self, *_: Any) -> None:
        """Wake whoever waits; arguments are taken so that this can be a callback."""
        self._rung.set()

    async def wait(self, seconds: float, *, until: Callable[[], bool] | None = None) -> None:
        """Return when rung, when `seconds` have passed, or soon after `until` has become true."""
        deadline = time.monotonic() + max(0.0, seconds)
        while not self._rung.is_set() and not (until and until()) and (left := deadline - time.monotonic()) > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(min(left, STEP_S) if until else left):
                    await self._rung.wait()
        self._rung.clear()


def seconds_between(earlier: str | None, later: str | None) -> float:
    """How much later the second instant is; 0 when one of them is not there."""
    if earlier is None or later is None:
        return 0.0
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds()


def human_pause(manner: Manner, least_s: float, most_s: float) -> float:
    """Seconds that a person takes for something."""
    return manner.pace * random.uniform(least_s, most_s)
