from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from server.planner.model import (
    Block,
    Certificate,
    Desk,
    Employer,
    Meeting,
    Mode,
    Pair,
    Plan,
    Problem,
    Rules,
    Seeker,
    Station,
)
from server.planner.verifier import breaches, worth
from tests.bench.planner.generate import slots

DAY = frozenset(range(6))
VIDEO, ON_SITE = Mode.VIDEO, Mode.ON_SITE
GOOD = Problem(
    slots=slots(6),
    employers=(Employer("e0"), Employer("e1")),
    desks=(
        Desk(id="d0", employer="e0", recruiter="r0", blocks=(Block(0, 6, VIDEO),)),
        Desk(id="d1", employer="e0", recruiter="r1", blocks=(Block(0, 6, ON_SITE),), breaks=frozenset({5})),
        Desk(id="d2", employer="e1", recruiter="r2", blocks=(Block(0, 5, ON_SITE),), station=Station.OWN, zone="north"),
    ),
    seekers=(
        Seeker(id="s0", available=DAY),
        Seeker(id="s1", available=DAY, interpreter="sign", needs_accessible=True),
        Seeker(id="s2", available=DAY - {5}, extra_time=True, form=ON_SITE),
    ),
    pairs=tuple(Pair(f"s{number}", employer, 10) for number in range(3) for employer in ("e0", "e1")),
    stations=(1,) * 6,
    accessible_stations=(1,) * 6,
    video_rooms=(1,) * 6,
    interpreters={"sign": (1,) * 6},
)
PLACES = (
    Meeting("s0", "e0", "d0", 0),
    Meeting("s1", "e0", "d1", 0),
    Meeting("s0", "e1", "d2", 3),
    Meeting("s2", "e0", "d1", 1),
)


def plan_of(problem: Problem, *meetings: Meeting) -> Plan:
    """These meetings with a certificate that tells the truth."""
    known = {seeker.id for seeker in problem.seekers}
    value = worth(problem, [meeting for meeting in meetings if meeting.seeker in known])
    certificate = Certificate(
        value=value,
        bound=value,
        match_value=0,
        meetings=len(meetings),
        breaks_before=0,
        breaks=0,
        rules_kept=(),
        seconds=0,
        seed=0,
    )
    return Plan(meetings, (), certificate)


def test_a_good_plan_breaks_nothing() -> None:
    assert breaches(GOOD, plan_of(GOOD, *PLACES)) == ()


def seeker(number: int, **changes: object) -> Callable[[Problem], Problem]:
    def change(problem: Problem) -> Problem:
        seekers = list(problem.seekers)
        seekers[number] = replace(seekers[number], **changes)  # type: ignore[arg-type]  # whatever the test plants
        return replace(problem, seekers=tuple(seekers))

    return change


def desk(number: int, **changes: object) -> Callable[[Problem], Problem]:
    def change(problem: Problem) -> Problem:
        desks = list(problem.desks)
        desks[number] = replace(desks[number], **changes)  # type: ignore[arg-type]  # whatever the test plants
        return replace(problem, desks=tuple(desks))

    return change


def setting(**changes: object) -> Callable[[Problem], Problem]:
    return lambda problem: replace(problem, **changes)  # type: ignore[arg-type]  # whatever the test plants


def as_is(problem: Problem) -> Problem:
    return problem


TOLD_TWICE = tuple(replace(pair, must=pair.seeker == "s2") for pair in GOOD.pairs)
BARRED = tuple(replace(pair, forbidden=pair.seeker == "s0" and pair.employer == "e1") for pair in GOOD.pairs)
HYBRID = desk(2, blocks=(Block(0, 5, Mode.HYBRID),))
LUNCH = GOOD.slots[:2] + slots(8)[4:]
PLANTED: list[tuple[str, Callable[[Problem], Problem], tuple[Meeting, ...]]] = [
    ("unknown_id", as_is, (Meeting("s9", "e0", "d0", 0),)),
    ("unknown_id", as_is, (Meeting("s0", "e0", "d9", 0),)),
    ("unknown_id", as_is, (Meeting("s0", "e0", "d0", 6),)),
    ("unknown_id", as_is, (Meeting("s0", "e1", "d0", 0),)),
    ("frozen_kept", setting(frozen=(Meeting("s1", "e1", "d2", 4),)), PLACES),
    ("desk_once_a_slot", setting(video_rooms=None), (PLACES[0], Meeting("s1", "e0", "d0", 0))),
    ("recruiter_once_a_slot", desk(1, recruiter="r0"), PLACES[:2]),
    ("seeker_once_a_slot", as_is, (PLACES[0], Meeting("s0", "e1", "d2", 0))),
    ("pair_once", as_is, (PLACES[0], Meeting("s0", "e0", "d0", 2))),
    ("pair_allowed", setting(pairs=BARRED), PLACES),
    ("pair_allowed", setting(pairs=GOOD.pairs[1:]), PLACES),
    ("available", seeker(0, available=frozenset({0})), PLACES),
    ("on_duty", as_is, (Meeting("s0", "e1", "d2", 5),)),
    ("on_duty", as_is, (Meeting("s0", "e0", "d1", 5),)),
    ("form", seeker(0, form=ON_SITE), PLACES),
    ("accessible", seeker(0, needs_accessible=True), PLACES),
    ("accessible", lambda problem: HYBRID(seeker(0, needs_accessible=True)(problem)), PLACES[2:3]),
    ("extra_time", setting(slots=LUNCH), PLACES),
    ("maximum", seeker(0, meetings_max=1), PLACES),
    ("rest", setting(rules=Rules(rest_slots=3)), PLACES),
    ("rest", setting(rules=Rules(form_change_slots=3)), PLACES),
    ("rest", setting(rules=Rules(zone_change_slots=3)), (Meeting("s0", "e0", "d1", 0), Meeting("s0", "e1", "d2", 3))),
    ("stations", setting(stations=(0,) * 6), (PLACES[3],)),
    ("accessible_stations", setting(accessible_stations=(0,) * 6), PLACES),
    ("video_rooms", setting(video_rooms=(0,) * 6), PLACES),
    ("interpreters[sign]", setting(interpreters={"sign": (0,) * 6}), PLACES),
    ("must_told", setting(pairs=TOLD_TWICE), PLACES),
    ("must_told", seeker(1, meetings_min=2), PLACES),
]


@pytest.mark.parametrize(
    ("rule", "change", "meetings"), PLANTED, ids=lambda value: value if isinstance(value, str) else ""
)
def test_each_broken_rule_is_named(
    rule: str, change: Callable[[Problem], Problem], meetings: tuple[Meeting, ...]
) -> None:
    problem = change(GOOD)

    assert {breach.rule for breach in breaches(problem, plan_of(problem, *meetings))} == {rule}


@pytest.mark.parametrize("form", [VIDEO, ON_SITE, None])
def test_a_hybrid_desk_meets_everybody_as_they_come_and_draws_on_no_room(form: Mode | None) -> None:
    problem = HYBRID(seeker(0, form=form)(GOOD))
    problem = replace(problem, stations=(0,) * 6, video_rooms=(0,) * 6, rules=Rules(form_change_slots=9))

    assert breaches(problem, plan_of(problem, PLACES[2])) == ()


def test_a_certificate_that_claims_too_much_is_caught() -> None:
    plan = plan_of(GOOD, *PLACES)
    boasts = replace(plan, certificate=replace(plan.certificate, value=plan.certificate.value + 1))
    low = replace(plan, certificate=replace(plan.certificate, bound=plan.certificate.bound - 1))

    assert [breach.rule for breach in breaches(GOOD, boasts)] == ["value"]
    assert [breach.rule for breach in breaches(GOOD, low)] == ["bound"]


def test_what_was_frozen_is_not_judged_by_itself() -> None:
    late = Meeting("s2", "e1", "d2", 4)
    problem = replace(GOOD, frozen=(late,))

    assert [breach.rule for breach in breaches(GOOD, plan_of(GOOD, *PLACES, late))] != []
    assert breaches(problem, plan_of(problem, *PLACES, late)) == ()
