"""Ejection chains: a meeting takes another's place, which takes a third's, until one finds a free one.

A chain may push out whoever sits at the wanted desk, holds the last room or station, or the seeker's own meeting.
Source: the alternating paths of König's edge colouring, widened to lists of hours; Glover, *Ejection chains* (1996).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from server.planner.compiled import bits
from server.planner.state import State

DEPTH_MAX, LOOKS_MAX = 5, 20_000


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


def insert(state: State, pair: int, *, depth: int = DEPTH_MAX, looks: int = LOOKS_MAX) -> int:
    """Place a pair that is not in the plan, moving as few others as can be; how many moved, or -1 if none helps.

    Fixed pairs never move. When -1 comes back, nothing has changed.
    """
    for chain in chains(state, pair, depth=depth, looks=looks):
        if apply(state, chain):
            return len(chain) - 1
    return -1


def chains(state: State, pair: int, *, depth: int, looks: int) -> Iterator[tuple[Step, ...]]:
    """Chains that would place the pair, the shortest first; the first step is the pair's own.

    At most `depth` others move, and `looks` meetings are looked at. A chain is found on the plan as it is, so its
    steps may still get in each other's way: `apply` tries it out.
    """
    compiled = state.compiled
    hope: list[int] = []
    tree = [_Node(pair, -1, None, 0)]
    seen = {pair}
    queue = deque([0])
    while queue:
        number = queue.popleft()
        node = tree[number]
        for crew in compiled.options[node.pair]:
            for slot in _free(state, node.pair, crew):
                yield _chain(tree, number, Step(node.pair, crew, slot))
        if node.depth == depth:
            continue
        hope = hope or open_slots(state)
        if not any(hope):
            return
        is_last = node.depth + 1 == depth
        for step, other in _pushes(state, node.pair, hope if is_last else None):
            looks -= 1
            if looks < 0:
                break
            if other in seen or compiled.fixed[other]:
                continue
            if is_last and not hope[compiled.of_employer[other]] & compiled.starts[compiled.of_seeker[other]]:
                continue
            seen.add(other)
            tree.append(_Node(other, number, step, node.depth + 1))
            queue.append(len(tree) - 1)


def open_slots(state: State) -> list[int]:
    """Per employer the slots in which some desk of theirs is free and has a room: all others are no way out."""
    found = [0] * len(state.compiled.problem.employers)
    for number, crew in enumerate(state.compiled.crews):
        rooms = -1 if crew.pool is None else state.open[crew.pool]
        found[crew.employer] |= state.free[number] & rooms & ~state.barred
    return found


def _free(state: State, pair: int, crew: int) -> Iterator[int]:
    mask = state.direct(pair, crew)
    if state.crew_of[pair] == crew and state.slot_of[pair] >= 0:
        mask &= ~(1 << state.slot_of[pair])
    # One slot is as good as another here; more than two would only lengthen failed searches.
    yield from bits(mask)[:2]


def _pushes(state: State, pair: int, hope: list[int] | None) -> Iterator[tuple[Step, int]]:
    """Places that the pair could take if exactly one other meeting left, with that meeting.

    With `hope`, only meetings of employers who have a free place for them.
    """
    compiled = state.compiled
    seeker = compiled.of_seeker[pair]
    hopeful = hope is None or bool(hope[compiled.of_employer[pair]])
    for crew in compiled.options[pair]:
        begins = compiled.begins(pair, crew) & ~state.barred
        if state.crew_of[pair] == crew and state.slot_of[pair] >= 0:
            begins &= ~(1 << state.slot_of[pair])
        around = state.around(pair, crew)
        rooms, seats = state.rooms(pair, crew), state.seats(pair, crew)
        if hopeful:
            for slot in bits(begins & ~around & ~seats):
                full = [] if rooms >> slot & 1 else _full_pools(state, pair, crew, slot)
                here: Iterable[int] = [state.seat[desk][slot] for desk in compiled.crews[crew].desks[slot]]
                yield from ((Step(pair, crew, slot), other) for other in here if _holds(state, other, full))
        for slot in bits(begins & ~around & seats & ~rooms):
            # The seat is free, the room is not: whoever holds such a room may give it up, at any desk.
            full = _full_pools(state, pair, crew, slot)
            here = _seated(state, slot, hope)
            yield from ((Step(pair, crew, slot), other) for other in here if _holds(state, other, full))
        for slot in bits(begins & around & rooms & seats):
            for other in state.mine[seeker]:
                if other != pair and not state.around(pair, crew, without=other) >> slot & 1:
                    yield Step(pair, crew, slot), other


def _seated(state: State, slot: int, hope: list[int] | None) -> Iterator[int]:
    """Everybody who sits somewhere in the slot."""
    if hope is None:
        yield from (row[slot] for row in state.seat if row[slot] >= 0)
        return
    for crew in state.compiled.crews:
        if hope[crew.employer]:
            yield from (state.seat[desk][slot] for desk in crew.desks[slot])


def _full_pools(state: State, pair: int, crew: int, slot: int) -> list[int]:
    drawn = state.compiled.pools_for[crew, state.compiled.need[state.compiled.of_seeker[pair]]]
    return [pool for pool in drawn if not state.open[pool] >> slot & 1]


def _holds(state: State, pair: int, pools: list[int]) -> bool:
    """Whether there is a meeting, and its end would give something back to each of these pools."""
    if pair < 0:
        return False
    if not pools:
        return True
    crew = state.crew_of[pair]
    if crew < 0:
        return False
    held = state.compiled.pools_for[crew, state.compiled.need[state.compiled.of_seeker[pair]]]
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
