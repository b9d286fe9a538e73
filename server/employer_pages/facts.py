"""What employers say of their growth, diversity and culture: the words, when they were true, and who said them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import bindparam, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from server.employers.tables import FACTS, EmployerFactRow
from server.identity.tables import PersonRow
from server.kit.clock import day_of
from server.kit.rows import Found, list_rows

FRESH_DAYS = 30
Kind = Literal["growth", "diversity", "culture"]
_FACTS: Any = (
    select(
        col(EmployerFactRow.kind),
        col(EmployerFactRow.text),
        col(EmployerFactRow.as_of),
        col(PersonRow.name).label("said_by"),
    )
    .join(PersonRow, col(PersonRow.id) == col(EmployerFactRow.said_by))
    .where(col(EmployerFactRow.organisation_id) == bindparam("organisation_id"))
)


class IsToCome(Exception):
    """Nothing can be true of a day to come."""


class EmployerFact(BaseModel):
    """One of an employer's words about itself; `is_fresh` for thirty days from when it was true."""

    kind: Kind
    text: str
    as_of: date
    said_by: str
    is_fresh: bool


async def list_facts(session: AsyncSession, organisation_id: UUID, *, today: date) -> list[EmployerFact]:
    """What an employer says of itself: growth, diversity, culture, those that it has said."""
    rows: Sequence[Found] = await list_rows(session, _FACTS, organisation_id=organisation_id)
    return [
        EmployerFact(
            kind=row.kind,
            text=row.text,
            as_of=row.as_of,
            said_by=row.said_by,
            is_fresh=(today - row.as_of).days <= FRESH_DAYS,
        )
        for row in sorted(rows, key=lambda row: FACTS.index(row.kind))
    ]


async def write_fact(
    session: AsyncSession,
    organisation_id: UUID,
    kind: Kind,
    *,
    text: str,
    as_of: date,
    person_id: UUID,
    now: datetime,
) -> None:
    """Keep what is said in place of what was; no words take it away.

    Raises:
        IsToCome: it is said of a day to come.
    """
    if as_of > day_of(now):
        raise IsToCome("it cannot be true of a day to come")
    row = await session.get(EmployerFactRow, (organisation_id, kind))
    if not text:
        if row is not None:
            await session.delete(row)
        await session.flush()
        return
    row = row or EmployerFactRow(
        organisation_id=organisation_id, kind=kind, text=text, as_of=as_of, said_by=person_id, said_at=now
    )
    row.text, row.as_of, row.said_by, row.said_at = text, as_of, person_id, now
    session.add(row)
    await session.flush()
