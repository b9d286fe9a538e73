"""`direktkontakt demo`: the demo world from the command line."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import click

from server.commands.settings import read_settings
from server.demo import stagehand
from server.demo.rehearsal import SheetBlocked
from server.demo.world import ensure_world
from server.imports.rules import SheetRefused
from server.kit.clock import utc_now
from server.kit.db import Database

SAMPLES = Path("tests/data/event-spreadsheets")
SHEET = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def demo() -> None:
    """The demo world: invented people, an event that is always live."""


@demo.command("load")
def load() -> None:
    """Make the demo world in the database, unless it is there."""
    settings = read_settings()
    if settings.production:
        raise click.UsageError("There is no demo world in production.")

    async def run() -> bool:
        database = Database(settings.database_url)
        try:
            async with database.transaction() as session:
                return await ensure_world(session, now=utc_now())
        finally:
            await database.dispose()

    click.echo("The demo world is made." if asyncio.run(run()) else "The demo world is there already.")


@demo.command("run-event")
@click.argument("employers", type=SHEET, default=SAMPLES / "arbetsgivare.csv")
@click.argument("seekers", type=SHEET, default=SAMPLES / "arbetssokande.csv")
@click.option("--desks", default=4, show_default=True, type=click.IntRange(1, 16), help="Desks at a time.")
@click.option("--talk-s", default=3.0, show_default=True, help="Seconds of pictures in each talk.")
@click.option("--meetings-max", default=2, show_default=True, type=click.IntRange(1, 40), help="For each seeker.")
def run_event(employers: Path, seekers: Path, desks: int, talk_s: float, meetings_max: int) -> None:
    """Import the sheets EMPLOYERS and SEEKERS, lay and publish the event, have simulated people hold it, count.

    Prints one JSON object; exit 1 when a meeting that could be held was not, or lacks its feedback.
    """
    sheets = {file.name: file.read_bytes() for file in (employers, seekers)}
    try:
        account = stagehand.run_event(sheets, desks=desks, talk_s=talk_s, meetings_max=meetings_max)
    except (SheetRefused, SheetBlocked, RuntimeError) as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(json.dumps(account, ensure_ascii=False))
    if account["failed"] or account["meetings_held"] != account["meetings_planned"]:
        raise SystemExit(1)
