from __future__ import annotations

from pathlib import Path

from tests.bench.figure import Figure
from tests.bench.report import exit_code, write


def test_a_run_replaces_its_own_figures_and_leaves_those_of_other_commands(tmp_path: Path) -> None:
    file = tmp_path / "figures.md"
    write([Figure("web.js_kb", 50, "KB", 60).line()], command="make bench", file=file)
    write([Figure("plan.gap_pct", 1, "%", 0.02, against="greedy").line()], command="make bench-planner", file=file)
    write([Figure("web.js_kb", 70, "KB", 60).line()], command="make bench", file=file)
    text = file.read_text()

    assert text.count("web.js_kb") == text.count("plan.gap_pct") == 1
    assert text.index("`make bench`") < text.index("`make bench-planner`")
    assert "| `web.js_kb` | 70 KB | 60 KB | **no** |  |" in text
    assert "| `plan.gap_pct` | 1 % | 0.02 % | **no** | greedy |" in text


def test_a_missed_goal_ends_with_1() -> None:
    held, missed, free = Figure("a", 1, "s", 2), Figure("b", 3, "s", 2), Figure("c", 3, "s")

    assert [exit_code([one.line() for one in lines]) for lines in ([held, free], [held, missed])] == [0, 1]
