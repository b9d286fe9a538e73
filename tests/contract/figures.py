"""What a run of the contract tests has counted, for the end of its output."""

from __future__ import annotations

lines: list[str] = []


def note(line: str) -> None:
    """Say `line` when everything has run."""
    lines.append(line)
