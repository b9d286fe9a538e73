"""CP-SAT on the whole event at once: what the flows are measured against where it can still prove anything."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from server.planner.compiled import Compiled, bits, compile_problem
from server.planner.model import Problem

WITHIN_S = 60


@dataclass(frozen=True, slots=True)
class Whole:
    """What CP-SAT found: value and bound in hundredths, and whether it proved them equal."""

    value: int
    bound: int
    is_optimal: bool
    seconds: float


def solve(problem: Problem, *, within_s: float = WITHIN_S, workers: int = 2) -> Whole:
    """The best plan that CP-SAT finds of the whole problem; for one-slot meetings without rest or travel."""
    # CP-SAT brings pandas along, which only this measurement should pay.
    from ortools.sat.python import cp_model

    began = time.perf_counter()
    compiled = compile_problem(problem)
    model = cp_model.CpModel()
    value = _state_model(model, compiled)
    model.maximize(value)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = within_s
    solver.parameters.num_workers = workers
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return Whole(
        value=round(solver.objective_value) if found else 0,
        bound=round(solver.best_objective_bound),
        is_optimal=status == cp_model.OPTIMAL,
        seconds=time.perf_counter() - began,
    )


def _state_model(model: Any, compiled: Compiled) -> Any:
    """One literal for each pair, crew and slot; the value to maximise comes back."""
    once: dict[tuple[str, int, int], list[Any]] = defaultdict(list)
    terms = []
    for pair in range(len(compiled.worth)):
        seeker = compiled.of_seeker[pair]
        for crew in compiled.options[pair]:
            for slot in bits(compiled.begins(pair, crew)):
                literal = model.new_bool_var("")
                terms.append(compiled.worth[pair] * literal)
                once["pair", pair, 0].append(literal)
                once["seeker", seeker, slot].append(literal)
                once["all", seeker, 0].append(literal)
                once["crew", crew, slot].append(literal)
                for pool in compiled.pools_for[crew, compiled.need[seeker]]:
                    once["pool", pool, slot].append(literal)
    for (kind, number, slot), literals in once.items():
        if kind in ("pair", "seeker"):
            model.add_at_most_one(literals)
        elif kind == "crew":
            model.add(sum(literals) <= len(compiled.crews[number].desks[slot]))
        elif kind == "pool":
            model.add(sum(literals) <= compiled.pools[number][slot])
        else:
            steps = [model.new_bool_var("") for _ in compiled.bonus[number]]
            model.add(sum(literals) == sum(steps))
            terms += [bonus * step for bonus, step in zip(compiled.bonus[number], steps, strict=True)]
    return sum(terms)
