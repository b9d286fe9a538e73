"""Reading and writing three-party meetings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.tables import OrganisationRow, PersonRow
from server.kit.rows import Found, list_rows
from server.scorecards.tables import ScorecardRow
from server.three_party.tables import ThreePartyMeetingRow, ThreePartyTimeRow

LIST_MAX = 200
_seeker, _recruiter, _case_worker = aliased(PersonRow), aliased(PersonRow), aliased(PersonRow)
_SHOWN = (
    "id",
    "seeker_id",
    "recruiter_id",
    "case_worker_id",
    "purpose",
    "form",
    "place",
    "length_min",
    "state",
    "declined_by",
    "starts_at",
    "made_at",
    "employer_asked_at",
    "ended_at",
)
_COLUMNS: tuple[Any, ...] = (
    *(col(getattr(ThreePartyMeetingRow, name)) for name in _SHOWN),
    col(_seeker.name).label("seeker_name"),
    col(_recruiter.name).label("recruiter_name"),
    col(_case_worker.name).label("case_worker_name"),
    col(OrganisationRow.name).label("employer_name"),
)
_MEETINGS = (
    select_columns(*_COLUMNS)
    .join(_seeker, col(_seeker.id) == col(ThreePartyMeetingRow.seeker_id))
    .join(_recruiter, col(_recruiter.id) == col(ThreePartyMeetingRow.recruiter_id))
    .join(_case_worker, col(_case_worker.id) == col(ThreePartyMeetingRow.case_worker_id))
    .join(OrganisationRow, col(OrganisationRow.id) == col(ThreePartyMeetingRow.organisation_id))
    .order_by(col(ThreePartyMeetingRow.made_at).desc(), col(ThreePartyMeetingRow.id))
)
_OF_SEEKERS = _MEETINGS.where(col(ThreePartyMeetingRow.seeker_id).in_(bindparam("seeker_ids", expanding=True)))
_OF_RECRUITER = _MEETINGS.where(
    col(ThreePartyMeetingRow.recruiter_id) == bindparam("recruiter_id"),
    col(ThreePartyMeetingRow.employer_asked_at).is_not(None),
).limit(LIST_MAX)


async def list_of_seekers(session: AsyncSession, seeker_ids: Collection[UUID]) -> Sequence[Found]:
    """The meetings of these seekers with everybody's names, newest first."""
    return await list_rows(session, _OF_SEEKERS, seeker_ids=list(seeker_ids))


async def list_of_recruiter(session: AsyncSession, recruiter_id: UUID) -> Sequence[Found]:
    """The meetings that a recruiter was asked about, newest first."""
    return await list_rows(session, _OF_RECRUITER, recruiter_id=recruiter_id)


async def list_times(session: AsyncSession, meeting_ids: Collection[UUID]) -> dict[UUID, list[ThreePartyTimeRow]]:
    """The times asked about, by meeting, in order."""
    query = select(ThreePartyTimeRow).where(col(ThreePartyTimeRow.meeting_id).in_(list(meeting_ids)))
    found: defaultdict[UUID, list[ThreePartyTimeRow]] = defaultdict(list)
    for row in (await session.exec(query.order_by(col(ThreePartyTimeRow.starts_at)))).all():
        found[row.meeting_id].append(row)
    return found


async def lock_meeting(session: AsyncSession, meeting_id: UUID) -> ThreePartyMeetingRow | None:
    """A meeting, locked until commit, or None."""
    query = select(ThreePartyMeetingRow).where(col(ThreePartyMeetingRow.id) == meeting_id).with_for_update()
    return (await session.exec(query)).one_or_none()


async def find_seeker_id(session: AsyncSession, meeting_id: UUID) -> UUID | None:
    """Whom a meeting is about, or None where there is no such meeting."""
    row = await session.get(ThreePartyMeetingRow, meeting_id)
    return row.seeker_id if row else None


async def get_people(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, PersonRow]:
    """These people by id."""
    query = select(PersonRow).where(col(PersonRow.id).in_(list(ids)))
    return {row.id: row for row in (await session.exec(query)).all()}


async def get_recruiter_of(session: AsyncSession, scorecard_id: UUID) -> tuple[UUID, UUID]:
    """The employer and the recruiter who gave a feedback."""
    query = select(ScorecardRow.organisation_id, ScorecardRow.recruiter_id).where(col(ScorecardRow.id) == scorecard_id)
    return (await session.exec(query)).one()
