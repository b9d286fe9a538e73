"""A place for what is worth more than whoever sits there: must-haves, and meetings up to somebody's minimum.

Repair only moves meetings; here the cheapest in the way are sent out, and then found another place if there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from server.planner.compiled import HUNDRED, bits
from server.planner.repair import insert
from server.planner.state import State

Seat = tuple[int, int, int]
FORCED_MAX = 400


def force_musts(state: State, tick: Callable[[float], None]) -> None:
    """Place must-haves that were left over, and then more for who is below their minimum, while the value grows.

    At most `FORCED_MAX` are tried, the dearest first; whoever is left is told of with a reason all the same.
    """
    wanted = _missing(state)[:FORCED_MAX]
    for number, pair in enumerate(wanted):
        tick(number / len(wanted))
        seeker = state.compiled.of_seeker[pair]
        is_must = state.compiled.worth[pair] >= HUNDRED * state.compiled.problem.rules.must_bonus
        minimum = state.compiled.problem.seekers[seeker].meetings_min
        if state.slot_of[pair] < 0 and (is_must or len(state.mine[seeker]) < minimum):
            force(state, pair)


def _missing(state: State) -> list[int]:
    """Must-haves that are not in the plan, and the other pairs of who is below their minimum, the dearest first."""
    compiled = state.compiled
    found = {
        pair
        for number, seeker in enumerate(compiled.problem.seekers)
        if len(state.mine[number]) < seeker.meetings_min
        for pair in compiled.pairs_of[number]
    }
    for pair in compiled.problem.pairs:
        if pair.must:
            found.add(compiled.pair_at.get((compiled.seeker_at[pair.seeker], compiled.employer_at[pair.employer]), -1))
    found -= {-1}
    return sorted((pair for pair in found if state.slot_of[pair] < 0), key=lambda pair: (-compiled.worth[pair], pair))


def force(state: State, pair: int) -> bool:
    """Place a pair that is not in the plan if the plan is then worth more; else nothing changes."""
    compiled = state.compiled
    if state.can_have_more(compiled.of_seeker[pair]) and state.gain(pair) > 0 and insert(state, pair) >= 0:
        return True
    most = compiled.worth[pair] + max(compiled.bonus[compiled.of_seeker[pair]], default=0)
    evictions = sorted(found for found in _evictions(state, pair) if found[0] < most)
    return any(_evict(state, pair, (crew, slot), out) for _, crew, slot, out in evictions)


def _evict(state: State, pair: int, place: tuple[int, int], out: tuple[int, ...]) -> bool:
    """Put the pair where others leave, if that is worth it, and find those another place."""
    crew, slot = place
    seekers = {state.compiled.of_seeker[other] for other in (pair, *out)}
    before = sum(state.worth_of(seeker) for seeker in seekers)
    was = [_seat(state, other) for other in out]
    for other in out:
        state.remove(other)
    if state.direct(pair, crew) >> slot & 1:
        state.place(pair, crew, slot)
        if sum(state.worth_of(seeker) for seeker in seekers) > before:
            for other in sorted(out, key=lambda other: (-state.compiled.worth[other], other)):
                if state.can_have_more(state.compiled.of_seeker[other]) and state.gain(other) > 0:
                    insert(state, other)
            return True
        state.remove(pair)
    for other, (there, desk, at) in zip(out, was, strict=True):
        state.place_at(other, there, at, desk)
    return False


def _seat(state: State, pair: int) -> Seat:
    return state.crew_of[pair], state.desk_of[pair], state.slot_of[pair]


def _evictions(state: State, pair: int) -> Iterator[tuple[int, int, int, tuple[int, ...]]]:
    """Places for the pair with the meetings that would have to leave, and what those are worth."""
    compiled = state.compiled
    for crew in compiled.options[pair]:
        for slot in bits(compiled.begins(pair, crew) & ~state.barred):
            out = _in_the_way(state, pair, crew, slot)
            if out is not None:
                yield sum(compiled.worth[other] for other in out), crew, slot, tuple(sorted(out))


def _in_the_way(state: State, pair: int, crew: int, slot: int) -> set[int] | None:
    """The cheapest meetings that must leave for the pair to begin there; None if one of them is fixed."""
    compiled = state.compiled
    seeker = compiled.of_seeker[pair]
    bit = 1 << slot
    out = {own for own in state.mine[seeker] if state.around(pair, crew) & bit and _bars(state, pair, own, crew, slot)}
    if not state.can_have_more(seeker) and not out:
        loose = [own for own in state.mine[seeker] if not compiled.fixed[own]]
        if not loose:
            return None
        out = {min(loose, key=lambda own: (compiled.worth[own], own))}
    if not state.seats(pair, crew) & bit:
        seated = _cheapest_desk(state, pair, crew, slot)
        if seated is None:
            return None
        out |= seated
    for pool in compiled.pools_for[crew, compiled.need[seeker]]:
        for now in range(slot, slot + compiled.length[seeker]):
            if not state.open[pool] >> now & 1 and not any(_draws(state, other, pool, now) for other in out):
                drawing = [row[now] for row in state.seat if row[now] >= 0 and _draws(state, row[now], pool, now)]
                drawing = [other for other in drawing if not compiled.fixed[other]]
                if not drawing:
                    return None
                out.add(min(drawing, key=lambda other: (compiled.worth[other], other)))
    return None if any(compiled.fixed[other] for other in out) else out


def _bars(state: State, pair: int, own: int, crew: int, slot: int) -> bool:
    """Whether the seeker's meeting `own` by itself keeps the pair's from that slot."""
    others = [other for other in state.mine[state.compiled.of_seeker[pair]] if other != own]
    seats = [(other, _seat(state, other)) for other in others]
    for other in others:
        state.remove(other)
    barred = bool(state.around(pair, crew) >> slot & 1)
    for other, (there, desk, at) in seats:
        state.place_at(other, there, at, desk)
    return barred


def _cheapest_desk(state: State, pair: int, crew: int, slot: int) -> set[int] | None:
    """Who must leave a desk of the crew, at the one where they are worth least; None if all are held by fixed ones."""
    compiled = state.compiled
    length = compiled.length[compiled.of_seeker[pair]]
    best: tuple[int, list[int]] | None = None
    for desk in compiled.crews[crew].desks[slot]:
        times = range(slot, slot + length)
        if any(compiled.crew_at[desk][now] != crew for now in times):
            continue
        seated = {state.seat[desk][now] for now in times} - {-1}
        if any(compiled.fixed[other] for other in seated):
            continue
        loss = sum(compiled.worth[other] for other in seated)
        if best is None or loss < best[0]:
            best = (loss, sorted(seated))
    return None if best is None else set(best[1])


def _draws(state: State, pair: int, pool: int, slot: int) -> bool:
    compiled = state.compiled
    crew = state.crew_of[pair]
    if crew < 0 or not state.mask(pair) >> slot & 1:
        return False
    return pool in compiled.pools_for[crew, compiled.need[compiled.of_seeker[pair]]]
