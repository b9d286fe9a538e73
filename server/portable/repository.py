"""Reading what is held about one person, named columns alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Table, select
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from server.kit.rows import list_rows
from server.portable.held import HELD

ROWS_MAX = 5_000


async def read_held(session: AsyncSession, person_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """The rows of each table that are this person's, field by field."""
    found = {}
    for name, held in HELD.items():
        table: Table = SQLModel.metadata.tables[name]
        query = select(*(table.c[column] for column in held.columns)).limit(ROWS_MAX)
        owner = table
        if held.through is not None:
            column, through = held.through
            owner = SQLModel.metadata.tables[through]
            query = query.join_from(table, owner, owner.c.id == table.c[column])
        if held.filled is not None:
            query = query.where(table.c[held.filled].is_not(None))
        query = query.where(owner.c[held.whose] == person_id)
        rows = await list_rows(session, query)
        found[name] = [dict(zip(held.columns, row, strict=True)) for row in rows]
    return found
