"""The best set of meetings to begin in one slot, as one min-cost flow over its seats and rooms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from server.planner.flow import SINK, SOURCE, Network
from server.planner.state import State

Offer = tuple[int, int, int]


def open_crews(state: State, slot: int) -> list[bool]:
    """Per crew whether it has a seat, and a room or station for it, in the slot."""
    compiled = state.compiled
    return [
        bool(state.free[number] >> slot & 1) and (crew.pool is None or bool(state.open[crew.pool] >> slot & 1))
        for number, crew in enumerate(compiled.crews)
    ]


def best_in_slot(state: State, slot: int, offers: Sequence[Offer]) -> list[tuple[int, int]]:
    """Of (pair, crew, gain), those to begin in `slot` for the most gain: one a seeker, one a seat, one a room.

    Each offer fits by itself. Pools of a need (accessible stations, interpreters) are kept by number above the
    seekers; somebody with two needs counts for the first, so the caller checks again when placing.
    """
    if not offers:
        return []
    compiled = state.compiled
    network = Network()
    seekers = list(dict.fromkeys(compiled.of_seeker[pair] for pair, _, _ in offers))
    crews = list(dict.fromkeys(crew for _, crew, _ in offers))
    seeker_node = dict(zip(seekers, range(network.add_nodes(len(seekers)), network.nodes), strict=True))
    crew_node = dict(zip(crews, range(network.add_nodes(len(crews)), network.nodes), strict=True))
    _add_needs(network, state, slot, offers, seeker_node)
    where = network.add_arcs(
        [seeker_node[compiled.of_seeker[pair]] for pair, _, _ in offers],
        [crew_node[crew] for _, crew, _ in offers],
        1,
        [gain for _, _, gain in offers],
    )
    _add_seats(network, state, slot, crew_node)
    flows, _ = network.solve()
    return [offers[number][:2] for number in np.flatnonzero(flows[where]).tolist()]


def _add_needs(network: Network, state: State, slot: int, offers: Iterable[Offer], seeker_node: dict[int, int]) -> None:
    """source → seeker, by way of a node for each pool that only some draw on."""
    compiled = state.compiled
    drawn: dict[int, int] = {}
    for pair, crew, _ in offers:
        seeker = compiled.of_seeker[pair]
        if compiled.need[seeker] != (False, None):
            scarce = [
                pool for pool in compiled.pools_for[crew, compiled.need[seeker]] if pool != compiled.crews[crew].pool
            ]
            if scarce:
                drawn[seeker] = scarce[0]
    members: dict[int, list[int]] = defaultdict(list)
    for seeker, node in seeker_node.items():
        members[drawn.get(seeker, -1)].append(node)
    for pool, nodes in members.items():
        tail = SOURCE
        if pool >= 0:
            tail = network.add_nodes(1)
            network.add_arcs([SOURCE], [tail], max(state.left[pool][slot], 0), 0)
        network.add_arcs([tail], nodes, 1, 0)


def _add_seats(network: Network, state: State, slot: int, crew_node: dict[int, int]) -> None:
    compiled = state.compiled
    rooms: dict[int, int] = {}
    for crew, node in crew_node.items():
        pool = compiled.crews[crew].pool
        seats = sum(1 for desk in compiled.crews[crew].desks[slot] if state.seat[desk][slot] < 0)
        if pool is None:
            network.add_arcs([node], [SINK], seats, 0)
            continue
        if pool not in rooms:
            rooms[pool] = network.add_nodes(1)
            network.add_arcs([rooms[pool]], [SINK], max(state.left[pool][slot], 0), 0)
        network.add_arcs([node], [rooms[pool]], seats, 0)
