"""What may be said of a seeker's place on one item: when there is enough to go by, and which way it moved.

A place is about one item. There is none for the whole person, and nothing here
adds places up. The place itself comes from `feedback.severity`, which needs
numpy; this module is what everybody else may import.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from feedback.profile import BAND_FROM

SEEKERS_LEAST, EMPLOYERS_LEAST = 20, 6
SAME_WITHIN = 0.8


class Direction(StrEnum):
    """Which way a place moved, as surely as can be said."""

    UP = "up"
    PROBABLY_UP = "probably_up"
    SAME = "same"
    PROBABLY_DOWN = "probably_down"
    DOWN = "down"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Change:
    """By how many steps a place moved: an interval that holds it nine times in ten, and one six times in ten."""

    low: float
    likely_low: float
    likely_high: float
    high: float

    @property
    def direction(self) -> Direction:
        """A direction where the wide interval leaves *no change* out, *probably* where only the narrow one does.

        *Probably* is said at four chances in five or more, *same* when a change of 0.8 steps is as good as out of the
        question; else nothing can be said yet.
        """
        if self.low > 0 or self.high < 0:
            return Direction.UP if self.low > 0 else Direction.DOWN
        if self.likely_low > 0 or self.likely_high < 0:
            return Direction.PROBABLY_UP if self.likely_low > 0 else Direction.PROBABLY_DOWN
        return Direction.SAME if self.low > -SAME_WITHIN and self.high < SAME_WITHIN else Direction.UNSURE


@dataclass(frozen=True, slots=True)
class Grounds:
    """How much there is to go by on one item: seekers with three ratings or more, employers, and all ratings."""

    seekers: int
    employers: int
    ratings: int

    @property
    def is_enough(self) -> bool:
        """Whether bands can be found that hold what they promise.

        Source: `make bench-learning`, `estimator.coverage_least`.
        """
        return self.seekers >= SEEKERS_LEAST and self.employers >= EMPLOYERS_LEAST


def grounds(rated: Iterable[tuple[str, str]]) -> Grounds:
    """What ratings of one item give to go by; one (seeker, employer) a rating."""
    each = list(rated)
    seekers = Counter(seeker for seeker, _ in each)
    often = sum(count >= BAND_FROM for count in seekers.values())
    return Grounds(often, len({employer for _, employer in each}), len(each))


def ratings_to_band(seen: int) -> int:
    """How many more ratings of an item until a band can be shown; 0 from the third on."""
    return max(0, BAND_FROM - seen)
