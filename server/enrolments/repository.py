"""Reading seekers of an event, a page at a time, in a fixed number of statements however many they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, func, or_
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.enrolments.values import Needs
from server.identity.tables import JoinLinkRow, PersonRow
from server.kit.searching import WORDS_MAX, contains
from server.meetings.tables import MeetingRow
from server.profiles.tables import CompetenceRow
from server.recruitment_events.tables import (
    AbsenceRow,
    AccessNeedRow,
    DeskRow,
    EmployerWishRow,
    EnrolmentRow,
    SchedulingNeedRow,
    WishRow,
)

PAGE = 50


@dataclass(slots=True)
class EnrolledSeeker:
    """A seeker of an event with everything staff arrange by."""

    person: PersonRow
    enrolment: EnrolmentRow
    competences: list[str] = field(default_factory=list)
    absences: list[AbsenceRow] = field(default_factory=list)
    wishes: list[UUID] = field(default_factory=list)
    musts: list[UUID] = field(default_factory=list)
    avoids: list[UUID] = field(default_factory=list)
    access_needs: list[AccessNeedRow] = field(default_factory=list)
    needs: Needs = field(default_factory=Needs)
    meetings: int = 0
    link: JoinLinkRow | None = None


@dataclass(frozen=True, slots=True)
class SeekerPage:
    """Some seekers of an event; so many were `found` on all pages, and so many are `enrolled`."""

    seekers: list[EnrolledSeeker]
    found: int
    enrolled: int

    @property
    def pages(self) -> int:
        """How many pages there are, an empty one if nobody was found."""
        return max(1, -(-self.found // PAGE))


async def list_page(session: AsyncSession, event_id: UUID, *, text: str, page: int, now: datetime) -> SeekerPage:
    """Fifty of the seekers by name: those of whom each word of `text` is part of the name or of the address."""
    says = [
        or_(contains(col(PersonRow.name), word), contains(col(PersonRow.email), word))
        for word in text.split()[:WORDS_MAX]
    ]
    connection = await session.connection()
    found = (await connection.execute(_number_of(event_id, *says))).scalar_one()
    enrolled = (await connection.execute(_number_of(event_id))).scalar_one() if says else found
    ids = _people(select_columns(col(PersonRow.id)), event_id, *says).order_by(col(PersonRow.name), col(PersonRow.id))
    shown = (await connection.execute(ids.limit(PAGE).offset((page - 1) * PAGE))).scalars().all()
    return SeekerPage(await list_some(session, event_id, shown, now=now), int(found), int(enrolled))


async def list_some(
    session: AsyncSession, event_id: UUID, seeker_ids: Collection[UUID], *, now: datetime
) -> list[EnrolledSeeker]:
    """These seekers of the event by name, in a fixed number of statements."""
    query = (
        select(PersonRow, EnrolmentRow)
        .join(EnrolmentRow, col(EnrolmentRow.seeker_id) == col(PersonRow.id))
        .where(col(EnrolmentRow.recruitment_event_id) == event_id, col(EnrolmentRow.seeker_id).in_(seeker_ids))
        .order_by(col(PersonRow.name), col(PersonRow.id))
    )
    found = {person.id: EnrolledSeeker(person, enrolment) for person, enrolment in await session.exec(query)}
    await _add_wishes(session, event_id, found)
    competences = (
        select(CompetenceRow.person_id, CompetenceRow.label)
        .where(col(CompetenceRow.person_id).in_(found))
        .order_by(col(CompetenceRow.position))
    )
    for person_id, label in await session.exec(competences):
        found[person_id].competences.append(label)
    needs = select(AccessNeedRow).where(
        col(AccessNeedRow.recruitment_event_id) == event_id, col(AccessNeedRow.seeker_id).in_(found)
    )
    for need in await session.exec(needs.order_by(col(AccessNeedRow.need))):
        found[need.seeker_id].access_needs.append(need)
    await _add_times_and_needs(session, event_id, found)
    numbers = (
        select(MeetingRow.seeker_id, func.count())
        .where(
            col(MeetingRow.recruitment_event_id) == event_id,
            col(MeetingRow.seeker_id).in_(found),
            col(MeetingRow.state).not_in(("cancelled", "moved")),
        )
        .group_by(col(MeetingRow.seeker_id))
    )
    for seeker_id, number in await session.exec(numbers):
        found[seeker_id].meetings = number
    await _add_links(session, event_id, found, now=now)
    return list(found.values())


async def list_emails(session: AsyncSession, event_id: UUID) -> frozenset[str]:
    """Addresses of those who are enrolled."""
    query = (
        select(PersonRow.email)
        .join(EnrolmentRow, col(EnrolmentRow.seeker_id) == col(PersonRow.id))
        .where(col(EnrolmentRow.recruitment_event_id) == event_id)
    )
    return frozenset(email for email in await session.exec(query) if email)


async def list_employer_ids(session: AsyncSession, event_id: UUID) -> frozenset[UUID]:
    """Employers with a desk at the event."""
    query = select(col(DeskRow.organisation_id)).where(col(DeskRow.recruitment_event_id) == event_id)
    return frozenset((await session.exec(query.distinct())).all())


async def has_competences(session: AsyncSession, person_id: UUID) -> bool:
    """Whether the person's profile names any competence."""
    query = select(col(CompetenceRow.id)).where(col(CompetenceRow.person_id) == person_id).limit(1)
    return (await session.exec(query)).first() is not None


async def has_meetings(session: AsyncSession, event_id: UUID, seeker_id: UUID) -> bool:
    """Whether the seeker has or had a meeting at the event."""
    query = select(col(MeetingRow.id)).where(
        col(MeetingRow.recruitment_event_id) == event_id, col(MeetingRow.seeker_id) == seeker_id
    )
    return (await session.exec(query.limit(1))).first() is not None


async def delete_wishes(session: AsyncSession, event_id: UUID, seeker_id: UUID) -> None:
    """Forget whom the seeker wishes to meet, and rather not."""
    await session.exec(
        delete(WishRow).where(col(WishRow.recruitment_event_id) == event_id, col(WishRow.seeker_id) == seeker_id)
    )


async def delete_everything_said(session: AsyncSession, event_id: UUID, seeker_id: UUID) -> None:
    """Forget all that was said of a seeker at an event, by themselves and by employers."""
    for table, person in (
        (WishRow, WishRow.seeker_id),
        (EmployerWishRow, EmployerWishRow.seeker_id),
        (AbsenceRow, AbsenceRow.person_id),
        (SchedulingNeedRow, SchedulingNeedRow.seeker_id),
        (AccessNeedRow, AccessNeedRow.seeker_id),
    ):
        here = col(table.recruitment_event_id) == event_id
        await session.exec(delete(table).where(here, col(person) == seeker_id))


async def delete_access_needs(session: AsyncSession, event_id: UUID, seeker_id: UUID) -> None:
    """Forget what the seeker needs at the event."""
    await session.exec(
        delete(AccessNeedRow).where(
            col(AccessNeedRow.recruitment_event_id) == event_id, col(AccessNeedRow.seeker_id) == seeker_id
        )
    )


async def list_wishes(session: AsyncSession, event_id: UUID, seeker_id: UUID) -> Sequence[WishRow]:
    """Whom the seeker wishes to meet, and rather not."""
    query = select(WishRow).where(col(WishRow.recruitment_event_id) == event_id, col(WishRow.seeker_id) == seeker_id)
    return (await session.exec(query)).all()


async def _add_wishes(session: AsyncSession, event_id: UUID, found: dict[UUID, EnrolledSeeker]) -> None:
    query = (
        select(WishRow.seeker_id, WishRow.organisation_id, WishRow.rank, WishRow.is_must)
        .where(col(WishRow.recruitment_event_id) == event_id, col(WishRow.seeker_id).in_(found))
        .order_by(col(WishRow.rank), col(WishRow.organisation_id))
    )
    for seeker_id, organisation_id, rank, is_must in await session.exec(query):
        chosen = found[seeker_id].wishes if rank else found[seeker_id].avoids
        chosen.append(organisation_id)
        if is_must:
            found[seeker_id].musts.append(organisation_id)


async def _add_times_and_needs(session: AsyncSession, event_id: UUID, found: dict[UUID, EnrolledSeeker]) -> None:
    absences = select(AbsenceRow).where(
        col(AbsenceRow.recruitment_event_id) == event_id, col(AbsenceRow.person_id).in_(found)
    )
    for absence in await session.exec(absences.order_by(col(AbsenceRow.starts_at))):
        found[absence.person_id].absences.append(absence)
    needs = select(SchedulingNeedRow).where(
        col(SchedulingNeedRow.recruitment_event_id) == event_id, col(SchedulingNeedRow.seeker_id).in_(found)
    )
    for row in await session.exec(needs):
        found[row.seeker_id].needs = Needs(row.extra_time, row.accessible_station, row.interpreter)


async def _add_links(
    session: AsyncSession, event_id: UUID, found: dict[UUID, EnrolledSeeker], *, now: datetime
) -> None:
    query = (
        select(JoinLinkRow)
        .where(
            col(JoinLinkRow.recruitment_event_id) == event_id,
            col(JoinLinkRow.person_id).in_(found),
            col(JoinLinkRow.revoked_at).is_(None),
            col(JoinLinkRow.expires_at) > now,
        )
        .order_by(col(JoinLinkRow.created_at), col(JoinLinkRow.id))
    )
    for link in await session.exec(query):
        found[link.person_id].link = link


def _people(statement: Select[Any], event_id: UUID, *conditions: ColumnElement[bool]) -> Select[Any]:
    joined = statement.join(EnrolmentRow, col(EnrolmentRow.seeker_id) == col(PersonRow.id))
    return joined.where(col(EnrolmentRow.recruitment_event_id) == event_id, *conditions)


def _number_of(event_id: UUID, *conditions: ColumnElement[bool]) -> Select[Any]:
    return _people(select_columns(func.count()).select_from(PersonRow), event_id, *conditions)
