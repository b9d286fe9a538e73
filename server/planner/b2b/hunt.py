"""What two threads know together of an instance while they hunt for its best answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from server.planner.b2b.constraints import Program, requests_of
from server.planner.b2b.model import Instance

Progress = Callable[[int | None, int], None]
OUT_OF_TIME_S = 0.05


class Hunt:
    """The best slots known for the requests, the highest bound, and an end to everybody's work when they meet."""

    def __init__(self, instance: Instance, *, began: float, seconds: float, progress: Progress) -> None:
        self.instance = instance
        self.of = requests_of(instance)
        self.until = began + seconds
        self.slots: list[int] | None = None
        self.breaks: int | None = None
        self.bound = 0
        self.is_infeasible = False
        self.is_over = threading.Event()
        self._progress = progress
        self._lock = threading.Lock()
        self._running: list[Any] = []

    @property
    def left_s(self) -> float:
        """Seconds until the time is up; none when it is over."""
        return 0.0 if self.is_over.is_set() else max(0.0, self.until - time.perf_counter())

    def breaks_of(self, slots: list[int]) -> list[int]:
        """The breaks of each participant."""
        times = (sorted(slots[request] for request in requests) for requests in self.of)
        return [sum(1 for one, other in pairwise(each) if other > one + 1) for each in times]

    def found(self, slots: list[int]) -> None:
        """Here is a way to hold every request."""
        breaks = sum(self.breaks_of(slots))
        with self._lock:
            if self.breaks is None or breaks < self.breaks:
                self.slots, self.breaks = slots, breaks
                self._tell()

    def proved(self, bound: int) -> None:
        """There are at least so many breaks."""
        with self._lock:
            if bound > self.bound:
                self.bound = bound
                self._tell()

    def cannot(self) -> None:
        """There is no way at all to hold every request."""
        self.is_infeasible = True
        self.end()

    def _tell(self) -> None:
        self._progress(self.breaks, self.bound)
        if self.breaks is not None and self.breaks <= self.bound:
            self.end()

    def end(self) -> None:
        """Nobody need look any longer."""
        self.is_over.set()
        for solver in list(self._running):
            solver.stop_search()

    def solve(self, program: Program, solver: Any, seconds: float, callback: Any = None) -> str:
        """The status of a solver that is stopped when the hunt is over; what it finds is passed on."""
        within = min(seconds, self.left_s)
        if within <= OUT_OF_TIME_S:
            return "UNKNOWN"
        solver.parameters.max_time_in_seconds = within
        self._running.append(solver)
        try:
            status = solver.solve(program.model, callback)
        finally:
            self._running.remove(solver)
        name = str(solver.status_name(status))
        if name in ("OPTIMAL", "FEASIBLE"):
            self.found(slots_in(program, solver.value))
        return name


def slots_in(program: Program, value: Callable[[Any], int]) -> list[int]:
    """The slot of each request in a solution."""
    return [next(slot for slot, literal in literals.items() if value(literal)) for literals in program.held]
