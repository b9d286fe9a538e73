"""The curvature at the mode, factored by elimination: inner (diagonal), wide (diagonal), dense (full).

Effects are measured in their own standard deviations, u = sigma v, so the matrix
is ``H = I + S Z'WZ S`` and stays good when a sigma goes to zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from feedback.severity.layout import Floats, Layout, sums


@dataclass(frozen=True, slots=True)
class Effects:
    """A number for each random effect, by role."""

    inner: Floats
    wide: Floats
    dense: Floats

    def dot(self, other: Effects) -> float:
        """The inner product."""
        return float(self.inner @ other.inner + self.wide @ other.wide + self.dense @ other.dense)

    def plus(self, step: float, other: Effects) -> Effects:
        """This and `step` times the other."""
        return Effects(self.inner + step * other.inner, self.wide + step * other.wide, self.dense + step * other.dense)


@dataclass(frozen=True, slots=True)
class Sigmas:
    """The standard deviations by role; zero where nobody plays it."""

    inner: float
    wide: float
    dense: float


@dataclass(frozen=True, slots=True)
class Spread:
    """The diagonal of the inverse by role, and of each cell's linear predictor."""

    effects: Effects
    cells: Floats


class Curvature:
    """H of the weights that each cell has; built once, then solved with."""

    def __init__(self, layout: Layout, sigmas: Sigmas, cell_weights: Floats) -> None:
        self._layout, self._sigmas, self._weights = layout, sigmas, cell_weights
        self._shrink = 1.0 / (1.0 + sigmas.inner**2 * cell_weights)
        pairs, wides, denses = len(layout.pair_wide), layout.size("wide"), layout.size("dense")
        self._pair = sums(layout.cell_pair, cell_weights * self._shrink, pairs)
        self._wide = 1.0 + sigmas.wide**2 * sums(layout.pair_wide, self._pair, wides)
        self._cross = sigmas.wide * sigmas.dense
        own = 1.0 + sigmas.dense**2 * sums(layout.pair_dense, self._pair, denses)
        left, right = layout.crossing_left, layout.crossing_right
        shared = self._pair[left] * (self._pair / self._wide[layout.pair_wide])[right]
        at = layout.pair_dense[left] * denses + layout.pair_dense[right]
        matrix = -(self._cross**2) * sums(at, shared, denses**2).reshape(denses, denses)
        matrix[np.diag_indices(denses)] += own
        self._factor = cho_factor(matrix, lower=True, overwrite_a=True, check_finite=False)

    @property
    def log_determinant(self) -> float:
        """Of the whole of H."""
        diagonal = np.diag(self._factor[0])
        return float(2.0 * np.log(diagonal).sum() + np.log(self._wide).sum() - np.log(self._shrink).sum())

    def solve(self, right: Effects) -> Effects:
        """H^-1 times `right`."""
        layout, sigmas = self._layout, self._sigmas
        pull = self._weights * self._shrink * sigmas.inner
        from_inner = sums(layout.cell_pair, pull * right.inner, len(layout.pair_wide))
        wide = right.wide - sigmas.wide * sums(layout.pair_wide, from_inner, len(right.wide))
        dense = right.dense - sigmas.dense * sums(layout.pair_dense, from_inner, len(right.dense))
        from_wide = self._pair * (wide / self._wide)[layout.pair_wide]
        dense = dense - self._cross * sums(layout.pair_dense, from_wide, len(dense))
        dense = cho_solve(self._factor, dense, check_finite=False)
        from_dense = self._pair * dense[layout.pair_dense]
        wide = (wide - self._cross * sums(layout.pair_wide, from_dense, len(wide))) / self._wide
        pairs = sigmas.wide * wide[layout.pair_wide] + sigmas.dense * dense[layout.pair_dense]
        inner = self._shrink * right.inner - pull * pairs[layout.cell_pair]
        return Effects(inner, wide, dense)

    def dense_inverse(self) -> Floats:
        """The dense effects' block of the inverse, in their own standard deviations."""
        inverse: Floats = cho_solve(
            self._factor, np.eye(self._factor[0].shape[0]), overwrite_b=True, check_finite=False
        )
        return inverse

    def spread(self) -> Spread:
        """Variances: of each effect in its own standard deviations, and of each cell's linear predictor."""
        layout, sigmas = self._layout, self._sigmas
        size = layout.size("dense")
        dense = self.dense_inverse()
        left, right = layout.crossing_left, layout.crossing_right
        at = layout.pair_dense[left] * size + layout.pair_dense[right]
        reach = sums(left, self._pair[right] * dense.ravel()[at], len(layout.pair_wide))
        back = sums(layout.pair_wide, self._pair * reach, len(self._wide))
        wide = 1.0 / self._wide + (self._cross / self._wide) ** 2 * back
        covariance = -self._cross * reach / self._wide[layout.pair_wide]
        own = np.diag(dense).copy()
        pairs = (
            sigmas.wide**2 * wide[layout.pair_wide]
            + 2.0 * self._cross * covariance
            + sigmas.dense**2 * own[layout.pair_dense]
        )
        cells = pairs[layout.cell_pair]
        inner = self._shrink + (sigmas.inner * self._weights * self._shrink) ** 2 * cells
        return Spread(Effects(inner, wide, own), self._shrink**2 * cells + sigmas.inner**2 * self._shrink)
