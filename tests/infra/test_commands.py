from __future__ import annotations

import sys

import pytest

from infra.commands import WITH_BROWSERS, run_all
from infra.console import ROOT

SAYS, FAILS = [sys.executable, "-c", "print('said beside')"], [sys.executable, "-c", "print('broke'); exit(3)"]


def test_what_runs_beside_is_shown_after_the_steps(capfd: pytest.CaptureFixture[str]) -> None:
    step = [sys.executable, "-c", "print('said first')"]

    assert run_all({"step": step}, beside={"aside": SAYS}) == 0

    shown = capfd.readouterr().out
    assert shown.index("said first") < shown.index("said beside") < shown.index("All clean: step, aside.")


@pytest.mark.parametrize(("step", "beside", "named"), [(SAYS, FAILS, "aside"), (FAILS, SAYS, "step")])
def test_a_failure_on_either_side_fails_the_whole(
    step: list[str], beside: list[str], named: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run_all({"step": step}, beside={"aside": beside}) == 1
    assert f"Failed: {named}." in capfd.readouterr().out


def test_whatever_opens_a_browser_is_among_the_tests_with_browsers() -> None:
    opening = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("test_*.py")
        if "open_browser" in path.read_text() and "test_commands" not in path.name
    ]

    assert opening
    assert [path for path in opening if not path.startswith(WITH_BROWSERS)] == []
