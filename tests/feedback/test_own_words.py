"""What somebody writes in words of their own is kept as it is, or refused with a reason."""

from __future__ import annotations

import pytest

from feedback.answers import AnswersInvalid
from feedback.own_words import parse_words, parse_words_by_code

CODES = ("first", "second")


def test_words_are_kept_as_they_were_written() -> None:
    assert parse_words(" Jag ser det\nannorlunda. ", length_max=30) == " Jag ser det\nannorlunda. "


@pytest.mark.parametrize(("raw", "code"), [(" \n", "empty"), ("x" * 9, "too_long"), (7, "not_a_text")])
def test_words_that_say_nothing_or_too_much_are_refused_where_they_stood(raw: object, code: str) -> None:
    with pytest.raises(AnswersInvalid) as refused:
        parse_words(raw, length_max=8, path="words")

    assert [(one.path, one.code) for one in refused.value.problems] == [("words", code)]


def test_what_stands_under_each_code_is_kept_in_their_order_and_what_is_empty_left_out() -> None:
    written = parse_words_by_code({"second": "Två", "first": "Ett"}, CODES, length_max=8)

    assert list(written.items()) == [("first", "Ett"), ("second", "Två")]
    assert parse_words_by_code({"first": " "}, CODES, length_max=8) == {}


def test_what_is_not_asked_for_and_what_is_too_long_are_both_told_of() -> None:
    with pytest.raises(AnswersInvalid) as refused:
        parse_words_by_code({"score": "5", "second": "x" * 9}, CODES, length_max=8)

    assert [(one.path, one.code) for one in refused.value.problems] == [
        ("score", "unknown_code"),
        ("second", "too_long"),
    ]
