"""The planner's figures, each measured in a fresh process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.bench.figure import Figure as AnyFigure

ROOT = Path(__file__).parents[3]
Figure = partial(AnyFigure, command="make bench-planner")
GREEDY = ("greedy", "round_robin")
SAID = {"greedy": "greedy", "round_robin": "round-robin greedy", "gale_shapley": "Gale–Shapley + first fit"}


def measured(what: str) -> dict[str, float]:
    """What a fresh process tells of one measurement."""
    command = [sys.executable, "-m", "tests.bench.planner.fresh", what]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(said.stdout.splitlines()[-1])
    return told


def plan() -> Iterator[AnyFigure]:
    """Large events, small ones, and the peers on both."""
    large, quarter, rest = (measured(name) for name in ("5000x100", "quarter_day", "rest"))
    yield Figure("plan.5000x100.seconds", large["seconds"], "s", 5)
    yield Figure("plan.5000x100.cpu_seconds", large["cpu_seconds"], "s", against="processor time of the same run")
    yield Figure("plan.5000x100.rss_mb", large["rss_mb"], "MB", 250)
    yield Figure("plan.5000x100.gap_pct", large["gap_pct"], "%", 0.02)
    yield Figure("plan.quarter_day.gap_pct", quarter["gap_pct"], "%", 0.1)
    yield Figure("plan.quarter_day.seconds", quarter["seconds"], "s")
    yield Figure("plan.rest.gap_pct", rest["gap_pct"], "%", 1)
    yield Figure("plan.rest.seconds", rest["seconds"], "s")
    yield Figure("plan.rest.gap_of_match_pct", rest["gap_of_match_pct"], "%", against="bonuses left out of the base")
    for name, told in (("5000x100", large), ("quarter_day", quarter), ("rest", rest)):
        for peer, said in SAID.items():
            yield Figure(f"plan.{name}.{peer}_gap_pct", told[peer], "%", against=said)
    ratio = max(told["gap_pct"] / min(told[peer] for peer in GREEDY) for told in (large, quarter))
    yield Figure("plan.vs_greedy_gap", ratio, "×", 0.1, against="the better of greedy and round-robin greedy")
    ratio = rest["gap_pct"] / min(rest[peer] for peer in GREEDY)
    yield Figure("plan.rest.vs_greedy_gap", ratio, "×", 0.34, against="the better of greedy and round-robin greedy")
    yield Figure(
        "plan.refused", large["refused"] + quarter["refused"] + rest["refused"], "rules", 0, against="verifier"
    )
    yield Figure("plan.breaks_cut_pct", large["breaks_cut_pct"], "%", 30, "at_least", against="before, same pairs")
    yield Figure("plan.small.gap_pct", measured("small")["gap_pct"], "%", 0, against="100×10 to 1000×40, 3 seeds each")


def whole() -> Iterator[AnyFigure]:
    """CP-SAT on the whole of a small event."""
    told = measured("whole")
    against = "CP-SAT on the whole, " + ("proven optimal" if told["is_optimal"] else "not proven")
    yield Figure("plan.vs_cpsat_value", told["value"], "×", 1, "at_least", against=against)
    yield Figure("plan.vs_cpsat_speed", told["whole_seconds"] / told["seconds"], "×", 20, "at_least", against=against)


def equality() -> Iterator[AnyFigure]:
    """Parity where women's values are cut by 15 %."""
    told = measured("equality")
    against = f"{told['before_pct']:.1f} % without a price"
    yield Figure("plan.equality_gap_pct", told["gap_pct"], "%", 2, against=against)
    yield Figure("plan.equality_price_pct", told["price_pct"], "%", 1, against="match value without a price")
    yield Figure("plan.equality_without", told["without"], "seekers", 0, against="seekers left with no meeting")
    yield Figure("plan.equality_seconds", told["seconds"], "s")


def live() -> Iterator[AnyFigure]:
    """A day at 5000 × 100 with 98 % of the seats full."""
    told = measured("live")
    against = f"{told['fullness']:.0f} % of the seats full"
    yield Figure("live.no_show_p95_ms", told["no_show_p95_ms"], "ms", 10, against=against)
    yield Figure("live.late_p95_ms", told["late_p95_ms"], "ms", 10, against=against)
    yield Figure("live.walk_in_p95_ms", told["walk_in_p95_ms"], "ms", 50, against=against)
    yield Figure("live.moves_per_reseat", told["moves_per_reseat"], "people", 1.2, against=against)
    for kind in ("no_show", "late", "walk_in"):
        yield Figure(f"live.{kind}_answered", told[f"{kind}_answered"], "%", against="somebody was seated")
