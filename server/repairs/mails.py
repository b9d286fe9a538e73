"""The mails of a repair: what is undone before they have gone out reaches nobody, neither it nor its undoing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.kit.outbox import OutboxRow
from server.planning.announcements import PLAN_MAIL

_rows = OutboxRow.__table__  # type: ignore[attr-defined]
_UNTRIED = (_rows.c.status == "waiting") & (_rows.c.attempts == 0) & (_rows.c.kind == PLAN_MAIL)


async def list_written(session: AsyncSession, *, now: datetime) -> set[UUID]:
    """The mails about a plan that were written at this instant and wait."""
    await session.flush()
    query = select(_rows.c.id).where(_UNTRIED, _rows.c.created_at == now)
    return set((await (await session.connection()).execute(query)).scalars())


async def take_back(session: AsyncSession, mails: Collection[UUID]) -> bool:
    """Whether none of these mails had gone out, so that they were taken back; otherwise all are left."""
    if not mails:
        return False
    connection = await session.connection()
    query = select(_rows.c.id).where(_UNTRIED, _rows.c.id.in_(mails)).with_for_update(skip_locked=True)
    if len((await connection.execute(query)).all()) < len(mails):
        return False
    await forget(session, mails)
    return True


async def forget(session: AsyncSession, mails: Collection[UUID]) -> None:
    """Do not send these mails."""
    await (await session.connection()).execute(delete(_rows).where(_rows.c.id.in_(mails)))
