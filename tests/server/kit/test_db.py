from __future__ import annotations

import asyncio
from contextlib import nullcontext
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import select

from server.identity.tables import OrganisationRow, RoleRow
from server.kit.db import Database

AT = datetime(2026, 5, 12, 8, 0, tzinfo=UTC)


def organisation(name: str = "Nordkod", kind: str = "employer") -> OrganisationRow:
    return OrganisationRow(kind=kind, name=name, created_at=AT)


async def names(database: Database) -> list[str]:
    async with database.read() as session:
        return list((await session.exec(select(OrganisationRow.name))).all())


async def test_a_transaction_is_kept_when_its_block_ends(database: Database) -> None:
    async with database.transaction() as session:
        session.add(organisation())
    assert await names(database) == ["Nordkod"]


async def test_a_transaction_is_undone_when_its_block_raises(database: Database) -> None:
    with pytest.raises(RuntimeError):
        async with database.transaction() as session:
            session.add(organisation())
            await session.flush()
            raise RuntimeError
    assert await names(database) == []


async def test_a_reader_changes_nothing(database: Database) -> None:
    # PostgreSQL refuses the write, SQLite undoes it.
    with nullcontext() if database.is_sqlite else pytest.raises(DBAPIError):
        async with database.read() as session:
            session.add(organisation())
            await session.flush()
    assert await names(database) == []


async def test_a_reader_does_not_wait_for_a_writer_and_sees_one_moment(database: Database) -> None:
    async with database.transaction() as writing:
        writing.add(organisation())
        await writing.flush()
        async with asyncio.timeout(2):
            async with database.read() as reading:
                assert (await reading.exec(select(OrganisationRow.name))).all() == []
    async with database.read() as reading:
        before = (await reading.exec(select(OrganisationRow.name))).all()
        async with database.transaction() as writing:
            writing.add(organisation("Annat"))
        assert (await reading.exec(select(OrganisationRow.name))).all() == before


async def test_two_who_check_then_write_do_not_both_find_it_free(database: Database) -> None:
    async def claim() -> bool:
        async with database.transaction() as session:
            connection = await session.connection()
            if not database.is_sqlite:
                await connection.execute(text("LOCK TABLE organisation IN EXCLUSIVE MODE"))
            free = not (await session.exec(select(OrganisationRow.id))).all()
            if free:
                session.add(organisation())
            return free

    assert sorted(await asyncio.gather(*(claim() for _ in range(6)))) == [False] * 5 + [True]


@pytest.mark.parametrize("door", ["read", "transaction"])
async def test_closing_lets_whoever_is_in_the_middle_of_something_end_it(database: Database, door: str) -> None:
    inside, go_on = asyncio.Event(), asyncio.Event()

    async def look() -> list[str]:
        async with getattr(database, door)() as session:
            inside.set()
            await go_on.wait()
            return list((await session.exec(select(OrganisationRow.name))).all())

    looking = asyncio.create_task(look())
    await inside.wait()
    closing = asyncio.create_task(database.dispose())
    await asyncio.sleep(0.05)
    assert not closing.done()
    go_on.set()
    await closing
    assert await looking == []


async def test_closing_does_not_wait_for_ever(database: Database) -> None:
    async with database.read() as session:
        await database.dispose(patience_s=0.01)
        await (await session.connection()).invalidate()  # what was given back now would belong to nobody


async def test_times_come_back_in_utc(database: Database) -> None:
    async with database.transaction() as session:
        session.add(organisation())
    async with database.read() as session:
        (created_at,) = (await session.exec(select(OrganisationRow.created_at))).all()
    assert (created_at, created_at.tzinfo) == (AT, UTC)


@pytest.mark.parametrize("row", [organisation(kind="cult"), RoleRow(person_id=organisation().id, role="seeker")])
async def test_checks_and_references_are_enforced(database: Database, row: OrganisationRow | RoleRow) -> None:
    with pytest.raises(IntegrityError) as refusal:
        async with database.transaction() as session:
            session.add(type(row)(**row.model_dump()))
    assert "Nordkod" not in str(refusal.value), "parameters stay out of errors, and so out of logs"


async def test_sqlite_survives_a_power_cut(fresh_sqlite: str) -> None:
    database = Database(fresh_sqlite)
    async with database.read() as session:
        connection = await session.connection()
        values = [(await connection.execute(text(f"PRAGMA {name}"))).scalar_one() for name in PRAGMAS]
    await database.dispose()
    assert dict(zip(PRAGMAS, values, strict=True)) == PRAGMAS


PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
