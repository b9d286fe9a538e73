"""One row in every table of a database, made from what the database says of itself."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import JSON, Column, Connection, MetaData, Table, func, insert, inspect, select
from sqlalchemy import types as sa

VERSION = "alembic_version"
START = datetime(2026, 5, 12, 8, 0, tzinfo=UTC)
_ALLOWED = re.compile(r"(\w+)\)?(?:::text)?\s*(?:IN \(|= ANY \(+ARRAY\[)'([^']*)'", re.IGNORECASE)


def tables_of(connection: Connection) -> dict[str, Table]:
    """The tables that there are, by name, those before that others refer to."""
    metadata = MetaData()
    metadata.reflect(connection)
    return {table.name: table for table in metadata.sorted_tables if table.name != VERSION}


def fill(connection: Connection, known: set[str]) -> set[str]:
    """Put one row into each table that is not `known`; the names of all tables come back."""
    tables = tables_of(connection)
    for name, table in tables.items():
        if name not in known:
            connection.execute(insert(table).values(_row(connection, table)))
    return set(tables)


def rows_of(connection: Connection) -> dict[str, dict[str, Any]]:
    """The one row of each table."""
    return {
        name: dict(connection.execute(select(table)).mappings().one()) for name, table in tables_of(connection).items()
    }


def counts_of(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    tables = tables_of(connection)
    return {
        name: connection.execute(select(func.count()).select_from(table)).scalar_one() for name, table in tables.items()
    }


def _row(connection: Connection, table: Table) -> dict[str, Any]:
    allowed: dict[str, str] = {}
    for check in inspect(connection).get_check_constraints(table.name):
        for column, value in _ALLOWED.findall(check["sqltext"]):
            allowed.setdefault(column, value)
    return {
        column.name: _value(connection, table, column, place, allowed)
        for place, column in enumerate(table.columns)
        if not column.nullable or column.foreign_keys
    }


def _value(connection: Connection, table: Table, column: Column[Any], place: int, allowed: dict[str, str]) -> Any:
    for key in column.foreign_keys:
        return connection.execute(select(key.column)).scalars().first()
    if column.name in allowed:
        return allowed[column.name]
    match column.type:
        case sa.Uuid():
            return uuid5(NAMESPACE_URL, f"{table.name}.{column.name}")
        case JSON():
            return []
        case sa.Boolean():
            return True
        case sa.Integer() | sa.Numeric() | sa.Float():
            return 1
        case sa.Date():
            return START.date()
        case sa.DateTime():
            # later columns are later, as ends come after starts
            return START + timedelta(hours=place)
        case sa.String() as text:
            return uuid5(NAMESPACE_URL, f"{table.name}.{column.name}").hex[: text.length or 32]
        case other:
            raise TypeError(f"{table.name}.{column.name} is a {other!r}")
