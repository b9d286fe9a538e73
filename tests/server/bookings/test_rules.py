from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from server.bookings import rules

TEN = datetime(2026, 5, 12, 10, tzinfo=UTC)
CLOSES = timedelta(minutes=10)


@pytest.mark.parametrize(
    ("minutes_before", "closes", "is_open"),
    [(60, CLOSES, True), (10, CLOSES, True), (9, CLOSES, False), (1, timedelta(), True), (0, timedelta(), False)],
)
def test_booking_closes_before_the_start(minutes_before: int, closes: timedelta, is_open: bool) -> None:
    now = TEN - timedelta(minutes=minutes_before)

    assert rules.is_open(starts_at=TEN, now=now, closes=closes) is is_open


@pytest.mark.parametrize(
    ("now", "meetings", "has_met", "refusal"),
    [
        (TEN, 0, False, rules.BookingClosed),
        (TEN - timedelta(hours=1), 0, True, rules.PairHasMet),
        (TEN - timedelta(hours=1), 2, False, rules.TooManyMeetings),
    ],
)
def test_a_refusal_says_which_rule_it_is(
    now: datetime, meetings: int, has_met: bool, refusal: type[rules.BookingRefused]
) -> None:
    with pytest.raises(refusal):
        rules.check_bookable(starts_at=TEN, now=now, closes=CLOSES, meetings=meetings, meetings_max=2, has_met=has_met)


def test_what_breaks_no_rule_is_bookable() -> None:
    rules.check_bookable(
        starts_at=TEN, now=TEN - timedelta(hours=1), closes=CLOSES, meetings=1, meetings_max=2, has_met=False
    )
