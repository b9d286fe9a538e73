"""Reading what a desk shows, in a fixed number of statements however long its line is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from realtime.meeting import MeetingState
from server.identity.tables import OrganisationRow, PersonRow
from server.meetings.tables import MeetingRow, PresenceRow
from server.profiles.tables import CompetenceRow, QuestionRow
from server.reading.tables import GoalRow
from server.recruitment_events.tables import DeskRow, RecruitmentEventRow, StationRow
from server.scorecards.tables import ScorecardRow


@dataclass(frozen=True, slots=True)
class FoundDesk:
    """A desk with what stands around it."""

    desk: DeskRow
    event: RecruitmentEventRow
    employer: OrganisationRow
    station: StationRow | None


@dataclass(frozen=True, slots=True)
class SeekerFacts:
    """What a recruiter may know of a seeker before and in a meeting."""

    person: PersonRow
    competences: list[CompetenceRow] = field(default_factory=list)
    questions: list[QuestionRow] = field(default_factory=list)
    goal: GoalRow | None = None


async def list_desks(session: AsyncSession, *, organisation_ids: Collection[UUID], until: datetime) -> list[FoundDesk]:
    """Desks of these employers in published events that end after `until`, soonest first."""
    query = (
        _desks()
        .where(
            col(DeskRow.organisation_id).in_(organisation_ids),
            col(RecruitmentEventRow.status) == "published",
            col(RecruitmentEventRow.ends_at) > until,
        )
        .order_by(col(RecruitmentEventRow.starts_at), col(DeskRow.number))
    )
    return [FoundDesk(*found) for found in await session.exec(query)]


async def find_desk(session: AsyncSession, desk_id: UUID, *, organisation_ids: Collection[UUID]) -> FoundDesk | None:
    """The desk, if it is one of these employers' and its event is published."""
    query = _desks().where(
        col(DeskRow.id) == desk_id,
        col(DeskRow.organisation_id).in_(organisation_ids),
        col(RecruitmentEventRow.status) != "draft",
    )
    found = (await session.exec(query)).one_or_none()
    return FoundDesk(*found) if found else None


def _desks() -> Select[DeskRow, RecruitmentEventRow, OrganisationRow, StationRow]:
    return (
        select(DeskRow, RecruitmentEventRow, OrganisationRow, StationRow)
        .join(RecruitmentEventRow, col(RecruitmentEventRow.id) == col(DeskRow.recruitment_event_id))
        .join(OrganisationRow, col(OrganisationRow.id) == col(DeskRow.organisation_id))
        .outerjoin(StationRow, col(StationRow.id) == col(DeskRow.station_id))
    )


async def list_open_scorecards(
    session: AsyncSession, desk_id: UUID, *, now: datetime
) -> list[tuple[MeetingRow, ScorecardRow | None]]:
    """Closed meetings of the desk whose feedback is not given yet, or can still be undone; oldest first."""
    query = (
        select(MeetingRow, ScorecardRow)
        .outerjoin(ScorecardRow, col(ScorecardRow.meeting_id) == col(MeetingRow.id))
        .where(
            col(MeetingRow.desk_id) == desk_id,
            col(MeetingRow.state) == MeetingState.CLOSED,
            col(MeetingRow.talk_started_at).is_not(None),
            or_(
                col(ScorecardRow.id).is_(None),
                col(ScorecardRow.state) == "draft",
                and_(col(ScorecardRow.state) == "sent", col(ScorecardRow.release_at) > now),
            ),
        )
        .order_by(col(MeetingRow.closed_at))
    )
    return list((await session.exec(query)).all())


async def find_seekers(session: AsyncSession, seeker_ids: Collection[UUID]) -> dict[UUID, SeekerFacts]:
    """What recruiters may know of these seekers, in four statements."""
    if not seeker_ids:
        return {}
    people = await session.exec(select(PersonRow).where(col(PersonRow.id).in_(seeker_ids)))
    goals: dict[UUID, GoalRow] = {}
    current = select(GoalRow).where(col(GoalRow.person_id).in_(seeker_ids), col(GoalRow.status) == "current")
    for goal in await session.exec(current):
        goals[goal.person_id] = goal
    facts = {person.id: SeekerFacts(person, goal=goals.get(person.id)) for person in people}
    competences = select(CompetenceRow).where(col(CompetenceRow.person_id).in_(seeker_ids))
    for competence in await session.exec(competences.order_by(col(CompetenceRow.position))):
        facts[competence.person_id].competences.append(competence)
    questions = select(QuestionRow).where(col(QuestionRow.person_id).in_(seeker_ids))
    for question in await session.exec(questions.order_by(col(QuestionRow.position))):
        facts[question.person_id].questions.append(question)
    return facts


async def list_present(session: AsyncSession, meeting_ids: Sequence[UUID], *, now: datetime) -> set[tuple[UUID, UUID]]:
    """Who is in the rooms of these meetings, as (meeting, person)."""
    if not meeting_ids:
        return set()
    query = select(PresenceRow.meeting_id, PresenceRow.person_id).where(
        col(PresenceRow.meeting_id).in_(meeting_ids), col(PresenceRow.expires_at) > now
    )
    return set((await session.exec(query)).all())
