"""The cumulative logit of single ratings, with what Laplace's method asks of it.

With ``A = F(upper - eta)`` and ``B = F(lower - eta)`` of the logistic F,
``P = A - B = A (1 - B) (1 - exp(lower - upper))``: a rating is two binary logits
and a constant, so that nothing is lost where A and B are almost equal.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from feedback.severity.layout import Floats, Ints, sums

TINY = 1e-300


@dataclass(frozen=True, slots=True)
class RowTerms:
    """Of each row: the log-likelihood, its slope in eta, minus its curvature, and both logits' chances."""

    log_likelihood: float
    slope: Floats
    weight: Floats
    upper: Floats
    lower: Floats

    @property
    def upper_density(self) -> Floats:
        """The logistic density at the upper threshold."""
        return self.upper * (1.0 - self.upper)

    @property
    def lower_density(self) -> Floats:
        """The logistic density at the lower threshold."""
        return self.lower * (1.0 - self.lower)


def row_terms(thresholds: Floats, values: Ints, eta: Floats) -> RowTerms:
    """The terms of ratings `values` (from 0) whose linear predictor is `eta`, between increasing `thresholds`."""
    upper, not_lower = _logits(thresholds, values, eta)
    gaps = np.concatenate([[0.0], np.log(-np.expm1(thresholds[:-1] - thresholds[1:])), [0.0]])
    counts = np.bincount(values, minlength=len(gaps))
    return RowTerms(
        log_likelihood=float(np.log(np.maximum(upper * not_lower, TINY)).sum() + counts @ gaps),
        slope=upper - not_lower,
        weight=upper * (1.0 - upper) + not_lower * (1.0 - not_lower),
        upper=upper,
        lower=1.0 - not_lower,
    )


def log_logits(thresholds: Floats, values: Ints, eta: Floats) -> Floats:
    """The log-likelihood of each row but for the constant of its value."""
    upper, not_lower = _logits(thresholds, values, eta)
    return np.log(np.maximum(upper * not_lower, TINY))


def _logits(thresholds: Floats, values: Ints, eta: Floats) -> tuple[Floats, Floats]:
    """The chances to stay below the upper threshold, and above the lower one."""
    ends = np.concatenate([[-np.inf], thresholds, [np.inf]])
    return expit(ends[values + 1] - eta), expit(eta - ends[values])


def threshold_slopes(thresholds: Floats, values: Ints, terms: RowTerms) -> Floats:
    """The slope of the log-likelihood in each threshold."""
    levels = len(thresholds) + 1
    above = sums(values, 1.0 - terms.upper, levels)[:-1]
    below = sums(values, -terms.lower, levels)[1:]
    gaps = np.diff(thresholds)
    apart = np.bincount(values, minlength=levels)[1:-1] / np.expm1(gaps)
    slopes = above + below
    slopes[1:] += apart
    slopes[:-1] -= apart
    return slopes


def per_threshold(values: Ints, upper: Floats, lower: Floats, levels: int) -> Floats:
    """Sums over rows by threshold: `upper` to the one above each row's value, `lower` to the one below it."""
    above = sums(values, upper, levels)[:-1]
    below = sums(values, lower, levels)[1:]
    return above + below


def expected_rating(levels: Floats, thresholds: Floats, eta: Floats) -> Floats:
    """The mean rating at `eta`, on the scale of `levels`: the lowest plus each step times the chance to be above it."""
    steps = np.diff(levels)
    above = expit(eta[..., None] - thresholds)
    mean: Floats = levels[0] + above @ steps
    return mean


def expected_slope(levels: Floats, thresholds: Floats, eta: Floats) -> Floats:
    """How fast `expected_rating` rises with eta."""
    above = expit(eta[..., None] - thresholds)
    slope: Floats = (above * (1.0 - above)) @ np.diff(levels)
    return slope
