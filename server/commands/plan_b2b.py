"""`direktkontakt plan --b2b`: an instance of the public benchmark, solved."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import click

from server.planner.b2b.dzn import DznInvalid
from server.planner.b2b.model import Answer
from server.planner.b2b.reading import read_instance
from server.planner.b2b.solver import solve


def solve_b2b(file: Path, *, seconds: float, seed: int, as_json: bool, began: float) -> None:
    """Solve a file of the benchmark, and print the answer; exit code 2 for a file that cannot be read."""
    try:
        instance = read_instance(file.read_text(encoding="utf-8-sig"))
    except (DznInvalid, UnicodeDecodeError) as problem:
        click.echo(f"{file}: {problem}", err=True)
        sys.exit(2)
    for note in instance.notes:
        click.echo(f"{file}: {note}", err=True)

    def progress(breaks: int | None, bound: int) -> None:
        said = "no plan yet" if breaks is None else f"{breaks} breaks"
        click.echo(f"{time.perf_counter() - began:6.1f} s  {said}, at least {bound}", err=True)

    answer = solve(instance, seconds=seconds, seed=seed, began=began, progress=progress)
    click.echo(json.dumps(b2b_json(answer)) if as_json else "\n".join(b2b_words(answer)))


def b2b_json(answer: Answer) -> dict[str, object]:
    """The answer as the benchmark is asked to be answered."""
    return {
        "status": answer.status.value,
        "breaks": answer.breaks,
        "bound": answer.bound,
        "seconds": round(answer.seconds, 3),
        "meetings": [[meeting.first, meeting.second, meeting.slot, meeting.table] for meeting in answer.meetings],
    }


def b2b_words(answer: Answer) -> list[str]:
    """The answer for a person: what is known, then the meetings slot by slot."""
    lines = [f"{answer.status.value}: breaks {answer.breaks}, at least {answer.bound}, {answer.seconds:.1f} s"]
    for slot in sorted({meeting.slot for meeting in answer.meetings}):
        held = [f"{one.first}–{one.second}" for one in answer.meetings if one.slot == slot]
        lines.append(f"slot {slot}: {', '.join(held)}")
    return lines
