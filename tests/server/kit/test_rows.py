from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Executable, bindparam, select
from sqlmodel import col
from sqlmodel import select as select_entities

from server.identity.tables import OrganisationRow
from server.kit.db import Database
from server.kit.rows import find_row, list_rows

AT = datetime(2026, 5, 12, 8, 0, tzinfo=UTC)
NAMES: Executable = (
    select(col(OrganisationRow.name).label("employer_name"), col(OrganisationRow.created_at))
    .where(col(OrganisationRow.kind) == "employer", col(OrganisationRow.name).in_(bindparam("names", expanding=True)))
    .order_by(col(OrganisationRow.name))
)


def employer(name: str) -> OrganisationRow:
    return OrganisationRow(kind="employer", name=name, created_at=AT)


async def test_one_statement_serves_many_values(database: Database) -> None:
    async with database.transaction() as session:
        session.add_all([employer("Nordkod"), employer("Annat")])
    async with database.read() as session:
        both = await list_rows(session, NAMES, names=["Nordkod", "Annat", "Tredje"])
        one = await find_row(session, NAMES, names=["Nordkod"])
        none = await find_row(session, NAMES, names=[])

    assert [(row.employer_name, row.created_at) for row in both] == [("Annat", AT), ("Nordkod", AT)]
    assert one is not None
    assert one.employer_name == "Nordkod"
    assert none is None


async def test_rows_show_what_their_transaction_has_added_changed_and_deleted(database: Database) -> None:
    async with database.transaction() as session:
        row = employer("Nordkod")
        session.add(row)
        added = await list_rows(session, NAMES, names=["Nordkod", "Annat"])
        row.name = "Annat"
        changed = await list_rows(session, NAMES, names=["Nordkod", "Annat"])
        await session.delete(row)
        deleted = await list_rows(session, NAMES, names=["Nordkod", "Annat"])

    assert [[row.employer_name for row in found] for found in (added, changed, deleted)] == [["Nordkod"], ["Annat"], []]


async def test_a_reader_sees_one_moment_in_rows_and_in_entities(database: Database) -> None:
    async with database.read() as reading:
        before = await list_rows(reading, NAMES, names=["Nordkod"])
        async with database.transaction() as writing:
            writing.add(employer("Nordkod"))
        entities = (await reading.exec(select_entities(OrganisationRow))).all()
        after = await list_rows(reading, NAMES, names=["Nordkod"])

    assert (before, entities, after) == ([], [], [])
