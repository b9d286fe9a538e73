"""Which effects meet in which ratings, laid out so that most of them can be eliminated one by one.

Three roles. *Inner* levels (meetings) each belong to one pair of the others, so
they are eliminated first, each by itself; then the *wide* ones (seekers), each
by itself; what is left, the *dense* ones (employers), is a full matrix. A role
that nobody has is played by one effect of size zero, so that no formula needs
to ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from feedback.severity.table import RatingTable, TableInvalid

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DENSE_EASY, DENSE_MAX = 500, 4_000
CROSSINGS_MAX = 10_000_000
ROLES = ("inner", "wide", "dense")


@dataclass(frozen=True, slots=True)
class Factor:
    """A column as numbers: its labels in order, and which of them each row has."""

    name: str
    labels: tuple[str, ...]
    codes: Ints


@dataclass(frozen=True, slots=True)
class Layout:
    """The table as arrays. A cell is the ratings that share all random effects; a pair is a wide with a dense level."""

    levels: tuple[int, ...]
    values: Ints
    factors: dict[str, Factor]
    fixed: tuple[Factor, ...]
    contents: Ints
    row_cell: Ints
    cell_levels: dict[str, Ints]
    cell_pair: Ints
    pair_wide: Ints
    pair_dense: Ints
    crossing_left: Ints
    crossing_right: Ints

    def size(self, role: str) -> int:
        """How many levels the role has; one where nobody plays it, and a cell each for inner."""
        if role == "inner":
            return len(self.cell_pair)
        return len(self.factors[role].labels) if role in self.factors else 1

    def role_of(self, name: str) -> str:
        """The role that the random column plays.

        Raises:
            TableInvalid: there is no such random column.
        """
        for role, factor in self.factors.items():
            if factor.name == name:
                return role
        names = ", ".join(repr(factor.name) for factor in self.factors.values())
        raise TableInvalid(f"there is no random column {name!r}; there are: {names}")


def sums(at: Ints, weights: Floats, size: int) -> Floats:
    """The sums of `weights` by where they are `at`."""
    return np.asarray(np.bincount(at, weights=weights, minlength=size), np.float64)


def lay_out(table: RatingTable) -> Layout:
    """The table laid out; the order of its rows changes nothing but the order of `row_cell`.

    Raises:
        TableInvalid: three columns of which none is nested in the others, fixed columns that foretell one another, or
            more crossings than memory is for.
    """
    factors = _roles([_coded(name, column) for name, column in table.random.items()])
    rows = len(table.ratings)
    wide = factors["wide"].codes
    dense = factors["dense"].codes if "dense" in factors else np.zeros(rows, np.int64)
    pairs, row_pair = np.unique(wide * (1 + dense.max()) + dense, return_inverse=True)
    pair_wide, pair_dense = pairs // (1 + dense.max()), pairs % (1 + dense.max())
    inner = factors["inner"].codes if "inner" in factors else row_pair
    # In the order of pairs, so that each seeker's cells lie side by side.
    cells, row_cell = np.unique(row_pair * (1 + inner.max()) + inner, return_inverse=True)
    cell_pair = cells // (1 + inner.max())
    left, right = _crossings(pair_wide)
    levels = table.levels
    fixed = tuple(_coded(name, column) for name, column in table.fixed.items())
    contents = _contents(fixed, rows)
    _check_told_apart(fixed, contents)
    return Layout(
        levels=levels,
        values=np.searchsorted(np.array(levels), np.array(table.ratings)).astype(np.int64),
        factors=factors,
        fixed=fixed,
        contents=contents,
        row_cell=row_cell,
        cell_levels={
            "inner": cells % (1 + inner.max()),
            "wide": pair_wide[cell_pair],
            "dense": pair_dense[cell_pair],
        },
        cell_pair=cell_pair,
        pair_wide=pair_wide,
        pair_dense=pair_dense,
        crossing_left=left,
        crossing_right=right,
    )


def by_label(layout: Layout, role: str, effects: Floats) -> Floats:
    """Effects in the order of their column's labels; inner ones are kept in the order of cells."""
    if role != "inner":
        return effects
    ordered = np.empty_like(effects)
    ordered[layout.cell_levels["inner"]] = effects
    return ordered


def _coded(name: str, column: Sequence[str]) -> Factor:
    labels = tuple(sorted(set(column)))
    code = {label: number for number, label in enumerate(labels)}
    return Factor(name, labels, np.fromiter((code[label] for label in column), np.int64, len(column)))


def _contents(fixed: Sequence[Factor], rows: int) -> Ints:
    """Every combination of fixed levels that was rated, one a line."""
    mixed = np.zeros(rows, np.int64)
    for factor in fixed:
        mixed = np.unique(mixed, return_inverse=True)[1] * len(factor.labels) + factor.codes
    firsts = np.unique(mixed, return_index=True)[1]
    return np.stack([one.codes[firsts] for one in fixed], axis=1) if fixed else np.zeros((1, 0), np.int64)


def _check_told_apart(fixed: Sequence[Factor], contents: Ints) -> None:
    """Return where each level's effect can be told from the others'."""
    columns = [np.ones(len(contents))]
    for place, factor in enumerate(fixed):
        columns += [(contents[:, place] == level).astype(float) for level in range(1, len(factor.labels))]
    if np.linalg.matrix_rank(np.stack(columns)) < len(columns):
        names = ", ".join(repr(one.name) for one in fixed)
        raise TableInvalid(f"of the fixed columns {names} one foretells another: leave one of them out")


def _roles(factors: list[Factor]) -> dict[str, Factor]:
    """Who is inner, wide and dense: the largest column nested in the others, then the rest as named.

    They change places where the one named second is too large for a full matrix, and larger than the first.
    """
    for one, other in combinations(factors, 2):
        if len(one.labels) == len(other.labels) == _crossed(one, other):
            raise TableInvalid(
                f"random columns {one.name!r} and {other.name!r} part the ratings alike: leave one of them out"
            )
    by_size = sorted(factors, key=lambda one: len(one.labels), reverse=True)
    inner = next((one for one in by_size if len(factors) > 1 and _is_nested(one, by_size)), None)
    crossed = [one for one in factors if one is not inner]
    if len(crossed) == 2 and len(crossed[1].labels) > max(DENSE_EASY, len(crossed[0].labels)):
        crossed.reverse()
    if len(crossed) > 2:
        names = ", ".join(repr(one.name) for one in factors)
        raise TableInvalid(
            f"of three random columns one must be nested in the other two, as a meeting is of one seeker with one "
            f"employer; of {names} none is: leave one out, or give each meeting of a pair a name of its own"
        )
    if len(crossed) == 2 and len(crossed[1].labels) > DENSE_MAX:
        raise TableInvalid(
            f"{crossed[0].name!r} and {crossed[1].name!r} both have more than {DENSE_MAX} levels: "
            "fit parts of the table that share few persons, one by one"
        )
    found = {"inner": inner, "wide": crossed[0], "dense": crossed[1] if len(crossed) == 2 else None}
    return {role: factor for role, factor in found.items() if factor is not None}


def _is_nested(factor: Factor, factors: list[Factor]) -> bool:
    """Whether each level goes with one level only of each other column."""
    others = [one for one in factors if one is not factor]
    return all(_crossed(factor, other) == len(factor.labels) for other in others)


def _crossed(one: Factor, other: Factor) -> int:
    """How many pairs of levels were rated."""
    return len(np.unique(one.codes * len(other.labels) + other.codes))


def _crossings(pair_wide: Ints) -> tuple[Ints, Ints]:
    """Every two pairs (each with itself too) of the same wide level."""
    counts = np.bincount(pair_wide)
    total = int((counts.astype(float) ** 2).sum())
    if total > CROSSINGS_MAX:
        raise TableInvalid(
            f"the table crosses its random columns {total} times, at most {CROSSINGS_MAX} are possible: "
            "fit a sample of the persons, or parts of the table one by one"
        )
    starts = np.cumsum(counts) - counts
    left = np.repeat(np.arange(len(pair_wide)), counts[pair_wide])
    within = np.arange(total) - np.repeat(np.cumsum(counts[pair_wide]) - counts[pair_wide], counts[pair_wide])
    return left, starts[pair_wide[left]] + within
