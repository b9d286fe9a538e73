from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.answers import AnswersInvalid
from feedback.goals import (
    NO_GOAL,
    GoalChange,
    GoalChoice,
    GoalStep,
    HeldMeeting,
    goal_at,
    goal_story,
    meeting_to_ask_about,
    parse_own_goal,
)
from tests.feedback.strategies import NOON, SECOND

choices = st.lists(
    st.builds(
        lambda seconds, chip: GoalChoice(NOON + seconds * SECOND, chip),
        st.integers(0, 5),
        st.sampled_from(["tell_own_part", "practise_sql", NO_GOAL]),
    ),
    max_size=8,
)


def choose(*chips: str | None) -> list[GoalChoice]:
    return [GoalChoice(NOON + number * SECOND, chip) for number, chip in enumerate(chips)]


def test_a_goal_is_set_kept_changed_and_closed() -> None:
    story = goal_story(choose("tell_own_part", "tell_own_part", "practise_sql", NO_GOAL, "tell_own_part"))

    assert story == (
        GoalStep(NOON, GoalChange.SET, "tell_own_part"),
        GoalStep(NOON + SECOND, GoalChange.KEPT, "tell_own_part"),
        GoalStep(NOON + 2 * SECOND, GoalChange.CHANGED, "practise_sql"),
        GoalStep(NOON + 3 * SECOND, GoalChange.CLOSED, "practise_sql"),
        GoalStep(NOON + 4 * SECOND, GoalChange.SET, "tell_own_part"),
    )


def test_closing_when_there_is_no_goal_leaves_no_trace() -> None:
    assert goal_story(choose(NO_GOAL, NO_GOAL)) == ()


def test_the_goal_before_a_meeting_is_the_one_chosen_last() -> None:
    made = choose("tell_own_part", "practise_sql", NO_GOAL)

    assert [goal_at(made, NOON + seconds * SECOND) for seconds in range(-1, 3)] == [
        None,
        "tell_own_part",
        "practise_sql",
        None,
    ]


@given(choices, st.integers(-1, 6))
def test_the_goal_at_an_instant_is_where_the_story_until_then_ends(made: list[GoalChoice], seconds: int) -> None:
    instant = NOON + seconds * SECOND

    story = goal_story(choice for choice in made if choice.chosen_at <= instant)

    open_goal = story[-1].chip if story and story[-1].change is not GoalChange.CLOSED else NO_GOAL
    assert goal_at(made, instant) == open_goal


def test_a_choice_has_its_instant_with_a_timezone() -> None:
    with pytest.raises(ValueError, match="timezone"):
        GoalChoice(datetime(2026, 11, 24), "tell_own_part")  # noqa: DTZ001


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
