"""When bands are made, what they are made of, and what is said where there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

import pytest

from feedback.places import Direction
from server.places.placing import Rated, fitted, placed, restored_all
from server.places.rules import Awaits, awaits, night_of, pause_s


def test_a_night_begins_at_one_in_the_morning() -> None:
    assert night_of(datetime(2026, 5, 12, 0, 59, tzinfo=UTC)) == date(2026, 5, 11)
    assert night_of(datetime(2026, 5, 12, 1, 0, tzinfo=UTC)) == date(2026, 5, 12)


@pytest.mark.parametrize(
    ("seen", "is_fitted", "sees_all", "reason"),
    [
        (2, True, True, Awaits.RATINGS),
        (3, False, True, Awaits.GROUNDS),
        (3, True, True, Awaits.PLACING),
        (3, True, False, Awaits.SIGN_IN),
    ],
)
def test_what_a_missing_band_waits_for_is_said(seen: int, is_fitted: bool, sees_all: bool, reason: Awaits) -> None:
    assert awaits(seen=seen, is_fitted=is_fitted, sees_all=sees_all) is reason


def test_whoever_stumbles_again_and_again_waits_longer_up_to_a_minute() -> None:
    assert [pause_s(stumbles) for stumbles in (0, 1, 2, 5, 6, 5000)] == [1, 2, 4, 32, 60, 60]


def crowd(people: int, value: int | None = None) -> list[Rated]:
    return [
        Rated(f"s{seeker}", f"e{(seeker + meeting) % 6}", f"m{seeker}-{meeting}", value or 1 + (seeker + meeting) % 5)
        for seeker in range(people)
        for meeting in range(3)
    ]


def test_too_few_people_leave_nothing_to_place_by_but_are_counted() -> None:
    assert fitted(crowd(19)) == {"seekers": 19, "employers": 6, "ratings": 57, "known": None}


def test_ratings_that_tell_nobody_apart_wait_for_another_night() -> None:
    assert fitted(crowd(20, value=3)) == {"seekers": 20, "employers": 6, "ratings": 60, "known": None}


def test_a_seeker_is_placed_from_the_third_rating_and_told_of_a_direction_from_the_sixth() -> None:
    [known] = restored_all({("it", "item_1"): fitted(crowd(30))["known"]}).values()
    given = [Rated("new", f"e{n}", f"n{n}", value) for n, value in enumerate((2, 2, 3, 3, 4, 5))]

    three, six = placed(known, given[:3]), placed(known, given)

    assert placed(known, given[:2]) is None
    assert three is not None and six is not None
    assert (three.meetings, three.direction, six.meetings) == (3, None, 6)
    assert (three.low, three.high) == (three.first_low, three.first_high) == (six.first_low, six.first_high)
    assert six.direction in set(Direction)
    assert six.low > three.low


def test_a_step_that_the_fit_has_not_met_waits_for_the_next_fit() -> None:
    random = Random(1)
    without = [
        replace(one, value=min(5, 2 + number % 3 + random.randint(0, 1))) for number, one in enumerate(crowd(40))
    ]
    [known] = restored_all({("it", "item_1"): fitted(without)["known"]}).values()

    assert placed(known, [Rated("new", f"e{n}", f"n{n}", 1) for n in range(3)]) is None


def test_what_another_model_kept_is_passed_over() -> None:
    kept = fitted(crowd(30))["known"]

    found = restored_all({("it", "a"): kept.replace("severity-1", "severity-0"), ("it", "b"): None, ("it", "c"): kept})

    assert list(found) == [("it", "c")]
