from __future__ import annotations

import gc
import json
import subprocess
import sys
from pathlib import Path

from server.kit.memory import uncollected

ROOT = Path(__file__).parents[3]
HEAVY = {"ortools", "pandas", "highspy", "numpy", "scipy"}
SAY = """
import json, sys
from server.app import create_app
from server.settings import Settings
create_app(Settings(demo=True, demo_cast_secret="test"))
print(json.dumps(sorted(sys.modules)))
"""


def test_the_server_never_carries_what_only_planning_needs() -> None:
    """Not even what a route imports when it is first called: nothing that the server imports names it at all."""
    said = subprocess.run([sys.executable, "-c", SAY], cwd=ROOT, capture_output=True, text=True, check=True)
    modules = set(json.loads(said.stdout.splitlines()[-1]))

    assert "server.planning_runs.endpoints" in modules
    assert {name.partition(".")[0] for name in modules} & HEAVY == set()
    assert "server.places.runner" in modules
    assert modules & {"server.planner.flow", "server.planner.plan", "server.planning_runs.making"} == set()


def test_nothing_is_collected_while_work_holds_thousands_of_objects() -> None:
    assert gc.isenabled()
    with uncollected():
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()

    assert gc.isenabled()
