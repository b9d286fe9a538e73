"""Reading and writing many seekers of an event at once: the same number of statements for one as for hundreds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.roles import Role
from server.identity.tables import PersonRow, RoleRow
from server.kit.rows import Found, list_rows
from server.profiles.tables import CompetenceRow
from server.recruitment_events.tables import AccessNeedRow, EnrolmentRow, WishRow

_IDS: Any = bindparam("person_ids", expanding=True)
_EMAILS: Any = bindparam("emails", expanding=True)
_EVENT_ID: Any = bindparam("event_id")

_PEOPLE = select(
    col(PersonRow.id), col(PersonRow.name), col(PersonRow.email), col(PersonRow.locale), col(PersonRow.created_at)
).where(col(PersonRow.email).in_(_EMAILS))
_SEEKERS = select(col(RoleRow.person_id)).where(
    col(RoleRow.person_id).in_(_IDS), col(RoleRow.role) == Role.SEEKER, col(RoleRow.organisation_id).is_(None)
)
_ENROLLED = select(col(EnrolmentRow.seeker_id), col(EnrolmentRow.gender), col(EnrolmentRow.birth_year)).where(
    col(EnrolmentRow.recruitment_event_id) == _EVENT_ID, col(EnrolmentRow.seeker_id).in_(_IDS)
)
_SKILLED = select(col(CompetenceRow.person_id)).where(col(CompetenceRow.person_id).in_(_IDS)).distinct()
_WISHES = (
    select(col(WishRow.seeker_id), col(WishRow.organisation_id), col(WishRow.rank), col(WishRow.is_must))
    .where(col(WishRow.recruitment_event_id) == _EVENT_ID, col(WishRow.seeker_id).in_(_IDS))
    .order_by(col(WishRow.rank), col(WishRow.organisation_id))
)
_SAID = (
    select(
        col(PersonRow.email),
        col(EnrolmentRow.seeker_id),
        col(EnrolmentRow.form),
        col(EnrolmentRow.available_from),
        col(EnrolmentRow.available_until),
        col(EnrolmentRow.languages),
        col(EnrolmentRow.relay_only),
    )
    .join(EnrolmentRow, col(EnrolmentRow.seeker_id) == col(PersonRow.id))
    .where(col(EnrolmentRow.recruitment_event_id) == _EVENT_ID, col(PersonRow.email).in_(_EMAILS))
)
_NEEDS = (
    select(col(AccessNeedRow.seeker_id), col(AccessNeedRow.need))
    .where(col(AccessNeedRow.recruitment_event_id) == _EVENT_ID, col(AccessNeedRow.seeker_id).in_(_IDS))
    .order_by(col(AccessNeedRow.need))
)


@dataclass(frozen=True, slots=True)
class Said:
    """What has been said of a seeker who is enrolled."""

    form: str | None
    available_from: datetime | None
    available_until: datetime | None
    languages: tuple[str, ...]
    relay_only: bool
    wishes: list[UUID] = field(default_factory=list)
    avoids: list[UUID] = field(default_factory=list)
    access_needs: list[str] = field(default_factory=list)


async def find_people(session: AsyncSession, emails: Collection[str]) -> dict[str, Found]:
    """People by address."""
    if not emails:
        return {}
    return {row.email: row for row in await list_rows(session, _PEOPLE, emails=list(emails))}


async def find_seekers(session: AsyncSession, person_ids: Collection[UUID]) -> set[UUID]:
    """Those of the people who are seekers."""
    return {row.person_id for row in await list_rows(session, _SEEKERS, person_ids=list(person_ids))}


async def find_skilled(session: AsyncSession, person_ids: Collection[UUID]) -> set[UUID]:
    """Those of the people whose profile names a competence."""
    return {row.person_id for row in await list_rows(session, _SKILLED, person_ids=list(person_ids))}


async def find_enrolled(session: AsyncSession, event_id: UUID, person_ids: Collection[UUID]) -> dict[UUID, Found]:
    """What is known of those who are enrolled, by person."""
    rows = await list_rows(session, _ENROLLED, event_id=event_id, person_ids=list(person_ids))
    return {row.seeker_id: row for row in rows}


async def list_wishes(session: AsyncSession, event_id: UUID, person_ids: Collection[UUID]) -> Sequence[Found]:
    """Whom these seekers wish to meet, dearest first, and before that whom rather not."""
    return await list_rows(session, _WISHES, event_id=event_id, person_ids=list(person_ids))


async def find_said(session: AsyncSession, event_id: UUID, emails: Collection[str]) -> dict[str, Said]:
    """What has been said of those of these addresses who are enrolled."""
    if not emails:
        return {}
    rows = await list_rows(session, _SAID, event_id=event_id, emails=list(emails))
    found = {
        row.seeker_id: (
            row.email,
            Said(row.form, row.available_from, row.available_until, tuple(row.languages), row.relay_only),
        )
        for row in rows
    }
    if not found:
        return {}
    for wish in await list_wishes(session, event_id, found):
        said = found[wish.seeker_id][1]
        (said.wishes if wish.rank else said.avoids).append(wish.organisation_id)
    for need in await list_rows(session, _NEEDS, event_id=event_id, person_ids=list(found)):
        found[need.seeker_id][1].access_needs.append(need.need)
    return dict(found.values())


async def add_people(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert people, but for those whose address somebody else has just entered."""
    if not rows:
        return
    connection = await session.connection()
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as insert_or_ignore
    else:
        from sqlalchemy.dialects.sqlite import insert as insert_or_ignore  # type: ignore[assignment]
    statement = insert_or_ignore(PersonRow).on_conflict_do_nothing(index_elements=["email"])
    await connection.execute(statement, list(rows))


async def add_rows(session: AsyncSession, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows of one table."""
    if rows:
        await (await session.connection()).execute(insert(table), list(rows))


async def change_enrolments(session: AsyncSession, event_id: UUID, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write new values of enrolments; each row names its seeker as ``of_seeker``."""
    if not rows:
        return
    statement = update(EnrolmentRow).where(
        col(EnrolmentRow.recruitment_event_id) == event_id, col(EnrolmentRow.seeker_id) == bindparam("of_seeker")
    )
    await (await session.connection()).execute(statement, list(rows))


async def delete_of_seekers(session: AsyncSession, table: Any, event_id: UUID, person_ids: Collection[UUID]) -> None:
    """Forget what a table holds of these seekers at an event."""
    if person_ids:
        here = table.recruitment_event_id == event_id
        statement = delete(table).where(here, table.seeker_id.in_(list(person_ids)))
        await (await session.connection()).execute(statement)
