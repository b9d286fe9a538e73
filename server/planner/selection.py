"""Who meets whom: the best set of pairs as one min-cost flow, whose worth no plan can exceed.

source → (need) → seeker → pair → (crew, hours) → (crew, slot) → (pool, slot) → sink. Each arc source → seeker
stands for one more meeting and brings its bonus; bonuses fall, so the cost is convex and the flow integral. Only a
seeker's being in one place at a time is left out, which makes the optimum an upper bound on every plan.
Source: Ahuja, Magnanti & Orlin, *Network Flows* (1993), chapter 14 (convex costs).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from server.planner.compiled import Compiled, bits
from server.planner.flow import SINK, SOURCE, Network
from server.planner.model import Mode, Station
from server.planner.state import State

ARCS_MAX = 400_000


@dataclass(frozen=True, slots=True)
class Selection:
    """Pairs to meet, each with its crew, and what they bring together in hundredths."""

    chosen: tuple[tuple[int, int], ...]
    gain: int


def select(state: State, pairs: Iterable[int] | None = None) -> Selection:
    """The best pairs to add to a plan, of those that are not in it.

    Seats, rooms and interpreters are counted in every slot, seekers' hours and rest by number. What it gains is at
    least what any way of adding meetings can gain.
    """
    return _Network(state).solve(range(len(state.slot_of)) if pairs is None else pairs)


class _Network:
    def __init__(self, state: State) -> None:
        self.state = state
        self.compiled = state.compiled
        self.network = Network()
        self.arcs: list[tuple[int, int, int]] = []
        self.seekers: dict[int, int] = {}
        self.classes: dict[tuple[int, int], int] = {}
        self.pair_arcs: list[tuple[int, int]] = []

    def solve(self, pairs: Iterable[int]) -> Selection:
        offers = self._offers(pairs)
        offers = _coarser(offers, self.compiled)
        seekers = sorted({self.compiled.of_seeker[pair] for pair, _, _ in offers})
        first = self.network.add_nodes(len(seekers))
        self.seekers = {seeker: first + number for number, seeker in enumerate(seekers)}
        self._add_seekers(seekers)
        where = self._add_offers(offers)
        self._add_crews()
        flows, gain = self.network.solve()
        taken = flows[where] > 0
        chosen = tuple((pair, crew) for (pair, crew, _), yes in zip(offers, taken, strict=True) if yes)
        return Selection(chosen, gain)

    def _offers(self, pairs: Iterable[int]) -> list[tuple[int, int, int]]:
        """Each pair that could be added, with a crew and the slots in which they could begin."""
        state, compiled = self.state, self.compiled
        found = []
        around: dict[int, int] = {}
        for pair in pairs:
            seeker = compiled.of_seeker[pair]
            if state.slot_of[pair] >= 0 or not state.can_have_more(seeker):
                continue
            for crew in compiled.options[pair]:
                begins = compiled.begins(pair, crew) & state.free[crew] & ~state.barred
                if state.mine[seeker]:
                    if seeker not in around or compiled.travels:
                        around[seeker] = state.around(pair, crew)
                    begins &= ~around[seeker]
                if begins:
                    found.append((pair, crew, begins))
        return found

    def _add_seekers(self, seekers: list[int]) -> None:
        compiled, state = self.compiled, self.state
        groups = self._need_groups()
        most: dict[tuple[int, int], int] = {}
        tails, heads, gains = [], [], []
        for seeker in seekers:
            had = len(state.mine[seeker])
            key = (compiled.starts[seeker] & ~state.busy[seeker], compiled.length[seeker])
            if key not in most:
                most[key] = most_meetings(*key, compiled.problem.rules.rest_slots)
            for number in range(had, min(compiled.most[seeker], had + most[key])):
                tails.append(groups.get(seeker, SOURCE))
                heads.append(self.seekers[seeker])
                gains.append(compiled.bonus[seeker][number])
        self.network.add_arcs(tails, heads, 1, gains)

    def _need_groups(self) -> dict[int, int]:
        """Seekers who all draw on one scarce pool, under a node that lets through what the pool bears."""
        compiled, state = self.compiled, self.state
        if not {name.partition("[")[0] for name in compiled.pool_names} & {"interpreters", "accessible_stations"}:
            return {}
        members: dict[int, list[int]] = defaultdict(list)
        for seeker in self.seekers:
            accessible, interpreter = compiled.need[seeker]
            if interpreter is not None:
                members[compiled.pool_names.index(f"interpreters[{interpreter}]")].append(seeker)
            elif accessible and "accessible_stations" in compiled.pool_names and self._only_hall(seeker):
                members[compiled.pool_names.index("accessible_stations")].append(seeker)
        groups: dict[int, int] = {}
        for pool, those in members.items():
            node = self.network.add_nodes(1)
            self.network.add_arcs([SOURCE], [node], sum(max(number, 0) for number in state.left[pool]), 0)
            groups |= dict.fromkeys(those, node)
        return groups

    def _only_hall(self, seeker: int) -> bool:
        crews = {crew for pair in self.compiled.pairs_of[seeker] for crew in self.compiled.options[pair]}
        return all(
            self.compiled.crews[crew].mode is Mode.ON_SITE and self.compiled.crews[crew].station is Station.POOL
            for crew in crews
        )

    def _add_offers(self, offers: list[tuple[int, int, int]]) -> slice:
        """One arc an offer; a pair with more than one crew goes through a node of its own, so that it meets once."""
        compiled = self.compiled
        number: dict[int, int] = defaultdict(int)
        for pair, _, _ in offers:
            number[pair] += 1
        nodes: dict[int, int] = {}
        for pair, times in number.items():
            if times > 1:
                nodes[pair] = self.network.add_nodes(1)
        self.network.add_arcs(
            [self.seekers[compiled.of_seeker[pair]] for pair in nodes],
            list(nodes.values()),
            1,
            [compiled.worth[pair] for pair in nodes],
        )
        tails, heads, gains = [], [], []
        for pair, crew, begins in offers:
            if (crew, begins) not in self.classes:
                self.classes[crew, begins] = self.network.add_nodes(1)
            tails.append(nodes.get(pair, self.seekers[compiled.of_seeker[pair]]))
            heads.append(self.classes[crew, begins])
            gains.append(0 if pair in nodes else compiled.worth[pair])
        return self.network.add_arcs(tails, heads, 1, gains)

    def _add_crews(self) -> None:
        compiled, state = self.compiled, self.state
        rooms = [self.network.add_nodes(compiled.slots) for _ in compiled.pools]
        for number, first in enumerate(rooms):
            capacities = np.maximum(np.asarray(state.left[number]), 0)
            self.network.add_arcs(first + np.arange(compiled.slots), np.full(compiled.slots, SINK), capacities, 0)
        slots_of: dict[int, int] = {}
        tails, heads, capacities_of = [], [], []
        for (crew, begins), node in self.classes.items():
            if crew not in slots_of:
                slots_of[crew] = self.network.add_nodes(compiled.slots)
            for slot in bits(begins):
                tails.append(node)
                heads.append(slots_of[crew] + slot)
                capacities_of.append(len(compiled.crews[crew].desks[slot]))
        for crew, first in slots_of.items():
            pool = compiled.crews[crew].pool
            for slot, desks in enumerate(compiled.crews[crew].desks):
                tails.append(first + slot)
                heads.append(SINK if pool is None else rooms[pool] + slot)
                capacities_of.append(sum(1 for desk in desks if state.seat[desk][slot] < 0))
        self.network.add_arcs(tails, heads, capacities_of, 0)


def most_meetings(starts: int, length: int, rest: int) -> int:
    """How many meetings of `length` slots fit into a mask of starts with `rest` slots between them."""
    number, next_free = 0, 0
    for slot in bits(starts):
        if slot >= next_free:
            number += 1
            next_free = slot + length + rest
    return number


def _coarser(offers: list[tuple[int, int, int]], compiled: Compiled) -> list[tuple[int, int, int]]:
    """The offers with hours widened where they are too many to tell apart: the bound stays one, a little looser."""
    kinds = {(crew, begins) for _, crew, begins in offers}
    if sum(begins.bit_count() for _, begins in kinds) <= ARCS_MAX:
        return offers
    hulls = [(pair, crew, (1 << begins.bit_length()) - (begins & -begins)) for pair, crew, begins in offers]
    return [(pair, crew, hull & compiled.crews[crew].duty) for pair, crew, hull in hulls]
