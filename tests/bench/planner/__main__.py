"""``python -m tests.bench.planner [part …]``: measure the planner, and print one JSON line a figure."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

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
    asked = sys.argv[1:]
    if unknown := set(asked) - set(PARTS):
        print(f"no such part: {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    missed = False
    for name in asked or PARTS:
        for figure in PARTS[name]():
            print(figure.line(), flush=True)
            missed = missed or figure.holds is False
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
