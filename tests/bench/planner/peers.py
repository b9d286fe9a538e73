"""Simple planners on the same event and the same rules, to see what looking further is worth."""

from __future__ import annotations

from collections.abc import Callable

from server.planner.compiled import bits, compile_problem
from server.planner.model import Problem
from server.planner.state import State

Peer = Callable[[Problem], int]


def greedy(problem: Problem) -> int:
    """Pair by pair, the dearest first, each in the first slot that fits; the plan's value in hundredths."""
    state = State(compile_problem(problem))
    worth = state.compiled.worth
    for pair in sorted(range(len(worth)), key=lambda pair: (-worth[pair], pair)):
        _first_fit(state, pair)
    return state.value()


def round_robin(problem: Problem) -> int:
    """Everybody one meeting, then everybody another, each the dearest that still fits somewhere."""
    state = State(compile_problem(problem))
    compiled = state.compiled
    left = [sorted(pairs, key=lambda pair: (compiled.worth[pair], -pair)) for pairs in compiled.pairs_of]
    for _ in range(max(compiled.most, default=0)):
        for pairs in left:
            while pairs and not _first_fit(state, pairs.pop()):
                pass
    return state.value()


def gale_shapley(problem: Problem) -> int:
    """Deferred acceptance by number of seats (seekers propose), then first fit into slots."""
    state = State(compile_problem(problem))
    compiled = state.compiled
    seats = [0] * len(problem.employers)
    for crew in compiled.crews:
        seats[crew.employer] += sum(len(desks) for desks in crew.desks)
    wishes = [sorted(pairs, key=lambda pair: (compiled.worth[pair], -pair)) for pairs in compiled.pairs_of]
    held: list[list[int]] = [[] for _ in problem.employers]
    open_to = [min(most, len(pairs)) for most, pairs in zip(compiled.most, wishes, strict=True)]
    proposing = list(range(len(wishes)))
    while proposing:
        seeker = proposing.pop()
        while open_to[seeker] and wishes[seeker]:
            pair = wishes[seeker].pop()
            mine = held[compiled.of_employer[pair]]
            mine.append(pair)
            open_to[seeker] -= 1
            if len(mine) > seats[compiled.of_employer[pair]]:
                worst = min(mine, key=lambda pair: (compiled.worth[pair], -pair))
                mine.remove(worst)
                open_to[compiled.of_seeker[worst]] += 1
                proposing.append(compiled.of_seeker[worst])
    for pair in (pair for mine in held for pair in mine):
        _first_fit(state, pair)
    return state.value()


def _first_fit(state: State, pair: int) -> bool:
    if not state.can_have_more(state.compiled.of_seeker[pair]):
        return False
    for crew in state.compiled.options[pair]:
        for slot in bits(state.direct(pair, crew))[:1]:
            state.place(pair, crew, slot)
            return True
    return False


PEERS: dict[str, Peer] = {"greedy": greedy, "round_robin": round_robin, "gale_shapley": gale_shapley}
