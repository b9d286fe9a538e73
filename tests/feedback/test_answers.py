from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.answers import (
    EMPTY,
    NOT_SEEN,
    Answers,
    AnswersInvalid,
    Rating,
    answers_document,
    answers_hash,
    canonical_text,
    parse_answers,
)
from feedback.problem import PROBLEMS_MAX
from tests.feedback.strategies import IT, drafts, json_values, rated

WHOLE: dict[str, Any] = {
    "ratings": {"item_4": 3, "item_1": 4, "item_2": 1, "item_3": None},
    "next_step": "another_role",
    "occupation": "tester",
    "worked": ["good_questions", "clear_example"],
    "worked_statement": " Du löste vårt problem fint.\n",
    "do_next": ["tell_own_part"],
    "enabling": ["work_trial", "supervisor"],
}


def problems_of(raw: object) -> list[tuple[str, str]]:
    with pytest.raises(AnswersInvalid) as caught:
        parse_answers(raw, IT)
    return [(problem.path, problem.code) for problem in caught.value.problems]


def test_answers_are_read_as_they_were_given_with_ratings_in_the_order_asked() -> None:
    assert parse_answers(WHOLE, IT) == Answers(
        ratings=rated(4, 1, NOT_SEEN, 3),
        next_step="another_role",
        occupation="tester",
        worked=("good_questions", "clear_example"),
        worked_statement=" Du löste vårt problem fint.\n",
        do_next=("tell_own_part",),
        enabling=("work_trial", "supervisor"),
    )


def test_not_seen_is_an_answer_and_absence_is_none() -> None:
    answers = parse_answers({"ratings": {"item_1": None}}, IT)

    assert answers.rating("item_1") == Rating("item_1", NOT_SEEN)
    assert answers.rating("item_2") is None


@pytest.mark.parametrize("raw", [{}, dict.fromkeys(WHOLE), {"ratings": {}, "worked": [], "worked_statement": "  "}])
def test_a_draft_may_be_empty(raw: object) -> None:
    assert parse_answers(raw, IT) == EMPTY


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ([], [("", "not_an_object")]),
        ({"score": 5}, [("score", "unknown_field")]),
        ({"ratings": [5]}, [("ratings", "not_an_object")]),
        ({"ratings": {"item_9": 5}}, [("ratings.item_9", "unknown_field")]),
        ({"ratings": {"item_1": 0}}, [("ratings.item_1", "not_a_rating")]),
        ({"ratings": {"item_1": 6}}, [("ratings.item_1", "not_a_rating")]),
        ({"ratings": {"item_1": 3.0}}, [("ratings.item_1", "not_a_rating")]),
        ({"ratings": {"item_1": True}}, [("ratings.item_1", "not_a_rating")]),
        ({"ratings": {"item_1": "3"}}, [("ratings.item_1", "not_a_rating")]),
        ({"next_step": "perhaps"}, [("next_step", "unknown_code")]),
        ({"next_step": ["yes"]}, [("next_step", "unknown_code")]),
        ({"occupation": "tester"}, [("occupation", "not_asked")]),
        ({"occupation": "tester", "next_step": "yes"}, [("occupation", "not_asked")]),
        ({"occupation": "tester", "next_step": {}}, [("next_step", "unknown_code"), ("occupation", "not_asked")]),
        ({"occupation": "astronaut", "next_step": "another_role"}, [("occupation", "unknown_code")]),
        ({"worked": "prepared"}, [("worked", "not_a_list")]),
        ({"worked": {"prepared": True}}, [("worked", "not_a_list")]),
        ({"worked": ["prepared", {}]}, [("worked.1", "unknown_code")]),
        ({"worked": ["prepared", "prepared"]}, [("worked", "twice")]),
        ({"worked": ["prepared", "good_questions", "clear_example"]}, [("worked", "too_many")]),
        ({"do_next": ["prepared"]}, [("do_next.0", "unknown_code")]),
        ({"enabling": ["nothing_needed", "validation"]}, [("enabling", "stands_alone")]),
        ({"worked_statement": 7}, [("worked_statement", "not_a_text")]),
        ({"worked_statement": "x" * 201}, [("worked_statement", "too_long")]),
        ({"worked_statement": "null\x00sign"}, [("worked_statement", "unshowable")]),
        ({"worked_statement": "half \ud83d"}, [("worked_statement", "unshowable")]),
    ],
)
def test_each_wrong_field_is_named(raw: object, found: list[tuple[str, str]]) -> None:
    assert problems_of(raw) == found


def test_every_wrong_field_is_named_at_once() -> None:
    assert problems_of({"ratings": {"item_1": 9}, "next_step": 1, "do_next": 2}) == [
        ("ratings.item_1", "not_a_rating"),
        ("next_step", "unknown_code"),
        ("do_next", "not_a_list"),
    ]


def test_a_message_says_how_much_too_much_there_is() -> None:
    with pytest.raises(AnswersInvalid) as caught:
        parse_answers({"worked_statement": "x" * 250, "do_next": ["think_aloud"] * 3}, IT)

    assert [problem.message for problem in caught.value.problems] == [
        "is 250 characters long; 200 is the most",
        "has 3 choices; 2 is the most",
    ]


def test_a_flood_of_unknown_fields_gets_a_bounded_answer_that_can_be_shown() -> None:
    found = problems_of({f"\ud800{number}" + "x" * 1000: number for number in range(1000)})

    assert len(found) == PROBLEMS_MAX
    assert found[0] == ("?0" + "x" * 58, "unknown_field")


def test_two_hundred_characters_fit_whatever_their_size_in_bytes() -> None:
    assert parse_answers({"worked_statement": "🙂" * 200}, IT).worked_statement == "🙂" * 200


@given(drafts())
def test_answers_survive_the_way_to_json_and_back(answers: Answers) -> None:
    assert parse_answers(json.loads(json.dumps(answers_document(answers))), IT) == answers


@given(drafts(), drafts())
def test_the_hash_tells_any_two_answers_apart(one: Answers, other: Answers) -> None:
    same = answers_hash(one, IT.ref) == answers_hash(other, IT.ref)

    assert same == (one == other)


@given(st.dictionaries(st.sampled_from([*WHOLE, "score"]), json_values) | json_values)
def test_whatever_comes_in_is_read_or_refused_by_field(raw: object) -> None:
    try:
        answers = parse_answers(raw, IT)
    except AnswersInvalid as refusal:
        assert refusal.problems
    else:
        assert parse_answers(answers_document(answers), IT) == answers


def test_the_hashed_text_names_the_instrument_and_keeps_every_sign() -> None:
    text = canonical_text(Answers(worked_statement="Bra, ”lugnt”!"), IT.ref)

    assert text == '{"answers":{"worked_statement":"Bra, ”lugnt”!"},"instrument":"it","version":1}'
    assert answers_hash(Answers(worked_statement="Bra, ”lugnt”!"), IT.ref) == hashlib.sha256(text.encode()).hexdigest()


def test_answers_cannot_be_built_wrong() -> None:
    with pytest.raises(ValueError, match=r"outside 1\.\.5"):
        Rating("item_1", 6)
    with pytest.raises(ValueError, match="answered once"):
        Answers(ratings=(Rating("item_1", 1), Rating("item_1", 2)))
    with pytest.raises(ValueError, match="answered once"):
        Answers(do_next=("think_aloud", "think_aloud"))
    with pytest.raises(ValueError, match="at most 200"):
        Answers(worked_statement="x" * 201)
