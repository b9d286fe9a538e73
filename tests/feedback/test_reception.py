from __future__ import annotations

import pytest

from feedback.answers import AnswersInvalid, Rating
from feedback.reception import parse_reception, parse_reply
from tests.feedback.strategies import IT


def test_the_seekers_three_items_may_be_answered_one_by_one() -> None:
    given = {"rings_true": 4, "respected": None, "next_clear": 5}

    assert parse_reception(given, IT) == (Rating("next_clear", 5), Rating("rings_true", 4))
    assert parse_reception({}, IT) == ()


def test_an_answer_to_something_else_is_refused() -> None:
    with pytest.raises(AnswersInvalid) as caught:
        parse_reception({"respected": 0, "stars": 5}, IT)

    assert [(problem.path, problem.code) for problem in caught.value.problems] == [
        ("stars", "unknown_field"),
        ("respected", "not_a_rating"),
    ]


def test_a_reply_is_kept_as_it_was_written() -> None:
    assert parse_reply(" Tack!\n\nJag bygger om mitt exempel.") == " Tack!\n\nJag bygger om mitt exempel."


@pytest.mark.parametrize(
    ("raw", "code"), [("", "empty"), (" \n", "empty"), (None, "not_a_text"), ("x" * 1001, "too_long")]
)
def test_a_reply_that_says_nothing_or_too_much_is_refused(raw: object, code: str) -> None:
    with pytest.raises(AnswersInvalid) as caught:
        parse_reply(raw)

    assert [(problem.path, problem.code) for problem in caught.value.problems] == [("text", code)]
