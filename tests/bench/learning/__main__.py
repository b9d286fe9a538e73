"""``python -m tests.bench.learning [part …]``: measure the estimator, and print one JSON line a figure."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from tests.bench.figure import Figure
from tests.bench.learning.coverage import coverage
from tests.bench.learning.outside import outside
from tests.bench.learning.speed import online, speed

PARTS: dict[str, Callable[[], Iterator[Figure]]] = {
    "outside": outside,
    "coverage": coverage,
    "online": online,
    "speed": speed,
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
