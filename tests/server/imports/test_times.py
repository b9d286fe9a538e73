from __future__ import annotations

from datetime import time

import pytest

from server.imports.codes import GuessReason, RefusalReason
from server.imports.times import Role, read_span
from server.imports.values import DayFrame, Reading, Span

DAY = DayFrame()


@pytest.mark.parametrize(
    ("cell", "at"),
    [
        ("0900", time(9)),
        ("09:30", time(9, 30)),
        ("9:30", time(9, 30)),
        ("15.00", time(15)),
        ("10.30", time(10, 30)),
        ("09:00:00", time(9)),
        ("kl 10", time(10)),
        ("kl. 14", time(14)),
        ("Kl.9.30", time(9, 30)),
        ("klockan 11", time(11)),
        ("11 h", time(11)),
        ("9 am", time(9)),
        ("2 p.m.", time(14)),
        ("12 am", time(0)),
        ("2:30PM", time(14, 30)),
        ("från 09:00", time(9)),
        ("from 09:00", time(9)),
        ("09:00 och framåt", time(9)),
        ("10:00-", time(10)),
    ],
)
def test_a_clock_time_is_certain(cell: str, at: time) -> None:
    assert read_span(cell, "from", DAY) == Reading(Span(starts=at))


@pytest.mark.parametrize(
    ("cell", "at", "doubt"),
    [
        ("9", time(9), "time_bare_hour"),
        ("12", time(12), "time_bare_hour"),
        ("10-tiden", time(10), "time_bare_hour"),
        ("från 9", time(9), "time_bare_hour"),
        ("3", time(15), "time_afternoon"),
        ("kl 2", time(14), "time_afternoon"),
        ("900", time(9), "time_words"),
        ("9,30", time(9, 30), "time_words"),
        ("9h30", time(9, 30), "time_words"),
        ("9 30", time(9, 30), "time_words"),
        ("9,5", time(9, 30), "time_fraction"),
        ("0.375", time(9), "time_fraction"),
        ("0,5", time(12), "time_fraction"),
        ("0.604166666666667", time(14, 30), "time_fraction"),
        ("halv tio", time(9, 30), "time_words"),
        ("nio", time(9), "time_words"),
        ("två", time(14), "time_words"),
        ("ca 10:00", time(10), "time_about"),
        ("efter lunch", time(13), "time_part_of_day"),
        ("lunch", time(13), "time_part_of_day"),
        ("förmiddag", time(8), "time_part_of_day"),
        ("fm.", time(8), "time_part_of_day"),
        ("eftermiddag", time(13), "time_part_of_day"),
        ("kväll", time(17), "time_part_of_day"),
        ("2026-03-12 09:00", time(9), "time_date_ignored"),
    ],
)
def test_a_time_that_took_some_reading_is_a_guess(cell: str, at: time, doubt: GuessReason) -> None:
    assert read_span(cell, "from", DAY) == Reading(Span(starts=at), doubt=doubt)


@pytest.mark.parametrize(
    ("cell", "span", "doubt"),
    [
        ("lunch", Span(ends=time(12)), "time_part_of_day"),
        ("före lunch", Span(ends=time(12)), "time_part_of_day"),
        ("förmiddag", Span(ends=time(12)), "time_part_of_day"),
        ("eftermiddag", Span(ends=time(17)), "time_part_of_day"),
        ("kväll", Span(), "time_part_of_day"),
        ("senast 15:00", Span(ends=time(15)), None),
        ("16", Span(ends=time(16)), "time_bare_hour"),
    ],
)
def test_an_end_is_read_as_an_end(cell: str, span: Span, doubt: GuessReason | None) -> None:
    assert read_span(cell, "to", DAY) == Reading(span, doubt=doubt)


@pytest.mark.parametrize(
    ("cell", "span", "doubt"),
    [
        ("12–13", Span(time(12), time(13)), "time_range"),
        ("kl 9-15.30", Span(time(9), time(15, 30)), "time_range"),
        ("från 9 till 12", Span(time(9), time(12)), "time_range"),
        ("09.00 - 12.00", Span(time(9), time(12)), "time_range"),
        ("1-5", Span(time(13), time(17)), "time_range"),
        ("förmiddag", Span(time(8), time(12)), "time_part_of_day"),
        ("lunch", Span(time(12), time(13)), "time_part_of_day"),
        ("till 12:00", Span(ends=time(12)), None),
        ("-12:00", Span(ends=time(12)), None),
        ("hela dagen", Span(), None),
        ("Any time", Span(), None),
    ],
)
def test_one_column_may_hold_both_ends(cell: str, span: Span, doubt: GuessReason | None) -> None:
    assert read_span(cell, "both", DAY) == Reading(span, doubt=doubt)


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("25:00", "time_impossible"),
        ("2500", "time_impossible"),
        ("10:75", "time_impossible"),
        ("13 pm", "time_impossible"),
        ("24", "time_impossible"),
        ("25-26", "time_impossible"),
        ("kanske", "time_not_understood"),
        ("2026-03-12", "time_not_understood"),
        ("9-kanske", "time_not_understood"),
        ("9-12 13-15", "time_several"),
    ],
)
@pytest.mark.parametrize("role", ["from", "to", "both"])
def test_a_time_that_cannot_be_is_refused(cell: str, fault: RefusalReason, role: Role) -> None:
    assert read_span(cell, role, DAY) == Reading(fault=fault)


@pytest.mark.parametrize("cell", ["", " ", "-", "n/a"])
def test_an_empty_cell_says_nothing_about_time(cell: str) -> None:
    assert read_span(cell, "from", DAY) == Reading()


def test_parts_of_the_day_follow_the_events_own_day() -> None:
    day = DayFrame(starts=time(9), lunch=time(11, 30), afternoon=time(12, 30), ends=time(16))

    assert read_span("förmiddag", "both", day).value == Span(time(9), time(11, 30))
    assert read_span("eftermiddag", "both", day).value == Span(time(12, 30), time(16))
