"""The planner behind the port of `server.planning`, for processes of their own: it brings OR-tools with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server.planning.ports import PlanProblem, Proposal
from server.planning_runs.adapter import placements_of, problem_of
from server.planning_runs.material import Material, Need, PlanOptions


@dataclass(frozen=True, slots=True)
class FlowPlanner:
    """Fills a plan as well as can be proven, beside what is laid; never to be used where requests are served.

    It lays nothing in slots that have begun at `now`. Of needs it knows who takes two slots, of groups and employers'
    wishes nothing.
    """

    now: datetime
    seed: int = 0

    def propose(self, problem: PlanProblem) -> Proposal:
        """New meetings for `problem`, the same for the same problem.

        Raises:
            ProblemInvalid: there is no desk, or no slot.
        """
        from server.planner.plan import make_plan  # OR-tools, which no server may carry

        material = material_of(problem, now=self.now)
        to_plan = problem_of(material, PlanOptions(seed=self.seed, keep="all"))
        stays = {(UUID(one.seeker), UUID(one.desk)) for one in to_plan.frozen}
        found = [one for one in placements_of(make_plan(to_plan, self.seed), material)]
        here = {desk.id for desk in problem.desks}
        placed = {one.seeker_id for one in found} | {one.seeker_id for one in problem.laid if one.desk_id in here}
        return Proposal(
            tuple(one for one in found if (one.seeker_id, one.desk_id) not in stays),
            tuple(seeker.id for seeker in problem.seekers if seeker.id not in placed),
        )


def material_of(problem: PlanProblem, *, now: datetime) -> Material:
    """What the port tells of an event, in the words of runs."""
    return Material(
        slots=problem.slots,
        desks=problem.desks,
        seekers=problem.seekers,
        laid=problem.laid,
        now=now,
        meetings_max=problem.meetings_max,
        needs={seeker.id: Need(extra_time=True) for seeker in problem.seekers if seeker.takes_two},
    )
