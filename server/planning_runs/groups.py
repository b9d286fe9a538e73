"""Which groups somebody belongs to, by what has been declared. Pure."""

from __future__ import annotations

AGE_BANDS = ((25, "under_25"), (40, "25_39"), (55, "40_54"))
OLDEST = "55_up"
BANDS = (*(label for _, label in AGE_BANDS), OLDEST)
GENDERS = {"woman": "women", "man": "men"}
DIMENSIONS = ("gender", "age_band")


def groups_of(gender: str | None, birth_year: int | None, *, year: int) -> tuple[tuple[str, str], ...]:
    """(dimension, label) of each group; who has declared nothing, or does not want to say, is in none."""
    found = []
    if gender in GENDERS:
        found.append(("gender", GENDERS[gender]))
    if birth_year is not None:
        age = year - birth_year
        found.append(("age_band", next((label for until, label in AGE_BANDS if age < until), OLDEST)))
    return tuple(found)
