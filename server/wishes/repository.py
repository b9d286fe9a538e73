"""Reading and writing wishes and absences, in a fixed number of statements however large the event."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, func, select
from sqlmodel import col
from sqlmodel import select as select_rows
from sqlmodel.ext.asyncio.session import AsyncSession

from server.employers.tables import RequirementProfileRow
from server.identity.tables import OrganisationRow, PersonRow
from server.kit.rows import Found, find_row, list_rows
from server.meetings.tables import MeetingRow
from server.profiles.tables import CompetenceRow
from server.recruitment_events.tables import (
    AbsenceRow,
    DeskRow,
    EmployerWishRow,
    EnrolmentRow,
    RecruitmentEventRow,
    SchedulingNeedRow,
    SlotRow,
    StationRow,
    WishRow,
)
from server.wishes.rules import Span, Wish

_EVENT_ID: Any = bindparam("event_id")
_EVENT: tuple[Any, ...] = tuple(
    column.label(f"event_{name}")
    for name, column in (
        ("id", col(RecruitmentEventRow.id)),
        ("name", col(RecruitmentEventRow.name)),
        ("place", col(RecruitmentEventRow.place)),
        ("zone", col(RecruitmentEventRow.zone)),
        ("starts_at", col(RecruitmentEventRow.starts_at)),
        ("ends_at", col(RecruitmentEventRow.ends_at)),
        ("status", col(RecruitmentEventRow.status)),
    )
)
_MINE = (
    select(
        *_EVENT,
        col(EnrolmentRow.seeker_id),
        col(EnrolmentRow.form),
        col(EnrolmentRow.available_from),
        col(EnrolmentRow.available_until),
    )
    .join(EnrolmentRow, col(EnrolmentRow.recruitment_event_id) == col(RecruitmentEventRow.id))
    .where(col(EnrolmentRow.seeker_id) == bindparam("person_id"))
)
_ONE_OF_MINE = _MINE.where(col(RecruitmentEventRow.id) == _EVENT_ID)
_WAITING = and_(col(RecruitmentEventRow.status) == "draft", col(RecruitmentEventRow.ends_at) > bindparam("now"))
_MY_WAITING = _MINE.where(_WAITING).order_by(col(RecruitmentEventRow.starts_at), col(RecruitmentEventRow.id))
_DESKS = (
    select(
        *_EVENT,
        col(DeskRow.id).label("desk_id"),
        col(DeskRow.number),
        col(DeskRow.form),
        col(DeskRow.on_duty_from),
        col(DeskRow.on_duty_until),
        col(DeskRow.recruiter_id),
        col(PersonRow.name).label("recruiter_name"),
        col(StationRow.name).label("station_name"),
        col(OrganisationRow.id).label("employer_id"),
        col(OrganisationRow.name).label("employer_name"),
        col(RequirementProfileRow.competences_wanted),
    )
    .join(DeskRow, col(DeskRow.recruitment_event_id) == col(RecruitmentEventRow.id))
    .join(OrganisationRow, col(OrganisationRow.id) == col(DeskRow.organisation_id))
    .outerjoin(RequirementProfileRow, col(RequirementProfileRow.organisation_id) == col(OrganisationRow.id))
    .outerjoin(PersonRow, col(PersonRow.id) == col(DeskRow.recruiter_id))
    .outerjoin(StationRow, col(StationRow.id) == col(DeskRow.station_id))
    .where(col(DeskRow.organisation_id).in_(bindparam("organisation_ids", expanding=True)))
)
_ONE_DESK = _DESKS.where(col(DeskRow.id) == bindparam("desk_id"))
_WAITING_DESKS = _DESKS.where(_WAITING).order_by(col(RecruitmentEventRow.starts_at), col(DeskRow.number))
_PIECES = (
    select(col(SlotRow.starts_at), col(SlotRow.ends_at))
    .where(col(SlotRow.recruitment_event_id) == _EVENT_ID)
    .order_by(col(SlotRow.number))
)
_ABSENCES = (
    select(col(AbsenceRow.starts_at), col(AbsenceRow.ends_at))
    .where(col(AbsenceRow.recruitment_event_id) == _EVENT_ID, col(AbsenceRow.person_id) == bindparam("person_id"))
    .order_by(col(AbsenceRow.starts_at))
)
_WISHES: Any = (
    select(col(WishRow.organisation_id).label("id"), col(WishRow.rank), col(WishRow.is_must))
    .where(col(WishRow.recruitment_event_id) == _EVENT_ID, col(WishRow.seeker_id) == bindparam("person_id"))
    .order_by(col(WishRow.rank), col(WishRow.organisation_id))
)
_EMPLOYER_WISHES: Any = (
    select(col(EmployerWishRow.seeker_id).label("id"), col(EmployerWishRow.rank), col(EmployerWishRow.is_must))
    .where(
        col(EmployerWishRow.recruitment_event_id) == _EVENT_ID,
        col(EmployerWishRow.organisation_id) == bindparam("organisation_id"),
    )
    .order_by(col(EmployerWishRow.rank), col(EmployerWishRow.seeker_id))
)
_EMPLOYERS = (
    select(
        col(OrganisationRow.id),
        col(OrganisationRow.name),
        col(DeskRow.form),
        col(RequirementProfileRow.about),
        col(RequirementProfileRow.roles),
        col(RequirementProfileRow.competences_wanted),
    )
    .join(DeskRow, col(DeskRow.organisation_id) == col(OrganisationRow.id))
    .outerjoin(RequirementProfileRow, col(RequirementProfileRow.organisation_id) == col(OrganisationRow.id))
    .where(col(DeskRow.recruitment_event_id) == _EVENT_ID)
    .order_by(col(OrganisationRow.name), col(OrganisationRow.id), col(DeskRow.number))
)
_COMPETENCES = (
    select(col(CompetenceRow.person_id), col(CompetenceRow.label))
    .where(col(CompetenceRow.person_id).in_(bindparam("person_ids", expanding=True)))
    .order_by(col(CompetenceRow.position))
)
_NEEDS = select(
    col(SchedulingNeedRow.extra_time), col(SchedulingNeedRow.accessible_station), col(SchedulingNeedRow.interpreter)
).where(
    col(SchedulingNeedRow.recruitment_event_id) == _EVENT_ID, col(SchedulingNeedRow.seeker_id) == bindparam("person_id")
)
_MEETINGS = (
    select(col(MeetingRow.id))
    .where(
        col(MeetingRow.recruitment_event_id) == _EVENT_ID,
        col(MeetingRow.seeker_id) == bindparam("person_id"),
        col(MeetingRow.state).not_in(("cancelled", "moved")),
    )
    .limit(1)
)


async def find_mine(session: AsyncSession, event_id: UUID, *, person_id: UUID) -> Found | None:
    """The event with the seeker's enrolment in it, or None."""
    return await find_row(session, _ONE_OF_MINE, event_id=event_id, person_id=person_id)


async def list_mine_waiting(session: AsyncSession, person_id: UUID, *, now: datetime) -> Sequence[Found]:
    """Events that are not planned yet and that the seeker is enrolled in, soonest first."""
    return await list_rows(session, _MY_WAITING, person_id=person_id, now=now)


async def find_desk(session: AsyncSession, desk_id: UUID, *, organisation_ids: Collection[UUID]) -> Found | None:
    """The desk with its event and employer, if it is one of these employers'."""
    return await find_row(session, _ONE_DESK, desk_id=desk_id, organisation_ids=list(organisation_ids))


async def list_waiting_desks(
    session: AsyncSession, organisation_ids: Collection[UUID], *, now: datetime
) -> Sequence[Found]:
    """Desks of these employers at events that are not planned yet, soonest first."""
    return await list_rows(session, _WAITING_DESKS, organisation_ids=list(organisation_ids), now=now)


async def lock_for_seeker(session: AsyncSession, event_id: UUID, *, person_id: UUID) -> None:
    """Let nobody publish the event, nor change this seeker's wishes, until the commit; others may state theirs."""
    await _share_event(session, event_id)
    mine = select_rows(EnrolmentRow.seeker_id).where(
        col(EnrolmentRow.recruitment_event_id) == event_id, col(EnrolmentRow.seeker_id) == person_id
    )
    await session.exec(mine.with_for_update())


async def lock_for_employer(session: AsyncSession, event_id: UUID, *, organisation_id: UUID) -> None:
    """Let nobody publish the event, nor change this employer's wishes, until the commit."""
    await _share_event(session, event_id)
    theirs = select_rows(DeskRow.id).where(
        col(DeskRow.recruitment_event_id) == event_id, col(DeskRow.organisation_id) == organisation_id
    )
    await session.exec(theirs.order_by(col(DeskRow.id)).with_for_update())


async def _share_event(session: AsyncSession, event_id: UUID) -> None:
    query = select_rows(RecruitmentEventRow.id).where(col(RecruitmentEventRow.id) == event_id)
    await session.exec(query.with_for_update(read=True))


async def list_pieces(session: AsyncSession, event_id: UUID) -> list[Span]:
    """The times in which meetings can lie."""
    return [Span(row.starts_at, row.ends_at) for row in await list_rows(session, _PIECES, event_id=event_id)]


async def list_absences(session: AsyncSession, event_id: UUID, *, person_id: UUID) -> list[Span]:
    """When somebody cannot come."""
    rows = await list_rows(session, _ABSENCES, event_id=event_id, person_id=person_id)
    return [Span(row.starts_at, row.ends_at) for row in rows]


async def replace_absences(session: AsyncSession, event_id: UUID, *, person_id: UUID, spans: Iterable[Span]) -> None:
    """Write when somebody cannot come, in the place of what stood there."""
    await session.exec(
        delete(AbsenceRow).where(
            col(AbsenceRow.recruitment_event_id) == event_id, col(AbsenceRow.person_id) == person_id
        )
    )
    for span in spans:
        session.add(
            AbsenceRow(
                recruitment_event_id=event_id, person_id=person_id, starts_at=span.starts_at, ends_at=span.ends_at
            )
        )
    await session.flush()


async def list_wishes(session: AsyncSession, event_id: UUID, *, person_id: UUID) -> Sequence[Found]:
    """A seeker's wishes in order; those of rank 0 they would rather not meet."""
    return await list_rows(session, _WISHES, event_id=event_id, person_id=person_id)


async def list_employer_wishes(session: AsyncSession, event_id: UUID, *, organisation_id: UUID) -> Sequence[Found]:
    """An employer's wishes in order; those of rank 0 it would rather not meet."""
    return await list_rows(session, _EMPLOYER_WISHES, event_id=event_id, organisation_id=organisation_id)


async def replace_employer_wishes(
    session: AsyncSession,
    event_id: UUID,
    *,
    organisation_id: UUID,
    wishes: Sequence[Wish],
    rather_not: Sequence[UUID],
) -> None:
    """Write an employer's wishes in the place of what stood there."""
    await session.exec(
        delete(EmployerWishRow).where(
            col(EmployerWishRow.recruitment_event_id) == event_id,
            col(EmployerWishRow.organisation_id) == organisation_id,
        )
    )
    ranked = [(wish.id, rank, wish.is_must) for rank, wish in enumerate(wishes, start=1)]
    for seeker_id, rank, is_must in (*ranked, *((seeker_id, 0, False) for seeker_id in rather_not)):
        session.add(
            EmployerWishRow(
                recruitment_event_id=event_id,
                organisation_id=organisation_id,
                seeker_id=seeker_id,
                rank=rank,
                is_must=is_must,
            )
        )
    await session.flush()


async def list_employers(session: AsyncSession, event_id: UUID) -> Sequence[Found]:
    """Employers of the event by name, one row a desk."""
    return await list_rows(session, _EMPLOYERS, event_id=event_id)


async def list_competences(session: AsyncSession, person_ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """What people say that they can, in their own order."""
    found: dict[UUID, list[str]] = {person_id: [] for person_id in person_ids}
    if person_ids:
        for row in await list_rows(session, _COMPETENCES, person_ids=list(person_ids)):
            found[row.person_id].append(row.label)
    return found


async def find_needs(session: AsyncSession, event_id: UUID, *, person_id: UUID) -> Found | None:
    """What a seeker's needs mean for the plan."""
    return await find_row(session, _NEEDS, event_id=event_id, person_id=person_id)


async def has_meetings(session: AsyncSession, event_id: UUID, *, person_id: UUID) -> bool:
    """Whether the seeker has meetings at the event."""
    return await find_row(session, _MEETINGS, event_id=event_id, person_id=person_id) is not None


async def count_by_event(session: AsyncSession, what: Any, event_ids: Collection[UUID], *where: Any) -> dict[UUID, int]:
    """How many there are of a column's values at each event."""
    event_id = what.class_.recruitment_event_id
    query = (
        select(event_id, func.count(what.distinct())).where(event_id.in_(list(event_ids)), *where).group_by(event_id)
    )
    return {found: number for found, number in await (await session.connection()).execute(query)}
