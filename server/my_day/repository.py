"""Reading a seeker's own meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.employers.tables import RequirementProfileRow
from server.identity.actor import Actor
from server.identity.tables import OrganisationRow, PersonRow
from server.meetings.tables import MeetingRow
from server.recruitment_events.tables import DeskRow, RecruitmentEventRow, StationRow
from server.scorecards.tables import ScorecardRow


@dataclass(frozen=True, slots=True)
class FoundMeeting:
    """A seeker's meeting with what stands around it."""

    meeting: MeetingRow
    event: RecruitmentEventRow
    employer: OrganisationRow
    profile: RequirementProfileRow | None
    station: StationRow | None
    desk_opened_at: datetime | None
    recruiter_name: str | None
    released_scorecard_id: UUID | None

    @property
    def desk_is_open(self) -> bool:
        """Whether a recruiter is in place."""
        return self.desk_opened_at is not None


async def list_mine(session: AsyncSession, actor: Actor) -> list[FoundMeeting]:
    """The seeker's meetings in published events, soonest first; within one event for a personal link."""
    return await _find(session, actor)


async def find_mine(session: AsyncSession, actor: Actor, meeting_id: UUID) -> FoundMeeting | None:
    """One of the seeker's meetings, or None."""
    found = await _find(session, actor, col(MeetingRow.id) == meeting_id)
    return found[0] if found else None


async def _find(session: AsyncSession, actor: Actor, *conditions: object) -> list[FoundMeeting]:
    released = and_(col(ScorecardRow.meeting_id) == col(MeetingRow.id), col(ScorecardRow.state) == "released")
    columns = (MeetingRow, RecruitmentEventRow, OrganisationRow, RequirementProfileRow, StationRow)
    query = (
        select(*columns)  # type: ignore[call-overload]  # sqlmodel spells out four columns at the most
        .add_columns(col(DeskRow.opened_at), col(PersonRow.name), col(ScorecardRow.id))
        .join(RecruitmentEventRow, col(RecruitmentEventRow.id) == col(MeetingRow.recruitment_event_id))
        .join(OrganisationRow, col(OrganisationRow.id) == col(MeetingRow.organisation_id))
        .join(DeskRow, col(DeskRow.id) == col(MeetingRow.desk_id))
        .outerjoin(RequirementProfileRow, col(RequirementProfileRow.organisation_id) == col(OrganisationRow.id))
        .outerjoin(StationRow, col(StationRow.id) == col(MeetingRow.station_id))
        .outerjoin(PersonRow, col(PersonRow.id) == col(DeskRow.recruiter_id))
        .outerjoin(ScorecardRow, released)
        .where(col(MeetingRow.seeker_id) == actor.person_id, col(RecruitmentEventRow.status) != "draft", *conditions)
        .order_by(col(MeetingRow.starts_at), col(MeetingRow.created_at))
    )
    if actor.scope_event_id is not None:
        query = query.where(col(MeetingRow.recruitment_event_id) == actor.scope_event_id)
    return [FoundMeeting(*found) for found in await session.exec(query)]
