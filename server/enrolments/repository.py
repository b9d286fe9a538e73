"""Reading seekers of an event, in a fixed number of statements however many they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import delete, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.enrolments.values import Needs
from server.identity.tables import PersonRow
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


async def list_seekers(session: AsyncSession, event_id: UUID, *, only: UUID | None = None) -> list[EnrolledSeeker]:
    """The seekers of an event, or one of them, by name."""
    query = (
        select(PersonRow, EnrolmentRow)
        .join(EnrolmentRow, col(EnrolmentRow.seeker_id) == col(PersonRow.id))
        .where(col(EnrolmentRow.recruitment_event_id) == event_id)
        .order_by(col(PersonRow.name), col(PersonRow.id))
    )
    if only is not None:
        query = query.where(col(EnrolmentRow.seeker_id) == only)
    found = {person.id: EnrolledSeeker(person, enrolment) for person, enrolment in await session.exec(query)}
    await _add_wishes(session, event_id, found)
    competences = (
        select(CompetenceRow.person_id, CompetenceRow.label)
        .join(EnrolmentRow, col(EnrolmentRow.seeker_id) == col(CompetenceRow.person_id))
        .where(col(EnrolmentRow.recruitment_event_id) == event_id)
        .order_by(col(CompetenceRow.position))
    )
    for person_id, label in await session.exec(competences):
        if person_id in found:
            found[person_id].competences.append(label)
    needs = select(AccessNeedRow).where(col(AccessNeedRow.recruitment_event_id) == event_id)
    for need in await session.exec(needs.order_by(col(AccessNeedRow.need))):
        if need.seeker_id in found:
            found[need.seeker_id].access_needs.append(need)
    await _add_times_and_needs(session, event_id, found)
    numbers = (
        select(MeetingRow.seeker_id, func.count())
        .where(col(MeetingRow.recruitment_event_id) == event_id, col(MeetingRow.state).not_in(("cancelled", "moved")))
        .group_by(col(MeetingRow.seeker_id))
    )
    for seeker_id, number in await session.exec(numbers):
        if seeker_id in found:
            found[seeker_id].meetings = number
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
        .where(col(WishRow.recruitment_event_id) == event_id)
        .order_by(col(WishRow.rank), col(WishRow.organisation_id))
    )
    for seeker_id, organisation_id, rank, is_must in await session.exec(query):
        if seeker_id in found:
            chosen = found[seeker_id].wishes if rank else found[seeker_id].avoids
            chosen.append(organisation_id)
            if is_must:
                found[seeker_id].musts.append(organisation_id)


async def _add_times_and_needs(session: AsyncSession, event_id: UUID, found: dict[UUID, EnrolledSeeker]) -> None:
    absences = select(AbsenceRow).where(col(AbsenceRow.recruitment_event_id) == event_id)
    for absence in await session.exec(absences.order_by(col(AbsenceRow.starts_at))):
        if absence.person_id in found:
            found[absence.person_id].absences.append(absence)
    needs = select(SchedulingNeedRow).where(col(SchedulingNeedRow.recruitment_event_id) == event_id)
    for row in await session.exec(needs):
        if row.seeker_id in found:
            found[row.seeker_id].needs = Needs(row.extra_time, row.accessible_station, row.interpreter)
