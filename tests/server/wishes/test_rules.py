from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from server.wishes.rules import (
    Span,
    Wish,
    absence_faults,
    closed_because,
    hours_faults,
    version_of,
    wish_faults,
    within,
)

TEN = datetime(2026, 5, 12, 10, 0, tzinfo=UTC)
TWELVE = TEN + timedelta(hours=2)
IDS = [UUID(int=number) for number in range(1, 6)]
minutes = st.integers(min_value=-60, max_value=180)


def span(from_min: int, to_min: int) -> Span:
    return Span(TEN + timedelta(minutes=from_min), TEN + timedelta(minutes=to_min))


def test_wishes_are_open_until_the_plan_is_published_and_over_with_the_event() -> None:
    assert closed_because("draft", TWELVE, now=TEN) is None
    assert closed_because("published", TWELVE, now=TEN) == "published"
    assert closed_because("draft", TWELVE, now=TWELVE) == "over"
    assert closed_because("closed", TWELVE, now=TEN) == "over"


def test_times_that_touch_do_not_overlap() -> None:
    assert absence_faults([span(30, 60), span(0, 30)], starts_at=TEN, ends_at=TWELVE) == []
    [fault] = absence_faults([span(30, 60), span(0, 31)], starts_at=TEN, ends_at=TWELVE)
    assert (fault.path, fault.message) == ("absences.0.starts_at", "overlaps another absence")


def test_a_time_within_a_longer_one_is_found_behind_a_short_one() -> None:
    faults = absence_faults([span(0, 100), span(10, 20), span(50, 60)], starts_at=TEN, ends_at=TWELVE)

    assert [fault.path for fault in faults] == ["absences.1.starts_at", "absences.2.starts_at"]


@given(st.lists(st.tuples(minutes, minutes), max_size=8))
def test_what_is_cut_to_the_event_has_no_fault_but_overlap(times: list[tuple[int, int]]) -> None:
    cut = within((span(*time) for time in times), starts_at=TEN, ends_at=TWELVE)

    faults = absence_faults(cut, starts_at=TEN, ends_at=TWELVE)

    assert {fault.message for fault in faults} <= {"overlaps another absence"}
    assert [each.starts_at for each in cut] == sorted(each.starts_at for each in cut)


@given(st.lists(st.tuples(minutes, minutes), max_size=6))
def test_times_without_a_fault_never_share_a_minute(times: list[tuple[int, int]]) -> None:
    spans = [span(*time) for time in times]

    if absence_faults(spans, starts_at=TEN, ends_at=TWELVE):
        return
    said = sorted(spans, key=lambda one: one.starts_at)
    assert all(one.ends_at <= following.starts_at for one, following in pairwise(said))


def test_hours_end_after_they_begin() -> None:
    assert hours_faults(TEN, TWELVE) == hours_faults(None, TEN) == hours_faults(TEN, None) == []
    assert [fault.path for fault in hours_faults(TEN, TEN)] == ["available_until"]


def test_wishes_name_each_once_and_three_musts_at_most() -> None:
    musts = [Wish(one, is_must=True) for one in IDS[:3]]

    assert wish_faults(musts, IDS[3:], known=IDS, id_name="id") == []
    assert [fault.path for fault in wish_faults([*musts, Wish(IDS[3], True)], [], known=IDS, id_name="id")] == [
        "wishes.3.is_must"
    ]
    assert [fault.path for fault in wish_faults([musts[0]], [IDS[0], uuid4()], known=IDS, id_name="id")] == [
        "rather_not.0",
        "rather_not.1",
    ]


def test_a_version_differs_with_anything_that_is_said() -> None:
    said = [("a", 1, True), ("b", 2, False)]

    assert version_of(said, TEN) == version_of(list(said), TEN)
    others = {
        version_of(said[:1], TEN),
        version_of(said, TWELVE),
        version_of(said, None),
        version_of([*said[::-1]], TEN),
    }
    assert version_of(said, TEN) not in others
    assert len(others) == 4
