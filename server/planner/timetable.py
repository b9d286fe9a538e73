"""When the chosen pairs meet: one min-cost flow a slot, in which whoever can least wait goes first.

With everybody there all day a timetable of any selection exists (König 1916; de Werra 1985); with hours of their own
it is NP-hard to find, so what this leaves over is for `repair`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from server.planner.selection import most_meetings
from server.planner.slot_flow import Offer, best_in_slot, open_crews
from server.planner.state import State

PLACED, URGENT, TIGHT, LINKED = 4_000, 16_000, 4_000, 300

Chosen = tuple[int, int]


def lay(state: State, chosen: Iterable[Chosen], tick: Callable[[float], None]) -> list[Chosen]:
    """Place the chosen pairs slot by slot; those that found no place come back. `tick` hears the share done."""
    waiting: dict[int, list[Chosen]] = defaultdict(list)
    load: dict[int, int] = defaultdict(int)
    for pair, crew in chosen:
        waiting[state.compiled.of_seeker[pair]].append((pair, crew))
        load[crew] += 1
    for slot in range(state.compiled.slots):
        tick(slot / state.compiled.slots)
        for pair, crew in best_in_slot(state, slot, _offers(state, waiting, load, slot)):
            if state.direct(pair, crew) >> slot & 1:
                state.place(pair, crew, slot)
                waiting[state.compiled.of_seeker[pair]].remove((pair, crew))
                load[crew] -= 1
    return [left for pairs in waiting.values() for left in pairs]


def _offers(state: State, waiting: dict[int, list[Chosen]], load: dict[int, int], slot: int) -> list[Offer]:
    """Every waiting pair that could begin in `slot`, the more urgent the less room it has later."""
    compiled = state.compiled
    rest = compiled.problem.rules.rest_slots
    here = open_crews(state, slot)
    tight = {crew: TIGHT // (1 + max(_seats_from(state, crew, slot) - number, 0)) for crew, number in load.items()}
    later: dict[tuple[int, int], int] = {}
    found = []
    for seeker, pairs in waiting.items():
        if not pairs or not compiled.starts[seeker] >> slot & 1:
            continue
        length = compiled.length[seeker]
        if not compiled.travels and length == 1 and state.around(pairs[0][0], pairs[0][1]) >> slot & 1:
            continue
        key = (compiled.starts[seeker] >> (slot + length + rest), length)
        if key not in later:
            later[key] = most_meetings(*key, rest)
        slack = max(later[key] + 1 - len(pairs), 0)
        linked = LINKED * (state.busy[seeker] << (1 + rest) >> slot & 1)
        urgency = PLACED + URGENT // (1 + slack) ** 2 + linked
        exact = compiled.travels or length > 1 or compiled.need[seeker] != (False, None)
        for pair, crew in pairs:
            if here[crew] and not (exact and not state.direct(pair, crew) >> slot & 1):
                found.append((pair, crew, urgency + tight[crew]))
    return found


def _seats_from(state: State, crew: int, slot: int) -> int:
    """Seats that the crew still has in `slot` and later, as far as duty goes."""
    return sum(len(desks) for desks in state.compiled.crews[crew].desks[slot:])
