"""What may happen to a step, as plain functions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from server.support_plans import rules
from server.support_plans.rules import Change

MONDAY, TUESDAY = date(2026, 5, 11), date(2026, 5, 12)
A, B = UUID(int=1), UUID(int=2)


def a_step(
    starts_on: date, ends_on: date | None, status: str, *, measure: str | None = "validation", title: str = ""
) -> Change:
    return Change(measure=measure, title=title, starts_on=starts_on, ends_on=ends_on, status=status)


def test_a_step_may_end_on_its_first_day_and_not_before() -> None:
    rules.check_change(a_step(MONDAY, MONDAY, "proposed"), before=None, answer=None)

    with pytest.raises(rules.EndsBeforeItStarts):
        rules.check_change(a_step(TUESDAY, MONDAY, "proposed"), before=None, answer=None)


@pytest.mark.parametrize("status", ["running", "done"])
@pytest.mark.parametrize("answer", [None, "no"])
def test_no_step_begins_without_the_seekers_yes(status: str, answer: str | None) -> None:
    with pytest.raises(rules.SeekerHasNotSaidYes):
        rules.check_change(a_step(MONDAY, None, status), before=a_step(MONDAY, None, "proposed"), answer=answer)

    rules.check_change(a_step(MONDAY, None, status), before=a_step(MONDAY, None, "proposed"), answer="yes")
    rules.check_change(a_step(MONDAY, None, "cancelled"), before=a_step(MONDAY, None, "proposed"), answer=answer)


def test_a_step_that_runs_goes_on_without_being_asked_for_again() -> None:
    rules.check_change(a_step(MONDAY, TUESDAY, "done"), before=a_step(MONDAY, None, "running"), answer=None)

    assert not rules.needs_new_answer(a_step(MONDAY, None, "running"), a_step(MONDAY, TUESDAY, "running"))


def test_who_said_yes_to_one_day_is_asked_again_about_another() -> None:
    before = a_step(MONDAY, None, "proposed")

    assert rules.needs_new_answer(before, a_step(TUESDAY, None, "proposed"))
    assert rules.needs_new_answer(before, a_step(MONDAY, TUESDAY, "proposed"))
    assert not rules.needs_new_answer(before, before)


def test_who_said_yes_to_one_thing_is_asked_again_about_another_and_it_does_not_begin() -> None:
    before, own = a_step(MONDAY, None, "proposed"), a_step(MONDAY, None, "proposed", measure=None, title="Ring Noor")

    assert rules.needs_new_answer(before, replace(before, measure="supervisor"))
    assert rules.needs_new_answer(own, replace(own, title="Flytta till Kiruna"))
    assert not rules.needs_new_answer(before, replace(before, title="Med Noor"))
    rules.check_change(replace(before, status="running", title="Med Noor"), before=before, answer="yes")
    with pytest.raises(rules.SeekerHasNotSaidYes):
        rules.check_change(replace(before, status="running", measure="supervisor"), before=before, answer="yes")


def test_a_step_is_a_measure_or_says_in_words_what_to_do() -> None:
    rules.check_change(a_step(MONDAY, None, "proposed", measure=None, title="Ring"), before=None, answer=None)

    with pytest.raises(rules.NothingToDo):
        rules.check_change(a_step(MONDAY, None, "proposed", measure=None), before=None, answer=None)


@pytest.mark.parametrize("status", ["running", "done", "cancelled"])
def test_a_step_that_has_begun_or_is_over_is_not_answered(status: str) -> None:
    rules.check_answerable("proposed")

    with pytest.raises(rules.HasBegun):
        rules.check_answerable(status)


def test_a_plan_has_room_for_so_many_steps_and_no_more() -> None:
    rules.check_room(rules.STEPS_MAX - 1)

    with pytest.raises(rules.TooManySteps):
        rules.check_room(rules.STEPS_MAX)


@pytest.mark.parametrize("order", [[A], [A, A], [A, B, B], []])
def test_an_order_names_every_step_once(order: list[UUID]) -> None:
    rules.check_order([B, A], {A, B})

    with pytest.raises(rules.NotTheSameSteps):
        rules.check_order(order, {A, B})


def test_what_takes_a_week_ends_on_its_seventh_day() -> None:
    assert rules.last_day(MONDAY, 1) == date(2026, 5, 17)
    assert rules.last_day(MONDAY, None) is None


@pytest.mark.parametrize(
    ("status", "answer", "due"),
    [
        ("proposed", None, None),
        ("proposed", "no", None),
        ("proposed", "yes", MONDAY),
        ("running", "yes", TUESDAY),
        ("done", "yes", None),
        ("cancelled", "yes", None),
    ],
)
def test_a_step_is_due_to_begin_and_then_to_be_followed_up(status: str, answer: str | None, due: date | None) -> None:
    assert rules.due_on(status=status, answer=answer, starts_on=MONDAY, ends_on=TUESDAY) == due
