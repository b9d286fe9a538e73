"""`direktkontakt user`: make people, first of all the first one."""

from __future__ import annotations

import asyncio

import click

from server.commands.settings import read_settings
from server.identity.people import create_person
from server.identity.roles import Role
from server.kit.clock import utc_now
from server.kit.db import Database


@click.group()
def user() -> None:
    """People and their roles."""


@user.command("add")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--organisation", help="Employer or agency; needed for recruiters and staff.")
@click.option("--locale", default="sv", type=click.Choice(["sv", "en"]))
def add(email: str, name: str, role: str, organisation: str | None, locale: str) -> None:
    """Give a role to whoever has EMAIL, who then signs in by mail."""

    async def run() -> None:
        database = Database(read_settings().database_url)
        try:
            async with database.transaction() as session:
                await create_person(
                    session,
                    name=name,
                    email=email,
                    role=Role(role),
                    now=utc_now(),
                    organisation_name=organisation,
                    locale=locale,
                )
        finally:
            await database.dispose()

    try:
        asyncio.run(run())
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    click.echo(f"{name} <{email}> is now {role}. They sign in by mail.")
