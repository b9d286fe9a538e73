"""The joint fit: parameters by maximum likelihood, every effect's mode, and how surely each is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from feedback.severity import MODEL_VERSION
from feedback.severity.curvature import Effects, Sigmas
from feedback.severity.laplace import Mode, Parameters, find_mode, log_likelihood_slopes
from feedback.severity.layout import ROLES, Floats, Layout, by_label, lay_out
from feedback.severity.table import RatingTable, TableInvalid

SIGMA_MIN, SIGMA_MAX = 1e-3, 30.0
SIGMA_NONE = 0.03
COEFFICIENT_MAX = 25.0
LOG_GAP = (-12.0, 4.0)
STEP = 1e-3
GRADIENT_MAX = 1e-5
ITERATIONS_MAX = 500


class FitFailed(TableInvalid):
    """The most likely parameters lie at infinity, or were not found."""


@dataclass(frozen=True, slots=True)
class Point:
    """Parameters with the modes and variances of all effects there, in logits."""

    parameters: Parameters
    modes: Effects
    variances: Effects


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted table. `neighbours` are points on both sides of the best one in each free parameter (`STEP` away)."""

    model_version: str
    layout: Layout
    log_likelihood: float
    best: Point
    covariance: Floats
    neighbours: tuple[tuple[Point, Point], ...]
    unsure_severities: Floats

    def variance(self, name: str) -> float:
        """How much the levels of the random column differ, in squared logits."""
        return float(getattr(self.best.parameters.sigmas, self.layout.role_of(name)) ** 2)

    def modes(self, name: str) -> dict[str, tuple[float, float]]:
        """Each level's most likely effect and its standard error given the parameters, in logits."""
        role = self.layout.role_of(name)
        factor = self.layout.factors[role]
        modes = by_label(self.layout, role, getattr(self.best.modes, role))
        errors = np.sqrt(by_label(self.layout, role, getattr(self.best.variances, role)))
        return {label: (float(modes[at]), float(errors[at])) for at, label in enumerate(factor.labels)}

    def coefficients(self) -> dict[str, dict[str, float]]:
        """The effect of each level of each fixed column, against its first."""
        found = zip(self.layout.fixed, self.best.parameters.coefficients, strict=True)
        return {one.name: dict(zip(one.labels, [0.0, *map(float, values)], strict=True)) for one, values in found}

    def standard_errors(self) -> tuple[list[float], dict[str, dict[str, float]]]:
        """Of the thresholds, and of each fixed level against its column's first."""
        errors = iter(np.sqrt(np.diag(self.covariance)).tolist())
        thresholds = [next(errors) for _ in self.best.parameters.thresholds]
        fixed = {
            one.name: {one.labels[0]: 0.0, **{label: next(errors) for label in one.labels[1:]}}
            for one in self.layout.fixed
        }
        return thresholds, fixed


def fit_severity(table: RatingTable) -> Fit:
    """The table fitted by Laplace-approximated maximum likelihood.

    Raises:
        TableInvalid: the columns do not cross as they must.
        FitFailed: ratings that a column foretells without exception, or a scale that nothing bounds.
    """
    layout = lay_out(table)
    climb = _Climb(layout)
    best = climb.climbed()
    _refuse_infinite(layout, best)
    mode = find_mode(layout, best)
    flat = _flatten(layout, best)
    free = _free(layout, flat)
    neighbours, hessian = [], np.zeros((len(free), len(free)))
    for row, at in enumerate(free):
        step = np.zeros(len(flat))
        step[at] = STEP
        pair, slopes = [], []
        for sign in (1.0, -1.0):
            point, slope = _point(layout, find_mode(layout, _unflatten(layout, flat + sign * step), mode.effects))
            pair.append(point)
            slopes.append(slope[free])
        neighbours.append((pair[0], pair[1]))
        hessian[row] = (slopes[1] - slopes[0]) / (2.0 * STEP)
    return Fit(
        model_version=MODEL_VERSION,
        layout=layout,
        log_likelihood=mode.log_likelihood,
        best=_point(layout, mode)[0],
        covariance=_covariance(hessian),
        neighbours=tuple(neighbours),
        unsure_severities=best.sigmas.dense**2 * mode.curvature.dense_inverse(),
    )


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
        return _unflatten(self._layout, flat)

    def descend(self, packed: Floats) -> tuple[float, Floats]:
        mode = find_mode(self._layout, self.unpack(packed), self.effects)
        self.effects = mode.effects
        slopes = log_likelihood_slopes(self._layout, mode, mode.curvature.spread())
        ends = 1 + self._gaps
        later = np.cumsum(slopes[:ends][::-1])[::-1]
        slopes[0], slopes[1:ends] = later[0], later[1:] * np.exp(packed[1:ends])
        return -mode.log_likelihood, -slopes


def _flatten(layout: Layout, parameters: Parameters) -> Floats:
    sigmas = [np.log(getattr(parameters.sigmas, role)) for role in ROLES if role in layout.factors]
    return np.concatenate([parameters.thresholds, *parameters.coefficients, sigmas])


def _unflatten(layout: Layout, flat: Floats) -> Parameters:
    cuts = np.cumsum([len(layout.levels) - 1, *(len(one.labels) - 1 for one in layout.fixed)])
    thresholds, *coefficients, logs = np.split(flat, cuts)
    sizes = iter(np.exp(logs))
    sigmas = Sigmas(*(float(next(sizes)) if role in layout.factors else 0.0 for role in ROLES))
    return Parameters(thresholds, tuple(coefficients), sigmas)


def _free(layout: Layout, flat: Floats) -> list[int]:
    """The parameters that are not at the edge: an effect of no size has no slope to either side."""
    first_sigma = len(flat) - len(layout.factors)
    return [at for at in range(len(flat)) if at < first_sigma or flat[at] > np.log(SIGMA_NONE)]


def _refuse_infinite(layout: Layout, best: Parameters) -> None:
    for factor, values in zip(layout.fixed, best.coefficients, strict=True):
        if np.abs(values).max() > 0.8 * COEFFICIENT_MAX:
            level = factor.labels[1 + int(np.abs(values).argmax())]
            raise FitFailed(
                f"fixed column {factor.name!r} foretells the ratings of {level!r} without exception, so its effect "
                "has no end: leave that level out, or put it together with another"
            )
    for role, factor in layout.factors.items():
        if getattr(best.sigmas, role) > 0.8 * SIGMA_MAX:
            raise FitFailed(
                f"random column {factor.name!r} foretells the ratings without exception, so its variance has no end: "
                "there is nothing left to estimate"
            )


def _point(layout: Layout, mode: Mode) -> tuple[Point, Floats]:
    spread = mode.curvature.spread()
    sigmas, own = mode.parameters.sigmas, mode.effects
    modes = Effects(*(getattr(sigmas, role) * getattr(own, role) for role in ROLES))
    variances = Effects(*(getattr(sigmas, role) ** 2 * getattr(spread.effects, role) for role in ROLES))
    return Point(mode.parameters, modes, variances), log_likelihood_slopes(layout, mode, spread)


def _covariance(hessian: Floats) -> Floats:
    """The inverse of minus the curvature of the log-likelihood.

    Raises:
        FitFailed: the ratings leave a direction open.
    """
    values, vectors = np.linalg.eigh(0.5 * (hessian + hessian.T))
    if values.min() <= 1e-8:
        raise FitFailed(
            "the ratings do not bound every threshold and effect: more persons with more ratings are needed"
        )
    covariance: Floats = (vectors / values) @ vectors.T
    return covariance
