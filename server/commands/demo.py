"""`direktkontakt demo`: the demo world from the command line."""

from __future__ import annotations

import asyncio

import click

from server.commands.settings import read_settings
from server.demo.world import ensure_world
from server.kit.clock import utc_now
from server.kit.db import Database


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
