from __future__ import annotations

import os
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.infra.fresh_house import clone, opens, started
from tests.services.program import free_port

SECOND_START_WITHIN_S = 3
TRIES = 4


@pytest.fixture
def house() -> Iterator[Path]:
    # Not in pytest's own folders: it keeps three of them, and this one holds all that is installed.
    with tempfile.TemporaryDirectory(prefix="dk-house-") as folder:
        yield clone(Path(folder))


@pytest.mark.timeout(900)
def test_make_run_serves_the_demo_in_a_fresh_clone_and_again_within_three_seconds(house: Path) -> None:
    port = free_port()
    with started(house, port) as (first, first_s):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
            assert answer.status == 200
        said = first.output()
    assert "Installing" in said
    assert f"http://localhost:{port}" in said
    assert not opens(port)

    seconds: list[float] = []
    # The goal is for a machine that is free to start; one that others load is slower by their share.
    within_s = SECOND_START_WITHIN_S * max(1, os.getloadavg()[0] / (os.cpu_count() or 1))
    while not seconds or (min(seconds) > within_s and len(seconds) < TRIES):
        with started(house, port) as (_, second_s):
            seconds.append(second_s)

    print(f"first start {first_s:.1f} s, second start {min(seconds):.1f} s")
    log = (house / "make-run.log").read_text()
    assert log.count("Installing") == said.count("Installing")
    assert "Traceback" not in log
    assert min(seconds) <= within_s
