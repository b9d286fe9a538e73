"""The wall clock, which everything else is given the time of, and which day it is then."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

HOME: Final = ZoneInfo("Europe/Stockholm")
"""Where the product is used; a day begins and ends there, but for an event's, which has a zone of its own."""


def utc_now() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def day_of(instant: datetime) -> date:
    """The day it is then where the product is used."""
    return instant.astimezone(HOME).date()
