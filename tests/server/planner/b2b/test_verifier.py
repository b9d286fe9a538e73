"""The verifier finds each kind of breach, planted in an answer that it has nothing to say of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from server.planner.b2b.model import Answer, Instance, Meeting, Request, Status
from server.planner.b2b.verifier import breaches

INSTANCE = Instance(
    participants=4,
    tables=2,
    slots=6,
    morning_slots=3,
    requests=(Request(1, 2, 1), Request(1, 3, 3, 2), Request(1, 4, 2), Request(2, 3, 3)),
    forbidden=(frozenset(), frozenset(), frozenset({3, 5}), frozenset({5})),
    precedences=((1, 2),),
)
GOOD = Answer(
    Status.OPTIMAL,
    2,
    2,
    0.1,
    (Meeting(1, 2, 1, 1), Meeting(1, 3, 2, 1), Meeting(1, 4, 4, 1), Meeting(2, 3, 4, 2)),
)


def at(answer: Answer, number: int, *, slot: int | None = None, table: int | None = None, **others: int) -> Answer:
    one = answer.meetings[number]
    one = replace(one, slot=slot or one.slot, table=table or one.table)
    held = (*answer.meetings[:number], one, *answer.meetings[number + 1 :])
    return replace(answer, meetings=held, **others)  # type: ignore[arg-type]


def test_an_answer_that_keeps_every_rule_has_no_breach() -> None:
    three = replace(GOOD, breaks=3)

    assert breaches(INSTANCE, replace(three, status=Status.FEASIBLE)) == ()


def test_breaks_are_counted_for_each_participant() -> None:
    told = [breach.rule for breach in breaches(INSTANCE, GOOD)]

    # Participant 1 waits in slot 3, participant 2 in 2 and 3, participant 3 in 3.
    assert told == ["breaks", "status"]


PLANTED: dict[str, tuple[str, Callable[[Answer], Answer]]] = {
    "slot": ("there is no such slot", lambda good: at(good, 2, slot=7)),
    "table": ("there is no table 3", lambda good: at(good, 2, table=3)),
    "requests": ("3 meetings for 4 requests", lambda good: replace(good, meetings=good.meetings[:3])),
    "participant_once_a_slot": ("participant 2 has 2 meetings in slot 1", lambda good: at(good, 3, slot=1)),
    "table_once_a_slot": ("table 1 has 2 meetings in slot 4", lambda good: at(good, 3, table=1)),
    "session": ("is to be in the afternoon", lambda good: at(good, 2, slot=3)),
    "fixed": ("is to be in slot 2", lambda good: at(good, 1, slot=6)),
    "forbidden": ("participant 3 cannot then", lambda good: at(good, 3, slot=5)),
    "precedences": ("is to be before", lambda good: at(good, 0, slot=3)),
    "breaks": ("the answer says 1", lambda good: replace(good, breaks=1)),
    "bound": ("fewer than the bound 4", lambda good: replace(good, bound=4)),
    "status": ("optimal with 3 breaks", lambda good: replace(good, status=Status.OPTIMAL)),
}


@pytest.mark.parametrize("rule", PLANTED)
def test_a_planted_breach_is_found(rule: str) -> None:
    said, plant = PLANTED[rule]
    good = replace(GOOD, breaks=3, status=Status.FEASIBLE)

    found = breaches(INSTANCE, plant(good))

    assert [breach.rule for breach in found if said in breach.message] == [rule]


def test_other_people_than_were_requested_are_found() -> None:
    swapped = (Meeting(1, 4, 1, 1), *GOOD.meetings[1:])

    assert [breach.rule for breach in breaches(INSTANCE, replace(GOOD, meetings=swapped))] == ["requests"]


def test_three_breaks_more_than_somebody_else_are_too_many() -> None:
    instance = replace(INSTANCE, slots=7, morning_slots=7, precedences=(), forbidden=(frozenset[int](),) * 4)
    instance = replace(instance, requests=(Request(1, 2),) * 4)
    held = tuple(Meeting(1, 2, slot, 1) for slot in (1, 3, 5, 7))

    found = breaches(instance, Answer(Status.FEASIBLE, 6, 0, 0.1, held))

    assert [breach.rule for breach in found] == ["difference"]


def test_an_answer_without_a_plan_has_nothing_in_it() -> None:
    assert breaches(INSTANCE, Answer(Status.INFEASIBLE, None, 0, 0.1)) == ()
    assert [one.rule for one in breaches(INSTANCE, replace(GOOD, status=Status.UNKNOWN))] == ["status"]
