"""Min-cost flow from one source to one sink, with whatever is not worth sending left at home.

Source: Ahuja, Magnanti & Orlin, *Network Flows* (1993), chapters 9-11; the cost-scaling solver is OR-tools'.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
SOURCE, SINK = 0, 1


class Network:
    """Arcs added in batches; node 0 is the source, node 1 the sink."""

    def __init__(self) -> None:
        self.nodes = 2
        self._batches: list[tuple[Ints, Ints, Ints, Ints]] = []
        self._arcs = 0

    def add_nodes(self, number: int) -> int:
        """Make room for `number` nodes; the first one's index."""
        first = self.nodes
        self.nodes += number
        return first

    def add_arcs(self, tails: Any, heads: Any, capacities: Any, gains: Any) -> slice:
        """Add arcs, arrays or numbers alike; where their flows will be. `gains` is what one unit brings."""
        arrays = np.broadcast_arrays(*(np.asarray(values, dtype=np.int64) for values in (tails, heads)))
        size = arrays[0].size
        more = [np.broadcast_to(np.asarray(values, dtype=np.int64), (size,)) for values in (capacities, gains)]
        self._batches.append((arrays[0].ravel(), arrays[1].ravel(), more[0], -more[1]))
        self._arcs += size
        return slice(self._arcs - size, self._arcs)

    def solve(self) -> tuple[Ints, int]:
        """The flow of each arc that gains most, and the gain; no flow where none is worth it."""
        # Loading the solver costs 50 ms and 35 MB, which only the planner's own process should pay.
        from ortools.graph.python import min_cost_flow

        if not self._batches:
            return np.zeros(0, dtype=np.int64), 0
        tails, heads, capacities, costs = (np.concatenate(parts) for parts in zip(*self._batches, strict=True))
        supply = int(capacities[tails == SOURCE].sum())
        solver = min_cost_flow.SimpleMinCostFlow()
        arcs = solver.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
        solver.add_arc_with_capacity_and_unit_cost(SOURCE, SINK, supply, 0)
        solver.set_node_supply(SOURCE, supply)
        solver.set_node_supply(SINK, -supply)
        status = solver.solve()
        if status != solver.OPTIMAL:
            raise RuntimeError(f"the flow ended as {status}")
        return np.asarray(solver.flows(arcs), dtype=np.int64), -int(solver.optimal_cost())
