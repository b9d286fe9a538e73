"""The database: one engine a process, one transaction a request, event or job."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, nullcontext, suppress
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

READ_ONLY_SQLITE = {"read_only": True}
READ_ONLY_POSTGRESQL = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
NOTICES = "stream_notices"
BEFORE_COMMIT = "before_commit"
"""Key of `session.info`: functions awaited with the session just before its transaction commits."""
BUSY_TIMEOUT_MS = 5000
CLOSING_PATIENCE_S = 5

Notice = tuple[str, int]
"""A stream's name and the number of the newest event written to it."""
AfterCommit = Callable[[list[Notice]], Awaitable[None]]


class Database:
    """SQLite or PostgreSQL behind the same two doors: `transaction` to change, `read` to look.

    `after_commit` is awaited with the notices of the streams written to, once they are durable.
    It must not raise for a lost bus: what it says is a hint, the rows are the truth.
    """

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.engine: AsyncEngine = create_async_engine(url, hide_parameters=True, pool_size=pool_size, max_overflow=10)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self.after_commit: AfterCommit | None = None
        # SQLite lets whoever asks at the right moment write next; this process's writers stand in line instead
        self._line: AbstractAsyncContextManager[Any] = asyncio.Lock() if self.is_sqlite else nullcontext()
        self._in_use = 0
        self._unused = asyncio.Event()
        if self.is_sqlite:
            _make_sqlite_durable_and_serial(self.engine.sync_engine)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session that commits when the block ends and rolls back when it raises."""
        with self._using():
            async with self._line, AsyncSession(self.engine, expire_on_commit=False) as session:
                async with session.begin():
                    yield session
                    for finish in session.info.pop(BEFORE_COMMIT, []):
                        await finish(session)
                notices: dict[str, int] = session.info.get(NOTICES, {})
        if notices and self.after_commit is not None:
            await self.after_commit(list(notices.items()))

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session on one snapshot that never waits for the write lock; what it changes is rolled back."""
        options = READ_ONLY_SQLITE if self.is_sqlite else READ_ONLY_POSTGRESQL
        with self._using():
            async with self.engine.connect() as connection:
                await connection.execution_options(**options)
                yield AsyncSession(connection, expire_on_commit=False)  # closing the connection rolls back

    async def dispose(self, *, patience_s: float = CLOSING_PATIENCE_S) -> None:
        """Close every connection, once those who are in the middle of something have ended it.

        A browser that leaves while the server stops is still being written down then.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                while self._in_use:
                    self._unused.clear()
                    await self._unused.wait()
        await self.engine.dispose()

    @contextmanager
    def _using(self) -> Iterator[None]:
        self._in_use += 1
        try:
            yield
        finally:
            self._in_use -= 1
            self._unused.set()


def _make_sqlite_durable_and_serial(engine: Any) -> None:
    @event.listens_for(engine, "connect")
    def configure(connection: Any, _: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        cursor = connection.cursor()
        # FULL: in WAL, NORMAL loses acknowledged commits when the power goes.
        pragmas = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_MS}")
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # Left alone, the driver begins at the first write, so two transactions can read the
        # same free seat and both book it. IMMEDIATE makes check-then-write atomic.
        read_only = connection.get_execution_options().get("read_only", False)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
