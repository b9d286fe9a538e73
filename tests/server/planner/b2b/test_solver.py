"""Answers to instances made at random: the verifier reads each, and small ones are tried in full."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings

from server.planner.b2b.model import Instance, Request, Status
from server.planner.b2b.solver import solve
from server.planner.b2b.verifier import breaches
from tests.server.planner.b2b.instances import NOBODY, chained, fewest_breaks, planted, small

EMPTY = Instance(participants=0, tables=0, slots=0, morning_slots=0, requests=(), forbidden=())
SPREAD = Instance(
    participants=2,
    tables=1,
    slots=7,
    morning_slots=4,
    requests=tuple(Request(1, 2, 3, slot) for slot in (1, 3, 5, 7)),
    forbidden=NOBODY * 2,
)


@settings(max_examples=80, deadline=None)
@given(small())
def test_small_instances_get_the_best_of_all_answers(instance: Instance) -> None:
    best = fewest_breaks(instance)

    answer = solve(instance, seconds=20)

    assert breaches(instance, answer) == ()
    assert (answer.status, answer.breaks) == ((Status.INFEASIBLE, None) if best is None else (Status.OPTIMAL, best))


@pytest.mark.parametrize("seed", range(3))
def test_a_tight_instance_is_held_without_a_break(seed: int) -> None:
    instance = planted(participants=30, slots=8, share=0.8, seed=seed)

    answer = solve(instance, seconds=30)

    assert breaches(instance, answer) == ()
    assert (answer.status, answer.breaks) == (Status.OPTIMAL, 0)


def test_breaks_that_cannot_be_avoided_are_proven() -> None:
    instance = chained(8)

    answer = solve(instance, seconds=30)

    assert breaches(instance, answer) == ()
    # Six people, each with a meeting at either end: one of them can have the two slots around noon.
    assert (answer.status, answer.breaks) == (Status.OPTIMAL, 5)


def test_no_meetings_are_held_at_once() -> None:
    for instance in (EMPTY, replace(EMPTY, participants=3, slots=2, tables=1, forbidden=NOBODY * 3)):
        answer = solve(instance, seconds=5)

        assert breaches(instance, answer) == ()
        assert (answer.status, answer.breaks, answer.meetings) == (Status.OPTIMAL, 0, ())


@pytest.mark.parametrize(
    "changed",
    [
        replace(SPREAD, tables=0),
        replace(SPREAD, slots=3, requests=(Request(1, 2),) * 4),
        replace(SPREAD, participants=3, forbidden=NOBODY * 3),
        replace(SPREAD, precedences=((1, 2), (2, 1))),
        replace(SPREAD, requests=(Request(1, 2, 1, 6),)),
        replace(SPREAD, requests=(Request(1, 2),), forbidden=(frozenset(range(1, 8)), NOBODY[0])),
    ],
    ids=["no table", "more meetings than slots", "one waits and two do not", "a circle", "wrong session", "never"],
)
def test_what_cannot_be_held_is_infeasible(changed: Instance) -> None:
    answer = solve(changed, seconds=20)

    assert breaches(changed, answer) == ()
    assert answer.status is Status.INFEASIBLE


def test_everybody_may_have_many_breaks_where_nobody_has_few() -> None:
    answer = solve(SPREAD, seconds=20)

    assert breaches(SPREAD, answer) == ()
    assert (answer.status, answer.breaks) == (Status.OPTIMAL, 6)


def test_the_time_is_kept_also_where_it_is_too_short() -> None:
    instance = chained(40)
    for seconds in (0.0, 0.2, 1.5):
        began = time.perf_counter()

        answer = solve(instance, seconds=seconds)

        # A loaded machine takes its time; without a limit the search goes on for minutes.
        assert time.perf_counter() - began < seconds + 15
        assert breaches(instance, answer) == ()
