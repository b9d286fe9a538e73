"""The joint fit: parameters by maximum likelihood, every effect's mode, and how surely each is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from feedback.severity import MODEL_VERSION
from feedback.severity.climbing import FitFailed, flatten, most_likely, unflatten
from feedback.severity.curvature import Effects
from feedback.severity.laplace import Mode, Parameters, find_mode, log_likelihood_slopes, quadrature_gain
from feedback.severity.layout import ROLES, Floats, Layout, by_label, lay_out
from feedback.severity.table import RatingTable

SIGMA_NONE = 0.03
STEP = 1e-3


@dataclass(frozen=True, slots=True)
class Point:
    """Parameters with the modes and variances of all effects there, in logits."""

    parameters: Parameters
    modes: Effects
    variances: Effects


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted table.

    `best` has the greatest Laplace-approximated likelihood. `shown` is one Newton step further, towards the likelihood
    with meetings integrated by quadrature; places and bands are taken there. `neighbours` are above and below `best`
    in each free parameter (`STEP` away), for slopes.
    """

    model_version: str
    layout: Layout
    log_likelihood: float
    best: Point
    shown: Point
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
    best = find_mode(layout, most_likely(layout))
    flat = flatten(layout, best.parameters)
    free = _free(layout, flat)
    neighbours, hessian, gains = [], np.zeros((len(free), len(free))), np.zeros(len(free))
    for row, at in enumerate(free):
        step = np.zeros(len(flat))
        step[at] = STEP
        up, down = (find_mode(layout, unflatten(layout, flat + way), best.effects) for way in (step, -step))
        (above, slope_above), (below, slope_below) = _point(layout, up), _point(layout, down)
        neighbours.append((above, below))
        hessian[row] = (slope_below - slope_above)[free] / (2.0 * STEP)
        gains[row] = (quadrature_gain(layout, up) - quadrature_gain(layout, down)) / (2.0 * STEP)
    covariance = covariance_of(hessian)
    corrected = flat.copy()
    corrected[free] += covariance @ gains
    shown = find_mode(layout, unflatten(layout, corrected), best.effects)
    return Fit(
        model_version=MODEL_VERSION,
        layout=layout,
        log_likelihood=best.log_likelihood,
        best=_point(layout, best)[0],
        shown=_point(layout, shown)[0],
        covariance=covariance,
        neighbours=tuple(neighbours),
        unsure_severities=shown.parameters.sigmas.dense**2 * shown.curvature.dense_inverse(),
    )


def _free(layout: Layout, flat: Floats) -> list[int]:
    """The parameters that are not at the edge: an effect of no size has no slope to either side."""
    first_sigma = len(flat) - len(layout.factors)
    return [at for at in range(len(flat)) if at < first_sigma or flat[at] > np.log(SIGMA_NONE)]


def _point(layout: Layout, mode: Mode) -> tuple[Point, Floats]:
    spread = mode.curvature.spread()
    sigmas, own = mode.parameters.sigmas, mode.effects
    modes = Effects(*(getattr(sigmas, role) * getattr(own, role) for role in ROLES))
    variances = Effects(*(getattr(sigmas, role) ** 2 * getattr(spread.effects, role) for role in ROLES))
    return Point(mode.parameters, modes, variances), log_likelihood_slopes(layout, mode, spread)


def covariance_of(hessian: Floats) -> Floats:
    """The covariance of parameters, from minus the curvature of the log-likelihood in them.

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
