"""``python -m tests.bench.learning [part …]``: measure estimator and scorecard; a whole run writes the document."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from tests.bench import report
from tests.bench.figure import Figure
from tests.bench.learning.coverage import coverage
from tests.bench.learning.filling import filling
from tests.bench.learning.items import item_coverage
from tests.bench.learning.outside import outside
from tests.bench.learning.speed import online, speed

PARTS: dict[str, Callable[[], Iterator[Figure]]] = {
    "outside": outside,
    "coverage": coverage,
    "items": item_coverage,
    "online": online,
    "speed": speed,
    "filling": filling,
}


def main() -> int:
    """Exit code 1 when a goal was missed."""
    return report.run(PARTS, command="make bench-learning")


if __name__ == "__main__":
    sys.exit(main())
