"""Writes that a client may retry: the key and the stored answer are in the write's own transaction.

An answer that shows what its owner can withdraw is not stored; a retry then reads it anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import delete, insert, select, update
from sqlmodel import Field, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from server.kit.problems import Conflict, Invalid

HEADER = "idempotency-key"
KEY_MAX_CHARACTERS = 64
BODY = "body_bytes"
KEPT_FOR = timedelta(days=2)


class IdempotencyRow(SQLModel, table=True):
    """One write under a client's key. `answer` is empty inside the transaction that writes it, or if it is not kept."""

    __tablename__ = "idempotency"

    key: str = Field(primary_key=True, max_length=64, description="SHA-256 of caller, operation and the client's key")
    fingerprint: str = Field(max_length=64)
    status: int = 0
    answer: str = ""
    created_at: datetime = Field(index=True)


class KeyUsedDifferently(Conflict):
    title = "The Idempotency-Key was used for another request"


Answer = Callable[[], Awaitable[Response]]


class _Caller(Protocol):
    @property
    def key(self) -> str: ...


_rows = IdempotencyRow.__table__  # type: ignore[attr-defined]


async def run_once(
    session: AsyncSession, request: Request, answer: Answer, *, caller: _Caller | None, again: Answer | None = None
) -> Response:
    """The response of `answer`; when the caller's key was used before the stored one, or that of `again`.

    Raises:
        KeyUsedDifferently: the same key came with another request.
        Invalid: the key is not 1 to 64 characters.
    """
    stored = await find_stored(session, request, caller=caller, again=again)
    if stored is not None:
        return stored
    key = _key(request, caller)
    if key is None:
        return await answer()
    connection = await session.connection()
    now: datetime = request.state["now"]()
    await connection.execute(
        insert(_rows).values(key=key, fingerprint=_fingerprint(request), status=0, answer="", created_at=now)
    )
    response = await answer()
    body = bytes(response.body).decode() if again is None else ""
    await connection.execute(update(_rows).where(_rows.c.key == key).values(status=response.status_code, answer=body))
    return response


async def find_stored(
    session: AsyncSession, request: Request, *, caller: _Caller | None, again: Answer | None = None
) -> Response | None:
    """The stored response of the caller's key, or that of `again`; None when it has no key or the key is new."""
    key = _key(request, caller)
    if key is None:
        return None
    columns = select(_rows.c.fingerprint, _rows.c.status, _rows.c.answer).where(_rows.c.key == key)
    row = (await (await session.connection()).execute(columns)).first()
    if row is None:
        return None
    if row.fingerprint != _fingerprint(request):
        raise KeyUsedDifferently("use a new key for a new request")
    if again is not None:
        return await again()
    return Response(row.answer, row.status, {"cache-control": "no-store"}, "application/json")


async def forget_old(session: AsyncSession, *, now: datetime) -> int:
    """Delete keys older than two days; their number comes back."""
    result = await (await session.connection()).execute(delete(_rows).where(_rows.c.created_at < now - KEPT_FOR))
    return int(result.rowcount)


def _key(request: Request, caller: _Caller | None) -> str | None:
    client_key = request.headers.get(HEADER)
    if client_key is None:
        return None
    if not 0 < len(client_key) <= KEY_MAX_CHARACTERS:
        raise Invalid(f"an Idempotency-Key has 1 to {KEY_MAX_CHARACTERS} characters")
    return _digest(caller.key if caller else "anonymous", request.method, request.url.path, client_key)


def _fingerprint(request: Request) -> str:
    return _digest(str(request.query_params), request.scope.get(BODY, b"").decode("latin-1"))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
