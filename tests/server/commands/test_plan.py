"""`direktkontakt plan`, run as its user runs it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

from server.plan_files.json_form import problem_to_json
from tests.bench.planner.generate import Shape, make
from tests.server.commands.test_commands import run

EVENT = Shape(seekers=40, employers=5, slots=8)


def test_a_file_is_planned_with_its_certificate_and_exported(tmp_path: Path) -> None:
    problem, out = tmp_path / "day.json", tmp_path / "plan.json"
    problem.write_text(problem_to_json(make(EVENT, 1)))

    first = run(tmp_path / "no.db", "plan", str(problem), "--json", "--export", str(tmp_path / "day.zip"))
    again = run(tmp_path / "no.db", "plan", str(tmp_path / "day.zip"), "--out", str(out))

    assert (first.exit_code, again.exit_code) == (0, 0), first.output + again.output
    said = json.loads(first.stdout)
    assert said["meetings"] == json.loads(out.read_text())["meetings"]
    assert f"{len(said['meetings'])} meetings in " in again.output
    assert "% from the best" in again.output


def test_a_bad_file_names_each_fault_and_leaves_nothing(tmp_path: Path) -> None:
    said = json.loads(problem_to_json(make(EVENT, 1)))
    said["desks"][0]["blocks"] = [{"first": 0, "until": 5, "mode": "video"}, {"first": 3, "until": 8, "mode": "video"}]
    said["pairs"][0]["employer"] = "nobody"
    said["video_rooms"] = [-1] * 8
    file, out = tmp_path / "bad.json", tmp_path / "plan.json"
    file.write_text(json.dumps(said))

    answer = run(tmp_path / "no.db", "plan", str(file), "--out", str(out))

    assert answer.exit_code == 2
    for named in ("desks[0].blocks[1]", "pairs[0].employer", "video_rooms"):
        assert named in answer.output
    assert not out.exists()


def test_neither_a_file_nor_an_event_is_said_so(tmp_path: Path) -> None:
    run(tmp_path / "cli.db", "migrate")

    event = run(tmp_path / "cli.db", "plan", "IT-dagen")
    file = run(tmp_path / "cli.db", "plan", str(tmp_path / "gone.json"))

    assert (event.exit_code, "neither a file nor an event" in event.output) == (2, True)
    assert (file.exit_code, "there is no file" in file.output) == (2, True)


def test_an_interrupt_ends_the_planning_and_leaves_nothing(tmp_path: Path) -> None:
    problem, out = tmp_path / "day.json", tmp_path / "plan.json"
    problem.write_text(problem_to_json(make(Shape(seekers=3000, employers=60, rest_slots=1), 1)))
    command = [sys.executable, "-m", "server.cli", "plan", str(problem), "--out", str(out), "--export"]
    exported = tmp_path / "tables"
    with subprocess.Popen([*command, str(exported)], stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        while not (exported / "rules.csv").exists():
            assert process.poll() is None
            time.sleep(0.05)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)

    assert (process.returncode, b"Cancelled" in said) == (130, True)
    assert not out.exists()
