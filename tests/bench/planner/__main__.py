"""``python -m tests.bench.planner [part …]``: measure the planner; a whole run also writes the document."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from tests.bench import report
from tests.bench.figure import Figure
from tests.bench.planner import figures, stall
from tests.bench.planner.b2b import b2b
from tests.bench.planner.sizes import sizes

PARTS: dict[str, Callable[[], Iterator[Figure]]] = {
    "plan": figures.plan,
    "whole": figures.whole,
    "equality": figures.equality,
    "live": figures.live,
    "stall": stall.stall,
    "b2b": b2b,
    "sizes": sizes,
}


def main() -> int:
    """Exit code 1 when a goal was missed."""
    return report.run(PARTS, command="make bench-planner")


if __name__ == "__main__":
    sys.exit(main())
