"""More value in a laid plan: what is left over is offered again, and each slot is settled anew as a whole.

Settling a slot anew is exact for that slot while the others stand, so the value never falls.
Source: very large neighbourhoods by network flow, Ahuja, Ergun, Orlin & Punnen (2002).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from server.planner.repair import insert
from server.planner.selection import select
from server.planner.slot_flow import Offer, best_in_slot
from server.planner.state import State
from server.planner.timetable import lay

REFILLS_MAX = 4


def refill(state: State, tick: Callable[[float], None], *, without: Collection[int] = ()) -> None:
    """Give what is still free to whoever gains most by it, moving others where a chain allows it.

    Pairs in `without` are not offered.
    """
    barren = set(without)
    for number in range(REFILLS_MAX):
        tick(number / REFILLS_MAX)
        pairs = [pair for pair, slot in enumerate(state.slot_of) if slot < 0 and pair not in barren]
        chosen = select(state, pairs).chosen
        if not chosen:
            return
        for pair, _ in lay(state, chosen, lambda share: None):
            if (
                state.gain(pair) <= 0
                or not state.can_have_more(state.compiled.of_seeker[pair])
                or insert(state, pair) < 0
            ):
                barren.add(pair)


def settle(state: State, slots: Iterable[int], tick: Callable[[float], None]) -> int:
    """Settle each of these slots anew; how much value was won."""
    before = state.value()
    candidates = [pair for pair, fixed in enumerate(state.compiled.fixed) if not fixed and _is_short(state, pair)]
    slots = list(slots)
    for number, slot in enumerate(slots):
        tick(number / len(slots))
        _settle_slot(state, slot, candidates)
    return state.value() - before


def _settle_slot(state: State, slot: int, candidates: list[int]) -> None:
    here = {row[slot] for row in state.seat} - {-1}
    was = [
        (pair, state.crew_of[pair], state.desk_of[pair])
        for pair in sorted(here)
        if not state.compiled.fixed[pair] and _is_short(state, pair)
    ]
    before = _worth(state, was)
    for pair, _, _ in was:
        state.remove(pair)
    offers = _offers(state, slot, candidates)
    placed = []
    for pair, crew in best_in_slot(state, slot, offers):
        if state.direct(pair, crew) >> slot & 1:
            state.place(pair, crew, slot)
            placed.append((pair, crew, state.desk_of[pair]))
    if _worth(state, placed) < before:
        # Somebody with two needs was counted for one of them only: better the slot as it was.
        for pair, _, _ in placed:
            state.remove(pair)
        for pair, crew, desk in was:
            state.place_at(pair, crew, slot, desk)


def _offers(state: State, slot: int, candidates: Iterable[int]) -> list[Offer]:
    compiled = state.compiled
    bit = 1 << slot
    can: list[bool | None] = [None] * len(compiled.starts)
    found: list[Offer] = []
    for pair in candidates:
        seeker = compiled.of_seeker[pair]
        if can[seeker] is None:
            can[seeker] = bool(compiled.starts[seeker] & bit) and state.can_have_more(seeker)
        if not can[seeker] or state.slot_of[pair] >= 0:
            continue
        if not compiled.travels and state.around(pair, compiled.options[pair][0]) & bit:
            can[seeker] = False
            continue
        gain = state.gain(pair)
        if gain > 0:
            found.extend((pair, crew, gain) for crew in compiled.options[pair] if state.direct(pair, crew) & bit)
    return found


def _worth(state: State, meetings: list[tuple[int, int, int]]) -> int:
    """What placed meetings, at most one a seeker, are worth beside the seekers' others."""
    compiled = state.compiled
    total = 0
    for pair, _, _ in meetings:
        seeker = compiled.of_seeker[pair]
        last = len(state.mine[seeker]) - 1
        total += compiled.worth[pair] + (compiled.bonus[seeker][last] if last < compiled.most[seeker] else 0)
    return total


def _is_short(state: State, pair: int) -> bool:
    return state.compiled.length[state.compiled.of_seeker[pair]] == 1
