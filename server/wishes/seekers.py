"""The seekers of an event as employers may look through them: by name, or by what they say that they can.

Nobody is ranked: a page is in the order of names. Whoever meets under protection is not looked up at all.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, exists, false, func, or_, select, true
from sqlmodel import col
from sqlmodel import select as select_rows
from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.vocabulary import vocabulary, written
from server.identity.tables import PersonRow
from server.kit.rows import Found, list_rows
from server.profiles.tables import CompetenceRow
from server.recruitment_events.tables import EnrolmentRow

PAGE = 50
WORDS_MAX = 5

_SOME = select(col(PersonRow.id), col(PersonRow.name)).where(
    col(PersonRow.id).in_(bindparam("person_ids", expanding=True))
)


@dataclass(frozen=True, slots=True)
class SeekerPage:
    """A page of a search; `total` is how many were found on all pages."""

    total: int
    found: Sequence[Found]


async def search(session: AsyncSession, event_id: UUID, *, text: str, page: int) -> SeekerPage:
    """The seekers of whom each word of `text` is part of the name or of a competence; `page` begins with 1.

    Whoever has the competence that `text` is finds a place too, however they write it.
    """
    where = [
        col(EnrolmentRow.recruitment_event_id) == event_id,
        col(EnrolmentRow.relay_only).is_(False),
        or_(and_(true(), *(_says(word) for word in text.split()[:WORDS_MAX])), _knows(text)),
    ]
    people = select(col(PersonRow.id), col(PersonRow.name)).join(
        EnrolmentRow, col(EnrolmentRow.seeker_id) == col(PersonRow.id)
    )
    connection = await session.connection()
    total = (await connection.execute(select(func.count()).select_from(people.where(*where).subquery()))).scalar_one()
    shown = people.where(*where).order_by(col(PersonRow.name), col(PersonRow.id)).limit(PAGE).offset((page - 1) * PAGE)
    return SeekerPage(int(total), (await connection.execute(shown)).all())


async def list_some(session: AsyncSession, person_ids: Collection[UUID]) -> dict[UUID, Found]:
    """People by id."""
    if not person_ids:
        return {}
    return {row.id: row for row in await list_rows(session, _SOME, person_ids=list(person_ids))}


async def list_wishable_ids(session: AsyncSession, event_id: UUID, person_ids: Collection[UUID]) -> set[UUID]:
    """Those of `person_ids` that an employer may wish for at the event."""
    query = select_rows(EnrolmentRow.seeker_id).where(
        col(EnrolmentRow.recruitment_event_id) == event_id,
        col(EnrolmentRow.relay_only).is_(False),
        col(EnrolmentRow.seeker_id).in_(list(person_ids)),
    )
    return set((await session.exec(query)).all()) if person_ids else set()


def _says(word: str) -> ColumnElement[bool]:
    """SQLite knows capitals of A to Z alone, so the usual ways to write a word are tried."""
    kept = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    patterns = [f"%{way}%" for way in dict.fromkeys((kept, kept.lower(), kept.upper(), kept.capitalize()))]

    def has(column: Any) -> ColumnElement[bool]:
        return or_(*(column.ilike(pattern, escape="\\") for pattern in patterns))

    can = exists().where(col(CompetenceRow.person_id) == col(PersonRow.id), has(col(CompetenceRow.label)))
    return or_(has(col(PersonRow.name)), can)


def _knows(text: str) -> ColumnElement[bool]:
    """Somebody who says in any of its ways that they have the competence that `text` is."""
    competence = vocabulary().find(text)
    if competence is None:
        return false()
    ways = {way for one in written(competence) for way in (one, one.lower(), one.upper(), one.capitalize())}
    return exists().where(
        col(CompetenceRow.person_id) == col(PersonRow.id),
        or_(col(CompetenceRow.label).in_(ways), func.lower(col(CompetenceRow.label)).in_(ways)),
    )
