"""Reading a seeker's own meetings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from server.employers.tables import RequirementProfileRow
from server.identity.actor import Actor
from server.identity.tables import OrganisationRow, PersonRow
from server.kit.rows import Found, list_rows
from server.meetings.tables import MeetingRow
from server.recruitment_events.tables import DeskRow, RecruitmentEventRow, StationRow
from server.scorecards.tables import ScorecardRow

_COLUMNS: tuple[Any, ...] = (
    col(MeetingRow.id),
    col(MeetingRow.state),
    col(MeetingRow.form),
    col(MeetingRow.format),
    col(MeetingRow.starts_at),
    col(MeetingRow.ends_at),
    col(MeetingRow.desk_id),
    col(MeetingRow.slot_id),
    col(MeetingRow.check_in_code),
    col(MeetingRow.ready_at),
    col(MeetingRow.called_at),
    col(MeetingRow.talk_started_at),
    col(MeetingRow.talk_ends_at),
    col(MeetingRow.feedback_ends_at),
    col(MeetingRow.closed_at),
    col(MeetingRow.closed_by),
    col(MeetingRow.extensions),
    col(RecruitmentEventRow.id).label("event_id"),
    col(RecruitmentEventRow.name).label("event_name"),
    col(RecruitmentEventRow.place),
    col(RecruitmentEventRow.zone),
    col(RecruitmentEventRow.talk_s),
    col(RecruitmentEventRow.feedback_s),
    col(RecruitmentEventRow.extension_s),
    col(RecruitmentEventRow.early_start_s),
    col(RecruitmentEventRow.late_after_s),
    col(RecruitmentEventRow.no_show_after_s),
    col(OrganisationRow.id).label("employer_id"),
    col(OrganisationRow.name).label("employer_name"),
    col(RequirementProfileRow.about),
    col(RequirementProfileRow.roles),
    col(RequirementProfileRow.competences_wanted),
    col(StationRow.number).label("station_number"),
    col(StationRow.name).label("station_name"),
    col(StationRow.is_accessible),
    col(DeskRow.opened_at).label("desk_opened_at"),
    col(PersonRow.name).label("recruiter_name"),
    col(ScorecardRow.id).label("released_scorecard_id"),
)
_RELEASED = and_(col(ScorecardRow.meeting_id) == col(MeetingRow.id), col(ScorecardRow.state) == "released")
_MINE = (
    select(*_COLUMNS)
    .join(RecruitmentEventRow, col(RecruitmentEventRow.id) == col(MeetingRow.recruitment_event_id))
    .join(OrganisationRow, col(OrganisationRow.id) == col(MeetingRow.organisation_id))
    .join(DeskRow, col(DeskRow.id) == col(MeetingRow.desk_id))
    .outerjoin(RequirementProfileRow, col(RequirementProfileRow.organisation_id) == col(OrganisationRow.id))
    .outerjoin(StationRow, col(StationRow.id) == col(MeetingRow.station_id))
    .outerjoin(PersonRow, col(PersonRow.id) == col(DeskRow.recruiter_id))
    .outerjoin(ScorecardRow, _RELEASED)
    .where(col(MeetingRow.seeker_id) == bindparam("seeker_id"), col(RecruitmentEventRow.status) != "draft")
    .order_by(col(MeetingRow.starts_at), col(MeetingRow.created_at))
)
_ONE_OF_MINE = _MINE.where(col(MeetingRow.id) == bindparam("meeting_id"))


async def list_mine(session: AsyncSession, actor: Actor) -> Sequence[Found]:
    """The seeker's meetings in published events, soonest first; within one event for a personal link."""
    return _in_scope(await list_rows(session, _MINE, seeker_id=actor.person_id), actor)


async def find_mine(session: AsyncSession, actor: Actor, meeting_id: UUID) -> Found | None:
    """One of the seeker's meetings, or None."""
    found = await list_rows(session, _ONE_OF_MINE, seeker_id=actor.person_id, meeting_id=meeting_id)
    return next(iter(_in_scope(found, actor)), None)


def _in_scope(found: Sequence[Found], actor: Actor) -> Sequence[Found]:
    return [row for row in found if actor.scope_event_id in (None, row.event_id)]
