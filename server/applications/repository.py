"""Reading applications, meetings that they may come from, and who agreed to be found."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, exists, func, not_, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel import select as select_entity
from sqlmodel.ext.asyncio.session import AsyncSession

from server.applications.rules import Met
from server.applications.tables import ApplicationRow, FindableChoiceRow
from server.identity.tables import OrganisationRow, PersonRow
from server.kit.rows import Found, find_row, list_rows
from server.meetings.tables import MeetingRow
from server.profiles.tables import CompetenceRow
from server.recruitment_events.tables import EnrolmentRow, RecruitmentEventRow
from server.vacancies.repository import TAKEN_HERE
from server.vacancies.tables import VacancyRow

LIST_MAX = 500
NOT_HELD = ("cancelled", "moved", "no_show")
_COLUMNS: tuple[Any, ...] = (
    col(ApplicationRow.id),
    col(ApplicationRow.vacancy_id),
    col(ApplicationRow.organisation_id),
    col(ApplicationRow.seeker_id),
    col(ApplicationRow.meeting_id),
    col(ApplicationRow.letter),
    col(ApplicationRow.status),
    col(ApplicationRow.sent_at),
    col(ApplicationRow.changed_at),
    col(VacancyRow.title),
    col(VacancyRow.place),
    col(VacancyRow.required),
    col(VacancyRow.merits),
    col(VacancyRow.status).label("vacancy_status"),
    col(VacancyRow.apply_by),
    col(VacancyRow.confirmed_at),
    col(VacancyRow.created_by).label("entered_by"),
    TAKEN_HERE.label("is_taken_here"),
    col(OrganisationRow.name).label("employer_name"),
    col(PersonRow.name).label("seeker_name"),
    col(PersonRow.email).label("seeker_email"),
    col(MeetingRow.talk_started_at).label("met_at"),
    col(MeetingRow.starts_at).label("meeting_at"),
    col(MeetingRow.recruitment_event_id).label("event_id"),
    col(MeetingRow.recruiter_id),
)
_ALL = (
    select(*_COLUMNS)
    .join(VacancyRow, col(VacancyRow.id) == col(ApplicationRow.vacancy_id))
    .join(OrganisationRow, col(OrganisationRow.id) == col(ApplicationRow.organisation_id))
    .join(PersonRow, col(PersonRow.id) == col(ApplicationRow.seeker_id))
    .outerjoin(MeetingRow, col(MeetingRow.id) == col(ApplicationRow.meeting_id))
    .order_by(col(ApplicationRow.changed_at).desc(), col(ApplicationRow.id))
    .limit(LIST_MAX)
)
_MINE = _ALL.where(col(ApplicationRow.seeker_id) == bindparam("seeker_id"))
_TO_EMPLOYERS = _ALL.where(col(ApplicationRow.organisation_id).in_(bindparam("organisation_ids", expanding=True)))
_ONE = _ALL.where(col(ApplicationRow.id) == bindparam("application_id"))
_OUTCOME_COLUMNS: tuple[Any, ...] = (
    col(ApplicationRow.id),
    col(ApplicationRow.vacancy_id),
    col(ApplicationRow.seeker_id),
    col(ApplicationRow.status),
    col(ApplicationRow.sent_at),
    col(VacancyRow.title),
    col(PersonRow.name).label("seeker_name"),
    col(MeetingRow.talk_started_at).label("met_at"),
)
_OUTCOMES = (
    select(*_OUTCOME_COLUMNS)
    .join(VacancyRow, col(VacancyRow.id) == col(ApplicationRow.vacancy_id))
    .join(PersonRow, col(PersonRow.id) == col(ApplicationRow.seeker_id))
    .outerjoin(MeetingRow, col(MeetingRow.id) == col(ApplicationRow.meeting_id))
    .where(col(ApplicationRow.organisation_id) == bindparam("organisation_id"))
    .order_by(col(ApplicationRow.sent_at), col(ApplicationRow.id))
)
_FOR_VACANCY = select(col(ApplicationRow.id), col(ApplicationRow.seeker_id), col(ApplicationRow.status)).where(
    col(ApplicationRow.vacancy_id) == bindparam("vacancy_id")
)
_MEETING_COLUMNS: tuple[Any, ...] = (
    col(MeetingRow.id),
    col(MeetingRow.seeker_id),
    col(MeetingRow.organisation_id),
    col(MeetingRow.recruitment_event_id).label("event_id"),
    col(MeetingRow.talk_started_at),
    col(MeetingRow.starts_at),
    col(PersonRow.name).label("recruiter_name"),
)
_MEETINGS = (
    select(*_MEETING_COLUMNS)
    .join(RecruitmentEventRow, col(RecruitmentEventRow.id) == col(MeetingRow.recruitment_event_id))
    .outerjoin(PersonRow, col(PersonRow.id) == col(MeetingRow.recruiter_id))
    .where(col(RecruitmentEventRow.status) != "draft", col(MeetingRow.state).not_in(NOT_HELD))
    .order_by(func.coalesce(col(MeetingRow.talk_started_at), col(MeetingRow.starts_at), col(MeetingRow.created_at)))
)
_MEETINGS_OF = _MEETINGS.where(col(MeetingRow.seeker_id) == bindparam("seeker_id"))
_MET_BY = _MEETINGS.where(
    col(MeetingRow.organisation_id) == bindparam("organisation_id"), col(MeetingRow.talk_started_at).is_not(None)
)
_CHOICE = (
    select(col(FindableChoiceRow.findable))
    .where(col(FindableChoiceRow.person_id) == bindparam("person_id"))
    .order_by(col(FindableChoiceRow.at).desc(), col(FindableChoiceRow.findable))
    .limit(1)
)
_later = aliased(FindableChoiceRow)
_TAKEN_BACK = exists().where(
    col(_later.person_id) == col(FindableChoiceRow.person_id),
    or_(
        col(_later.at) > col(FindableChoiceRow.at),
        and_(col(_later.at) == col(FindableChoiceRow.at), not_(col(_later.findable))),
    ),
)
_PROTECTED = exists().where(
    col(EnrolmentRow.seeker_id) == col(FindableChoiceRow.person_id), col(EnrolmentRow.relay_only)
)
_FINDABLE = (
    select(col(FindableChoiceRow.person_id))
    .where(col(FindableChoiceRow.findable), not_(_TAKEN_BACK), not_(_PROTECTED))
    .distinct()
)
_FINDABLE_AMONG = _FINDABLE.where(col(FindableChoiceRow.person_id).in_(bindparam("ids", expanding=True)))
_FINDABLE_COMPETENCES = (
    select(col(PersonRow.id), col(PersonRow.name), col(CompetenceRow.label), col(CompetenceRow.evidence))
    .join(CompetenceRow, col(CompetenceRow.person_id) == col(PersonRow.id))
    .where(col(PersonRow.id).in_(_FINDABLE))
    .order_by(col(PersonRow.name), col(PersonRow.id), col(CompetenceRow.position))
)
_COMPETENCES = (
    select(col(CompetenceRow.person_id), col(CompetenceRow.label), col(CompetenceRow.evidence))
    .where(col(CompetenceRow.person_id).in_(bindparam("ids", expanding=True)))
    .order_by(col(CompetenceRow.position))
)


@dataclass(frozen=True, slots=True)
class FindablePerson:
    """Somebody who may be found, with what they know as they write it and the kind of evidence."""

    id: UUID
    name: str
    known: dict[str, str]


async def list_mine(session: AsyncSession, seeker_id: UUID) -> Sequence[Found]:
    """A seeker's applications, what changed last first."""
    return await list_rows(session, _MINE, seeker_id=seeker_id)


async def list_to(session: AsyncSession, organisation_ids: Collection[UUID]) -> Sequence[Found]:
    """The newest applications to some employers, what changed last first."""
    return await list_rows(session, _TO_EMPLOYERS, organisation_ids=list(organisation_ids))


async def list_outcomes(session: AsyncSession, organisation_id: UUID) -> Sequence[Found]:
    """What every application to an employer has come to, oldest first, without what it says."""
    return await list_rows(session, _OUTCOMES, organisation_id=organisation_id)


async def list_for_vacancy(session: AsyncSession, vacancy_id: UUID) -> dict[UUID, Found]:
    """The applications for a vacancy by seeker: `id` and `status`."""
    return {row.seeker_id: row for row in await list_rows(session, _FOR_VACANCY, vacancy_id=vacancy_id)}


async def get(session: AsyncSession, application_id: UUID) -> Found:
    """One application, which exists."""
    return (await list_rows(session, _ONE, application_id=application_id))[0]


async def find_of(session: AsyncSession, vacancy_id: UUID, seeker_id: UUID) -> ApplicationRow | None:
    """The seeker's application for a vacancy, or None."""
    query = select_entity(ApplicationRow).where(
        col(ApplicationRow.vacancy_id) == vacancy_id, col(ApplicationRow.seeker_id) == seeker_id
    )
    return (await session.exec(query)).one_or_none()


async def lock(session: AsyncSession, application_id: UUID) -> ApplicationRow | None:
    """The application for change, or None."""
    query = select_entity(ApplicationRow).where(col(ApplicationRow.id) == application_id).with_for_update()
    return (await session.exec(query)).one_or_none()


async def list_meetings(session: AsyncSession, seeker_id: UUID, *, scope: UUID | None) -> dict[UUID, list[Met]]:
    """A seeker's meetings by employer, oldest first; within one event for a personal link."""
    found: dict[UUID, list[Met]] = {}
    for row in await list_rows(session, _MEETINGS_OF, seeker_id=seeker_id):
        if scope in (None, row.event_id):
            found.setdefault(row.organisation_id, []).append(_met(row))
    return found


async def list_met_by(session: AsyncSession, organisation_id: UUID) -> dict[UUID, Met]:
    """The last talk of an employer with each seeker it has met."""
    rows = await list_rows(session, _MET_BY, organisation_id=organisation_id)
    return {row.seeker_id: _met(row) for row in rows}


async def is_findable(session: AsyncSession, person_id: UUID) -> bool | None:
    """The seeker's newest word on being found, None before the first."""
    newest = await find_row(session, _CHOICE, person_id=person_id)
    return newest.findable if newest else None


async def list_findable(session: AsyncSession, among: Collection[UUID]) -> set[UUID]:
    """Those of these people whose newest word is that they may be found, but for those whose data is protected."""
    return {row.person_id for row in await list_rows(session, _FINDABLE_AMONG, ids=list(among))}


async def list_findable_people(session: AsyncSession) -> list[FindablePerson]:
    """Everybody who may be found and has told of a competence, by name."""
    people: dict[UUID, FindablePerson] = {}
    for row in await list_rows(session, _FINDABLE_COMPETENCES):
        people.setdefault(row.id, FindablePerson(row.id, row.name, {})).known[row.label] = row.evidence
    return list(people.values())


async def list_competences(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, dict[str, str]]:
    """What people know, as they write it, with the kind of evidence."""
    found: dict[UUID, dict[str, str]] = {person_id: {} for person_id in ids}
    for row in await list_rows(session, _COMPETENCES, ids=list(ids)):
        found[row.person_id][row.label] = row.evidence
    return found


def _met(row: Found) -> Met:
    return Met(
        meeting_id=row.id,
        at=row.talk_started_at or row.starts_at,
        is_held=row.talk_started_at is not None,
        recruiter_name=row.recruiter_name,
    )
