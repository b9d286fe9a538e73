"""How long a joint fit takes, and placing one seeker when feedback is released."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from feedback.places import Direction
from feedback.severity.bands import bands
from feedback.severity.fitting import fit_severity
from feedback.severity.online import RatingGiven, calibration, online_band
from feedback.severity.table import RatingTable
from feedback.severity.trend import trend
from tests.bench.figure import Figure, median
from tests.bench.learning.simulated import World, simulate

COMMAND = "make bench-learning"
LARGE = World(seekers=50_000, employers=1_000, meetings_each=6)
SMALL = World(meetings_each=6)


def speed() -> Iterator[Figure]:
    """One core where OMP_NUM_THREADS=1; each time holds the layout, the fit and everybody's band."""
    for world, goal in ((SMALL, 5.0), (LARGE, 120.0)):
        table = simulate(world, np.random.default_rng(1)).table
        began = time.perf_counter()
        bands(fit_severity(table), "seeker")
        took = time.perf_counter() - began
        against = f"{world.employers} employers, {len(table.ratings)} ratings"
        yield Figure(f"estimator.{world.seekers}x6_s", took, "s", goal, against=against, command=COMMAND)


def online() -> Iterator[Figure]:
    """Everybody of a small world placed one by one; nobody's place moves there, so a named direction is a false one."""
    table = simulate(SMALL, np.random.default_rng(1)).table
    known = calibration(fit_severity(table), "seeker")
    times, named = [], 0
    given = by_seeker(table)
    for ratings in given.values():
        began = time.perf_counter()
        online_band(known, ratings)
        times.append((time.perf_counter() - began) * 1000)
        found = trend(known, ratings, sorted({one.meeting for one in ratings}))
        named += found is not None and found.direction in (Direction.UP, Direction.DOWN)
    yield Figure("estimator.online_ms", median(times), "ms", 5.0, against="6 meetings of 4 items", command=COMMAND)
    against = "share of seekers whose place did not move, yet a direction was named"
    yield Figure("estimator.trend_false", named / len(given), "", 0.10, against=against, command=COMMAND)


def by_seeker(table: RatingTable) -> dict[str, list[RatingGiven]]:
    """Each seeker's ratings."""
    found: dict[str, list[RatingGiven]] = {}
    columns = (table.random["seeker"], table.random["meeting"], table.random["employer"], table.fixed["item"])
    for seeker, meeting, employer, item, value in zip(*columns, table.ratings, strict=True):
        found.setdefault(seeker, []).append(RatingGiven(meeting, employer, (item,), value))
    return found
