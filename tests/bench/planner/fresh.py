"""``python -m tests.bench.planner.fresh WHAT``: one measurement in a process of its own, told as a line of JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from server.planner.equality import find_parity, gap_pct, shares_of
from server.planner.model import Plan, Problem
from server.planner.plan import make_plan
from server.planner.verifier import breaches
from tests.bench.planner import live, whole
from tests.bench.planner.generate import Shape, Windows, make
from tests.bench.planner.peers import PEERS

Told = dict[str, float]
LARGE = Shape(seekers=5000, employers=100)
SHAPES = {
    "5000x100": LARGE,
    "quarter_day": replace(LARGE, windows="quarter_day"),
    "rest": replace(LARGE, windows="quarter_day", rest_slots=1),
}
SMALL = (Shape(seekers=100, employers=10), Shape(seekers=300, employers=20), Shape(seekers=1000, employers=40))
BIASED = Shape(seekers=2000, employers=60, women_cut_pct=15)
SEED = 1
SIZES = ((100, 10), (300, 20), (1000, 40), (2000, 60), (5000, 100))
WINDOWS: tuple[Windows, ...] = ("half_day", "quarter_day")


def planned(problem: Problem) -> Plan:
    """A plan that the verifier has read."""
    plan = make_plan(problem, SEED)
    found = breaches(problem, plan)
    if found:
        raise RuntimeError(f"the verifier refuses the plan: {found[:3]}")
    return plan


def one(shape: Shape) -> Told:
    """Time, memory and gap of a plan, and the gaps of the peers."""
    problem = make(shape, SEED)
    began, cpu = time.perf_counter(), time.process_time()
    plan = make_plan(problem, SEED)
    told = {"seconds": time.perf_counter() - began, "cpu_seconds": time.process_time() - cpu, "rss_mb": peak_mb()}
    certificate = plan.certificate
    told |= {"refused": len(breaches(problem, plan)), "gap_pct": certificate.gap_pct}
    told["gap_of_match_pct"] = (certificate.bound - certificate.value) / certificate.match_value
    told["breaks_cut_pct"] = 100 * (certificate.breaks_before - certificate.breaks) / max(certificate.breaks_before, 1)
    for name, peer in PEERS.items():
        told[name] = 100 * (certificate.bound - peer(problem)) / certificate.bound
    return told


def small() -> Told:
    """The widest gap of three small events, three seeds each."""
    gaps = [planned(make(shape, seed)).certificate.gap_pct for shape in SMALL for seed in (1, 2, 3)]
    return {"gap_pct": max(gaps)}


def against_whole() -> Told:
    """The planner and CP-SAT on the same small event."""
    problem = make(SMALL[0], SEED)
    planned(problem)
    began = time.perf_counter()
    plan = make_plan(problem, SEED)
    seconds = time.perf_counter() - began
    found = whole.solve(problem)
    return {
        "seconds": seconds,
        "whole_seconds": found.seconds,
        "value": plan.certificate.value / found.value,
        "is_optimal": float(found.is_optimal),
    }


def equality() -> Told:
    """What parity costs an event whose values are biased, as the plans come out."""
    problem = make(BIASED, SEED)
    plain = planned(problem)
    began = time.perf_counter()
    parity = find_parity(problem, "gender")
    seconds = time.perf_counter() - began
    even_problem = replace(problem, rules=replace(problem.rules, group_prices=parity.point.prices))
    even = planned(even_problem)
    shares = shares_of(problem, "gender", even.meetings)
    lost = plain.certificate.match_value - even.certificate.match_value
    return {
        "seconds": seconds,
        "before_pct": gap_pct(shares_of(problem, "gender", plain.meetings)),
        "gap_pct": gap_pct(shares),
        "price_pct": 100 * lost / plain.certificate.match_value,
        "without": sum(share.without for share in shares),
    }


def peak_mb() -> float:
    """The most memory this process has had so far; unlike getrusage's, not that of whoever started it."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


MEASURED: dict[str, Callable[[], Told]] = {
    **{name: partial(one, shape) for name, shape in SHAPES.items()},
    **{
        f"{seekers}x{employers} {windows}": partial(one, Shape(seekers=seekers, employers=employers, windows=windows))
        for seekers, employers in SIZES
        for windows in WINDOWS
    },
    "small": small,
    "whole": against_whole,
    "equality": equality,
    "live": live.day,
}

if __name__ == "__main__":
    print(json.dumps(MEASURED[sys.argv[1]]()))
