"""The public benchmark of meetings with few breaks: how many instances are proven, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from server.planner.b2b.model import Answer, Instance, Meeting, Status
from server.planner.b2b.reading import read_instance
from server.planner.b2b.verifier import breaches
from tests.bench.figure import Figure as AnyFigure
from tests.server.planner.b2b.instances import crowded, planted, text_of

ROOT = Path(__file__).parents[3]
Figure = partial(AnyFigure, command="make bench-planner")
SECONDS = 60
OVER_S = 1.0
GOAL_PCT = 75


@dataclass(frozen=True, slots=True)
class _Solved:
    name: str
    is_proven: bool
    refused: int
    wall_s: float


def b2b() -> Iterator[AnyFigure]:
    """The instances in the folder B2B_DIR; made ones where it is not set."""
    folder = os.environ.get("B2B_DIR")
    if folder:
        files = sorted(Path(folder).glob("*.dzn"))
        yield from _figures(files, f"{len(files)} instances of B2B_DIR, {SECONDS} s each")
        return
    with TemporaryDirectory(prefix="b2b-") as made:
        files = []
        for name, instance in generated().items():
            files.append(Path(made) / f"{name}.dzn")
            files[-1].write_text(text_of(instance))
        yield from _figures(files, f"{len(files)} made instances, as B2B_DIR is not set, {SECONDS} s each")


def generated() -> dict[str, Instance]:
    """Instances of the benchmark's size: some can be held without a break, with no table to spare, some cannot."""
    tight = {f"tight-{seed}": planted(participants=60, slots=10, share=0.9, seed=seed, spread=0.2) for seed in range(4)}
    return tight | {f"crowded-{seed}": crowded(participants=60, slots=20, seed=seed) for seed in range(4)}


def _figures(files: list[Path], against: str) -> Iterator[AnyFigure]:
    solved = [_solved(file) for file in files]
    proven = 100 * sum(one.is_proven for one in solved) / max(len(solved), 1)
    yield Figure("b2b.proven", proven, "%", GOAL_PCT, "at_least", against=against)
    refused = sum(one.refused for one in solved)
    yield Figure("b2b.refused", refused, "rules", 0, against=f"verifier, {against}")
    slowest = max((one.wall_s for one in solved), default=0)
    yield Figure("b2b.slowest_s", slowest, "s", SECONDS + OVER_S, against=f"start of the process to its end, {against}")


def _solved(file: Path) -> _Solved:
    command = [sys.executable, "-m", "server.cli", "plan", "--b2b", str(file), "--seconds", str(SECONDS), "--json"]
    began = time.perf_counter()
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    wall_s = time.perf_counter() - began
    told = json.loads(said.stdout)
    answer = _answer(told)
    found = breaches(read_instance(file.read_text(encoding="utf-8-sig")), answer)
    line = f"{file.stem}: {answer.status}, breaks {answer.breaks}, bound {answer.bound}, {wall_s:.1f} s"
    print("; ".join([line, *(breach.message for breach in found[:3])]), file=sys.stderr, flush=True)
    return _Solved(file.stem, answer.status in (Status.OPTIMAL, Status.INFEASIBLE), len(found), wall_s)


def _answer(told: dict[str, Any]) -> Answer:
    held = tuple(Meeting(*each) for each in told["meetings"])
    return Answer(Status(told["status"]), told["breaks"], told["bound"], told["seconds"], held)
