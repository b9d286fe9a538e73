"""When a three-party meeting is asked about, answered and called off, as plain functions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from server.three_party import rules

NOW = datetime(2026, 5, 12, 8, tzinfo=UTC)
A, B, C = (NOW + timedelta(days=days) for days in (1, 2, 3))
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("times", [[], [A, A], [NOW], [A, NOW - HOUR], [NOW + n * HOUR for n in range(1, 7)]])
def test_a_meeting_is_asked_about_with_a_few_different_times_ahead(times: list[datetime]) -> None:
    rules.check_times([A, B], now=NOW)

    with pytest.raises(rules.TimesNotPossible):
        rules.check_times(times, now=NOW)


def test_an_answer_is_taken_from_the_one_who_is_asked() -> None:
    rules.check_asked(rules.ASKING_SEEKER, rules.ASKING_SEEKER)

    with pytest.raises(rules.NotAskedNow):
        rules.check_asked(rules.FIXED, rules.ASKING_EMPLOYER)


def test_the_employer_is_asked_only_when_a_time_suits_the_seeker() -> None:
    assert rules.after_seeker([A], [A, B], now=NOW) == "asking_employer"
    assert rules.after_seeker([A, B], [A, B], now=A) == "asking_employer"
    assert rules.after_seeker([], [A, B], now=NOW) == "declined"
    for chosen, now in (([C], NOW), ([A], A)):
        with pytest.raises(rules.NotATimeOfThis):
            rules.after_seeker(chosen, [A, B], now=now)


def test_whom_the_seeker_has_not_agreed_to_meet_is_shown_while_they_share() -> None:
    assert rules.is_shown_to_case_worker(shares=True, is_employer_asked=False)
    assert rules.is_shown_to_case_worker(shares=False, is_employer_asked=True)
    assert not rules.is_shown_to_case_worker(shares=False, is_employer_asked=False)


def test_the_employer_chooses_a_time_ahead_that_suits_the_seeker_or_none() -> None:
    assert rules.after_employer(A, [A, B], now=NOW) == "fixed"
    assert rules.after_employer(None, [A, B], now=NOW) == "declined"
    for time, now in ((C, NOW), (A, A)):
        with pytest.raises(rules.NotATimeOfThis):
            rules.after_employer(time, [A, B], now=now)


@pytest.mark.parametrize("state", ["declined", "cancelled"])
def test_what_is_over_is_not_called_off(state: str) -> None:
    rules.check_callable_off("asking_seeker", None, length=HOUR, now=NOW)
    rules.check_callable_off("fixed", A, length=HOUR, now=A)

    with pytest.raises(rules.IsOver):
        rules.check_callable_off(state, None, length=HOUR, now=NOW)
    with pytest.raises(rules.IsOver):
        rules.check_callable_off("fixed", A, length=HOUR, now=A + HOUR)
