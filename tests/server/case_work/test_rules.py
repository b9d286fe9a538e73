"""What is to be done by when, as plain functions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from server.case_work import rules
from server.case_work.rules import Kind, When

TODAY = date(2026, 5, 12)
ME, COLLEAGUE, STRANGER = UUID(int=1), UUID(int=2), UUID(int=3)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-3, "late"), (-1, "late"), (0, "today"), (1, "week"), (7, "week"), (8, "later")],
)
def test_a_task_stands_under_the_day_it_is_due(days: int, expected: When) -> None:
    due = TODAY + timedelta(days=days)

    assert rules.when(due=due, snoozed_until=None, done=False, today=TODAY) == expected
    assert rules.when(due=due, snoozed_until=None, done=True, today=TODAY) == "done"


def test_what_was_put_off_comes_back_on_its_day_and_is_late_by_its_first_day_after_it() -> None:
    due, until = TODAY - timedelta(days=2), TODAY + timedelta(days=1)

    assert rules.when(due=due, snoozed_until=until, done=False, today=TODAY) == "week"
    assert rules.when(due=due, snoozed_until=until, done=False, today=until) == "today"
    assert rules.when(due=due, snoozed_until=until, done=False, today=until + timedelta(days=1)) == "late"
    assert rules.effective_due(due, until, today=until + timedelta(days=1)) == due


def test_every_kind_that_comes_by_itself_has_its_time() -> None:
    assert set(rules.WITHIN) == set(Kind) - {Kind.OWN, Kind.STEP}
    assert rules.due_on(Kind.FEEDBACK, TODAY) == date(2026, 5, 19)


def test_a_step_is_a_task_from_a_week_before_its_day() -> None:
    assert rules.shows_step(TODAY + timedelta(days=7), today=TODAY)
    assert not rules.shows_step(TODAY + timedelta(days=8), today=TODAY)


def test_what_is_done_comes_back_when_there_is_newer_news() -> None:
    at = datetime(2026, 5, 12, 8, tzinfo=UTC)

    assert rules.is_done(at, newest=at)
    assert not rules.is_done(at, newest=at + timedelta(seconds=1))
    assert not rules.is_done(None, newest=at)


def test_a_task_is_put_off_to_a_later_day_and_one_put_off_before_may_stay_so() -> None:
    free = {"assigned_to": None, "theirs": {ME}, "today": TODAY}

    rules.check_change(snoozed_until=TODAY + timedelta(days=1), before=None, **free)  # type: ignore[arg-type]
    rules.check_change(snoozed_until=TODAY, before=TODAY, **free)  # type: ignore[arg-type]
    with pytest.raises(rules.PutOffToThePast):
        rules.check_change(snoozed_until=TODAY, before=None, **free)  # type: ignore[arg-type]


def test_a_task_is_given_to_who_has_the_seeker_too() -> None:
    rules.check_change(snoozed_until=None, before=None, assigned_to=COLLEAGUE, theirs={ME, COLLEAGUE}, today=TODAY)

    with pytest.raises(rules.NotTheirCaseWorker):
        rules.check_change(snoozed_until=None, before=None, assigned_to=COLLEAGUE, theirs={ME}, today=TODAY)


def test_a_seeker_is_handed_to_a_colleague_who_has_them_not_and_to_one_at_a_time() -> None:
    rules.check_hand_over(to_id=COLLEAGUE, colleagues={COLLEAGUE}, theirs={ME}, is_open=False)

    with pytest.raises(rules.NoSuchColleague):
        rules.check_hand_over(to_id=STRANGER, colleagues={COLLEAGUE}, theirs={ME}, is_open=False)
    with pytest.raises(rules.HasThemAlready):
        rules.check_hand_over(to_id=COLLEAGUE, colleagues={COLLEAGUE}, theirs={ME, COLLEAGUE}, is_open=False)
    with pytest.raises(rules.AlreadyOnTheWay):
        rules.check_hand_over(to_id=COLLEAGUE, colleagues={COLLEAGUE}, theirs={ME}, is_open=True)


def test_a_hand_over_is_answered_once() -> None:
    rules.check_open("open")

    with pytest.raises(rules.IsAnswered):
        rules.check_open("accepted")
