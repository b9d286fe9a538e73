"""Leases of presence as rows: they outlive a process, and any process can read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import col, select

from realtime.ports import Lease
from realtime.protocol import MediaState
from server.kit.db import Database
from server.meetings.tables import PresenceRow

EXPIRE_BATCH = 100


class PresenceRows:
    """`realtime.ports.PresenceStore` on the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, lease: Lease, *, now: datetime) -> str | None:
        """Store `lease`; the connection that it replaces comes back, if that one was still there."""
        async with self._database.transaction() as session:
            key = (lease.meeting_id, lease.person_id)
            row = await session.get(PresenceRow, key, with_for_update=True)
            replaced = None
            if row is None:
                row = PresenceRow(meeting_id=lease.meeting_id, person_id=lease.person_id, **_values(lease))
            else:
                if row.connection_id != lease.connection_id and row.expires_at > now:
                    replaced = row.connection_id
                for name, value in _values(lease).items():
                    setattr(row, name, value)
            session.add(row)
            return replaced

    async def renew(self, meeting_id: UUID, connection_id: str, *, expires_at: datetime) -> bool:
        """Move the end of this connection's lease; False if it holds none."""
        return await self._change(meeting_id, connection_id, expires_at=expires_at)

    async def announce(self, meeting_id: UUID, connection_id: str, media: MediaState) -> bool:
        """Store what this connection sends; False if it holds no lease."""
        return await self._change(meeting_id, connection_id, media=media.model_dump(mode="json"))

    async def release(self, meeting_id: UUID, connection_id: str) -> bool:
        """End this connection's lease; False if it held none."""
        async with self._database.transaction() as session:
            statement = delete(PresenceRow).where(*_is(meeting_id, connection_id))
            return (await session.exec(statement)).rowcount > 0

    async def list_present(self, meeting_id: UUID, *, now: datetime) -> Sequence[Lease]:
        """The leases in a meeting that have not run out, oldest first."""
        query = select(PresenceRow).where(col(PresenceRow.meeting_id) == meeting_id, col(PresenceRow.expires_at) > now)
        async with self._database.read() as session:
            return [_lease(row) for row in await session.exec(query.order_by(col(PresenceRow.expires_at)))]

    async def expire(self, *, now: datetime) -> Sequence[Lease]:
        """Remove the leases that have run out; each comes back to exactly one caller."""
        over = col(PresenceRow.expires_at) <= now
        async with self._database.read() as session:
            if (await session.exec(select(PresenceRow.meeting_id).where(over).limit(1))).first() is None:
                return []
        async with self._database.transaction() as session:
            query = select(PresenceRow).where(over).limit(EXPIRE_BATCH).with_for_update(skip_locked=True)
            rows = (await session.exec(query)).all()
            for row in rows:
                await session.delete(row)
            return [_lease(row) for row in rows]

    async def _change(self, meeting_id: UUID, connection_id: str, **values: object) -> bool:
        async with self._database.transaction() as session:
            statement = update(PresenceRow).where(*_is(meeting_id, connection_id)).values(**values)
            return (await session.exec(statement)).rowcount > 0


def _is(meeting_id: UUID, connection_id: str) -> tuple[ColumnElement[bool], ...]:
    return (col(PresenceRow.meeting_id) == meeting_id, col(PresenceRow.connection_id) == connection_id)


def _values(lease: Lease) -> dict[str, Any]:
    return {
        "connection_id": lease.connection_id,
        "role": lease.role,
        "media": lease.media.model_dump(mode="json"),
        "expires_at": lease.expires_at,
    }


def _lease(row: PresenceRow) -> Lease:
    return Lease(
        meeting_id=row.meeting_id,
        person_id=row.person_id,
        connection_id=row.connection_id,
        role=row.role,
        media=MediaState.model_validate(row.media),
        expires_at=row.expires_at,
    )
