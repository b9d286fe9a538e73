from __future__ import annotations

import urllib.request
from pathlib import Path

import pytest

from tests.infra.fresh_house import clone, opens, started
from tests.services.program import free_port


@pytest.mark.timeout(600)
def test_make_run_serves_the_demo_in_a_fresh_clone_and_again_within_three_seconds(tmp_path: Path) -> None:
    house, port = clone(tmp_path / "house"), free_port()

    with started(house, port) as (first, first_s):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
            assert answer.status == 200
        said = first.output()
    assert "Installing" in said
    assert f"http://localhost:{port}" in said
    assert not opens(port)

    with started(house, port) as (second, second_s):
        assert "Installing" not in second.output().removeprefix(said)

    print(f"first start {first_s:.1f} s, second start {second_s:.1f} s")
    assert "Traceback" not in second.output()
    assert second_s <= 3
