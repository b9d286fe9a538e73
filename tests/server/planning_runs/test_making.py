from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import psutil

from server.planner.equality import SMALLEST_GROUP
from server.planning.ports import PlanSeeker
from server.planning_runs.making import plan_of
from server.planning_runs.material import Material, PlanOptions
from tests.server.planning_runs.materials import an_id
from tests.server.planning_runs.test_adapter import a_desk, an_event

ROOT = Path(__file__).parents[3]
PARENT = """
import asyncio, sys
from datetime import UTC, datetime
from uuid import uuid4
from server.planning_runs.job import Job
from server.planning_runs.process import working_on

async def main():
    url = "sqlite+aiosqlite:///" + sys.argv[1]
    job = Job(task="plan", database_url=url, event_id=uuid4(), now=datetime.now(UTC))
    async with working_on(job) as process:
        print(process.pid, flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""


def crowd(women: int, men: int) -> Material:
    """Too few seats, and men who have a little more of what is wanted."""
    words = [f"kompetens {number}" for number in range(20)]
    wanted = frozenset(words)
    seekers = tuple(
        PlanSeeker(id=an_id("s", number), competences=frozenset(words[: number % 17 + 3 * (number >= women)]))
        for number in range(women + men)
    )
    groups = {one.id: (("gender", "women" if n < women else "men"),) for n, one in enumerate(seekers)}
    desks = tuple(a_desk(number, competences_wanted=wanted) for number in range(16))
    return an_event(*desks, seekers=seekers, groups=groups, meetings_max=3)


def quiet(stage: str, share: float) -> None:
    """Nobody follows."""


def test_equal_shares_have_a_price_and_bring_the_groups_together() -> None:
    event = crowd(women=24, men=24)

    plain, even = (plan_of(event, options, quiet) for options in (PlanOptions(), PlanOptions(parity=("gender", 1.0))))

    def gap(made: dict[str, object]) -> float:
        figures = made["figures"]
        assert isinstance(figures, dict)
        means = [group["mean"] for group in figures["groups"][0]["groups"]]
        return float(max(means) - min(means))

    assert gap(even) < gap(plain) / 2
    curve = plain["figures"]["prices"]["gender"]
    assert [point["strength"] for point in curve] == [0, 0.25, 0.5, 0.75, 1, 1.25]
    assert curve[0]["price_pct"] == 0
    assert curve[4]["gap_pct"] < curve[0]["gap_pct"]


def test_groups_too_small_to_be_compared_have_no_price() -> None:
    made = plan_of(crowd(women=SMALLEST_GROUP - 1, men=30), PlanOptions(), quiet)

    assert made["figures"]["prices"] == {}


def test_a_thousand_wishes_are_too_many_to_weigh() -> None:
    desks = tuple(a_desk(number) for number in range(1000))
    wishes = tuple(desk.organisation_id for desk in desks)
    seeker = PlanSeeker(id=an_id("s", 0), wishes=wishes)

    made = plan_of(replace(an_event(*desks), seekers=(seeker,)), PlanOptions(), quiet)

    message = f"seeker '{seeker.id}' has 1000 pairs; at most 500 can be weighed"
    assert made == {"faults": [{"path": "pairs", "message": message}]}


def test_the_process_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path / "locked.db")], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    with parent.stdout:
        child = psutil.Process(int(parent.stdout.readline()))
        os.kill(child.pid, signal.SIGSTOP)  # so that it has not ended by itself before its parent does

    parent.kill()
    parent.wait()
    os.kill(child.pid, signal.SIGCONT)

    gone, alive = psutil.wait_procs([child], timeout=10)
    assert (len(gone), alive) == (1, [])
