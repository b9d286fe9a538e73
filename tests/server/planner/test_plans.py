from __future__ import annotations

from dataclasses import replace
from itertools import count, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.planner.model import Block, Desk, Employer, Meeting, Mode, Pair, Plan, Problem, Rules, Seeker
from server.planner.plan import PlanCancelled, make_plan
from server.planner.verifier import breaches, worth
from tests.bench.planner.generate import Shape, make, slots
from tests.server.planner.instances import problems

SOME = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
HALF_DAY = Shape(seekers=120, employers=10)


@SOME
@given(problem=problems(), seed=st.integers(0, 3))
def test_the_verifier_refuses_no_plan(problem: Problem, seed: int) -> None:
    assert breaches(problem, make_plan(problem, seed)) == ()


@FEW
@given(problem=problems(), seed=st.integers(0, 3))
def test_the_same_seed_makes_the_same_plan(problem: Problem, seed: int) -> None:
    one, other = make_plan(problem, seed), make_plan(problem, seed)

    assert timeless(one) == timeless(other)


@FEW
@given(problem=problems())
def test_every_must_is_met_or_told_of_with_a_reason(problem: Problem) -> None:
    plan = make_plan(problem)

    met = {(meeting.seeker, meeting.employer) for meeting in plan.meetings}
    musts = {(pair.seeker, pair.employer) for pair in problem.pairs if pair.must}
    told = [unmet for unmet in plan.unmet if unmet.employer is not None]
    assert {(unmet.seeker, unmet.employer) for unmet in told} == musts - met
    assert all(unmet.reason for unmet in plan.unmet)


@pytest.mark.parametrize(("seed", "rest_slots"), [*product(range(8), (0, 1))])
def test_a_tiny_event_gets_the_best_of_all_its_plans(seed: int, rest_slots: int) -> None:
    shape = Shape(seekers=3, employers=2, slots=3, candidates=2, fill=0.2, rest_slots=rest_slots, rooms_share=1)
    problem = make(replace(shape, needs=False), seed)

    certificate = make_plan(problem).certificate

    assert certificate.value == best_by_trying_all(problem) <= certificate.bound


@pytest.mark.parametrize("seed", range(3))
def test_small_events_are_planned_to_proven_optimality(seed: int) -> None:
    plan = make_plan(make(HALF_DAY, seed))

    assert plan.certificate.value == plan.certificate.bound
    assert plan.certificate.gap_pct == 0


def test_everybody_has_one_meeting_before_anybody_has_two() -> None:
    problem = crowd(seekers=6, slots_=6)

    plan = make_plan(problem)

    assert sorted(meeting.seeker for meeting in plan.meetings) == [f"s{number}" for number in range(6)]


def test_cutting_breaks_leaves_the_pairs_as_they_are() -> None:
    certificate = make_plan(make(HALF_DAY, 1)).certificate

    assert certificate.breaks < certificate.breaks_before * 0.7
    assert certificate.value == certificate.bound


@pytest.mark.parametrize("form", [Mode.VIDEO, Mode.ON_SITE, None])
def test_a_hybrid_desk_takes_whoever_comes_in_whatever_form(form: Mode | None) -> None:
    problem = crowd(seekers=2, slots_=2)
    desk = replace(problem.desks[0], blocks=(Block(0, 2, Mode.HYBRID),))
    seekers = (replace(problem.seekers[0], form=form), problem.seekers[1])
    problem = replace(problem, desks=(desk,), seekers=seekers, video_rooms=(0, 0), stations=(0, 0))

    plan = make_plan(problem)

    assert len(plan.meetings) == 2
    assert breaches(problem, plan) == ()


def test_a_must_goes_before_whoever_is_worth_more() -> None:
    problem = crowd(seekers=2, slots_=1)
    pairs = (replace(problem.pairs[0], value=100), replace(problem.pairs[1], value=1, must=True))

    plan = make_plan(replace(problem, pairs=pairs))

    assert [meeting.seeker for meeting in plan.meetings] == ["s1"]
    assert plan.unmet == ()


def test_a_must_that_cannot_be_is_told_of_in_words() -> None:
    problem = crowd(seekers=2, slots_=1)
    musts = tuple(replace(pair, must=True) for pair in problem.pairs)
    night = replace(problem.seekers[0], available=frozenset())

    both = make_plan(replace(problem, pairs=musts))
    absent = make_plan(replace(problem, pairs=musts, seekers=(night, problem.seekers[1])))

    assert [unmet.reason for unmet in both.unmet] == [
        "every seat of the employer in the seeker's hours is taken by somebody who counts as much"
    ]
    assert [(unmet.seeker, unmet.reason) for unmet in absent.unmet] == [("s0", "the seeker has no hours")]


def test_a_must_never_takes_somebody_over_their_maximum() -> None:
    problem = crowd(seekers=1, slots_=3)
    other = Desk(id="d1", employer="e1", recruiter="r1", blocks=(Block(0, 3, Mode.VIDEO),))
    problem = replace(
        problem,
        employers=(*problem.employers, Employer("e1")),
        desks=(*problem.desks, other),
        seekers=(replace(problem.seekers[0], meetings_max=1),),
        pairs=(*problem.pairs, Pair("s0", "e1", 5, must=True)),
        frozen=(Meeting("s0", "e0", "d0", 0),),
    )

    plan = make_plan(problem)

    assert plan.meetings == problem.frozen
    assert [unmet.reason for unmet in plan.unmet] == ["the seeker's 1 meetings are taken by others that count as much"]


def test_previous_meetings_stay_where_they_were() -> None:
    problem = make(HALF_DAY, 2)
    first = make_plan(problem)

    again = make_plan(replace(problem, previous=first.meetings[::2]), seed=5)

    kept = set(first.meetings[::2]) & set(again.meetings)
    assert breaches(replace(problem, previous=first.meetings[::2]), again) == ()
    assert len(kept) >= 0.9 * len(first.meetings[::2])


def test_frozen_meetings_never_move() -> None:
    problem = make(HALF_DAY, 3)
    frozen = make_plan(problem).meetings[:80]

    again = make_plan(replace(problem, frozen=frozen), seed=1)

    assert set(frozen) <= set(again.meetings)
    assert breaches(replace(problem, frozen=frozen), again) == ()


@pytest.mark.parametrize("asks", [0, 1, 5, 30])
def test_cancelling_ends_the_planning(asks: int) -> None:
    number = count()

    with pytest.raises(PlanCancelled):
        make_plan(make(HALF_DAY, 1), cancelled=lambda: next(number) >= asks)

    assert timeless(make_plan(make(HALF_DAY, 1))) == timeless(make_plan(make(HALF_DAY, 1)))


def test_progress_is_told_stage_by_stage() -> None:
    heard: list[tuple[str, float]] = []

    make_plan(make(HALF_DAY, 1), progress=lambda stage, share: heard.append((stage, share)))

    assert list(dict.fromkeys(stage for stage, _ in heard)) == [
        "select",
        "lay",
        "repair",
        "improve",
        "breaks",
        "certify",
    ]
    assert all(0 <= share <= 1 for _, share in heard)
    assert heard[-1] == ("certify", 1.0)


def timeless(plan: Plan) -> Plan:
    return replace(plan, certificate=replace(plan.certificate, seconds=0))


def crowd(*, seekers: int, slots_: int) -> Problem:
    """One desk, and more who want to sit there than once."""
    return Problem(
        slots=slots(slots_),
        employers=(Employer("e0"),),
        desks=(Desk(id="d0", employer="e0", recruiter="r0", blocks=(Block(0, slots_, Mode.VIDEO),)),),
        seekers=tuple(Seeker(id=f"s{number}", available=frozenset(range(slots_))) for number in range(seekers)),
        pairs=tuple(Pair(f"s{number}", "e0", 10 * number) for number in range(seekers)),
        rules=Rules(),
    )


def best_by_trying_all(problem: Problem) -> int:
    """The worth of the best plan of a tiny event, of all there are."""
    nothing = make_plan(replace(problem, pairs=()))
    places: list[list[Meeting | None]] = [
        [None]
        + [
            Meeting(pair.seeker, pair.employer, desk.id, slot)
            for desk in problem.desks
            if desk.employer == pair.employer
            for slot in range(len(problem.slots))
        ]
        for pair in problem.pairs
    ]
    best = 0
    for choice in product(*places):
        meetings = tuple(meeting for meeting in choice if meeting is not None)
        found = {breach.rule for breach in breaches(problem, replace(nothing, meetings=meetings))}
        if found <= {"value", "bound"}:
            best = max(best, worth(problem, meetings))
    return best
