"""A day at a full event: people stay away, come late, or come unexpected, and the plan answers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from random import Random

from server.planner.live import LiveDay
from server.planner.model import Mode, Pair, Seeker
from server.planner.options import Option
from server.planner.plan import make_plan
from tests.bench.figure import p95
from tests.bench.planner.generate import Shape, make

SHAPE = Shape(seekers=5000, employers=100, fill=0.95, rooms_share=1)
FULL = 0.98
FIRST, LAST = 3, 21
EACH = 14
LATE_BY = 3


@dataclass
class _Told:
    times: dict[str, list[float]] = field(default_factory=lambda: {"no_show": [], "late": [], "walk_in": []})
    answered: dict[str, int] = field(default_factory=lambda: {"no_show": 0, "late": 0, "walk_in": 0})
    moved: int = 0
    seated: int = 0


def day() -> dict[str, float]:
    """Milliseconds of each answer and how many others it moves, with the best option confirmed each time."""
    random = Random(7)
    problem = make(SHAPE, 1)
    seats = sum(block.until - block.first for desk in problem.desks for block in desk.blocks)
    meetings = list(make_plan(problem, 1).meetings)
    meetings = random.sample(meetings, min(round(FULL * seats), len(meetings)))
    live = LiveDay(problem, meetings)
    told = _Told()
    for now in range(FIRST, LAST):
        live.advance(now)
        due = [meeting for meeting in live.meetings() if meeting.slot == now]
        for meeting in random.sample(due, EACH):
            if meeting in live.meetings():
                _answer(told, live, "no_show", partial(live.no_show, meeting.seeker, meeting.employer))
        due = [meeting for meeting in live.meetings() if meeting.slot == now]
        for meeting in random.sample(due, EACH):
            _answer(told, live, "late", partial(live.late, meeting.seeker, LATE_BY))
        for number in range(EACH // 2):
            who, pairs = _walk_in(random, f"w{now}-{number}", now)
            _answer(told, live, "walk_in", partial(live.walk_in, who, pairs))
    figures: dict[str, float] = {f"{kind}_p95_ms": 1000 * p95(times) for kind, times in told.times.items()}
    figures |= {f"{kind}_answered": 100 * told.answered[kind] / len(told.times[kind]) for kind in told.times}
    return figures | {"moves_per_reseat": told.moved / told.seated, "fullness": 100 * len(meetings) / seats}


def _answer(told: _Told, live: LiveDay, kind: str, ask: Callable[[], tuple[Option, ...]]) -> None:
    began = time.perf_counter()
    options = ask()
    told.times[kind].append(time.perf_counter() - began)
    if not options:
        return
    best = options[0]
    told.moved += len(best.moved)
    seated = sum(1 for change in best.changes if change.after is not None and change.seeker not in best.moved)
    told.seated += seated
    told.answered[kind] += bool(seated)
    live.confirm(best)


def _walk_in(random: Random, name: str, now: int) -> tuple[Seeker, list[Pair]]:
    form = random.choice([None, None, Mode.VIDEO, Mode.ON_SITE])
    seeker = Seeker(id=name, available=frozenset(range(now, SHAPE.slots)), form=form)
    employers = random.sample(range(SHAPE.employers), SHAPE.candidates)
    return seeker, [Pair(name, f"e{number}", random.randrange(30, 100)) for number in employers]
