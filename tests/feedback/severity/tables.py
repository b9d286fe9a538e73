"""Tables of ratings for the tests of the estimator."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from feedback.severity.online import RatingGiven
from feedback.severity.table import RatingTable

Row = tuple[str, str, str, str, int]


def drawn(seed: int = 1, *, seekers: int = 40, employers: int = 8, each: int = 5, items: int = 3) -> list[Row]:
    """Rows of seeker, employer, meeting, item and rating, from a world of the model."""
    random = np.random.default_rng(seed)
    place, severity = random.normal(0, 1.0, seekers), random.normal(0, 0.7, employers)
    rows = []
    for seeker in range(seekers):
        for employer in random.choice(employers, size=each, replace=False):
            level = place[seeker] + severity[employer] + random.normal(0, 0.6)
            for item in range(items):
                chances = [1 / (1 + math.exp(-(tau - level - 0.3 * item))) for tau in (-2.2, -0.8, 0.7, 2.3)]
                value = 1 + int((random.uniform() > np.array(chances)).sum())
                rows.append((f"s{seeker:02}", f"e{employer}", f"s{seeker:02}-e{employer}", f"item_{item}", value))
    return rows


def table_of(rows: Iterable[Row], random: str = "seeker,employer,meeting", fixed: str = "item") -> RatingTable:
    """Rows as a table with the named columns."""
    seeker, employer, meeting, item, ratings = zip(*rows, strict=True)
    columns = {"seeker": seeker, "employer": employer, "meeting": meeting, "item": item}
    return RatingTable(
        ratings,
        {name: columns[name] for name in random.split(",")},
        {name: columns[name] for name in fixed.split(",") if name},
    )


def given(rows: Iterable[Row], seeker: str) -> list[RatingGiven]:
    """What one seeker was given."""
    return [
        RatingGiven(meeting, employer, (item,), value) for who, employer, meeting, item, value in rows if who == seeker
    ]
