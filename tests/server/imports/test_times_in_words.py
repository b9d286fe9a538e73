"""Times with more words round them than figures."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.imports.codes import GuessReason
from server.imports.times import read_span
from server.imports.values import DayFrame, Reading, Span

DAY = DayFrame()


@pytest.mark.parametrize(
    ("cell", "span", "doubt"),
    [
        ("mellan 9 och 11", Span(time(9), time(11)), "time_range"),
        ("mellan 9-11", Span(time(9), time(11)), "time_range"),
        ("från 9 till lunch", Span(time(9), time(12)), "time_range"),
        ("lunch-15", Span(time(13), time(15)), "time_range"),
        ("fr.o.m. 10 t.o.m. 14", Span(time(10), time(14)), "time_range"),
        ("tidigast 10, senast 14", Span(time(10), time(14)), "time_range"),
        ("halv 10 - 12", Span(time(9, 30), time(12)), "time_range"),
        ("fm 9-11", Span(time(9), time(11)), "time_range"),
        ("em 1-3", Span(time(13), time(15)), "time_range"),
        ("9:00-12:00 (helst tidigt)", Span(time(9), time(12)), "time_range"),
        ("tis 12/5 kl 9-12", Span(time(9), time(12)), "time_range"),
        ("torsdag 09:00-", Span(time(9)), "time_date_ignored"),
        ("bara förmiddagen", Span(time(8), time(12)), "time_part_of_day"),
        ("hela eftermiddagen", Span(time(13), time(17)), "time_part_of_day"),
        ("passar bäst efter lunch", Span(time(13)), "time_part_of_day"),
        ("fm/em", Span(time(8), time(17)), "time_part_of_day"),
        ("förmiddag eller eftermiddag", Span(time(8), time(17)), "time_part_of_day"),
        ("dagtid", Span(time(8), time(17)), "time_part_of_day"),
        ("ej fm", Span(time(13)), "time_words"),
        ("inte på em", Span(ends=time(12)), "time_words"),
        ("inte före 10:00", Span(time(10)), None),
        ("inte efter 15:00", Span(ends=time(15)), None),
        ("kvart över nio", Span(time(9, 15)), "time_words"),
        ("kvart i tio", Span(time(9, 45)), "time_words"),
        ("9.3", Span(time(9, 30)), "time_fraction"),
        ("helst när som helst", Span(), None),
    ],
)
def test_words_round_the_figures_are_read_and_shown(cell: str, span: Span, doubt: GuessReason | None) -> None:
    read = read_span(cell, "both", DAY)

    assert (read.value, read.fault) == (span, None)
    assert doubt is None or read.doubt == doubt


@pytest.mark.parametrize(
    ("cell", "span", "doubt"),
    [
        ("9-10, 13-15", Span(time(13), time(15)), "time_longest_of_several"),
        ("09-12 och 13-16", Span(time(9), time(12)), "time_longest_of_several"),
        ("10-12 el. 14-15", Span(time(10), time(12)), "time_longest_of_several"),
        ("9-12 + 13-15", Span(time(9), time(12)), "time_longest_of_several"),
        ("fm + 14-15", Span(time(8), time(12)), "time_longest_of_several"),
        ("9-10, 10-12", Span(time(9), time(12)), "time_range"),
    ],
)
def test_of_several_spans_the_longest_is_kept_and_shown(cell: str, span: Span, doubt: GuessReason) -> None:
    assert read_span(cell, "both", DAY) == Reading(span, doubt=doubt)


@pytest.mark.parametrize(
    "cell", ["9-12, 13", "em (inte efter 15)", "kan inte", "ej lunch", "9 eller 10", "till 12 eller efter 14", "onsdag"]
)
def test_what_could_mean_two_things_is_refused(cell: str) -> None:
    assert read_span(cell, "both", DAY).fault in ("time_several", "time_not_understood")


clocks = st.builds(time, st.integers(7, 18), st.sampled_from([0, 15, 30, 45]))
ways = st.sampled_from(["{:%H:%M}", "{:%H.%M}", "kl {:%H.%M}", "{:%H%M}", "kl. {:%H:%M}", "{:%H:%M:%S}"])
joiners = st.sampled_from([("", "-"), ("", " - "), ("", "–"), ("från ", " till "), ("mellan ", " och "), ("fm ", "-")])


@given(clocks, clocks, ways, ways, joiners)
def test_any_two_clock_times_in_any_wording_are_those_two(
    starts: time, ends: time, way: str, other_way: str, joiner: tuple[str, str]
) -> None:
    before, between = joiner
    cell = f"{before}{way.format(starts)}{between}{other_way.format(ends)}"

    assert read_span(cell, "both", DAY) == Reading(Span(starts, ends), doubt="time_range")
