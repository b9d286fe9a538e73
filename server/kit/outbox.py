"""Outside effects (mail first of all) as rows of the change's own transaction, delivered by a relay.

A message is delivered at least once: it is marked in a transaction of its own after the receiver took it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import structlog
from sqlalchemy import JSON, Column, delete, select, update
from sqlmodel import Field, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from server.kit.db import Database

ATTEMPTS_MAX = 12
BATCH = 20
LEASE = timedelta(minutes=1)
KEPT_FOR = {"done": timedelta(days=7), "given_up": timedelta(days=30)}
POLL_S = 0.5
log = structlog.get_logger(__name__)


class OutboxRow(SQLModel, table=True):
    """One outside effect. `status`: waiting, done or given_up."""

    __tablename__ = "outbox"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    kind: str = Field(max_length=40)
    payload: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    status: str = Field(default="waiting", max_length=10, index=True)
    attempts: int = 0
    next_try_at: datetime = Field(index=True)
    last_error: str | None = Field(default=None, max_length=200)
    created_at: datetime


Deliver = Callable[[dict[str, Any]], Awaitable[None]]
_rows = OutboxRow.__table__  # type: ignore[attr-defined]


def enqueue(session: AsyncSession, kind: str, payload: dict[str, Any], *, now: datetime) -> UUID:
    """Add an effect to the transaction; it happens only if the transaction commits."""
    row = OutboxRow(kind=kind, payload=payload, next_try_at=now, created_at=now)
    session.add(row)
    return row.id


async def forget_old(session: AsyncSession, *, now: datetime) -> int:
    """Delete what was delivered a week ago or given up a month ago: mails hold names. Their number comes back."""
    connection = await session.connection()
    found = 0
    for status, kept_for in KEPT_FOR.items():
        old = (_rows.c.status == status) & (_rows.c.created_at < now - kept_for)
        found += int((await connection.execute(delete(_rows).where(old))).rowcount)
    return found


def retry_delay(attempts: int) -> timedelta:
    """Wait before the next try: ``2 ** attempts`` seconds, at most an hour."""
    return timedelta(seconds=min(2**attempts, 3600))


class Relay:
    """Delivers what waits in the outbox; several processes may run one each."""

    def __init__(self, database: Database, deliver: Mapping[str, Deliver], *, now: Callable[[], datetime]) -> None:
        self._database = database
        self._deliver = deliver
        self._now = now

    async def run(self) -> None:
        """Deliver until cancelled."""
        while True:
            try:
                delivered = await self.deliver_due()
            except Exception as error:
                log.warning("outbox_unavailable", kind=type(error).__name__)
                delivered = 0
            if delivered < BATCH:
                await asyncio.sleep(POLL_S)

    async def deliver_due(self) -> int:
        """Try each effect that is due, at most a batch; the number tried comes back."""
        taken = await self._take()
        for row_id, kind, payload, attempts in taken:
            error = await self._try(kind, payload)
            await self._mark(row_id, attempts=attempts, error=error)
        return len(taken)

    async def _take(self) -> list[tuple[UUID, str, dict[str, Any], int]]:
        """Lease the due rows, so that a second relay leaves them alone for a minute."""
        now = self._now()
        async with self._database.read() as session:
            due = _rows.c.status == "waiting", _rows.c.next_try_at <= now
            if (await (await session.connection()).execute(select(_rows.c.id).where(*due).limit(1))).first() is None:
                return []
        async with self._database.transaction() as session:
            connection = await session.connection()
            columns = select(_rows.c.id, _rows.c.kind, _rows.c.payload, _rows.c.attempts)
            query = columns.where(*due).order_by(_rows.c.next_try_at).limit(BATCH).with_for_update(skip_locked=True)
            taken = [(r.id, r.kind, r.payload, r.attempts) for r in await connection.execute(query)]
            ids = [row_id for row_id, *_ in taken]
            await connection.execute(update(_rows).where(_rows.c.id.in_(ids)).values(next_try_at=now + LEASE))
        return taken

    async def _try(self, kind: str, payload: dict[str, Any]) -> str | None:
        try:
            await self._deliver[kind](payload)
        except Exception as error:
            log.warning("outbox_delivery_failed", effect=kind, kind=type(error).__name__)
            return type(error).__name__
        return None

    async def _mark(self, row_id: UUID, *, attempts: int, error: str | None) -> None:
        values: dict[str, Any] = {"attempts": attempts + 1, "last_error": error}
        if error is None:
            values["status"] = "done"
        elif attempts + 1 >= ATTEMPTS_MAX:
            values["status"] = "given_up"
        else:
            values["next_try_at"] = self._now() + retry_delay(attempts + 1)
        async with self._database.transaction() as session:
            await (await session.connection()).execute(update(_rows).where(_rows.c.id == row_id).values(**values))
