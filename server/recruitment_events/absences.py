"""Somebody who has said that they come later: one absence a person and event, which the next word of it replaces.

It counts like every other absence wherever times are offered. It has an id that follows from whose it is, so that
it is told from what people have said themselves before the event.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import delete, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from server.recruitment_events.tables import AbsenceRow

Span = tuple[datetime, datetime]
INSTANT = timedelta(microseconds=1)
_absences = AbsenceRow.__table__  # type: ignore[attr-defined]


def late_absence_id(event_id: UUID, person_id: UUID) -> UUID:
    """The id of the absence of somebody who comes late to an event."""
    return uuid5(event_id, f"late {person_id}")


async def find_late(session: AsyncSession, event_id: UUID, people: Iterable[UUID]) -> dict[UUID, Span]:
    """Since when and until when these people are late, those who are; it may be over."""
    ids = {late_absence_id(event_id, person_id): person_id for person_id in people}
    query = select(_absences.c.id, _absences.c.starts_at, _absences.c.ends_at).where(col(AbsenceRow.id).in_(ids))
    rows = await _execute(session, query)
    return {ids[row.id]: (row.starts_at, row.ends_at) for row in rows}


async def set_late(session: AsyncSession, event_id: UUID, person_id: UUID, span: Span) -> None:
    """Note that somebody cannot meet in that time; what was noted of their being late before is forgotten."""
    await end_late(session, event_id, person_id)
    starts_at, ends_at = span
    said = select(_absences.c.starts_at).where(
        col(AbsenceRow.recruitment_event_id) == event_id, col(AbsenceRow.person_id) == person_id
    )
    taken = {row.starts_at for row in await _execute(session, said)}
    while starts_at in taken:  # two absences of a person never begin at one instant
        starts_at -= INSTANT
    session.add(
        AbsenceRow(
            id=late_absence_id(event_id, person_id),
            recruitment_event_id=event_id,
            person_id=person_id,
            starts_at=starts_at,
            ends_at=ends_at,
        )
    )
    await session.flush()


async def end_late(session: AsyncSession, event_id: UUID, person_id: UUID) -> None:
    """Whoever was late has come, or is not late after all."""
    await _execute(session, delete(_absences).where(_absences.c.id == late_absence_id(event_id, person_id)))


async def _execute(session: AsyncSession, statement: Any) -> Any:
    await session.flush()
    return await (await session.connection()).execute(statement)
