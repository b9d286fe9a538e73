"""The fewest breaks: one thread proves a bound from cores, another looks for better answers."""

from __future__ import annotations

import threading
import time
from random import Random
from typing import Any

from server.planner.b2b.constraints import state_program
from server.planner.b2b.hunt import Hunt, Progress, slots_in
from server.planner.b2b.improving import improve, look
from server.planner.b2b.model import Answer, Instance, Meeting, Status

FIRST_LOOK_S = 5.0
LEAVE_S = 0.15


def solve(
    instance: Instance,
    *,
    seconds: float,
    seed: int = 0,
    began: float | None = None,
    progress: Progress = lambda breaks, bound: None,
) -> Answer:
    """The best answer that is found in so many seconds since `began` (a `time.perf_counter`), proven where it can be.

    Args:
        progress: hears the breaks of the best answer so far, None without any, and the bound.
    """
    began = time.perf_counter() if began is None else began
    hunt = Hunt(instance, began=began, seconds=max(0.0, seconds - LEAVE_S), progress=progress)
    random = Random(seed)
    status = look(hunt, (), random, within=min(FIRST_LOOK_S, seconds / 4))
    if status == "INFEASIBLE":
        hunt.proved(1)
    if hunt.left_s:
        _work(hunt, random)
    return _answer(hunt, time.perf_counter() - began)


def _work(hunt: Hunt, random: Random) -> None:
    threads = [
        threading.Thread(target=_prove, args=(hunt, Random(random.random())), daemon=True),
        threading.Thread(target=improve, args=(hunt, Random(random.random())), daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        while hunt.left_s and any(thread.is_alive() for thread in threads):
            hunt.is_over.wait(min(hunt.left_s, 0.1))
    finally:
        hunt.end()
        for thread in threads:
            thread.join()


def _prove(hunt: Hunt, random: Random) -> None:
    """Lift the bound core by core; an end of this is the answer."""
    from ortools.sat.python import cp_model

    program = state_program(hunt.instance)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 0
    solver.parameters.optimize_with_core = True
    solver.parameters.random_seed = random.randrange(1 << 30)
    solver.best_bound_callback = lambda bound: hunt.proved(round(bound))
    status = hunt.solve(program, solver, hunt.left_s, _telling(cp_model, hunt, program))
    if status == "INFEASIBLE":
        hunt.cannot()
    elif status == "OPTIMAL":
        hunt.proved(round(solver.objective_value) if program.costs else 0)


def _telling(cp_model: Any, hunt: Hunt, program: Any) -> Any:
    class Telling(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]
        def on_solution_callback(self) -> None:
            hunt.found(slots_in(program, self.value))

    return Telling()


def _answer(hunt: Hunt, seconds: float) -> Answer:
    if hunt.is_infeasible:
        return Answer(Status.INFEASIBLE, None, hunt.bound, seconds)
    if hunt.slots is None or hunt.breaks is None:
        return Answer(Status.UNKNOWN, None, hunt.bound, seconds)
    status = Status.OPTIMAL if hunt.breaks <= hunt.bound else Status.FEASIBLE
    return Answer(status, hunt.breaks, min(hunt.bound, hunt.breaks), seconds, meetings(hunt.instance, hunt.slots))


def meetings(instance: Instance, slots: list[int]) -> tuple[Meeting, ...]:
    """The requests at their slots, with tables from 1 in the order of the requests."""
    taken: dict[int, int] = {}
    found = []
    for request, slot in zip(instance.requests, slots, strict=True):
        taken[slot] = taken.get(slot, 0) + 1
        found.append(Meeting(request.first, request.second, slot, taken[slot]))
    return tuple(found)
