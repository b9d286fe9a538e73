"""Fewer idle gaps, the pairs as they are: meetings of one crew change places in time.

Two meetings of the same crew swap their slots, or one moves to a free seat, when that leaves their seekers together
with fewer gaps. Rooms and stations stay as full as they were in a swap, so nobody else is touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from server.planner.compiled import bits, spread
from server.planner.state import State, runs

ROUNDS_MAX = 6


def cut(state: State, tick: Callable[[float], None]) -> int:
    """Cut seekers' idle gaps with the value unchanged; how many are gone."""
    before = state.breaks_total()
    for number in range(ROUNDS_MAX):
        seekers = [seeker for seeker in range(len(state.busy)) if state.breaks(seeker) > 0]
        won = 0
        for count, seeker in enumerate(seekers):
            if count % 256 == 0:
                tick((number + count / len(seekers)) / ROUNDS_MAX)
            won += _tighten(state, seeker)
        if not won:
            break
    return before - state.breaks_total()


def _tighten(state: State, seeker: int) -> int:
    """Move the seeker's meetings, each where it helps most; the gaps that are gone."""
    won = 0
    for pair in list(state.mine[seeker]):
        if not state.compiled.fixed[pair] and pair not in state.kept:
            won += _improve(state, pair)
    return won


def _improve(state: State, pair: int) -> int:
    compiled = state.compiled
    seeker, crew, here = compiled.of_seeker[pair], state.crew_of[pair], state.slot_of[pair]
    rest = compiled.problem.rules.rest_slots
    others = state.busy[seeker] & ~state.mask(pair)
    now = state.breaks(seeker)
    size = (1 << compiled.length[seeker]) - 1
    can = compiled.begins(pair, crew) & ~state.around(pair, crew) & ~(1 << here) & ~state.barred
    better = []
    for slot in bits(can):
        after = runs(spread(others | size << slot, 0, rest)) - 1
        if after < now:
            better.append((after, slot))
    free = state.direct(pair, crew) if better else 0
    for after, slot in sorted(better):
        if free >> slot & 1:
            state.remove(pair)
            state.place(pair, crew, slot)
            return now - after
        for other, change in _partners(state, pair, slot):
            if after + change < now:
                swap(state, pair, other)
                return now - after - change
    return 0


def _partners(state: State, pair: int, slot: int) -> Iterator[tuple[int, int]]:
    """Meetings that could take the pair's slot for theirs, with how many more gaps their seekers would have."""
    compiled = state.compiled
    crew, here = state.crew_of[pair], state.slot_of[pair]
    rest = compiled.problem.rules.rest_slots
    need = compiled.need[compiled.of_seeker[pair]]
    if compiled.length[compiled.of_seeker[pair]] > 1:
        return
    for desk in compiled.crews[crew].desks[slot]:
        other = state.seat[desk][slot]
        seeker = compiled.of_seeker[other]
        if (
            other < 0
            or compiled.fixed[other]
            or other in state.kept
            or compiled.length[seeker] > 1
            or compiled.need[seeker] != need
        ):
            continue
        if compiled.starts[seeker] >> here & 1 and not state.around(other, crew) >> here & 1:
            busy = state.busy[seeker] & ~(1 << slot) | 1 << here
            yield other, runs(spread(busy, 0, rest)) - runs(spread(state.busy[seeker], 0, rest))


def swap(state: State, one: int, other: int) -> None:
    """Let two meetings of one crew, of people with the same needs, change places."""
    crew = state.crew_of[one]
    first, second = (state.slot_of[one], state.desk_of[one]), (state.slot_of[other], state.desk_of[other])
    state.remove(one)
    state.remove(other)
    state.place_at(one, crew, *second)
    state.place_at(other, crew, *first)
