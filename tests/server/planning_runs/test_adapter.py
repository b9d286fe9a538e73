from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.planner.model import Block, Mode, Problem, Station
from server.planner.plan import make_plan
from server.planner.validation import faults
from server.planner.verifier import breaches
from server.planning.ports import Placement, PlanDesk, PlanMeeting, PlanSeeker
from server.planning.rules import conflicts
from server.planning_runs.adapter import placements_of, problem_of, untold_musts
from server.planning_runs.laid import may_move
from server.planning_runs.material import Keep, Material, Need, PlanOptions
from server.planning_runs.planning_rules import PlanningRules
from tests.server.planning_runs.materials import QUARTER, TEN, an_id, materials, slot_at

SOME = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PINNED, ALL = PlanOptions(), PlanOptions(keep="all")


def a_desk(number: int = 0, **more: object) -> PlanDesk:
    given: dict[str, object] = {"id": an_id("d", number), "organisation_id": an_id("o", number), "form": "video"}
    given |= {"on_duty_from": TEN, "on_duty_until": TEN + 4 * QUARTER}
    return PlanDesk(**(given | more))  # type: ignore[arg-type]  # whatever the test says


def a_meeting(seeker: int, desk: PlanDesk, slot: int, **more: object) -> PlanMeeting:
    at = slot_at(slot)
    given: dict[str, object] = {"id": an_id("m", slot), "desk_id": desk.id, "slot_id": at.id}
    given |= {"organisation_id": desk.organisation_id}
    given |= {"starts_at": at.starts_at, "ends_at": at.ends_at, "recruiter_id": desk.recruiter_id}
    return PlanMeeting(**(given | {"seeker_id": an_id("s", seeker)} | more))  # type: ignore[arg-type]  # as above


def an_event(*desks: PlanDesk, **more: object) -> Material:
    """Four slots and two seekers, an hour before it begins."""
    given: dict[str, object] = {
        "slots": tuple(slot_at(number) for number in range(4)),
        "desks": desks or (a_desk(),),
        "laid": (),
    }
    given |= {"seekers": (PlanSeeker(id=an_id("s", 0)), PlanSeeker(id=an_id("s", 1))), "now": TEN - 4 * QUARTER}
    return Material(**(given | more))  # type: ignore[arg-type]  # as above


@SOME
@given(material=materials(), keep=st.sampled_from(["pinned", "all"]))
def test_whatever_lies_in_the_database_becomes_a_problem_without_faults(material: Material, keep: Keep) -> None:
    problem = problem_of(material, PlanOptions(keep=keep))

    assert [fault for fault in faults(problem) if fault.path != "desks"] == []


@SOME
@given(material=materials(), keep=st.sampled_from(["pinned", "all"]), seed=st.integers(0, 3))
def test_every_plan_keeps_the_problem_s_rules_and_lays_nothing_that_blocks(
    material: Material, keep: Keep, seed: int
) -> None:
    problem = problem_of(material, PlanOptions(keep=keep))
    if not problem.desks:
        return

    plan = make_plan(problem, seed)

    assert breaches(problem, plan) == ()
    assert blocking(material, problem, keep, placements_of(plan, material)) == []


def blocking(material: Material, problem: Problem, keep: Keep, placements: list[Placement]) -> list[str]:
    """The blocking conflicts of a plan laid beside everything that stays."""
    desks = {desk.id: desk for desk in material.desks}
    slots: dict[UUID | None, int] = {slot.id: number for number, slot in enumerate(material.slots)}
    seekers = {one.id: one for one in material.seekers}
    locked = {desk.id for desk in material.desks if desk.is_locked}
    moved = [
        one
        for one in material.laid
        if keep == "pinned"
        and one.desk_id in desks
        and may_move(one, slots=slots, seekers=seekers, locked=locked, now=material.now)
    ]
    stays = [one for one in material.laid if one not in moved]
    frozen = {(UUID(one.seeker), UUID(one.desk), one.slot) for one in problem.frozen}
    found = []
    for number, one in enumerate(placements):
        desk, slot = desks[one.desk_id], slots[one.slot_id]
        if (one.seeker_id, desk.id, slot) in frozen:
            continue
        long = material.needs.get(one.seeker_id, Need()).extra_time
        found.append(
            PlanMeeting(
                seeker_id=one.seeker_id,
                starts_at=material.slots[slot].starts_at,
                ends_at=material.slots[slot + long].ends_at,
                id=an_id("m", 1000 + number),
                desk_id=desk.id,
                organisation_id=desk.organisation_id,
                recruiter_id=desk.recruiter_id,
                station_id=desk.station_id,
            )
        )
    laid = {one.id for one in found}
    here = [one for one in (*stays, *found) if one.desk_id in desks]
    seen = conflicts(here, desks=desks, seekers=seekers, meetings_max=99)
    return [one.code for one in seen if laid & set(one.meeting_ids)]


def test_a_hybrid_desk_stays_hybrid_and_a_station_says_who_can_sit_there() -> None:
    station = an_id("p", 1)
    desk = a_desk(form="hybrid", station_id=station, station_is_accessible=False, zone="north")

    planned = problem_of(an_event(desk), PINNED).desks[0]

    assert planned.blocks == (Block(0, 4, Mode.HYBRID),)
    assert (planned.station, planned.zone) == (Station.OWN, "north")


def test_what_is_pinned_locked_not_awaited_or_begun_stays_and_the_rest_may_move() -> None:
    desk, locked = a_desk(), a_desk(1, is_locked=True)
    laid = (
        a_meeting(0, desk, 0),
        a_meeting(1, desk, 1, is_pinned=True),
        a_meeting(2, desk, 2, state="checked_in"),
        a_meeting(3, desk, 3),
        a_meeting(0, locked, 3, id=an_id("m", 9)),
    )
    seekers = tuple(PlanSeeker(id=an_id("s", number)) for number in range(4))
    event = an_event(desk, locked, laid=laid, seekers=seekers, now=TEN)

    pinned, everything = problem_of(event, PINNED), problem_of(event, ALL)

    assert sorted(one.slot for one in pinned.frozen) == [0, 1, 2, 3]
    assert [one.slot for one in pinned.previous] == [3]
    assert pinned.desks[1].blocks == (Block(3, 4, Mode.VIDEO),)
    assert (len(everything.frozen), everything.previous) == (5, ())


def test_absences_and_meetings_at_other_events_are_no_hours() -> None:
    recruiter = an_id("r", 0)
    at = slot_at(2)
    desk = a_desk(recruiter_id=recruiter, absences=((TEN, TEN + QUARTER),))
    away = PlanSeeker(id=an_id("s", 0), absences=((TEN + 3 * QUARTER, TEN + 4 * QUARTER),))
    elsewhere = PlanMeeting(
        seeker_id=away.id, desk_id=an_id("d", 9), recruiter_id=recruiter, starts_at=at.starts_at, ends_at=at.ends_at
    )

    problem = problem_of(an_event(desk, seekers=(away,), laid=(elsewhere,)), PINNED)

    assert problem.desks[0].blocks == (Block(1, 2, Mode.VIDEO), Block(3, 4, Mode.VIDEO))
    assert problem.seekers[0].available == frozenset({0, 1})


@pytest.mark.parametrize("shared", ["recruiter_id", "station_id"])
def test_two_desks_that_share_a_recruiter_or_a_station_get_half_of_the_slots_each(shared: str) -> None:
    both = {shared: an_id("r", 0)}

    problem = problem_of(an_event(a_desk(0, **both), a_desk(1, **both)), PINNED)

    assert [desk.blocks for desk in problem.desks] == [(Block(0, 2, Mode.VIDEO),), (Block(2, 4, Mode.VIDEO),)]


def test_a_recruiter_has_a_free_slot_after_so_many_in_a_row() -> None:
    event = an_event(rules=PlanningRules(recruiter_break_every=2))

    assert problem_of(event, PINNED).desks[0].breaks == frozenset({2})


def test_a_kind_of_interpreter_is_scarce_only_where_the_rules_number_it() -> None:
    needs = {an_id("s", 0): Need(interpreter="sign_language"), an_id("s", 1): Need(interpreter="language:so")}
    event = an_event(needs=needs, rules=PlanningRules(interpreters={"sign_language": 2}))

    problem = problem_of(event, PINNED)

    assert [seeker.interpreter for seeker in problem.seekers] == ["sign_language", None]
    assert problem.interpreters == {"sign_language": (2, 2, 2, 2)}


def test_the_plan_of_what_lies_is_kept_where_people_have_been_told() -> None:
    assert problem_of(an_event(is_told=True), PINNED).rules.keep_bonus == 120
    assert problem_of(an_event(), PINNED).rules.keep_bonus == 5


def test_a_must_that_can_never_be_is_told_of() -> None:
    one, other = an_id("s", 0), an_id("s", 1)
    seekers = (PlanSeeker(id=one, avoids=frozenset({an_id("o", 0)})), PlanSeeker(id=other))
    musts = frozenset({(one, an_id("o", 0)), (other, an_id("o", 7)), (other, an_id("o", 0))})

    told = untold_musts(an_event(seekers=seekers, musts=musts))

    assert [(unmet.seeker, unmet.reason) for unmet in told] == [
        (str(one), "the seeker would rather not meet the employer"),
        (str(other), "the employer has no desk on duty"),
    ]


def test_a_large_event_has_few_candidates_a_seeker_and_nobody_without() -> None:
    desks = tuple(a_desk(number, competences_wanted=frozenset({f"c{number % 20}"})) for number in range(60))
    wish = (an_id("o", 59),)
    seekers = tuple(
        PlanSeeker(id=an_id("s", number), competences=frozenset({f"c{number % 40}"}), wishes=wish if number else ())
        for number in range(400)
    )
    event = an_event(*desks, seekers=seekers)

    pairs = problem_of(replace(event, employer_wishes={(an_id("o", 7), an_id("s", 3)): 1}), PINNED).pairs

    of_seeker = {seeker.id: [pair.employer for pair in pairs if pair.seeker == str(seeker.id)] for seeker in seekers}
    assert {len(employers) for employers in of_seeker.values()} == {15}
    assert all(str(wish[0]) in of_seeker[seeker.id] for seeker in seekers[1:])
    assert str(an_id("o", 7)) in of_seeker[an_id("s", 3)]
    assert {str(an_id("o", number)) for number in (1, 21, 41)} <= set(of_seeker[an_id("s", 1)])
