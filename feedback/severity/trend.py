"""Whether a seeker's place moved over their meetings, when six or more have been held.

The place is let change by a straight line over the meetings, by about as much as
seekers differ. What may be said of it in words is for `feedback.places`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, ndtri

from feedback.places import Change, Direction
from feedback.profile import Stage, stage
from feedback.severity.bands import COVERAGE, scale_of
from feedback.severity.layout import Floats, sums
from feedback.severity.online import Calibration, RatingGiven, Rows

STEPS_MAX = 60
STEP_ENOUGH = 1e-9
STEP_LONGEST = 2.0
LIKELY = 0.60
# Two meetings with one employer are never quite alike, also where no effect of meetings is fitted.
ALIKE = 1e-4


@dataclass(frozen=True, slots=True)
class Trend:
    """The change of the mean rating from the first to the last meeting: its middle, and between what it lies."""

    middle: float
    change: Change
    model_version: str

    @property
    def direction(self) -> Direction:
        """What may be said of it."""
        return self.change.direction


def trend(known: Calibration, ratings: Sequence[RatingGiven], order: Sequence[str]) -> Trend | None:
    """The seeker's trend; None while there are fewer than six meetings.

    Args:
        known: what is kept of the last fit.
        ratings: the seeker's, any order.
        order: the meetings' names, the first one held first; those without ratings are passed over.

    Raises:
        TableInvalid: see `online.place_online`.
    """
    rows = Rows(known, ratings)
    held = [meeting for meeting in dict.fromkeys(order) if meeting in rows.names]
    if stage(len(held)) is not Stage.TREND:
        return None
    at = np.array([held.index(meeting) for meeting in rows.names])
    place, change, error = _change(known, rows, at / (len(held) - 1) - 0.5)
    scale = scale_of(known.levels, known.contents, known.parameters[0])
    half, likely = (ndtri(0.5 + coverage / 2) * error for coverage in (COVERAGE, LIKELY))
    low, likely_low, middle, likely_high, high = (
        float(scale.mean(np.array([place + by / 2]))[0] - scale.mean(np.array([place - by / 2]))[0])
        for by in (change - half, change - likely, change, change + likely, change + half)
    )
    return Trend(middle, Change(low, likely_low, likely_high, high), known.model_version)


def _change(known: Calibration, rows: Rows, when: Floats) -> tuple[float, float, float]:
    """The place in the middle, its change over all meetings, and the change's standard error, in logits."""
    best = known.parameters[0]
    own = best.sigmas.wide**2
    unknown = rows.employers < 0
    met = np.outer(~unknown, ~unknown)
    meetings = np.where(met, known.unsure[np.ix_(rows.employers, rows.employers)], 0.0)
    meetings = meetings + np.diag(ALIKE + best.sigmas.inner**2 + unknown * best.sigmas.dense**2)
    prior = np.asarray(np.linalg.inv(meetings + own * (1.0 + np.outer(when, when))), np.float64)
    severity = np.where(unknown, 0.0, known.severities[0, rows.employers])
    level, precision = _levels(known, rows, severity, prior)
    pull = own * np.stack([np.ones_like(when), when]) @ prior
    place, change = pull @ level
    spread = own - own * (pull[1] @ when) + pull[1] @ np.linalg.solve(precision, pull[1])
    return float(place), float(change), float(np.sqrt(spread))


def _levels(known: Calibration, rows: Rows, severity: Floats, prior: Floats) -> tuple[Floats, Floats]:
    """Each meeting's most likely level beyond its employer's severity, and the precision of all of them together."""
    best = known.parameters[0]
    ends = np.concatenate([[-np.inf], best.thresholds, [np.inf]])
    fixed = best.offsets(rows.about) + severity[rows.meeting]
    upper, lower = ends[rows.value + 1] - fixed, ends[rows.value] - fixed
    level = np.zeros(len(severity))
    most, steps = np.inf, 0
    while most > STEP_ENOUGH and steps < STEPS_MAX:
        above, below = expit(upper - level[rows.meeting]), expit(lower - level[rows.meeting])
        slope = sums(rows.meeting, above + below - 1.0, len(level))
        weight = sums(rows.meeting, above * (1.0 - above) + below * (1.0 - below), len(level))
        precision = prior + np.diag(weight)
        step = np.clip(np.linalg.solve(precision, slope - prior @ level), -STEP_LONGEST, STEP_LONGEST)
        level = level + step
        most, steps = np.abs(step).max(), steps + 1
    return level, precision
