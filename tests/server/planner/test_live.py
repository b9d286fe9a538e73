from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.planner.live import LiveDay, NoSuchMeeting
from server.planner.model import Block, Desk, Meeting, Mode, Pair, Plan, Problem, Seeker
from server.planner.options import Change, Option, Place
from server.planner.plan import make_plan
from server.planner.validation import ProblemInvalid
from server.planner.verifier import breaches
from tests.bench.planner.generate import Shape, make, slots
from tests.server.planner.instances import problems

SOME = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
HALL = make(Shape(seekers=60, employers=5, fill=1.1), 1)
PLAN = make_plan(HALL)
CROWDED = make(Shape(seekers=60, employers=5, fill=0.8), 1)
CROWDED_PLAN = make_plan(CROWDED)
NOW = 6


@SOME
@given(problem=problems(), data=st.data())
def test_whatever_happens_the_verifier_refuses_no_plan(problem: Problem, data: st.DataObject) -> None:
    plan = make_plan(problem)
    now = data.draw(st.integers(0, len(problem.slots) - 1))
    begun = tuple(meeting for meeting in plan.meetings if meeting.slot < now)
    day = LiveDay(problem, plan.meetings, now=now)
    problem = replace(problem, frozen=begun + tuple(m for m in problem.frozen if m.slot >= now))
    for _ in range(4):
        happens = data.draw(st.sampled_from([no_show, late, walk_in, desk_closed, room_lost]))
        problem, options = happens(day, problem, now, data)
        if options:
            day.confirm(data.draw(st.sampled_from(options)))
        problem = replace(problem, frozen=tuple(meeting for meeting in problem.frozen if meeting in day.meetings()))

        assert rules_broken(problem, plan, day, now) == []
        assert set(begun) <= set(day.meetings())


Happening = Callable[[LiveDay, Problem, int, st.DataObject], tuple[Problem, tuple[Option, ...]]]


def no_show(day: LiveDay, problem: Problem, now: int, data: st.DataObject) -> tuple[Problem, tuple[Option, ...]]:
    ahead = [m for m in day.meetings() if m.slot >= now and m not in problem.frozen]
    if not ahead:
        return problem, ()
    gone = data.draw(st.sampled_from(ahead))
    return problem, day.no_show(gone.seeker, gone.employer)


def late(day: LiveDay, problem: Problem, now: int, data: st.DataObject) -> tuple[Problem, tuple[Option, ...]]:
    if not problem.seekers:
        return problem, ()
    by = data.draw(st.integers(1, 3))
    who = data.draw(st.sampled_from(problem.seekers))
    missed = {m for m in day.meetings() if m.seeker == who.id and now <= m.slot < now + by}
    if missed & set(problem.frozen):
        return problem, ()
    there = frozenset(slot for slot in who.available if slot < now or slot >= now + by)
    seekers = tuple(replace(one, available=there) if one is who else one for one in problem.seekers)
    return replace(problem, seekers=seekers), day.late(who.id, by)


def walk_in(day: LiveDay, problem: Problem, now: int, data: st.DataObject) -> tuple[Problem, tuple[Option, ...]]:
    who = Seeker(id=f"w{len(problem.seekers)}", available=frozenset(range(now, len(problem.slots))), meetings_max=2)
    pairs = tuple(Pair(who.id, employer.id, 50) for employer in problem.employers)
    options = day.walk_in(who, pairs, wanted=data.draw(st.integers(1, 3)))
    return replace(problem, seekers=(*problem.seekers, who), pairs=problem.pairs + pairs), options


def desk_closed(day: LiveDay, problem: Problem, now: int, data: st.DataObject) -> tuple[Problem, tuple[Option, ...]]:
    desk = data.draw(st.sampled_from(problem.desks))
    if any(meeting.desk == desk.id and meeting.slot >= now - 1 for meeting in problem.frozen):
        return problem, ()
    cut = tuple(Block(b.first, min(b.until, now), b.mode) for b in desk.blocks if b.first < now)
    duty = {slot for block in cut for slot in range(block.first, block.until)}
    closed = replace(desk, blocks=cut, breaks=frozenset(desk.breaks & duty))
    return replace(problem, desks=tuple(closed if d is desk else d for d in problem.desks)), day.desk_closed(desk.id)


def room_lost(day: LiveDay, problem: Problem, now: int, data: st.DataObject) -> tuple[Problem, tuple[Option, ...]]:
    if problem.video_rooms is None:
        return problem, ()
    left = tuple(max(n - 1, 0) if slot >= now else n for slot, n in enumerate(problem.video_rooms))
    return replace(problem, video_rooms=left), day.room_lost("video_rooms")


def rules_broken(problem: Problem, plan: Plan, day: LiveDay, now: int) -> list[str]:
    """What the verifier says of the day, but for must-haves and figures, which the plan answered for."""
    said = breaches(problem, replace(plan, meetings=day.meetings()))
    return [breach.message for breach in said if breach.rule not in {"must_told", "value", "bound"}]


def test_a_freed_seat_is_offered_to_the_dearest_who_wait_and_moves_nobody() -> None:
    day = LiveDay(CROWDED, CROWDED_PLAN.meetings, now=NOW)
    gone = next(meeting for meeting in CROWDED_PLAN.meetings if meeting.slot == NOW)

    options = day.no_show(gone.seeker, gone.employer)

    assert 1 <= len(options) <= 3
    assert [option.moved for option in options] == [()] * len(options)
    assert [option.cost for option in options] == sorted(option.cost for option in options)
    assert all(option.cost < 0 for option in options)
    assert {change.after for option in options for change in option.changes} == {Place(gone.desk, NOW)}


def test_nothing_changes_before_an_option_is_confirmed() -> None:
    day = LiveDay(HALL, PLAN.meetings, now=NOW)
    missed = next(meeting for meeting in PLAN.meetings if meeting.slot == NOW)

    options = day.late(missed.seeker, 2)
    untouched = day.meetings()
    day.confirm(options[0])

    assert untouched == PLAN.meetings
    assert missed not in day.meetings()
    assert rules_broken(HALL, PLAN, day, NOW) == []


def test_a_late_seekers_meeting_moves_to_when_they_are_there() -> None:
    day = LiveDay(HALL, PLAN.meetings, now=NOW)
    missed = next(meeting for meeting in PLAN.meetings if meeting.slot == NOW)

    best = day.late(missed.seeker, 3)[0]

    mine = [change for change in best.changes if change.employer == missed.employer and change.seeker == missed.seeker]
    assert [change.before for change in mine] == [Place(missed.desk, NOW)]
    assert all(change.after is not None and change.after.slot >= NOW + 3 for change in mine)
    assert len(best.moved) <= 1


def test_a_walk_in_gets_up_to_three_ways_to_meet_somebody() -> None:
    day = LiveDay(HALL, PLAN.meetings, now=NOW)
    who = Seeker(id="new", available=frozenset(range(NOW, 24)))

    options = day.walk_in(who, [Pair("new", f"e{number}", 10 * number) for number in range(5)])
    day.confirm(options[0])

    assert 1 <= len(options) <= 3
    assert [meeting.slot >= NOW for meeting in day.meetings() if meeting.seeker == "new"] == [True]


def test_an_option_that_has_gone_stale_is_refused() -> None:
    day = LiveDay(CROWDED, CROWDED_PLAN.meetings, now=NOW)
    gone = next(meeting for meeting in CROWDED_PLAN.meetings if meeting.slot == NOW)
    first, *others = day.no_show(gone.seeker, gone.employer)
    day.confirm(first)
    before = day.meetings()

    with pytest.raises(NoSuchMeeting):
        day.confirm(others[0])

    assert day.meetings() == before


def test_a_meeting_that_finds_no_place_is_dropped_in_plain_sight() -> None:
    lonely = Problem(
        slots=slots(2),
        employers=HALL.employers[:1],
        desks=(Desk(id="d0", employer="e0", recruiter="r0", blocks=(Block(0, 2, Mode.VIDEO),)),),
        seekers=(Seeker(id="s0", available=frozenset({0, 1})),),
        pairs=(Pair("s0", "e0", 7),),
    )
    day = LiveDay(lonely, [Meeting("s0", "e0", "d0", 1)])

    options = day.recruiter_gone("r0")

    dropped = Change("s0", "e0", Place("d0", 1), None)
    assert options == (Option(changes=(dropped,), cost=30_700, moved=(), dropped=(dropped,)),)


def test_what_is_not_there_is_refused_by_name() -> None:
    day = LiveDay(HALL, PLAN.meetings)

    with pytest.raises(NoSuchMeeting, match="there is no seeker 'nobody'"):
        day.no_show("nobody", "e0")
    with pytest.raises(ProblemInvalid, match="there is no employer 'e77'"):
        day.walk_in(Seeker(id="new", available=frozenset()), [Pair("new", "e77", 1)])
    with pytest.raises(ProblemInvalid, match="'s0' is there already"):
        day.walk_in(Seeker(id="s0", available=frozenset()), [])
