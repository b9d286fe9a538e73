"""Ids as the helper reads them: of the PostgreSQL driver's own kind, which is made, hashed and compared in C.

A question about a large event hashes ids a million times, and those of the standard library do it in Python.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from asyncpg.pgproto.pgproto import UUID as QuickUUID
from sqlalchemy import Dialect, Uuid

from server.kit.db import Database


class QuickUuid(Uuid[UUID]):
    """A column of ids; what is read from it equals what anybody else reads."""

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], UUID | None]:
        """Makes an id of what the driver gives."""
        return lambda value: value if value is None or isinstance(value, QuickUUID) else QuickUUID(str(value))


def read_quickly(database: Database) -> None:
    """Have a database, of which nothing has been read yet, give ids of this kind."""
    dialect = database.engine.sync_engine.dialect
    dialect.colspecs = {**dialect.colspecs, Uuid: QuickUuid}
