"""Reading what is only shown: statements built once, rows without entities.

To build a statement, and an entity of each row, costs more than to send it. So a repository builds a statement
that reads when it is imported, with a `bindparam` for each value that comes later, and every column that the
answer needs by its name; a request gives the values to one of these functions. What is to be changed is read
as entities, by the session itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

from sqlalchemy import Dialect, Executable, Result, Row, String, TypeDecorator, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel.ext.asyncio.session import AsyncSession

Found = Row[*tuple[Any, ...]]
"""A row with its columns as attributes, by the names that the statement gives them."""


class IdText(TypeDecorator[str]):
    """An id as the text that an answer shows: of thousands of rows, to make a UUID of each costs more than all else."""

    impl = String
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """PostgreSQL gives an id, SQLite its digits."""
        if value is None or not isinstance(value, str):
            return value if value is None else str(value)
        return f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"


def id_text(column: Any) -> Any:
    """The column of an id as text, under its own name."""
    return type_coerce(column, IdText()).label(column.key)


async def list_rows(session: AsyncSession, statement: Executable, /, **values: Any) -> Sequence[Found]:
    """The rows that `statement` finds for these values of its parameters."""
    return (await _execute(session, statement, values)).all()


async def stream_rows(
    session: AsyncSession, statement: Executable, /, *, at_once: int = 200, **values: Any
) -> AsyncIterator[Sequence[Found]]:
    """The rows in portions, between which others have their turn: for what may be thousands."""
    if session.new or session.dirty or session.deleted:
        await session.flush()
    bound = session.bind
    connection = bound if isinstance(bound, AsyncConnection) else await session.connection()
    result = await connection.stream(statement, values)
    async for portion in result.partitions(at_once):
        yield portion
        await asyncio.sleep(0)


async def find_row(session: AsyncSession, statement: Executable, /, **values: Any) -> Found | None:
    """The one row that `statement` finds for these values of its parameters, or None."""
    return (await _execute(session, statement, values)).one_or_none()


async def _execute(session: AsyncSession, statement: Executable, values: dict[str, Any]) -> Result[*tuple[Any, ...]]:
    if session.new or session.dirty or session.deleted:
        await session.flush()  # what this transaction has changed is seen, as by the session's own queries
    bound = session.bind
    connection = bound if isinstance(bound, AsyncConnection) else await session.connection()
    return await connection.execute(statement, values)
