"""Better answers: change a part of the best one known, and leave the rest as it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from random import Random
from typing import Any

from server.planner.b2b.constraints import open_slots, state_program
from server.planner.b2b.hunt import Hunt

TRY_S = 3.0
FIRST_SHARE, GROWTH = 0.1, 1.35
FEWEST, WIDER, NARROWER = 2.0, 1.15, 0.85


@dataclass(slots=True)
class _Way:
    """How much to set free; more when that was too little to gain anything, less when it was too much to search."""

    size: float

    def learn(self, status: str) -> None:
        self.size = max(FEWEST, self.size * (NARROWER if status == "UNKNOWN" else WIDER))


def improve(hunt: Hunt, random: Random) -> None:
    """Look for answers with fewer breaks until the hunt is over.

    Two ways take turns. One holds most participants to having no break and frees every meeting; the other frees the
    meetings of a circle of participants and leaves all others where they are.
    Source: Fischetti & Lodi, *Local Branching* (2003); Shaw, *… Large Neighbourhood Search* (1998).
    """
    start(hunt, random)
    few, part = _Way(6.0), _Way(14.0)
    while hunt.left_s and hunt.slots is not None and hunt.breaks is not None:
        with_breaks = [who for who, number in enumerate(hunt.breaks_of(hunt.slots)) if number]
        freed = random.choice(with_breaks)
        most = hunt.breaks - 1
        if random.random() < 0.5:
            near = circle(hunt, freed, 60, random)[1:]
            companions = random.sample(near, min(len(near), round(few.size)))
            few.learn(look(hunt, {*with_breaks, *companions} - {freed}, random, most=most))
        else:
            freed_all = set(circle(hunt, freed, round(part.size), random))
            part.learn(_look_at_part(hunt, freed_all, hunt.slots, most, random))


def look(
    hunt: Hunt, may_break: Collection[int], random: Random, *, most: int | None = None, within: float = TRY_S
) -> str:
    """The status of a search in which only these participants may have breaks."""
    return _run(hunt, state_program(hunt.instance, may_break, most=most), random, within)


def _look_at_part(hunt: Hunt, freed: set[int], slots: list[int], most: int, random: Random) -> str:
    requests = hunt.instance.requests
    choices = [
        own if {request.first - 1, request.second - 1} & freed else [slot]
        for request, own, slot in zip(requests, open_slots(hunt.instance), slots, strict=True)
    ]
    return _run(hunt, state_program(hunt.instance, choices=choices, most=most), random, TRY_S)


def _run(hunt: Hunt, program: Any, random: Random, within: float) -> str:
    from ortools.sat.python import cp_model

    return hunt.solve(program, plain_solver(cp_model, random), within)


def plain_solver(cp_model: Any, random: Random) -> Any:
    """CP-SAT as one plain search without linear relaxation."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 0
    solver.parameters.random_seed = random.randrange(1 << 30)
    return solver


def start(hunt: Hunt, random: Random) -> None:
    """Let more and more participants have breaks, until there is a first answer."""
    everybody = [who for who, requests in enumerate(hunt.of) if len(requests) > 1]
    number = max(1.0, FIRST_SHARE * len(everybody))
    while hunt.left_s and hunt.slots is None:
        look(hunt, random.sample(everybody, min(len(everybody), round(number))), random)
        number *= GROWTH


def circle(hunt: Hunt, who: int, number: int, random: Random) -> list[int]:
    """A participant, whom it meets, whom those meet …, in that order and at random within it."""
    requests = hunt.instance.requests
    found, at = [who], 0
    while at < len(found) < number:
        met = {one - 1 for request in hunt.of[found[at]] for one in (requests[request].first, requests[request].second)}
        fresh = sorted(met - set(found))
        random.shuffle(fresh)
        found += fresh
        at += 1
    return found[:number]
