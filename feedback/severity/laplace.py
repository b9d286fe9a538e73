"""The mode of all random effects at given parameters, and Laplace's approximation of the likelihood with its slope.

Source: Tierney & Kadane 1986; the slope by the adjoint of the mode, as in Kristensen et al. 2016 (TMB).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from feedback.severity.curvature import Curvature, Effects, Sigmas, Spread
from feedback.severity.layout import ROLES, Floats, Ints, Layout, sums
from feedback.severity.likelihood import RowTerms, log_logits, per_threshold, row_terms, threshold_slopes

STEPS_MAX = 100
DECREMENT_MAX = 1e-6
LENGTH_MIN = 1e-9
ROUNDING = 1e-11
NODES = 7
CELLS_MAX = 20_000


@dataclass(frozen=True, slots=True)
class Parameters:
    """What is fitted: increasing thresholds, a coefficient for each fixed level but the first, standard deviations."""

    thresholds: Floats
    coefficients: tuple[Floats, ...]
    sigmas: Sigmas

    def offsets(self, codes: Sequence[Ints]) -> Floats:
        """The fixed part of the linear predictor for rows with these codes, a column each."""
        total = np.zeros(len(codes[0]) if codes else 1)
        for coefficients, column in zip(self.coefficients, codes, strict=True):
            total = total + np.concatenate([[0.0], coefficients])[column]
        return total


@dataclass(frozen=True, slots=True)
class Mode:
    """The most likely effects (in their own standard deviations) at the parameters, and the approximation there."""

    parameters: Parameters
    effects: Effects
    terms: RowTerms
    curvature: Curvature
    log_likelihood: float


def find_mode(layout: Layout, parameters: Parameters, start: Effects | None = None) -> Mode:
    """Newton's method with halved steps; the function is concave, so it has one mode and this finds it."""
    effects = start or _zeros(layout)
    offsets = parameters.offsets([one.codes for one in layout.fixed])
    terms = _terms(layout, parameters, offsets, effects)
    decrement, steps = np.inf, 0
    while decrement > DECREMENT_MAX and steps < STEPS_MAX:
        curvature = Curvature(layout, parameters.sigmas, _by_cell(layout, terms.weight))
        slope = _slope(layout, parameters.sigmas, _by_cell(layout, terms.slope)).plus(-1.0, effects)
        step = curvature.solve(slope)
        decrement, steps = slope.dot(step), steps + 1
        effects, terms = _stepped(layout, parameters, offsets, (effects, terms), step)
    curvature = Curvature(layout, parameters.sigmas, _by_cell(layout, terms.weight))
    joint = terms.log_likelihood - 0.5 * effects.dot(effects)
    return Mode(parameters, effects, terms, curvature, joint - 0.5 * curvature.log_determinant)


def log_likelihood_slopes(layout: Layout, mode: Mode, spread: Spread) -> Floats:
    """The slope of Laplace's log-likelihood in thresholds, coefficients, and log standard deviations (by role)."""
    parameters, terms = mode.parameters, mode.terms
    sigmas, levels = parameters.sigmas, len(layout.levels)
    upper, lower = terms.upper_density, terms.lower_density
    upper_third, lower_third = upper * (1.0 - 2.0 * terms.upper), lower * (1.0 - 2.0 * terms.lower)
    leverage = spread.cells[layout.row_cell]
    third = -leverage * (upper_third + lower_third)
    by_cell = _by_cell(layout, third)
    adjoint = mode.curvature.solve(_slope(layout, sigmas, by_cell))
    moved = _linear(layout, sigmas, adjoint)
    moved_rows = moved[layout.row_cell]

    thresholds = threshold_slopes(parameters.thresholds, layout.values, terms) - 0.5 * per_threshold(
        layout.values, leverage * upper_third + moved_rows * upper, leverage * lower_third + moved_rows * lower, levels
    )
    by_row = terms.slope - 0.5 * (third - moved_rows * terms.weight)
    coefficients = [sums(one.codes, by_row, len(one.labels))[1:] for one in layout.fixed]
    in_cells = by_cell - moved * _by_cell(layout, terms.weight)
    sizes = []
    for role in ROLES:
        if role in layout.factors:
            own, its = getattr(mode.effects, role), getattr(adjoint, role)
            actual = getattr(sigmas, role) * own[_levels(layout, role)]
            trace = 2.0 * float((1.0 - getattr(spread.effects, role)).sum())
            sizes.append(float(own @ own) - 0.5 * (trace + float(in_cells @ actual) + float(its @ own)))
    return np.concatenate([thresholds, *coefficients, sizes])


def quadrature_gain(layout: Layout, mode: Mode) -> float:
    """What the log-likelihood gains when each inner effect is integrated by quadrature instead of Laplace's method.

    All other effects stay at their mode. A meeting has few ratings, so that
    Laplace's method makes meetings look more alike than they are.

    Source: Pinheiro & Bates 1995 (adaptive Gauss-Hermite quadrature).
    """
    parameters, sigma = mode.parameters, mode.parameters.sigmas.inner
    # Where cells are many, every so manieth stands for its neighbours.
    every = 1 + len(layout.cell_pair) // CELLS_MAX
    rows = np.flatnonzero(layout.row_cell % every == 0)
    cell, values = layout.row_cell[rows] // every, layout.values[rows]
    eta = parameters.offsets([one.codes for one in layout.fixed])
    eta = np.broadcast_to(eta, layout.row_cell.shape)[rows]
    eta = eta + _linear(layout, parameters.sigmas, mode.effects)[layout.row_cell[rows]]
    centre = mode.effects.inner[::every]
    shrink = 1.0 / (1.0 + sigma**2 * sums(cell, mode.terms.weight[rows], len(centre)))
    at_mode = sums(cell, log_logits(parameters.thresholds, values, eta), len(centre)) - 0.5 * centre**2
    total = np.zeros(len(centre))
    for node, weight in zip(*np.polynomial.hermite_e.hermegauss(NODES), strict=True):
        away = node * np.sqrt(shrink)
        there = log_logits(parameters.thresholds, values, eta + (sigma * away)[cell])
        found = sums(cell, there, len(centre)) - 0.5 * (centre + away) ** 2
        total += weight * np.exp(found - at_mode + 0.5 * node**2)
    return float(np.log(total / np.sqrt(2.0 * np.pi)).sum()) * len(layout.cell_pair) / len(centre)


def _zeros(layout: Layout) -> Effects:
    return Effects(*(np.zeros(layout.size(role)) for role in ROLES))


def _by_cell(layout: Layout, rows: Floats) -> Floats:
    return sums(layout.row_cell, rows, len(layout.cell_pair))


def _levels(layout: Layout, role: str) -> Ints:
    # Inner effects are kept in the order of cells.
    return np.arange(len(layout.cell_pair)) if role == "inner" else layout.cell_levels[role]


def _slope(layout: Layout, sigmas: Sigmas, cells: Floats) -> Effects:
    """Sums of cells by the effects they share, times those effects' standard deviations."""
    wide = sums(layout.cell_levels["wide"], cells, layout.size("wide"))
    dense = sums(layout.cell_levels["dense"], cells, layout.size("dense"))
    return Effects(sigmas.inner * cells, sigmas.wide * wide, sigmas.dense * dense)


def _linear(layout: Layout, sigmas: Sigmas, effects: Effects) -> Floats:
    """The random part of each cell's linear predictor."""
    return (
        sigmas.inner * effects.inner
        + sigmas.wide * effects.wide[layout.cell_levels["wide"]]
        + sigmas.dense * effects.dense[layout.cell_levels["dense"]]
    )


def _terms(layout: Layout, parameters: Parameters, offsets: Floats, effects: Effects) -> RowTerms:
    eta = offsets + _linear(layout, parameters.sigmas, effects)[layout.row_cell]
    return row_terms(parameters.thresholds, layout.values, eta)


def _stepped(
    layout: Layout, parameters: Parameters, offsets: Floats, at: tuple[Effects, RowTerms], step: Effects
) -> tuple[Effects, RowTerms]:
    """After a whole step, or the first half, quarter … that does not go down by more than rounding."""
    effects, terms = at
    before = terms.log_likelihood - 0.5 * effects.dot(effects)
    least = before - ROUNDING * (1.0 + abs(before))
    length, there = 1.0, -np.inf
    while there < least and length > LENGTH_MIN:
        tried = effects.plus(length, step)
        found = _terms(layout, parameters, offsets, tried)
        there = found.log_likelihood - 0.5 * tried.dot(tried)
        length *= 0.5
    return tried, found
