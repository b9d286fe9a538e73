"""`direktkontakt doctor`: what works and what does not, in words."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import click
from redis.asyncio import Redis
from sqlalchemy import text

from server.commands.settings import read_settings
from server.kit.db import Database
from server.settings import Settings

PATIENCE_S = 5
Check = Callable[[Settings], Awaitable[str]]


@click.command()
def doctor() -> None:
    """Look at settings, database, bus, web app and mail; exit 1 if something is broken."""
    settings = read_settings()
    broken = 0
    for name, check in CHECKS.items():
        try:
            said, mark = asyncio.run(asyncio.wait_for(check(settings), PATIENCE_S)), "ok  "
        except Exception as error:
            said, mark = f"{type(error).__name__}: {error}".splitlines()[0], "FAIL"
            broken += 1
        click.echo(f"{mark}  {name:10} {said}")
    if broken:
        raise SystemExit(1)


async def _database(settings: Settings) -> str:
    database = Database(settings.database_url)
    try:
        async with database.read() as session:
            connection = await session.connection()
            revision = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one()
    finally:
        await database.dispose()
    return f"{'SQLite' if settings.is_sqlite else 'PostgreSQL'} answers, at revision {revision}"


async def _bus(settings: Settings) -> str:
    if settings.redis_url is None:
        return "in this process (set DIREKTKONTAKT_REDIS_URL for more than one)"
    client = Redis.from_url(settings.redis_url)
    try:
        await client.ping()
    finally:
        await client.aclose()
    return "Redis or Valkey answers"


async def _web(settings: Settings) -> str:
    if not (Path(settings.web_root) / "index.html").is_file():
        raise FileNotFoundError(f"no web app in {settings.web_root}; run: make run")
    return f"built, in {settings.web_root}"


async def _mail(settings: Settings) -> str:
    if settings.smtp_url is None:
        return "kept in the development mailbox (set DIREKTKONTAKT_SMTP_URL to send it)"
    return "sent by SMTP"


CHECKS: dict[str, Check] = {"database": _database, "bus": _bus, "web app": _web, "mail": _mail}
