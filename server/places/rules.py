"""When bands are made, and what is said where there is none."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from feedback.places import ratings_to_band

Item = tuple[str, str]
"""An item by its pack and its code."""
NIGHT_AT = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(hours=2)
PAUSE_MAX_S = 60.0


class Awaits(StrEnum):
    """Why no band is shown for an item yet."""

    RATINGS = "ratings"
    GROUNDS = "grounds"
    PLACING = "placing"
    SIGN_IN = "sign_in"


def night_of(moment: datetime) -> date:
    """The night whose fit counts at `moment`: a night begins at one o'clock, UTC."""
    return (moment - NIGHT_AT).date()


def pause_s(stumbles: int) -> float:
    """Seconds until the next look: one, and twice as long for each stumble in a row, up to a minute."""
    return min(2.0 ** min(stumbles, 9), PAUSE_MAX_S)


def awaits(*, seen: int, is_fitted: bool, sees_all: bool) -> Awaits:
    """What a band that is not there waits for.

    Args:
        seen: how many meetings had something to go by.
        is_fitted: whether the item has been fitted, so that somebody could be placed on it.
        sees_all: whether the reader sees all feedback, and not that of one event.
    """
    if ratings_to_band(seen):
        return Awaits.RATINGS
    if not is_fitted:
        return Awaits.GROUNDS
    return Awaits.PLACING if sees_all else Awaits.SIGN_IN
