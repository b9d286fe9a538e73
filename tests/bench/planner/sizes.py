"""Gap and time of plans of many sizes, as figures and as pictures in the documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.figure import Figure as AnyFigure
from tests.bench.planner.chart import Line, chart
from tests.bench.planner.figures import Figure, measured
from tests.bench.planner.fresh import SIZES

PICTURES = Path(__file__).parents[3] / "docs" / "pictures"
WORDS = {"half_day": "a quarter half days", "quarter_day": "most quarter days"}


@dataclass(frozen=True, slots=True)
class _Told:
    seekers: int
    windows: str
    gap_pct: float
    greedy_pct: float
    seconds: float


def sizes() -> Iterator[AnyFigure]:
    """Each size in a process of its own; the pictures are drawn when all are measured."""
    found = []
    for windows, words in WORDS.items():
        for seekers, employers in SIZES:
            told = measured(f"{seekers}x{employers} {windows}")
            greedy = min(told["greedy"], told["round_robin"])
            found.append(_Told(seekers, windows, told["gap_pct"], greedy, told["seconds"]))
            name = f"plan.sizes.{seekers}x{employers}.{windows}"
            yield Figure(f"{name}.gap_pct", told["gap_pct"], "%", against=f"{greedy:.1f} % for greedy; {words}")
            yield Figure(f"{name}.seconds", told["seconds"], "s", against=words)
    draw(found)


def draw(found: list[_Told]) -> None:
    """The two pictures of the documents."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    gaps, times = [], []
    for windows, words in WORDS.items():
        of_these = [one for one in found if one.windows == windows]
        gaps.append(Line(f"planner, {words}", [(one.seekers, one.gap_pct) for one in of_these]))
        gaps.append(Line(f"greedy, {words}", [(one.seekers, one.greedy_pct) for one in of_these], is_peer=True))
        times.append(Line(words, [(one.seekers, one.seconds) for one in of_these]))
    gap = chart("Gap to the proven bound", "per cent of the bound", "seekers", gaps, least=0.001)
    time = chart("Time to a plan with its certificate", "seconds", "seekers", times, least=0.01)
    (PICTURES / "planner-gap.svg").write_text(gap, encoding="utf-8")
    (PICTURES / "planner-time.svg").write_text(time, encoding="utf-8")
