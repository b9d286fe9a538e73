"""Numbered event streams: what others must hear, written in the same transaction as the change.

`seq` comes from one atomic UPDATE, so its order is commit order. The bus carries only (stream, seq);
a client that sees a gap, or comes back, reads what it lacks from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, Column, delete, insert, select, update
from sqlmodel import Field, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from server.kit.db import BEFORE_COMMIT, NOTICES

PAGE_MAX = 500
KEPT_FOR = timedelta(days=30)
_PENDING = "stream_pending"


class StreamRow(SQLModel, table=True):
    """The head of a stream. `epoch` changes when its numbering starts anew (a restored backup)."""

    __tablename__ = "stream"

    name: str = Field(primary_key=True, max_length=80)
    epoch: UUID = Field(default_factory=uuid4)
    head: int = 0


class StreamEventRow(SQLModel, table=True):
    """One event of a stream."""

    __tablename__ = "stream_event"

    stream: str = Field(primary_key=True, max_length=80)
    seq: int = Field(primary_key=True)
    kind: str = Field(max_length=40)
    body: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    at: datetime = Field(index=True)


@dataclass(frozen=True, slots=True)
class StreamEvent:
    """An event as others hear it."""

    stream: str
    epoch: UUID
    seq: int
    kind: str
    body: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class _Pending:
    stream: str
    kind: str
    body: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """Events after a number. `snapshot_required`: the reader must read the whole state by HTTP first."""

    epoch: UUID
    head: int
    events: Sequence[StreamEvent]
    snapshot_required: bool


_streams = StreamRow.__table__  # type: ignore[attr-defined]
_events = StreamEventRow.__table__  # type: ignore[attr-defined]


async def append(session: AsyncSession, stream: str, kind: str, body: dict[str, Any], *, now: datetime) -> None:
    """Add an event to `stream`; it is numbered just before the transaction commits and heard by others after.

    Numbering waits for other writers of the same stream. Since every transaction does it last and in the
    order of stream names, two transactions never wait for each other in a circle.
    """
    pending: list[_Pending] = session.info.setdefault(_PENDING, [])
    if not pending:
        session.info.setdefault(BEFORE_COMMIT, []).append(_number_pending)
    pending.append(_Pending(stream, kind, body, now))


async def _number_pending(session: AsyncSession) -> None:
    connection = await session.connection()
    for said in sorted(session.info.pop(_PENDING, []), key=lambda said: said.stream):
        advance = update(_streams).where(_streams.c.name == said.stream).values(head=_streams.c.head + 1)
        seq = (await connection.execute(advance.returning(_streams.c.head))).scalar_one_or_none()
        if seq is None:
            seq = await _open(session, said.stream)
        row = {"stream": said.stream, "seq": seq, "kind": said.kind, "body": said.body, "at": said.at}
        await connection.execute(insert(_events).values(row))
        session.info.setdefault(NOTICES, {})[said.stream] = seq


async def _open(session: AsyncSession, stream: str) -> int:
    """Create the stream's head at 0 unless another transaction just did, then take number 1 or later."""
    connection = await session.connection()
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as insert_or_ignore
    else:
        from sqlalchemy.dialects.sqlite import insert as insert_or_ignore  # type: ignore[assignment]
    fresh = insert_or_ignore(_streams).values(name=stream, epoch=uuid4(), head=0)
    await connection.execute(fresh.on_conflict_do_nothing())
    advance = update(_streams).where(_streams.c.name == stream).values(head=_streams.c.head + 1)
    return int((await connection.execute(advance.returning(_streams.c.head))).scalar_one())


async def read(
    session: AsyncSession, stream: str, *, epoch: UUID | None, after: int | None, limit: int = PAGE_MAX
) -> Page:
    """The events of `stream` after number `after`, at most `limit`.

    A reader with no number, another epoch, a number from the future, more than `limit` behind, or behind what
    is kept is told to take a snapshot and gets no events.
    """
    connection = await session.connection()
    found = (
        await connection.execute(select(_streams.c.epoch, _streams.c.head).where(_streams.c.name == stream))
    ).first()
    if found is None:
        return Page(UUID(int=0), 0, (), snapshot_required=True)
    known_epoch, head = found
    if after is None or epoch != known_epoch or not 0 <= head - after <= limit:
        return Page(known_epoch, head, (), snapshot_required=True)
    rows = await connection.execute(
        select(_events.c.seq, _events.c.kind, _events.c.body, _events.c.at)
        .where(_events.c.stream == stream, _events.c.seq > after)
        .order_by(_events.c.seq)
        .limit(limit)
    )
    events = [StreamEvent(stream, known_epoch, seq, kind, body, at) for seq, kind, body, at in rows]
    if len(events) < head - after:
        return Page(known_epoch, head, (), snapshot_required=True)
    return Page(known_epoch, head, events, snapshot_required=False)


async def forget_old(session: AsyncSession, *, now: datetime) -> int:
    """Delete events older than a month, and none before their time; the numbering goes on. Their number comes back."""
    old = _events.c.at < now - KEPT_FOR
    return int((await (await session.connection()).execute(delete(_events).where(old))).rowcount)
