"""Better answers: hold most participants to having no break, and let a few of them have some."""

from __future__ import annotations

from collections.abc import Collection
from random import Random
from typing import Any

from server.planner.b2b.constraints import state_program
from server.planner.b2b.hunt import Hunt

TRY_S = 3.0
FIRST_SHARE, GROWTH = 0.1, 1.35
COMPANIONS = 6


def improve(hunt: Hunt, random: Random) -> None:
    """Look for answers with fewer breaks until the hunt is over.

    Source: local branching, Fischetti & Lodi, *Local Branching* (2003), on the literals *no break*.
    """
    _start(hunt, random)
    while hunt.left_s and hunt.slots is not None and hunt.breaks is not None:
        with_breaks = [who for who, number in enumerate(hunt.breaks_of(hunt.slots)) if number]
        freed = random.choice(with_breaks)
        near = _near(hunt, freed)
        may_break = (set(with_breaks) - {freed}) | set(random.sample(near, min(len(near), COMPANIONS)))
        look(hunt, may_break, random, most=hunt.breaks - 1)


def look(
    hunt: Hunt, may_break: Collection[int], random: Random, *, most: int | None = None, within: float = TRY_S
) -> str:
    """The status of a search in which only these participants may have breaks."""
    from ortools.sat.python import cp_model

    program = state_program(hunt.instance, may_break, most=most)
    return hunt.solve(program, plain_solver(cp_model, random), within)


def plain_solver(cp_model: Any, random: Random) -> Any:
    """CP-SAT as one plain search without linear relaxation."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 0
    solver.parameters.random_seed = random.randrange(1 << 30)
    return solver


def _start(hunt: Hunt, random: Random) -> None:
    """Let more and more participants have breaks, until there is a first answer."""
    everybody = [who for who, requests in enumerate(hunt.of) if len(requests) > 1]
    number = max(1.0, FIRST_SHARE * len(everybody))
    while hunt.left_s and hunt.slots is None:
        look(hunt, random.sample(everybody, min(len(everybody), round(number))), random)
        number *= GROWTH


def _near(hunt: Hunt, who: int) -> list[int]:
    """Whom a participant meets, and whom those meet."""
    requests = hunt.instance.requests

    def met(one: int) -> set[int]:
        return {other - 1 for request in hunt.of[one] for other in (requests[request].first, requests[request].second)}

    near = met(who)
    return sorted(near.union(*(met(one) for one in near)) - {who})
