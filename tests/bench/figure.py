"""One measured figure."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

COMMAND = "make bench"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its goal; `against` names what it was compared with in the same run.

    `most` is a second end, for a figure that must lie between its goal and it.
    """

    name: str
    value: float
    unit: str
    goal: float | None = None
    sense: Literal["at_most", "at_least"] = "at_most"
    against: str = ""
    command: str = COMMAND
    most: float | None = None

    @property
    def holds(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if self.goal is None:
            return None
        within = self.most is None or self.value <= self.most
        return within and (self.value <= self.goal if self.sense == "at_most" else self.value >= self.goal)

    def line(self) -> str:
        """The figure as one line of JSON."""
        # A small error keeps its digits.
        value = round(self.value, 3) if abs(self.value) >= 0.01 else float(f"{self.value:.3g}")
        shown = asdict(self) | {"value": value, "holds": self.holds}
        shown.pop("sense")
        shown.pop("most")
        return json.dumps(shown, ensure_ascii=False)


def p95(values: list[float]) -> float:
    """The 95th percentile: the smallest value that at least 95 % do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


def median(values: list[float]) -> float:
    """The middle value, the lower one of two."""
    return sorted(values)[(len(values) - 1) // 2]
