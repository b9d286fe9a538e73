"""The planner behind the port: what it proposes fits, is what its verifier accepts, and is as near as it says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.planner.model import Problem
from server.planner.plan import make_plan
from server.planner.validation import ProblemInvalid
from server.planner.verifier import breaches
from server.planning.ports import PlanDesk, PlanMeeting, PlanProblem, PlanSeeker, PlanSlot, Proposal
from server.planning.rules import conflicts, meeting_form, two_in_a_row
from server.planning_runs.adapter import problem_of
from server.planning_runs.behind_port import FlowPlanner, material_of
from server.planning_runs.material import PlanOptions

NINE = datetime(2026, 5, 12, 9, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
SPACE = UUID(int=1)
FORMS = ("video", "on_site", "hybrid")
SKILLS = ("python", "java", "sql")
SOME = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PLANNER = FlowPlanner(NINE - timedelta(hours=1))


def key(kind: str, number: int) -> UUID:
    return uuid5(SPACE, f"{kind} {number}")


def slot(number: int) -> PlanSlot:
    return PlanSlot(key("slot", number), NINE + number * QUARTER, NINE + (number + 1) * QUARTER)


def desk(number: int, employer: int, **more: object) -> PlanDesk:
    given: dict[str, object] = {
        "id": key("desk", number),
        "organisation_id": key("employer", employer),
        "form": "hybrid",
    }
    given |= {"on_duty_from": NINE, "on_duty_until": NINE + timedelta(hours=8)}
    return PlanDesk(**(given | more))  # type: ignore[arg-type]  # whatever the test says


def laid_out(problem: PlanProblem, proposal: Proposal) -> list[PlanMeeting]:
    """The proposal as meetings, each as long as its seeker needs, beside what was laid."""
    desks, seekers = {one.id: one for one in problem.desks}, {one.id: one for one in problem.seekers}
    ends = {False: {one.id: one.ends_at for one in problem.slots}}
    ends[True] = {one.id: one.ends_at for one in two_in_a_row(problem.slots)}
    starts = {one.id: one.starts_at for one in problem.slots}
    return [
        *problem.laid,
        *(
            PlanMeeting(
                id=key("meeting", number),
                seeker_id=one.seeker_id,
                starts_at=starts[one.slot_id],
                ends_at=ends[seekers[one.seeker_id].takes_two][one.slot_id],
                form=meeting_form(desks[one.desk_id].form, seekers[one.seeker_id].form),
                desk_id=one.desk_id,
                organisation_id=desks[one.desk_id].organisation_id,
                recruiter_id=desks[one.desk_id].recruiter_id,
                station_id=desks[one.desk_id].station_id,
                slot_id=one.slot_id,
            )
            for number, one in enumerate(proposal.placements)
        ),
    ]


def proposed(problem: PlanProblem) -> Proposal | None:
    """The planner's proposal, None where there is nothing to plan with."""
    try:
        return PLANNER.propose(problem)
    except ProblemInvalid:
        assert not (problem.desks and problem.slots)
        return None


@st.composite
def windows(draw: st.DrawFn) -> tuple[datetime | None, datetime | None]:
    starts, ends = sorted((draw(st.integers(0, 6)), draw(st.integers(0, 6))))
    return (
        draw(st.sampled_from([None, NINE + starts * QUARTER])),
        draw(st.sampled_from([None, NINE + ends * QUARTER])),
    )


@st.composite
def problems(draw: st.DrawFn) -> PlanProblem:
    """A small event, of which some has been planned already."""
    slots = tuple(slot(number) for number in range(draw(st.integers(1, 6))))
    employers = draw(st.integers(1, 3))
    maybe = st.none() | st.integers(0, 1)
    desks = []
    for number in range(draw(st.integers(0, 4))):
        station, recruiter, (starts, ends) = draw(maybe), draw(maybe), draw(windows())
        desks.append(
            desk(
                number,
                draw(st.integers(0, employers - 1)),
                form=draw(st.sampled_from(FORMS)),
                on_duty_from=starts or NINE,
                on_duty_until=ends or NINE + timedelta(hours=8),
                station_id=None if station is None else key("station", station),
                recruiter_id=None if recruiter is None else key("recruiter", recruiter),
                competences_wanted=frozenset(draw(st.sets(st.sampled_from(SKILLS)))),
            )
        )
    whom = st.integers(0, employers).map(lambda number: key("employer", number))
    seekers = []
    for number in range(draw(st.integers(0, 6))):
        starts, ends = draw(windows())
        avoids = frozenset(draw(st.sets(whom, max_size=1)))
        seekers.append(
            PlanSeeker(
                id=key("seeker", number),
                form=draw(st.sampled_from((None, *FORMS))),
                available_from=starts,
                available_until=ends,
                wishes=tuple(wish for wish in draw(st.lists(whom, unique=True, max_size=3)) if wish not in avoids),
                avoids=avoids,
                competences=frozenset(draw(st.sets(st.sampled_from(SKILLS)))),
                takes_two=draw(st.integers(0, 3)) == 0,
            )
        )
    problem = PlanProblem(slots=slots, desks=tuple(desks), seekers=tuple(seekers), meetings_max=draw(st.integers(1, 4)))
    first = proposed(problem)
    kept = tuple(one for one in laid_out(problem, first) if draw(st.booleans())) if first else ()
    return PlanProblem(
        slots=slots, desks=problem.desks, seekers=problem.seekers, laid=kept, meetings_max=problem.meetings_max
    )


@SOME
@given(problem=problems())
def test_a_proposal_clashes_with_nothing_and_says_who_is_left_without(problem: PlanProblem) -> None:
    proposal = proposed(problem)
    if proposal is None:
        return

    meetings = laid_out(problem, proposal)

    renamed = [
        PlanMeeting(**{name: getattr(one, name) for name in one.__slots__} | {"id": key("renamed", number)})
        for number, one in enumerate(meetings)
    ]
    found = conflicts(
        renamed,
        desks={one.id: one for one in problem.desks},
        seekers={one.id: one for one in problem.seekers},
        meetings_max=problem.meetings_max,
    )
    assert found == []
    placed = {meeting.seeker_id for meeting in meetings}
    assert set(proposal.unplaced) == {seeker.id for seeker in problem.seekers} - placed


def as_the_planner_reads_it(problem: PlanProblem) -> Problem:
    return problem_of(material_of(problem, now=PLANNER.now), PlanOptions(keep="all"))


@SOME
@given(problem=problems())
def test_a_proposal_is_the_plan_that_the_verifier_accepts_within_its_bound(problem: PlanProblem) -> None:
    proposal = proposed(problem)
    if proposal is None:
        return

    to_plan = as_the_planner_reads_it(problem)
    plan = make_plan(to_plan, PLANNER.seed)

    assert breaches(to_plan, plan) == ()
    assert plan.certificate.value <= plan.certificate.bound
    numbers = {one.id: number for number, one in enumerate(problem.slots)}
    new = {(str(one.seeker_id), str(one.desk_id), numbers[one.slot_id]) for one in proposal.placements}
    assert new == {(one.seeker, one.desk, one.slot) for one in plan.meetings if one not in to_plan.frozen}


def test_everybody_has_one_meeting_before_anybody_has_two_and_a_meeting_elsewhere_counts_as_none() -> None:
    seekers = tuple(PlanSeeker(id=key("seeker", number)) for number in range(2))
    elsewhere = PlanMeeting(seeker_id=seekers[0].id, starts_at=slot(0).starts_at, ends_at=slot(0).ends_at)
    problem = PlanProblem(
        slots=(slot(0), slot(1)), desks=(desk(0, 0),), seekers=seekers, laid=(elsewhere,), meetings_max=2
    )

    proposal = PLANNER.propose(problem)

    assert {one.seeker_id: one.slot_id for one in proposal.placements} == {
        seekers[0].id: slot(1).id,
        seekers[1].id: slot(0).id,
    }
    assert proposal.unplaced == ()


def test_who_needs_more_time_is_placed_where_two_slots_follow_each_other() -> None:
    long, short = PlanSeeker(id=key("seeker", 0), takes_two=True), PlanSeeker(id=key("seeker", 1))
    problem = PlanProblem(slots=tuple(slot(number) for number in range(3)), desks=(desk(0, 0),), seekers=(long, short))

    proposal = PLANNER.propose(problem)

    starts = {one.seeker_id: one.slot_id for one in proposal.placements}
    assert set(starts) == {long.id, short.id}
    assert starts[long.id] in {slot(0).id, slot(1).id}
