"""The guided conversation: its data, what is heard in answers, and what can be answered."""

from __future__ import annotations

import pytest

from feedback.answers import AnswersInvalid
from feedback.situations import HEARD_MAX, QUOTE_LENGTH_MAX, Heard, conversation, heard_in, parse_answers_to
from feedback.vocabulary import vocabulary

HELPED = conversation().situations[0]


def test_every_competence_that_is_heard_or_asked_about_is_one_of_the_packs() -> None:
    named = {code for one in conversation().situations for code in one.maybe} | set(conversation().words)

    assert sorted(named - set(vocabulary().competences)) == []


def test_there_are_enough_situations_each_with_a_question_that_follows_up() -> None:
    codes = [one.code for one in conversation().situations]

    assert len(codes) == len(set(codes)) == 8
    assert all(len(one.questions) == 2 and 2 <= len(one.maybe) <= 3 for one in conversation().situations)
    assert [proof.code for proof in conversation().proofs] == ["show_it", "somebody", "paper", "own_words"]


def test_a_situation_is_found_by_its_code() -> None:
    assert conversation().situation("helped") is HELPED
    assert conversation().situation("nothing") is None


def test_what_is_heard_is_quoted_in_the_persons_own_words() -> None:
    answer = "Lagret stämde aldrig. Jag hittade felet i en importfil och lärde Nadia att kontrollera den själv."

    assert heard_in([answer], conversation().words) == (
        Heard("troubleshooting", "Jag hittade felet i en importfil"),
        Heard("data_analysis", "Jag hittade felet i en importfil"),
        Heard("teaching_others", "lärde Nadia att kontrollera den själv"),
    )


def test_a_word_is_heard_at_its_beginning_only_and_whole_where_it_must_be() -> None:
    words = {"version_control": ("git ",), "leading_others": ("ledde",)}

    assert heard_in(["Jag använde git", "", "jag gitarr, inledde"], words) == (
        Heard("version_control", "Jag använde git"),
    )


def test_of_much_only_so_much_is_heard_and_quoted() -> None:
    words = {f"competence_{number}": ("ord",) for number in range(9)}

    heard = heard_in(["ord " + "x" * 200], words)

    assert len(heard) == HEARD_MAX
    assert all(len(one.quote) == QUOTE_LENGTH_MAX for one in heard)


def test_answers_are_kept_by_question_and_empty_ones_left_out() -> None:
    assert parse_answers_to(HELPED, {"what": "Kassan.", "how": " "}) == {"what": "Kassan."}


def test_a_question_that_is_not_asked_and_a_text_too_long_are_told_of() -> None:
    with pytest.raises(AnswersInvalid) as refused:
        parse_answers_to(HELPED, {"score": "5", "what": "x" * 601})

    assert [(one.path, one.code) for one in refused.value.problems] == [("score", "unknown_code"), ("what", "too_long")]
