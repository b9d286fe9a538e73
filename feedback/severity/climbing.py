"""The climb to the most likely parameters, packed so that thresholds stay in order and sizes positive."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize

from feedback.severity.curvature import Effects, Sigmas
from feedback.severity.laplace import Parameters, find_mode, log_likelihood_slopes
from feedback.severity.layout import ROLES, Floats, Layout
from feedback.severity.table import TableInvalid

SIGMA_MIN, SIGMA_SENSIBLE, SIGMA_MAX = 1e-3, 10.0, 30.0
COEFFICIENT_SENSIBLE, COEFFICIENT_MAX = 15.0, 25.0
LOG_GAP = (-12.0, 4.0)
GRADIENT_MAX = 1e-5
ITERATIONS_MAX = 500


class FitFailed(TableInvalid):
    """The most likely parameters lie at infinity, or were not found."""


def most_likely(layout: Layout) -> Parameters:
    """The parameters of the greatest Laplace-approximated likelihood.

    Raises:
        FitFailed: they lie at infinity, because a column foretells the ratings.
    """
    best = _Climb(layout).climbed()
    _refuse_infinite(layout, best)
    return best


def flatten(layout: Layout, parameters: Parameters) -> Floats:
    """Thresholds, coefficients and log standard deviations (by role) in one row."""
    sigmas = [np.log(getattr(parameters.sigmas, role)) for role in ROLES if role in layout.factors]
    return np.concatenate([parameters.thresholds, *parameters.coefficients, sigmas])


def unflatten(layout: Layout, flat: Floats) -> Parameters:
    """What `flatten` made one row of."""
    cuts = np.cumsum([len(layout.levels) - 1, *(len(one.labels) - 1 for one in layout.fixed)])
    thresholds, *coefficients, logs = np.split(flat, cuts)
    sizes = iter(np.exp(logs))
    sigmas = Sigmas(*(float(next(sizes)) if role in layout.factors else 0.0 for role in ROLES))
    return Parameters(thresholds, tuple(coefficients), sigmas)


class _Climb:
    """The function that is minimised; it remembers the last mode, from where the next is a few steps."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._gaps = len(layout.levels) - 2
        self._coefficients = sum(len(one.labels) - 1 for one in layout.fixed)
        self.effects: Effects | None = None

    def climbed(self) -> Parameters:
        """The parameters at the top."""
        units = self._units()
        start = self._start()

        def scaled(steps: Floats) -> tuple[float, Floats]:
            value, slopes = self.descend(start + steps * units)
            return value, slopes * units

        found = minimize(
            scaled,
            np.zeros(len(start)),
            jac=True,
            method="L-BFGS-B",
            bounds=(self._bounds() - start[:, None]) / units[:, None],
            options={"maxiter": ITERATIONS_MAX, "ftol": 1e-13, "gtol": GRADIENT_MAX, "maxcor": 20},
        )
        return self.unpack(start + found.x * units)

    def _start(self) -> Floats:
        counts = np.cumsum(np.bincount(self._layout.values, minlength=len(self._layout.levels)))[:-1]
        shares = counts / len(self._layout.values)
        thresholds = 1.2 * np.log(shares / (1.0 - shares))
        sigmas = np.full(len(self._layout.factors), np.log(0.7))
        return np.concatenate([thresholds[:1], np.log(np.diff(thresholds)), np.zeros(self._coefficients), sigmas])

    def _units(self) -> Floats:
        """About one standard error each, relative to the largest, so that a step is as long in every direction."""
        rows = len(self._layout.values)
        sizes = [len(self._layout.factors[role].labels) for role in ROLES if role in self._layout.factors]
        counts = np.array([0.2 * rows] * (1 + self._gaps + self._coefficients) + [1.0 * size for size in sizes])
        units: Floats = np.sqrt(counts.min() / counts)
        return units

    def _bounds(self) -> Floats:
        # The first is free, or the first step of the climb would go to the edge at once.
        ends = [(-np.inf, np.inf), *[LOG_GAP] * self._gaps]
        ends += [(-COEFFICIENT_MAX, COEFFICIENT_MAX)] * self._coefficients
        ends += [(float(np.log(SIGMA_MIN)), float(np.log(SIGMA_MAX)))] * len(self._layout.factors)
        return np.array(ends)

    def unpack(self, packed: Floats) -> Parameters:
        flat = packed.copy()
        ends = 1 + self._gaps
        flat[:ends] = np.cumsum(np.concatenate([packed[:1], np.exp(packed[1:ends])]))
        return unflatten(self._layout, flat)

    def descend(self, packed: Floats) -> tuple[float, Floats]:
        mode = find_mode(self._layout, self.unpack(packed), self.effects)
        self.effects = mode.effects
        slopes = log_likelihood_slopes(self._layout, mode, mode.curvature.spread())
        ends = 1 + self._gaps
        later = np.cumsum(slopes[:ends][::-1])[::-1]
        slopes[0], slopes[1:ends] = later[0], later[1:] * np.exp(packed[1:ends])
        return -mode.log_likelihood, -slopes


def _refuse_infinite(layout: Layout, best: Parameters) -> None:
    for factor, values in zip(layout.fixed, best.coefficients, strict=True):
        if np.abs(values).max() > COEFFICIENT_SENSIBLE:
            level = factor.labels[1 + int(np.abs(values).argmax())]
            raise FitFailed(
                f"fixed column {factor.name!r} foretells the ratings of {level!r} without exception, so its effect "
                "has no end: leave that level out, or put it together with another"
            )
    for role, factor in layout.factors.items():
        if getattr(best.sigmas, role) > SIGMA_SENSIBLE:
            raise FitFailed(
                f"random column {factor.name!r} foretells the ratings without exception, so its variance has no end: "
                "leave it out, or add ratings that differ within its levels"
            )
