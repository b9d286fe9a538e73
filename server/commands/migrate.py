"""`direktkontakt migrate`: bring the database to the newest revision."""

from __future__ import annotations

import click

from server import migrations
from server.commands.settings import read_settings


@click.command()
@click.option("--revision", default="head", help="Stop at this revision.")
def migrate(revision: str) -> None:
    """Bring the database up to date; safe to run again, and while the old version serves."""
    settings = read_settings()
    migrations.upgrade(settings.database_url, revision)
    click.echo(f"The database is at {revision}.")
