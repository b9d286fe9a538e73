"""The seeker's goal: after which meeting one is asked about it, and what can be written."""

from __future__ import annotations

import pytest

from feedback.answers import AnswersInvalid
from feedback.goals import HeldMeeting, meeting_to_ask_about, parse_own_goal
from tests.feedback.strategies import NOON, SECOND


def held(name: str, seconds: int) -> HeldMeeting:
    return HeldMeeting(name, NOON + seconds * SECOND)


def test_one_is_asked_about_the_newest_meeting_since_the_goal_was_set() -> None:
    meetings = [held("after", 2), held("before", -1), held("first", 1)]

    assert meeting_to_ask_about(NOON, meetings, set()) == held("after", 2)


def test_one_is_asked_once_and_never_about_older_meetings() -> None:
    meetings = [held("first", 1), held("after", 2)]

    assert meeting_to_ask_about(NOON, meetings, {"after"}) is None
    assert meeting_to_ask_about(NOON, [held("before", 0)], set()) is None


def test_a_goal_in_own_words_is_kept_without_blanks_around_it() -> None:
    assert parse_own_goal(" Våga ringa upp ") == "Våga ringa upp"


@pytest.mark.parametrize(("raw", "code"), [("\n", "empty"), ("x" * 121, "too_long"), (None, "not_a_text")])
def test_a_goal_without_words_or_with_too_many_is_refused(raw: object, code: str) -> None:
    with pytest.raises(AnswersInvalid) as refused:
        parse_own_goal(raw)

    assert [problem.code for problem in refused.value.problems] == [code]
