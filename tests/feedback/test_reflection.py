"""What a seeker writes to themselves after a meeting."""

from __future__ import annotations

from datetime import timedelta

import pytest

from feedback.answers import AnswersInvalid
from feedback.reflection import asks_to_reflect, parse_reflection, prompts
from tests.feedback.strategies import NOON


def test_there_are_two_or_three_short_prompts_in_both_languages() -> None:
    assert [prompt.code for prompt in prompts()] == ["went_well", "next_time", "learnt"]
    assert all(len(text) <= 50 for prompt in prompts() for text in (prompt.text.sv, prompt.text.en))


def test_what_is_left_empty_is_left_out() -> None:
    assert parse_reflection({"went_well": "Exemplet.", "learnt": "  "}) == {"went_well": "Exemplet."}


def test_a_prompt_that_is_not_asked_and_a_text_too_long_are_both_told_of() -> None:
    with pytest.raises(AnswersInvalid) as refused:
        parse_reflection({"score": "5", "learnt": "x" * 601})

    assert [(one.path, one.code) for one in refused.value.problems] == [
        ("score", "unknown_code"),
        ("learnt", "too_long"),
    ]


def test_one_is_asked_for_two_weeks_and_not_before_the_meeting() -> None:
    assert asks_to_reflect(NOON, now=NOON)
    assert asks_to_reflect(NOON, now=NOON + timedelta(days=14))
    assert not asks_to_reflect(NOON, now=NOON + timedelta(days=15))
    assert not asks_to_reflect(NOON, now=NOON - timedelta(seconds=1))
