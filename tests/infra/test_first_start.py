from __future__ import annotations

import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.infra.fresh_house import clone, opens, started
from tests.services.program import free_port


@pytest.fixture
def house() -> Iterator[Path]:
    # Not in pytest's own folders: it keeps three of them, and this one holds all that is installed.
    with tempfile.TemporaryDirectory(prefix="dk-house-") as folder:
        yield clone(Path(folder))


@pytest.mark.timeout(900)
def test_make_run_serves_the_demo_in_a_fresh_clone_and_again_without_installing(house: Path) -> None:
    port = free_port()
    with started(house, port) as (first, first_s):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
            assert answer.status == 200
        said = first.output()
    assert "Installing" in said
    assert f"http://localhost:{port}" in said
    assert not opens(port)

    with started(house, port) as (_, second_s):
        assert opens(port)

    # How fast is for the benchmarks (server.first_start_s, server.second_start_s): a test shares its machine.
    print(f"first start {first_s:.1f} s, second start {second_s:.1f} s")
    log = (house / "make-run.log").read_text()
    assert log.count("Installing") == said.count("Installing")
    assert "Traceback" not in log
