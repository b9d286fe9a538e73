"""Numbered event streams: what others must hear, written in the same transaction as the change.

`seq` is taken while the stream's head is locked, so its order is commit order. The bus carries only (stream, seq);
a client that sees a gap, or comes back, reads what it lacks from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, Column, LargeBinary, bindparam, cast, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from server.kit.db import BEFORE_COMMIT, NOTICES

PAGE_MAX = 500
AT_ONCE = 500
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
_SOME = _streams.c.name.in_(bindparam("names", expanding=True))
_NAMES = select(_streams.c.name).where(_SOME)
# By bytes, as Python sorts them: the database's own order of names depends on how it was made.
_BY_NAME = cast(_streams.c.name, LargeBinary)
_LOCKED = select(_streams.c.name, _streams.c.head).where(_SOME).order_by(_BY_NAME).with_for_update()
_MOVED_ON = update(_streams).where(_streams.c.name == bindparam("stream")).values(head=bindparam("to"))


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
    """Number and write what was said, with the same few statements for one event as for hundreds.

    Heads are made first, then locked in the order of names, and only then moved on.
    """
    said: dict[str, list[_Pending]] = {}
    for one in session.info.pop(_PENDING, []):
        said.setdefault(one.stream, []).append(one)
    connection, names = await session.connection(), sorted(said)
    for start in range(0, len(names), AT_ONCE):
        await _open(connection, names[start : start + AT_ONCE])
    for start in range(0, len(names), AT_ONCE):
        locked = (await connection.execute(_LOCKED, {"names": names[start : start + AT_ONCE]})).all()
        moved = [{"stream": name, "to": head + len(said[name])} for name, head in locked]
        await connection.execute(_MOVED_ON, moved)
        session.info.setdefault(NOTICES, {}).update((one["stream"], one["to"]) for one in moved)
        rows = [
            {"stream": name, "seq": seq, "kind": one.kind, "body": one.body, "at": one.at}
            for name, head in locked
            for seq, one in enumerate(said[name], head + 1)
        ]
        for first in range(0, len(rows), AT_ONCE):
            await connection.execute(insert(_events), rows[first : first + AT_ONCE])


async def _open(connection: AsyncConnection, names: Sequence[str]) -> None:
    """Create the heads that are missing, unless another transaction just did."""
    there = set((await connection.execute(_NAMES, {"names": names})).scalars())
    missing = [{"name": name, "epoch": uuid4(), "head": 0} for name in names if name not in there]
    if not missing:
        return
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as insert_or_ignore
    else:
        from sqlalchemy.dialects.sqlite import insert as insert_or_ignore  # type: ignore[assignment]
    await connection.execute(insert_or_ignore(_streams).on_conflict_do_nothing(), missing)


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
