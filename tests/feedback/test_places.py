from __future__ import annotations

import pytest

from feedback.places import Change, Direction, Grounds, grounds, ratings_to_band


@pytest.mark.parametrize(
    ("change", "direction"),
    [
        (Change(0.1, 0.2, 1.2, 1.3), Direction.UP),
        (Change(-1.3, -1.2, -0.2, -0.1), Direction.DOWN),
        (Change(-0.1, 0.1, 1.2, 1.4), Direction.PROBABLY_UP),
        (Change(-1.4, -1.2, -0.1, 0.1), Direction.PROBABLY_DOWN),
        (Change(-0.7, -0.4, 0.4, 0.7), Direction.SAME),
        (Change(-0.7, -0.4, 0.4, 0.9), Direction.UNSURE),
        (Change(-0.9, -0.4, 0.4, 0.7), Direction.UNSURE),
    ],
)
def test_a_direction_is_said_as_surely_as_the_intervals_allow(change: Change, direction: Direction) -> None:
    assert change.direction is direction


def test_grounds_count_seekers_with_three_ratings_employers_and_ratings() -> None:
    rated = [("a", "x"), ("a", "y"), ("a", "x"), ("b", "x"), ("b", "z")]

    assert grounds(rated) == Grounds(seekers=1, employers=3, ratings=5)
    assert grounds([]) == Grounds(0, 0, 0)


@pytest.mark.parametrize(
    ("found", "is_enough"),
    [(Grounds(20, 6, 60), True), (Grounds(19, 6, 900), False), (Grounds(900, 5, 2700), False)],
)
def test_twenty_seekers_and_six_employers_are_enough_and_less_is_not(found: Grounds, is_enough: bool) -> None:
    assert found.is_enough is is_enough


def test_ratings_are_counted_down_to_the_band() -> None:
    assert [ratings_to_band(seen) for seen in range(5)] == [3, 2, 1, 0, 0]
