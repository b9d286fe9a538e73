"""Reading imports and what an event knows already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.employers.repository import list_known
from server.imports.rules import KnownEmployer
from server.imports.tables import ImportRow


async def find_import(
    session: AsyncSession, import_id: UUID, *, event_id: UUID, lock: bool = False
) -> ImportRow | None:
    """The import if it is one of the event's."""
    query = select(ImportRow).where(col(ImportRow.id) == import_id, col(ImportRow.recruitment_event_id) == event_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.exec(query)).one_or_none()


async def list_imports(session: AsyncSession, event_id: UUID) -> Sequence[ImportRow]:
    """Imports of an event, newest first."""
    query = select(ImportRow).where(col(ImportRow.recruitment_event_id) == event_id)
    return (await session.exec(query.order_by(col(ImportRow.created_at).desc(), col(ImportRow.id)))).all()


async def delete_previews(session: AsyncSession, *, before: datetime) -> int:
    """Forget sheets that nobody went on with; their number comes back."""
    result = await session.exec(
        delete(ImportRow).where(col(ImportRow.status) == "preview", col(ImportRow.created_at) < before)
    )
    return int(result.rowcount)


async def list_known_employers(session: AsyncSession, event_id: UUID) -> tuple[KnownEmployer, ...]:
    """Employers at the event, as wishes may name them."""
    known = await list_known(session, event_id=event_id)
    return tuple(KnownEmployer(str(one.id), one.name, one.number) for one in known)
