"""A plan of an event: the one entry to the planner."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random

from server.planner import breaks
from server.planner.certificate import certify
from server.planner.compiled import compile_problem
from server.planner.force import force_musts
from server.planner.model import Plan, Problem
from server.planner.polish import refill, settle
from server.planner.reasons import unmet_musts
from server.planner.repair import insert
from server.planner.selection import Selection, select
from server.planner.shake import shake
from server.planner.state import State
from server.planner.timetable import lay
from server.planner.validation import check

Progress = Callable[[str, float], None]
SWEEPS_MAX = 4
# Settling a slot looks at every pair: this many pairs and slots are about two seconds.
SWEEP_WORK_MAX = 1_600_000
GOOD_ENOUGH_PCT = 0.02


class PlanCancelled(Exception):
    """Somebody asked to stop; there is no plan."""


def make_plan(
    problem: Problem,
    seed: int = 0,
    progress: Progress = lambda stage, share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Plan:
    """The best plan that can be found, with its certificate; the same for the same problem and seed.

    Args:
        progress: hears a stage (select, lay, repair, improve, breaks, certify) and the share of it that is done.
        cancelled: asked often; when true the planning ends soon and leaves nothing behind.

    Raises:
        ProblemInvalid: the problem contradicts itself.
        PlanCancelled: `cancelled` said so.
    """
    return _Making(problem, seed, progress, cancelled).run()


class _Making:
    def __init__(self, problem: Problem, seed: int, progress: Progress, cancelled: Callable[[], bool]) -> None:
        self.began = time.perf_counter()
        self.problem, self.seed = problem, seed
        self.random = Random(seed)
        self.progress, self.cancelled = progress, cancelled

    def tick(self, stage: str) -> Callable[[float], None]:
        """What a stage calls as it goes along."""

        def tick(share: float) -> None:
            if self.cancelled():
                raise PlanCancelled(stage)
            self.progress(stage, share)

        tick(0.0)
        return tick

    def run(self) -> Plan:
        self.tick("select")
        check(self.problem)
        compiled = compile_problem(self.problem)
        state = State(compiled)
        standing = state.value()
        selection = select(state)
        bound = standing + selection.gain
        self._keep_previous(state, selection)
        selection = self._place_long(state, selection)
        self._lay(state, selection)
        refill(state, self.tick("improve"))
        self._improve(state, bound)
        shake(state, self.random, bound=bound, tick=self.tick("improve"))
        force_musts(state, self.tick("improve"))
        breaks_before = state.breaks_total()
        breaks.cut(state, self.tick("breaks"))
        self.tick("certify")
        unmet = unmet_musts(state)
        seconds = time.perf_counter() - self.began
        certificate = certify(state, bound=bound, breaks_before=breaks_before, seconds=seconds, seed=self.seed)
        self.progress("certify", 1.0)
        return Plan(state.meetings(), unmet, certificate)

    def _keep_previous(self, state: State, selection: Selection) -> None:
        """Chosen pairs that met in the previous plan meet where they did, if they still can."""
        compiled = state.compiled
        chosen = {pair for pair, _ in selection.chosen}
        for meeting in self.problem.previous:
            key = (compiled.seeker_at[meeting.seeker], compiled.employer_at[meeting.employer])
            pair, desk = compiled.pair_at.get(key, -1), compiled.desk_at[meeting.desk]
            if pair not in chosen or state.slot_of[pair] >= 0:
                continue
            crew, long = compiled.crew_at[desk][meeting.slot], compiled.length[key[0]] == 2
            if crew in compiled.options[pair] and state.direct(pair, crew) >> meeting.slot & 1:
                if state.seat[desk][meeting.slot] >= 0 or long:
                    state.place(pair, crew, meeting.slot)
                else:
                    state.place_at(pair, crew, meeting.slot, desk)
                state.kept.add(pair)

    def _place_long(self, state: State, selection: Selection) -> Selection:
        """Meetings of two slots go first, while there are two seats in a row; the rest is then chosen anew."""
        compiled = state.compiled
        long = [pair for pair, _ in selection.chosen if compiled.length[compiled.of_seeker[pair]] == 2]
        tick = self.tick("lay")
        for pair in sorted(long, key=lambda pair: (-compiled.worth[pair], pair)):
            tick(0.0)
            if state.slot_of[pair] < 0:
                insert(state, pair)
        if all(slot < 0 for slot in state.slot_of):
            return selection
        failed = {pair for pair in long if state.slot_of[pair] < 0}
        return select(state, [pair for pair in range(len(state.slot_of)) if pair not in failed])

    def _lay(self, state: State, selection: Selection) -> None:
        left = lay(state, selection.chosen, self.tick("lay"))
        left.sort(key=lambda offer: (-state.compiled.worth[offer[0]], offer[0]))
        tick = self.tick("repair")
        for number, (pair, _) in enumerate(left):
            tick(number / len(left))
            if state.can_have_more(state.compiled.of_seeker[pair]):
                insert(state, pair)

    def _improve(self, state: State, bound: int) -> None:
        work = len(state.slot_of) * state.compiled.slots
        sweeps = min(SWEEPS_MAX, SWEEP_WORK_MAX // max(work, 1))
        for _ in range(sweeps):
            gap_pct = 100 * (bound - state.value()) / max(bound, 1)
            if not gap_pct or (sweeps == 1 and gap_pct < GOOD_ENOUGH_PCT):
                return
            slots = list(range(state.compiled.slots))
            self.random.shuffle(slots)
            if not settle(state, slots, self.tick("improve")):
                return
            refill(state, self.tick("improve"))
