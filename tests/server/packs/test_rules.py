"""From when a version may be used."""

from __future__ import annotations

from datetime import date

import pytest

from server.packs.rules import PublishRefused, check_valid_from

TODAY, TOMORROW, LATER = date(2026, 5, 12), date(2026, 5, 13), date(2026, 6, 1)


def test_a_version_is_used_from_tomorrow_or_later() -> None:
    check_valid_from(TOMORROW, today=TODAY, newest=None)
    check_valid_from(LATER, today=TODAY, newest=LATER)


@pytest.mark.parametrize(("day", "newest"), [(TODAY, None), (TOMORROW, LATER)])
def test_not_within_the_day_and_not_before_the_version_it_follows(day: date, newest: date | None) -> None:
    with pytest.raises(PublishRefused):
        check_valid_from(day, today=TODAY, newest=newest)
