"""Reading and replacing places; feedback comes in through the door it is read by."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.kit.rows import Found, list_rows
from server.places.rules import Item
from server.places.tables import CalibrationRow, PlaceFitRow, PlaceRow
from server.reading.own import read_own
from server.reading.tables import PlaceDueRow

_COLUMNS: tuple[Any, ...] = tuple(
    col(getattr(PlaceRow, name))
    for name in ("pack", "item", "meetings", "low", "high", "first_low", "first_high", "direction")
)
_PLACES = select(*_COLUMNS).where(col(PlaceRow.person_id) == bindparam("person_id"))
_FITTED = select(
    col(CalibrationRow.pack), col(CalibrationRow.item), col(CalibrationRow.at), col(CalibrationRow.model_version)
).where(col(CalibrationRow.known).is_not(None))
_DUE = select(col(PlaceDueRow.id), col(PlaceDueRow.person_id)).order_by(col(PlaceDueRow.at)).limit(bindparam("limit"))


async def list_places(session: AsyncSession, person_id: UUID) -> dict[Item, Found]:
    """A seeker's bands by pack and item."""
    rows = await list_rows(session, _PLACES, person_id=person_id)
    return {(row.pack, row.item): row for row in rows}


async def list_fitted(session: AsyncSession) -> dict[Item, Found]:
    """The items that somebody can be placed on, with when they were fitted."""
    return {(row.pack, row.item): row for row in await list_rows(session, _FITTED)}


async def list_calibrations(session: AsyncSession) -> Sequence[CalibrationRow]:
    """What the last fit keeps."""
    return (await session.exec(select(CalibrationRow))).all()


async def list_due(session: AsyncSession, *, limit: int) -> Sequence[Found]:
    """Who is to be placed anew, the one who has waited longest first; somebody may be there more than once."""
    return await list_rows(session, _DUE, limit=limit)


async def forget_due(session: AsyncSession, ids: Collection[UUID]) -> None:
    """These have been seen to."""
    await session.exec(delete(PlaceDueRow).where(col(PlaceDueRow.id).in_(ids)))


async def replace_places(session: AsyncSession, people: Collection[UUID], rows: Sequence[PlaceRow]) -> None:
    """Store these bands in place of all that `people` had."""
    await session.exec(delete(PlaceRow).where(col(PlaceRow.person_id).in_(people)))
    session.add_all(rows)


async def find_fit(session: AsyncSession, night: str) -> PlaceFitRow | None:
    """That night's fit; None where nobody has begun it."""
    return await session.get(PlaceFitRow, night)


async def lock_fit(session: AsyncSession, night: str) -> PlaceFitRow | None:
    """The same, locked until commit."""
    return await session.get(PlaceFitRow, night, with_for_update=True)


async def list_opened_ratings(
    session: AsyncSession, person_id: UUID, *, now: datetime
) -> dict[Item, list[tuple[str, str, int]]]:
    """By item what the seeker has read of it, oldest meeting first: the employer, the meeting, the value."""
    own = await read_own(session, person_id, scope_event_id=None, now=now)
    found: dict[Item, list[tuple[str, str, int]]] = {}
    for one in sorted(own.opened, key=lambda one: (one.found.held_at, one.found.row.id)):
        row = one.found.row
        for rating in one.answers.ratings:
            if rating.value is not None:
                given = (str(row.organisation_id), str(row.id), rating.value)
                found.setdefault((row.pack, rating.item), []).append(given)
    return found
