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
        columns = [table.c[column] for column in held.columns]
        query = select(*columns).where(table.c[held.whose] == person_id).limit(ROWS_MAX)
        rows = await list_rows(session, query)
        found[name] = [dict(zip(held.columns, row, strict=True)) for row in rows]
    return found
