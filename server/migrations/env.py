"""Alembic environment: one connection of the application's own drivers, one transaction."""

from __future__ import annotations

import asyncio

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel

import server.tables  # noqa: F401 -- registers the tables
from server.kit.db import Database


def migrate(connection: Connection) -> None:
    """Run the revisions asked for on `connection`."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def run() -> None:
    """Open the database named by the configuration and migrate it."""
    database = Database(context.config.attributes["url"])
    try:
        async with database.engine.begin() as connection:
            await connection.run_sync(migrate)
    finally:
        await database.dispose()


asyncio.run(run())
