"""How often a band of nominally 90 % holds the true place, and how wide it is, by the number of meetings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from feedback.severity.bands import COVERAGE, fit_widths, scale_of
from feedback.severity.fitting import Fit, fit_severity
from tests.bench.figure import Figure
from tests.bench.learning.chart import PICTURES, linear_chart
from tests.bench.learning.simulated import Floats, Ints, Simulated, World, simulate
from tests.bench.planner.chart import Line

COMMAND = "make bench-learning"
BINS = {"3": (3, 3), "4_5": (4, 5), "6_8": (6, 8), "9_15": (9, 15)}
WORLDS = 60
SMALL = World(seekers=40, employers=15)
DRIFTING = World(drift=0.8, uneven=0.4)


@dataclass(frozen=True, slots=True)
class Covered:
    """By simulated seeker: meetings held, whether each kind of interval held the truth, and half its width."""

    meetings: Ints
    held: dict[str, Floats]
    half: dict[str, Floats]

    def share(self, kind: str, least: int, most: int) -> float:
        """How often the kind of interval held the truth of those with so many meetings."""
        return float(self.held[kind][(self.meetings >= least) & (self.meetings <= most)].mean())

    def width(self, kind: str, meetings: int) -> float:
        """Half the mean width after so many meetings."""
        return float(self.half[kind][self.meetings == meetings].mean())


def coverage() -> Iterator[Figure]:
    """Coverage by bin, in worlds that the model describes and in worlds that it does not; and the pictures."""
    usual = covered(World(), WORLDS)
    drifting = covered(DRIFTING, WORLDS)
    for name, (least, most) in BINS.items():
        plain = usual.share("plug-in", least, most)
        against = f"at most 0.92; {plain:.3f} with parameters taken as known; {WORLDS} worlds of 700 seekers"
        share = usual.share("band", least, most)
        yield Figure(f"estimator.coverage.{name}", share, "", 0.88, "at_least", against, COMMAND, most=0.92)
    for name, (least, most) in BINS.items():
        share = drifting.share("band", least, most)
        against = "severity drifts, thresholds differ between employers"
        yield Figure(f"estimator.coverage_drift.{name}", share, "", 0.85, "at_least", against, COMMAND)
    small = covered(SMALL, 2 * WORLDS)
    for name, (least, most) in BINS.items():
        against = f"one event of {SMALL.seekers} seekers and {SMALL.employers} employers alone; {2 * WORLDS} worlds"
        share = small.share("band", least, most)
        yield Figure(f"estimator.coverage_small.{name}", share, "", 0.86, "at_least", against, COMMAND)
    for meetings in (1, 3, 6, 12):
        yield Figure(f"estimator.half_width.{meetings}", usual.width("band", meetings), "rating steps", command=COMMAND)
    draw(usual, drifting)


def covered(world: World, worlds: int) -> Covered:
    """What became of everybody in so many worlds, each with a seed of its own."""
    meetings: list[Ints] = []
    held: dict[str, list[Floats]] = {}
    half: dict[str, list[Floats]] = {}
    for seed in range(worlds):
        drawn = simulate(world, np.random.default_rng(seed))
        meetings.append(drawn.meetings)
        for kind, (low, high) in intervals(drawn, fit_severity(drawn.table)).items():
            held.setdefault(kind, []).append(((low <= drawn.truth) & (drawn.truth <= high)).astype(float))
            half.setdefault(kind, []).append((high - low) / 2)
    joined = [{kind: np.concatenate(parts) for kind, parts in of.items()} for of in (held, half)]
    return Covered(np.concatenate(meetings), joined[0], joined[1])


def intervals(drawn: Simulated, fit: Fit) -> dict[str, tuple[Floats, Floats]]:
    """The band; the interval of the same model as if its parameters were known; and the raw mean with its error."""
    found = fit_widths(fit, "seeker")
    scale = scale_of(fit.layout.levels, fit.layout.contents, fit.best.parameters)
    reach = ndtri(0.5 + COVERAGE / 2)
    known = reach * np.sqrt(fit.best.variances.wide)
    places = fit.best.modes.wide
    seeker = fit.layout.cell_levels["wide"][fit.layout.row_cell]
    count = np.bincount(seeker)
    ratings = np.array(drawn.table.ratings, float)
    mean = np.bincount(seeker, weights=ratings) / count
    error = reach * np.sqrt(np.bincount(seeker, weights=(ratings - mean[seeker]) ** 2) / (count - 1) / count)
    return {
        "band": (found.low, found.high),
        "plug-in": (scale.mean(places - known), scale.mean(places + known)),
        "raw": (mean - error, mean + error),
    }


def draw(usual: Covered, drifting: Covered) -> None:
    """The two pictures of the documents."""
    counts = range(1, 16)
    held = [
        Line("band", [(n, usual.share("band", n, n)) for n in counts]),
        Line("band, drifting employers", [(n, drifting.share("band", n, n)) for n in counts]),
        Line("raw mean ± its error", [(n, usual.share("raw", n, n)) for n in counts], is_peer=True),
    ]
    wide = [
        Line("band", [(n, usual.width("band", n)) for n in counts]),
        Line("band, drifting employers", [(n, drifting.width("band", n)) for n in counts]),
        Line("raw mean ± its error", [(n, usual.width("raw", n)) for n in counts], is_peer=True),
    ]
    PICTURES.mkdir(parents=True, exist_ok=True)
    shares = linear_chart(
        "How often the truth is inside (nominal 90 %)", "share of seekers", "meetings", held, (0.3, 1.0)
    )
    widths = linear_chart("Half the width of the band", "steps of the 1–5 scale", "meetings", wide, (0.0, 0.8))
    (PICTURES / "estimator-coverage.svg").write_text(shares, encoding="utf-8")
    (PICTURES / "estimator-width.svg").write_text(widths, encoding="utf-8")
