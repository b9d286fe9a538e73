"""Files of the benchmark, as they are and as they should not be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from server.planner.b2b.dzn import DznInvalid
from server.planner.b2b.model import Instance, Request
from server.planner.b2b.reading import read_instance
from tests.server.planner.b2b.instances import NOBODY, small, text_of

TEXT = """nBusiness = 3;
nMeetings = 2;
nTables = 2;
nTotalSlots = 4;
nMorningSlots = 2;

requested = [|1, 2, 1,
|2, 3, 3
|];

nMeetingsBusiness = [1, 2, 1, ];

fixat = [0,4];

forbidden = [{0,},
{1,3,},
{0,},
];
"""
READ = Instance(
    participants=3,
    tables=2,
    slots=4,
    morning_slots=2,
    requests=(Request(1, 2, 1), Request(2, 3, 3, 4)),
    forbidden=(frozenset(), frozenset({1, 3}), frozenset()),
)


def test_a_file_says_who_meets_whom_and_when_they_can() -> None:
    assert read_instance(TEXT) == READ


@settings(max_examples=60, deadline=None)
@given(small())
def test_what_is_written_is_what_is_read(instance: Instance) -> None:
    ordered = replace(instance, precedences=tuple(sorted(instance.precedences, key=lambda pair: pair[1])))

    read = read_instance(text_of(ordered))

    assert replace(read, precedences=()) == replace(ordered, precedences=())
    assert sorted(read.precedences) == sorted(ordered.precedences)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("nTables = 2;", "% tables\nnTables=2 ; /* two\nof them */"),
        ("fixat", "fixed"),
        ("{1,3,}", "{1, 3}"),
        ("{0,}", "{}"),
        ("{1,3,},", "{1} , {0},"),
        ("[|1, 2, 1,\n|2, 3, 3\n|]", "array2d(1..2, 1..3, [1,2,1,2,3,3])"),
        ("[|1, 2, 1,\n|2, 3, 3\n|]", "[|\n1,2,1|2,3,3|]"),
        ("fixat = [0,4];", "fixat = array1d(1..2, [0, 4]);"),
        ("nMeetingsBusiness = [1, 2, 1, ]", "nMorningSlots = [1,2,1]"),
        ("nMeetingsBusiness = [1, 2, 1, ];", ""),
        ("nMeetingsBusiness = [1, 2, 1, ]", "meetingsxBusiness = [{1,2},{1,2,3},{1,3}]"),
        ("nMeetingsBusiness = [1, 2, 1, ]", "precedences = [{0},{}]"),
    ],
)
def test_other_spellings_mean_the_same(old: str, new: str) -> None:
    text = TEXT.replace(old, new, 1)
    assert text != TEXT
    expected = replace(READ, forbidden=(frozenset(), frozenset({1}), frozenset())) if "{1} ," in new else READ
    if "{1} ," in new:
        text = text.replace("{0,},\n];", "];")

    assert read_instance(text) == expected


def test_precedences_are_sets_or_pairs_the_earlier_first() -> None:
    sets = read_instance(TEXT + "precedences = [{}, {1}];")
    pairs = read_instance(TEXT + "precedences = [|1, 2|];")

    assert sets.precedences == pairs.precedences == ((1, 2),)


def test_without_the_lists_that_may_be_missing_everything_is_open() -> None:
    text = TEXT[: TEXT.index("nMeetingsBusiness")].replace("nMorningSlots = 2;\n", "")

    read = read_instance(text)

    assert read.forbidden == NOBODY * 3
    assert (read.morning_slots, len(read.notes)) == (4, 1)


def test_counts_that_contradict_the_requests_are_noted() -> None:
    read = read_instance(TEXT.replace("[1, 2, 1, ]", "[1, 1, 1]"))

    assert read.requests == READ.requests
    assert read.notes == (
        "line 11: nMeetingsBusiness is wrong in participant 2's meetings; the requests were believed",
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("nTables = 2;", "nTables = two;", "line 3: a whole number, a set or a list was expected here, not 'two'"),
        ("nTables = 2;", "nTables = 2.5;", "line 3: '2.5;' is no MiniZinc data"),
        ("nTables = 2;", "nTables = -1;", "line 3: nTables is -1; it can be 0 to 50000"),
        ("nTables = 2;", "nTables = 99999999999;", "line 3: the number 99999999999… is too large"),
        ("nTables = 2;", "nTables = [2];", "line 3: nTables is a whole number; write  nTables = …;"),
        ("nTables = 2;", "nTables = {2};", "line 3: nTables is a whole number; write  nTables = …;"),
        ("nTables = 2;", "nTables = 2", "line 4: ';' was expected here, not 'nTotalSlots'"),
        ("nTables = 2;", "", "line 15: nTables is missing; add a line"),
        ("nTables = 2;", "nTables = 2; nTables = 3;", "line 3: nTables is given again, after line 3; remove one"),
        ("nTables = 2;", "nTables = 2; nChairs = 3;", "line 3: the parameter 'nChairs' is unknown; remove it"),
        ("nTables = 2;", "nTables = 2; chairs = [3];", "line 3: the list 'chairs' is unknown; remove it"),
        ("nMorningSlots = 2", "nMorningSlots = 5", "line 5: nMorningSlots is more than nTotalSlots"),
        ("nMeetings = 2", "nMeetings = 3", "line 7: requested has 2 rows, nMeetings is 3; make them equal"),
        ("|2, 3, 3", "|2, 3", "line 8: a row of requested has 3 numbers; here are 2"),
        ("|2, 3, 3", "|2, 4, 3", "line 8: there is no participant 4; nBusiness is 3"),
        ("|2, 3, 3", "|2, 2, 3", "line 8: participant 2 cannot meet itself"),
        ("|2, 3, 3", "|2, 3, 4", "line 8: a session is 1 (morning), 2 (afternoon) or 3 (any), not 4"),
        ("|2, 3, 3", "|2, 3 3", "line 8: ',' or '|' was expected here, not '3'"),
        ("[0,4]", "[0,5]", "line 13: there is no slot 5; nTotalSlots is 4"),
        ("[0,4]", "[4]", "line 13: fixat has 1 entries, nMeetings is 2; make them equal"),
        ("[0,4]", "[{0},{4}]", "line 13: fixat does not fit here: whole numbers in brackets were expected"),
        ("{1,3,},", "", "line 15: forbidden has 2 entries, nBusiness is 3; make them equal"),
        ("{1,3,},", "1,", "line 16: forbidden is a list of sets; write  {…}  here"),
        ("{1,3,},", "{1,{3}},", "line 16: forbidden does not fit here: whole numbers in brackets were expected"),
        ("{1,3,},", "{1..999999},", "line 16: the range 1..999999 is too large"),
        ("{1,3,},", "[[[[1]]]],", "line 16: the brackets are nested too deep"),
        ("];\n\nfixat", "\n\nfixat", "line 13: a whole number, a set or a list was expected here, not 'fixat'"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_what_to_do(old: str, new: str, said: str) -> None:
    text = TEXT.replace(old, new, 1)
    assert text != TEXT

    with pytest.raises(DznInvalid) as refusal:
        read_instance(text)

    assert said in str(refusal.value)


def test_an_empty_file_is_no_instance() -> None:
    with pytest.raises(DznInvalid, match="line 1: nBusiness is missing"):
        read_instance("")
