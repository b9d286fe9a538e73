"""Reading and replacing places; feedback comes in through the door it is read by."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from feedback import visibility
from feedback.visibility import Viewer
from server.kit.rows import Found, list_rows
from server.places.tables import CalibrationRow, PlaceFitRow, PlaceRow
from server.reading import repository as reading
from server.reading.answers import shown_to
from server.reading.tables import PlaceDueRow

Item = tuple[str, str]
_COLUMNS: tuple[Any, ...] = tuple(
    col(getattr(PlaceRow, name))
    for name in ("pack", "item", "meetings", "low", "high", "first_low", "first_high", "direction", "model_version")
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
    """That night's fit, locked until commit; None where nobody has begun it."""
    return (await session.exec(select(PlaceFitRow).where(col(PlaceFitRow.night) == night).with_for_update())).first()


async def list_opened_ratings(
    session: AsyncSession, person_id: UUID, *, now: datetime
) -> dict[Item, list[tuple[str, str, int]]]:
    """By item what the seeker has read of it, oldest meeting first: the employer, the meeting, the value."""
    viewer = Viewer(visibility.Role.SEEKER, person_id)
    found: dict[Item, list[tuple[str, str, int]]] = {}
    for one in sorted(
        await reading.list_released_to(session, person_id, scope_event_id=None),
        key=lambda one: (one.held_at, one.row.id),
    ):
        _, answers = shown_to(one, viewer, now=now)
        for rating in answers.ratings:
            if rating.value is not None:
                given = (str(one.row.organisation_id), str(one.row.id), rating.value)
                found.setdefault((one.row.pack, rating.item), []).append(given)
    return found
