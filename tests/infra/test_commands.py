from __future__ import annotations

import sys

import pytest

from infra.commands import WITH_BROWSERS, rows_of_tests, run_all
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


def test_every_file_of_tests_is_run_in_one_row() -> None:
    files = [path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py")]

    def lies_in(file: str, places: list[str]) -> bool:
        return any(file == place or file.startswith(f"{place}/") for place in places)

    def is_in(file: str, row: list[str]) -> bool:
        left_out = [one.removeprefix("--ignore=") for one in row if one.startswith("--ignore=")]
        return lies_in(file, row) and not lies_in(file, left_out)

    rows = rows_of_tests()
    found = {file: [name for name, row in rows.items() if is_in(file, row)] for file in files}
    assert {file: names for file, names in found.items() if len(names) != 1} == {}
