"""How surely a person's place is known, as a band on the rating scale.

**The rule.** A band holds a person's mean rating, over what was rated, by an
ordinary employer in an ordinary meeting. In logits its variance is the sum of

* the variance of the person's effect at the fitted parameters, in which the
  uncertainty of every employer's severity and of the meetings is counted; and
* what the uncertainty of thresholds, items and standard deviations adds: the
  place's slopes j in them with their covariance C, ``j C j'``.

The first is itself only estimated. How much it moves with the parameters, g,
gives the degrees of freedom ``2 V^2 / (g C g')`` of a t distribution, whose
quantile takes the place of the normal one. Nothing is multiplied by hand.

Source: Kass & Steffey 1989 (variance); Satterthwaite 1946 and Kenward & Roger
1997 (degrees of freedom).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from feedback.profile import Stage, stage
from feedback.severity.fitting import STEP, Fit
from feedback.severity.laplace import Parameters
from feedback.severity.layout import Floats, Ints, by_label
from feedback.severity.likelihood import expected_rating, expected_slope

COVERAGE = 0.90
FREEDOM_MAX = 1e6


@dataclass(frozen=True, slots=True)
class Scale:
    """What turns a place in logits into a mean rating: the levels, the thresholds, and each content's offset."""

    levels: Floats
    thresholds: Floats
    offsets: Floats

    def mean(self, places: Floats) -> Floats:
        """The mean rating of each place over the contents."""
        mean: Floats = expected_rating(self.levels, self.thresholds, places[:, None] + self.offsets).mean(axis=1)
        return mean

    def slope(self, places: Floats) -> Floats:
        """How fast `mean` rises at each place."""
        slope: Floats = expected_slope(self.levels, self.thresholds, places[:, None] + self.offsets).mean(axis=1)
        return slope


@dataclass(frozen=True, slots=True)
class Located:
    """Persons' most likely places and the variances given the parameters, in logits, on the scale of one point."""

    scale: Scale
    places: Floats
    variances: Floats


@dataclass(frozen=True, slots=True)
class Widths:
    """By person: the middle and both ends on the rating scale, the whole variance in logits, degrees of freedom."""

    middle: Floats
    low: Floats
    high: Floats
    variance: Floats
    freedom: Floats


@dataclass(frozen=True, slots=True)
class Band:
    """What may be shown beside the raw ratings, and of which model it is."""

    meetings: int
    stage: Stage
    low: float
    middle: float
    high: float
    model_version: str


def scale_of(levels: tuple[int, ...], contents: Ints, parameters: Parameters) -> Scale:
    """The scale at `parameters` over `contents`, a line of fixed codes each."""
    return Scale(np.array(levels, float), parameters.thresholds, parameters.offsets(list(contents.T)))


def widths(
    best: Located, neighbours: list[tuple[Located, Located]], covariance: Floats, *, coverage: float = COVERAGE
) -> Widths:
    """The bands of everybody located, by the rule above.

    Args:
        best: at the fitted parameters.
        neighbours: `STEP` above and below in each free parameter, in the order of `covariance`.
        covariance: of the free parameters.
        coverage: how often a band is to hold the place, in the long run.
    """
    slope = best.scale.slope(best.places)
    moves = [(up.scale.mean(up.places) - down.scale.mean(down.places)) / (2 * STEP * slope) for up, down in neighbours]
    widens = [(up.variances - down.variances) / (2 * STEP) for up, down in neighbours]
    total = best.variances + _quadratic(np.stack(moves), covariance)
    # A variance that nothing moves is known: the t distribution is then the normal one.
    unsure = np.maximum(_quadratic(np.stack(widens), covariance), 2 * total**2 / FREEDOM_MAX)
    freedom = 2 * total**2 / unsure
    half = stdtrit(freedom, 0.5 + coverage / 2) * np.sqrt(total)
    mean = best.scale.mean
    return Widths(mean(best.places), mean(best.places - half), mean(best.places + half), total, freedom)


def fit_widths(fit: Fit, of: str, *, coverage: float = COVERAGE) -> Widths:
    """The bands of every level of the random column `of`, in the order of its labels, whatever may be shown."""
    role, layout = fit.layout.role_of(of), fit.layout
    located = [
        Located(
            scale_of(layout.levels, layout.contents, point.parameters),
            by_label(layout, role, getattr(point.modes, role)),
            by_label(layout, role, getattr(point.variances, role)),
        )
        for point in (fit.shown, *(point for pair in fit.neighbours for point in pair))
    ]
    pairs = list(zip(located[1::2], located[2::2], strict=True))
    return widths(located[0], pairs, fit.covariance, coverage=coverage)


def bands(fit: Fit, of: str) -> dict[str, Band]:
    """The bands that may be shown, by label: from three meetings on; before that, words alone are honest."""
    found, role = fit_widths(fit, of), fit.layout.role_of(of)
    meetings = np.bincount(fit.layout.cell_levels[role], minlength=fit.layout.size(role))
    return {
        label: band(found, at, int(meetings[at]), fit.model_version)
        for at, label in enumerate(fit.layout.factors[role].labels)
        if shows_band(int(meetings[at]))
    }


def shows_band(meetings: int) -> bool:
    """Whether after so many meetings a band may be shown."""
    return stage(meetings) in (Stage.BAND, Stage.TREND)


def band(found: Widths, at: int, meetings: int, model_version: str) -> Band:
    """The band of one of those found."""
    low, middle, high = (float(values[at]) for values in (found.low, found.middle, found.high))
    return Band(meetings, stage(meetings), low, middle, high, model_version)


def _quadratic(slopes: Floats, covariance: Floats) -> Floats:
    """The variance that `covariance` gives to each column of `slopes`."""
    found: Floats = np.einsum("ps,pq,qs->s", slopes, covariance, slopes, optimize=True)
    return found
