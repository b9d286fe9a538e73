from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, given, settings

from server.planner.validation import ProblemInvalid
from server.planning.ports import PlanProblem, Proposal
from server.planning.rules import conflicts
from server.planning_runs.behind_port import FlowPlanner
from tests.server.planning.test_first_fit import NINE, laid_out, problems

SOME = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PLANNER = FlowPlanner(NINE - timedelta(hours=1))


def proposed(problem: PlanProblem) -> Proposal | None:
    """The planner's proposal, None where there is nothing to plan with."""
    try:
        return PLANNER.propose(problem)
    except ProblemInvalid:
        assert not (problem.desks and problem.slots)
        return None


@SOME
@given(problem=problems())
def test_a_proposal_clashes_with_nothing_and_says_who_is_left_without(problem: PlanProblem) -> None:
    proposal = proposed(problem)
    if proposal is None:
        return

    meetings = laid_out(problem, proposal)

    numbered = [type(one)(**{name: getattr(one, name) for name in one.__slots__}) for one in meetings]
    found = conflicts(
        numbered,
        desks={one.id: one for one in problem.desks},
        seekers={one.id: one for one in problem.seekers},
        meetings_max=problem.meetings_max,
    )
    assert found == []
    placed = {meeting.seeker_id for meeting in meetings}
    assert set(proposal.unplaced) == {seeker.id for seeker in problem.seekers} - placed
