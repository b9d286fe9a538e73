"""Ejection chains: a meeting takes another's place, which takes a third's, until one finds a free one.

A chain may push out whoever sits at the wanted desk, holds the last room or station, or the seeker's own meeting.
Source: the alternating paths of König's edge colouring, widened to lists of hours; Glover, *Ejection chains* (1996).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from server.planner.compiled import bits
from server.planner.state import State

NODES_MAX = 600


@dataclass(frozen=True, slots=True)
class Step:
    """A meeting of `pair` with `crew` that is to begin in `slot`."""

    pair: int
    crew: int
    slot: int


@dataclass(frozen=True, slots=True)
class _Node:
    pair: int
    parent: int
    wants: Step | None
    depth: int


def insert(
    state: State, pair: int, *, depth: int = 5, nodes: int = NODES_MAX, frozen: frozenset[int] = frozenset()
) -> int:
    """Place a pair that is not in the plan, moving as few others as can be; how many moved, or -1 if none helps.

    `frozen` pairs never move, nor do fixed ones. When -1 comes back, nothing has changed.
    """
    for chain in chains(state, pair, depth=depth, nodes=nodes, frozen=frozen):
        if apply(state, chain):
            return len(chain) - 1
    return -1


def chains(
    state: State, pair: int, *, depth: int, nodes: int, frozen: frozenset[int] = frozenset()
) -> Iterator[tuple[Step, ...]]:
    """Chains that would place the pair, the shortest first; the first step is the pair's own.

    A chain is found on the plan as it is, so its steps may still get in each other's way: `apply` tries it out.
    """
    tree = [_Node(pair, -1, None, 0)]
    seen = {pair}
    queue = deque([0])
    while queue:
        number = queue.popleft()
        node = tree[number]
        for crew in state.compiled.options[node.pair]:
            for slot in _free(state, node.pair, crew):
                yield _chain(tree, number, Step(node.pair, crew, slot))
        if node.depth == depth:
            continue
        for step, other in _pushes(state, node.pair):
            if other in seen or state.compiled.fixed[other] or other in frozen:
                continue
            if len(tree) >= nodes:
                break
            seen.add(other)
            tree.append(_Node(other, number, step, node.depth + 1))
            queue.append(len(tree) - 1)


def _free(state: State, pair: int, crew: int) -> Iterator[int]:
    mask = state.direct(pair, crew)
    if state.slot_of[pair] >= 0:
        mask &= ~(1 << state.slot_of[pair])
    # One slot is as good as another here; more than two would only lengthen failed searches.
    yield from bits(mask)[:2]


def _pushes(state: State, pair: int) -> Iterator[tuple[Step, int]]:
    """Places that the pair could take if exactly one other meeting left, with that meeting."""
    compiled = state.compiled
    seeker = compiled.of_seeker[pair]
    here = state.slot_of[pair]
    for crew in compiled.options[pair]:
        begins = compiled.begins(pair, crew) & ~state.barred
        if here >= 0:
            begins &= ~(1 << here)
        around = state.around(pair, crew)
        rooms, seats = state.rooms(pair, crew), state.seats(pair, crew)
        for slot in bits(begins & ~around):
            yield from ((Step(pair, crew, slot), other) for other in _in_the_way(state, pair, crew, slot, rooms, seats))
        for slot in bits(begins & around & rooms & seats):
            for other in state.mine[seeker]:
                if other != pair and not state.around(pair, crew, without=other) >> slot & 1:
                    yield Step(pair, crew, slot), other


def _in_the_way(state: State, pair: int, crew: int, slot: int, rooms: int, seats: int) -> Iterator[int]:
    """Meetings any one of which, gone, would leave a seat and a room in the slot."""
    compiled = state.compiled
    here = [state.seat[desk][slot] for desk in compiled.crews[crew].desks[slot]]
    if not rooms >> slot & 1:
        full = [
            pool
            for pool in compiled.pools_for[crew, compiled.need[compiled.of_seeker[pair]]]
            if not state.open[pool] >> slot & 1
        ]
        if seats >> slot & 1:
            # The seat is free, the room is not: whoever holds such a room may give it up, at any desk.
            here = [other for row in state.seat if (other := row[slot]) >= 0]
        yield from (other for other in here if other >= 0 and _holds(state, other, full))
    elif not seats >> slot & 1:
        yield from (other for other in here if other >= 0)


def _holds(state: State, pair: int, pools: list[int]) -> bool:
    compiled = state.compiled
    crew = state.crew_of[pair]
    if crew < 0:
        return False
    held = compiled.pools_for[crew, compiled.need[compiled.of_seeker[pair]]]
    return all(pool in held for pool in pools)


def _chain(tree: list[_Node], number: int, last: Step) -> tuple[Step, ...]:
    steps = [last]
    while tree[number].wants is not None:
        steps.append(tree[number].wants)  # type: ignore[arg-type]  # just seen not to be None
        number = tree[number].parent
    return tuple(reversed(steps))


def apply(state: State, chain: tuple[Step, ...]) -> bool:
    """Carry a chain out if it works as a whole; else leave everything as it was."""
    before = [
        (step.pair, state.crew_of[step.pair], state.slot_of[step.pair], state.desk_of[step.pair]) for step in chain
    ]
    for pair, _, slot, _ in before:
        if slot >= 0:
            state.remove(pair)
    done = []
    for step in reversed(chain):
        if not state.direct(step.pair, step.crew) >> step.slot & 1:
            break
        state.place(step.pair, step.crew, step.slot)
        done.append(step.pair)
    if len(done) == len(chain):
        return True
    for pair in done:
        state.remove(pair)
    for pair, crew, slot, desk in before:
        if slot >= 0:
            state.place_at(pair, crew, slot, desk)
    return False
