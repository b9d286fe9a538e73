"""``python -m tests.bench [part …]``: measure, print one JSON line a figure; a whole run also writes the document."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from tests.bench import http, imports, large, meeting, repairs, report, server, start, web_app
from tests.bench.figure import COMMAND, Figure

PARTS: dict[str, Callable[[Path], AsyncIterator[Figure]]] = {
    "web": web_app.figures,
    "http": http.figures,
    "server": server.figures,
    "imports": imports.figures,
    "large": large.figures,
    "repairs": repairs.figures,
    "meeting": meeting.figures,
    "start": start.figures,
}


async def measure(names: list[str]) -> list[str]:
    """Measure the named parts one after the other; their lines come back."""
    lines = []
    for name in names:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            async for figure in PARTS[name](Path(folder)):
                lines.append(figure.line())
                print(lines[-1], flush=True)
    return lines


def main() -> int:
    """Exit code 1 when a goal was missed."""
    asked = sys.argv[1:]
    if unknown := set(asked) - set(PARTS):
        print(f"no such part: {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    lines = asyncio.run(measure(asked or list(PARTS)))
    if not asked:
        report.write(lines, command=COMMAND)
    return report.exit_code(lines)


if __name__ == "__main__":
    sys.exit(main())
