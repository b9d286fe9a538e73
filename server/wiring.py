"""Which parts an application has: its operations, its live layer, the work that time brings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from server.desks import endpoints as desks
from server.kit.db import Database
from server.kit.operations import Operations
from server.meetings import endpoints as meetings
from server.scorecards import endpoints as scorecards
from server.settings import Settings

Worker = Callable[[], Awaitable[None]]
Clock = Callable[[], datetime]


def operations(settings: Settings) -> list[Operations]:
    """The features that are served over HTTP."""
    return [
        meetings.operations,
        desks.operations,
        scorecards.operations,
    ]
