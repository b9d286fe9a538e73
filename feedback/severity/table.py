"""Ratings with named columns, checked before anything is computed from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

LEVELS_MIN, LEVELS_MAX = 2, 9
RANDOM_MAX = 3
FIXED_LEVELS_MAX = 50


class TableInvalid(ValueError):
    """The table cannot be fitted; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class RatingTable:
    """One row a rating: its value, who it is of and from (random), and what it is about (fixed).

    Args:
        ratings: whole numbers, higher is better; levels that nobody used are left out of the scale.
        random: by name, one to three columns whose levels are a sample: seeker, employer, meeting.
        fixed: by name, columns whose few levels are of interest in themselves; the first in order is the reference.

    Raises:
        TableInvalid: no rows, columns of unequal length, a scale or a column that tells nothing.
    """

    ratings: Sequence[int]
    random: Mapping[str, Sequence[str]]
    fixed: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.ratings:
            raise TableInvalid("the table has no ratings: give at least a few persons with a few ratings each")
        self._check_columns()
        levels = self.levels
        if len(levels) < LEVELS_MIN:
            raise TableInvalid(
                f"every rating is {levels[0]}, so nothing can be told apart: at least two levels must have been used"
            )
        if len(levels) > LEVELS_MAX:
            raise TableInvalid(
                f"the ratings have {len(levels)} levels, at most {LEVELS_MAX} are possible: put neighbours together"
            )
        for name, column in self.random.items():
            self._check_random(name, column)
        for name, column in self.fixed.items():
            _check_fixed(name, column)

    @property
    def levels(self) -> tuple[int, ...]:
        """The ratings that were used, lowest first."""
        return tuple(sorted(set(self.ratings)))

    def _check_columns(self) -> None:
        if not 1 <= len(self.random) <= RANDOM_MAX:
            raise TableInvalid(f"name one to {RANDOM_MAX} random columns; {len(self.random)} are named")
        if both := sorted(set(self.random) & set(self.fixed)):
            raise TableInvalid(f"{both[0]!r} is named both as random and as fixed: choose one")
        for name, column in {**self.random, **self.fixed}.items():
            if len(column) != len(self.ratings):
                raise TableInvalid(f"column {name!r} has {len(column)} rows, the ratings have {len(self.ratings)}")

    def _check_random(self, name: str, column: Sequence[str]) -> None:
        found = len(set(column))
        if found < 2:
            raise TableInvalid(f"random column {name!r} has a single level ({column[0]}): leave it out")
        if found == len(column):
            raise TableInvalid(
                f"each level of random column {name!r} has a single rating, "
                "so its effect cannot be told from chance: leave it out"
            )


def _check_fixed(name: str, column: Sequence[str]) -> None:
    counts = Counter(column)
    if len(counts) < 2:
        raise TableInvalid(f"fixed column {name!r} has a single level ({column[0]}): leave it out")
    if len(counts) > FIXED_LEVELS_MAX:
        raise TableInvalid(
            f"fixed column {name!r} has {len(counts)} levels, at most {FIXED_LEVELS_MAX} are possible: "
            "name it as random"
        )
