from __future__ import annotations

from collections.abc import Callable

import pytest

from feedback.severity import layout
from feedback.severity.fitting import fit_severity
from feedback.severity.layout import lay_out
from feedback.severity.table import RatingTable, TableInvalid
from tests.feedback.severity.tables import drawn, table_of

TWO = {"seeker": ("a", "a", "b", "b")}
Made = Callable[[], object]

REFUSED: dict[str, tuple[Made, str]] = {
    "empty": (lambda: RatingTable((), {"seeker": ()}), "the table has no ratings"),
    "one row": (lambda: RatingTable((3,), {"seeker": ("a",)}), "every rating is 3"),
    "one level": (lambda: RatingTable((3, 3, 3, 3), TWO), "at least two levels must have been used"),
    "ten levels": (lambda: RatingTable(tuple(range(10)), {"seeker": tuple("aabbccddee")}), "10 levels, at most 9"),
    "no random": (lambda: RatingTable((1, 2), {}), "name one to 3 random columns; 0 are named"),
    "four random": (lambda: RatingTable((1, 2), dict.fromkeys("abcd", ("x", "y"))), "4 are named"),
    "both parts": (lambda: RatingTable((1, 2, 1, 2), TWO, TWO), "'seeker' is named both as random and as fixed"),
    "short": (lambda: RatingTable((1, 2, 3), TWO), "column 'seeker' has 4 rows, the ratings have 3"),
    "one person": (lambda: RatingTable((1, 2), {"seeker": ("a", "a")}), "has a single level (a): leave it out"),
    "all apart": (lambda: RatingTable((1, 2), {"seeker": ("a", "b")}), "cannot be told from chance: leave it out"),
    "one item": (lambda: RatingTable((1, 2, 1, 2), TWO, {"item": ("x",) * 4}), "'item' has a single level (x)"),
    "many items": (
        lambda: RatingTable((1, 2) * 51, {"seeker": ("a", "b") * 51}, {"item": tuple(map(str, range(102)))}),
        "'item' has 102 levels, at most 50 are possible: name it as random",
    ),
}


@pytest.mark.parametrize(("made", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_table_that_tells_nothing_is_refused_with_what_to_do(made: Made, reason: str) -> None:
    with pytest.raises(TableInvalid, match=r".") as refusal:
        made()

    assert reason in str(refusal.value)


def test_seekers_employers_and_meetings_each_get_their_part() -> None:
    laid = lay_out(table_of(drawn()))

    assert {role: factor.name for role, factor in laid.factors.items()} == {
        "inner": "meeting",
        "wide": "seeker",
        "dense": "employer",
    }
    assert (laid.size("inner"), laid.size("wide"), laid.size("dense")) == (200, 40, 8)
    with pytest.raises(TableInvalid, match="no random column 'room'; there are: 'meeting', 'seeker', 'employer'"):
        laid.role_of("room")


def test_a_meeting_of_several_pairs_cannot_be_eliminated_and_is_named() -> None:
    rows = [
        (seeker, employer, f"{number % 3}", item, value)
        for number, (seeker, employer, _, item, value) in enumerate(drawn())
    ]

    with pytest.raises(TableInvalid, match="of 'seeker', 'employer', 'meeting' none is: leave one out"):
        lay_out(table_of(rows))


@pytest.mark.parametrize(
    ("reason", "random", "fixed"),
    [
        ("random columns 'seeker' and 'code' part the ratings alike", {"seeker": "aabb", "code": "xxyy"}, {}),
        ("'item', 'text' one foretells another: leave one", {"seeker": "aabb"}, {"item": "1212", "text": "abab"}),
    ],
)
def test_columns_that_say_the_same_are_refused_by_name(
    reason: str, random: dict[str, str], fixed: dict[str, str]
) -> None:
    with pytest.raises(TableInvalid, match=reason):
        lay_out(RatingTable((1, 2, 2, 1), random, fixed))


def test_the_larger_of_two_large_columns_is_eliminated_whatever_comes_first() -> None:
    pairs = [(number % 600, number // 600, number % 5) for number in range(1800)]
    columns = {"few": [f"{few}" for _, few, _ in pairs], "many": [f"{many}" for many, _, _ in pairs]}

    laid = lay_out(RatingTable([value for _, _, value in pairs], columns))

    assert {role: factor.name for role, factor in laid.factors.items()} == {"wide": "many", "dense": "few"}


def test_two_columns_too_large_for_memory_are_refused_at_once() -> None:
    numbers = range(2 * (layout.DENSE_MAX + 1))
    columns = {name: [f"{(number + by) // 2}" for number in numbers] for name, by in (("a", 0), ("b", 1))}
    crossed = {"some": [f"{n // 500}" for n in range(20500)], "more": [f"{n % 500}" for n in range(20500)]}

    with pytest.raises(TableInvalid, match="'b' and 'a' both have more than 4000 levels"):
        lay_out(RatingTable([number % 3 for number in numbers], columns))
    with pytest.raises(TableInvalid, match="crosses its random columns 10250000 times, at most 10000000"):
        lay_out(RatingTable([n % 3 for n in range(20500)], crossed))


def test_thousands_of_other_levels_are_no_hindrance() -> None:
    rows = drawn(seekers=1500, employers=30, each=3, items=2)

    fit = fit_severity(table_of(rows))

    assert len(fit.modes("meeting")) == 4500
    assert 0.7 < fit.variance("seeker") < 1.4
