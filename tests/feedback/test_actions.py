"""Homework: when it is due, how it stands, and what can be written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from feedback.actions import Action, ActionState, Standing, check_due, first_due, in_order, parse_action, standing
from feedback.answers import AnswersInvalid
from tests.feedback.strategies import NOON, SECOND

TODAY = date(2026, 5, 12)


@pytest.mark.parametrize(
    ("due_on", "how"),
    [
        (None, Standing.UNDATED),
        (date(2026, 5, 11), Standing.OVERDUE),
        (TODAY, Standing.TODAY),
        (date(2026, 5, 14), Standing.SOON),
        (date(2026, 5, 15), Standing.LATER),
    ],
)
def test_an_action_stands_by_its_day(due_on: date | None, how: Standing) -> None:
    assert standing(due_on, today=TODAY) is how


def test_an_action_has_a_week_until_somebody_chooses_another_day() -> None:
    assert first_due(TODAY) == date(2026, 5, 19)


def test_an_action_is_moved_to_any_day_of_the_year_ahead_and_to_no_day_at_all() -> None:
    for due_on in (None, TODAY, TODAY + timedelta(days=366)):
        check_due(due_on, today=TODAY)


@pytest.mark.parametrize(
    ("due_on", "code"), [(date(2026, 5, 11), "in_the_past"), (TODAY + timedelta(days=367), "too_far_ahead")]
)
def test_an_action_is_not_moved_into_the_past_nor_far_away(due_on: date, code: str) -> None:
    with pytest.raises(AnswersInvalid) as refused:
        check_due(due_on, today=TODAY)

    assert [problem.code for problem in refused.value.problems] == [code]


def test_an_action_in_own_words_is_kept_without_blanks_around_it() -> None:
    assert parse_action("  Ring Petra  ") == "Ring Petra"


@pytest.mark.parametrize(("raw", "code"), [("  ", "empty"), ("x" * 161, "too_long"), (7, "not_a_text")])
def test_an_action_without_words_or_with_too_many_is_refused(raw: object, code: str) -> None:
    with pytest.raises(AnswersInvalid) as refused:
        parse_action(raw)

    assert [problem.code for problem in refused.value.problems] == [code]


def test_what_waits_comes_first_by_its_day_and_what_is_ended_after_newest_first() -> None:
    later = Action("later", ActionState.OPEN, date(2026, 5, 20), NOON)
    undated = Action("undated", ActionState.OPEN, None, NOON)
    early = Action("early", ActionState.OPEN, date(2026, 5, 1), NOON)
    done = Action("done", ActionState.DONE, None, NOON, NOON + SECOND)
    let_go = Action("let go", ActionState.NOT_DONE, None, NOON + 2 * SECOND)
    mistake = Action("mistake", ActionState.REMOVED, None, NOON, NOON)

    shown = in_order([later, undated, done, mistake, early, let_go])

    assert [action.id for action in shown] == ["early", "later", "undated", "let go", "done"]
