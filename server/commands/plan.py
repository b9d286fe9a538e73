"""`direktkontakt plan`: a plan of an event in the database, or of a problem in a file, with its certificate."""

from __future__ import annotations

import asyncio
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn
from uuid import UUID

import click
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.commands.settings import read_settings
from server.kit.clock import utc_now
from server.kit.db import Database
from server.plan_files.csv_form import read_tables, write_tables
from server.plan_files.json_form import plan_to_json, problem_from_json, problem_to_json
from server.planner.model import Plan, Problem
from server.planner.validation import Fault, ProblemInvalid
from server.recruitment_events.tables import RecruitmentEventRow

FAULTS_SHOWN = 50
B2B_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
CANCELLED = 130


@click.command("plan")
@click.argument("source", required=False)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="The same seed, the same plan.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole plan as JSON.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the plan to this JSON file.")
@click.option("--export", type=click.Path(path_type=Path), help="Write the problem: to .json, .zip or a folder of CSV.")
@click.option("--dry-run", is_flag=True, help="Read and check only.")
@click.option("--b2b", type=B2B_FILE, help="Solve this file of the B2B benchmark (.dzn) instead.")
@click.option("--seconds", type=click.FloatRange(0), default=60.0, show_default=True, help="Time for --b2b.")
def plan(
    source: str | None,
    seed: int,
    as_json: bool,
    out: Path | None,
    export: Path | None,
    dry_run: bool,
    b2b: Path | None,
    seconds: float,
) -> None:
    """Plan SOURCE: a problem's .json, .zip or folder of CSV tables; or an event, by its id or a part of its name.

    The database is only read: staff lay a plan on the event's page.
    """
    if (source is None) == (b2b is None):
        raise click.UsageError("name what to plan: a file, an event, or a file of the benchmark with --b2b")
    if b2b is not None:
        began = time.perf_counter()
        from server.commands.plan_b2b import solve_b2b  # OR-tools takes its time

        solve_b2b(b2b, seconds=seconds, seed=seed, as_json=as_json, began=began)
        return
    _plan(str(source), seed, as_json=as_json, out=out, export=export, dry_run=dry_run)


def _plan(source: str, seed: int, *, as_json: bool, out: Path | None, export: Path | None, dry_run: bool) -> None:
    try:
        problem = _read(source)
        if export is not None:
            _write(problem, export)
            click.echo(f"The problem is in {export}", err=True)
        if dry_run:
            click.echo(f"{len(problem.seekers)} seekers, {len(problem.desks)} desks, {len(problem.slots)} slots: fine")
            return
        made = _make(problem, seed)
    except ProblemInvalid as refusal:
        _refuse(source, refusal.faults)
    if out is not None:
        out.write_text(plan_to_json(made), encoding="utf-8")
    click.echo(plan_to_json(made) if as_json else "\n".join(told(made)), nl=not as_json)


def told(made: Plan) -> list[str]:
    """A plan in lines: its certificate, and what it could not meet."""
    certificate = made.certificate
    lines = [
        f"{certificate.meetings} meetings in {certificate.seconds:.2f} s (seed {certificate.seed})",
        f"value {certificate.value / 100:.0f}, and no plan is worth more than {certificate.bound / 100:.0f}: "
        f"at most {certificate.gap_pct:.3f} % from the best",
        f"breaks between a seeker's meetings: {certificate.breaks} (before they were cut: {certificate.breaks_before})",
        "rules kept: " + ", ".join(certificate.rules_kept),
    ]
    for unmet in made.unmet[:FAULTS_SHOWN]:
        who = f"{unmet.seeker} and {unmet.employer}" if unmet.employer else f"the minimum of {unmet.seeker}"
        lines.append(f"not met: {who}: {unmet.reason}")
    if len(made.unmet) > FAULTS_SHOWN:
        lines.append(f"… and {len(made.unmet) - FAULTS_SHOWN} more that are not met")
    return lines


def _read(source: str) -> Problem:
    path = Path(source)
    if not path.exists():
        if path.suffix in (".json", ".zip"):
            raise click.UsageError(f"there is no file {source}")
        return asyncio.run(_read_event(source))
    if path.is_dir() or path.suffix.lower() == ".zip":
        return read_tables(path)
    try:
        return problem_from_json(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise ProblemInvalid((Fault("", "is not text in UTF-8"),)) from None


async def _read_event(said: str) -> Problem:
    from server.planning_runs.adapter import problem_of
    from server.planning_runs.material import PlanOptions
    from server.planning_runs.repository import load_material

    database = Database(read_settings().database_url)
    try:
        async with database.read() as session:
            event = await _find(session, said)
            return problem_of(await load_material(session, event, now=utc_now()), PlanOptions())
    finally:
        await database.dispose()


async def _find(session: AsyncSession, said: str) -> RecruitmentEventRow:
    events = (await session.exec(select(RecruitmentEventRow))).all()
    try:
        found = [event for event in events if event.id == UUID(said)]
    except ValueError:
        found = [event for event in events if said.casefold() in event.name.casefold()]
    if len(found) == 1:
        return found[0]
    if not found:
        raise click.UsageError(f"{said!r} is neither a file nor an event: give a path, an id, or a part of its name")
    names = "".join(f"\n  {event.id}  {event.name}" for event in found)
    raise click.UsageError(f"{said!r} is the name of several events; give the id of one:{names}")


def _write(problem: Problem, target: Path) -> None:
    if target.suffix.lower() == ".json":
        target.write_text(problem_to_json(problem), encoding="utf-8")
    else:
        write_tables(problem, target)


def _make(problem: Problem, seed: int) -> Plan:
    with _asked_to_stop() as is_asked:
        from server.planner.plan import PlanCancelled, make_plan  # OR-tools takes its time

        try:
            return make_plan(problem, seed, _shown if sys.stderr.isatty() else _silent, is_asked)
        except PlanCancelled:
            click.echo("\nCancelled; nothing is left behind.", err=True)
            raise SystemExit(CANCELLED) from None
        finally:
            if sys.stderr.isatty():
                click.echo("\r\033[K", nl=False, err=True)


def _shown(stage: str, share: float) -> None:
    click.echo(f"\r\033[K  … {stage} {share:.0%}", nl=False, err=True)


def _silent(stage: str, share: float) -> None:
    """Nobody watches a file being written."""


@contextmanager
def _asked_to_stop() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed, asked between the steps so that the planner ends by itself."""
    asked = False
    if threading.current_thread() is not threading.main_thread():
        yield lambda: asked
        return

    def ask(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked = True

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)


def _refuse(source: str, faults: tuple[Fault, ...]) -> NoReturn:
    click.echo(f"{source} cannot be planned:", err=True)
    for fault in faults[:FAULTS_SHOWN]:
        click.echo(f"  {fault.path}: {fault.message}" if fault.path else f"  {fault.message}", err=True)
    if len(faults) > FAULTS_SHOWN:
        click.echo(f"  … and {len(faults) - FAULTS_SHOWN} more", err=True)
    raise SystemExit(2)
