"""Getting ready to present one's merits: points to tick off, and the circles in which people know people."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from feedback.guides import guide
from feedback.instrument import Option, Text

CONTACTS_MAX = 60


@dataclass(frozen=True, slots=True)
class Point(Option):
    """One point of the checklist, and how one does it. Source: item 2 of the scorecard, merits with examples."""

    how: Text


@dataclass(frozen=True, slots=True)
class Preparation:
    """The checklist in its order, and the circles of a network map."""

    points: tuple[Point, ...]
    circles: tuple[Option, ...]

    def has_point(self, code: str) -> bool:
        """Whether the checklist has such a point."""
        return any(point.code == code for point in self.points)

    def has_circle(self, code: str) -> bool:
        """Whether people are asked about such a circle."""
        return any(circle.code == code for circle in self.circles)


@cache
def preparation() -> Preparation:
    """The checklist and the circles that come with the product."""
    data = guide("rehearsal")
    return Preparation(
        points=tuple(Point(one["code"], Text(**one["text"]), Text(**one["how"])) for one in data["points"]),
        circles=tuple(Option(one["code"], Text(**one["text"])) for one in data["circles"]),
    )
