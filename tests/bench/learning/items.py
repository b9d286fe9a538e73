"""Bands of one item's ratings alone: how often they hold the truth, how wide they are, and what they need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from feedback.places import EMPLOYERS_LEAST, SEEKERS_LEAST, Direction
from feedback.severity.bands import fit_widths
from feedback.severity.climbing import FitFailed
from feedback.severity.fitting import fit_severity
from feedback.severity.likelihood import expected_rating
from feedback.severity.online import RatingGiven, calibration
from feedback.severity.table import RatingTable, TableInvalid
from feedback.severity.trend import trend
from tests.bench.figure import Figure
from tests.bench.learning.coverage import BINS, COMMAND, WORLDS, Covered
from tests.bench.learning.simulated import ITEMS, LEVELS, THRESHOLDS, Floats, Ints, Simulated, World, simulate

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(15)
USUAL = World(special=0.6)
LEAST = World(seekers=SEEKERS_LEAST, employers=EMPLOYERS_LEAST, meetings_each=3, special=0.6)
LEAST_WORLDS = 300


def one_item(drawn: Simulated, item: int) -> RatingTable:
    """The ratings of one item, without the meeting: with one rating a meeting its effect is part of the rest."""
    every = slice(item, None, len(ITEMS))
    random = {name: drawn.table.random[name][every] for name in ("seeker", "employer")}
    return RatingTable(drawn.table.ratings[every], random)


def true_means(drawn: Simulated, item: int, meeting: float) -> Floats:
    """By seeker the mean rating of the item by an ordinary employer, over very many meetings."""
    away = drawn.places[:, item, None] + meeting * NODES
    levels = expected_rating(LEVELS, THRESHOLDS, away)
    mean: Floats = levels @ (WEIGHTS / WEIGHTS.sum())
    return mean


def covered_items(world: World, worlds: int, *, first: int = 0) -> tuple[Covered, float]:
    """What became of everybody's band on one item a world, and the share of worlds in which nothing could be fitted."""
    meetings: list[Ints] = []
    held: list[Floats] = []
    half: list[Floats] = []
    for seed in range(first, first + worlds):
        drawn, item = simulate(world, np.random.default_rng(seed)), seed % len(ITEMS)
        try:
            found = fit_widths(fit_severity(one_item(drawn, item)), "seeker")
        except (FitFailed, TableInvalid):
            continue
        truth = true_means(drawn, item, world.meeting)
        meetings.append(drawn.meetings)
        held.append(((found.low <= truth) & (truth <= found.high)).astype(float))
        half.append((found.high - found.low) / 2)
    joined = Covered(np.concatenate(meetings), {"band": np.concatenate(held)}, {"band": np.concatenate(half)})
    return joined, 1.0 - len(meetings) / worlds


def item_coverage() -> Iterator[Figure]:
    """Coverage by bin where a person differs from item to item; at the least to go by; and false directions."""
    usual, _ = covered_items(USUAL, WORLDS)
    for name, (least, most) in BINS.items():
        share = usual.share("band", least, most)
        against = f"at most 0.92; one item's ratings alone; {WORLDS} worlds of 700 seekers"
        yield Figure(f"estimator.coverage_item.{name}", share, "", 0.88, "at_least", against, COMMAND, most=0.92)
    for meetings in (1, 3, 6, 12):
        width = usual.width("band", meetings)
        yield Figure(f"estimator.half_width_item.{meetings}", width, "rating steps", command=COMMAND)
    least_world, failed = covered_items(LEAST, LEAST_WORLDS)
    against = f"{LEAST.seekers} seekers with three ratings by {LEAST.employers} employers; {LEAST_WORLDS} worlds"
    yield Figure(
        "estimator.coverage_least", least_world.share("band", 3, 3), "", 0.86, "at_least", against, COMMAND, most=0.94
    )
    yield Figure("estimator.least_not_fitted", failed, "", 0.02, against=against, command=COMMAND)
    yield from _false_directions()


def _false_directions() -> Iterator[Figure]:
    """Nobody's place moves there, so a direction that is named is a false one."""
    drawn = simulate(replace(USUAL, meetings_each=6), np.random.default_rng(1))
    table = one_item(drawn, 0)
    known = calibration(fit_severity(table), "seeker")
    given: dict[str, list[RatingGiven]] = {}
    for number, (seeker, employer, value) in enumerate(
        zip(table.random["seeker"], table.random["employer"], table.ratings, strict=True)
    ):
        given.setdefault(seeker, []).append(RatingGiven(f"m{number:06}", employer, (), value))
    said = [trend(known, ratings, [one.meeting for one in ratings]) for ratings in given.values()]
    words = [found.direction for found in said if found is not None]
    for name, goal, named in (
        ("sure", 0.10, (Direction.UP, Direction.DOWN)),
        ("probable", 0.20, (Direction.PROBABLY_UP, Direction.PROBABLY_DOWN)),
    ):
        share = sum(word in named for word in words) / len(words)
        against = "share of seekers whose place on the item did not move, yet a direction was named"
        yield Figure(f"estimator.trend_item_false.{name}", share, "", goal, against=against, command=COMMAND)
