"""Reading what a desk shows, in a fixed number of statements however long its line is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from realtime.meeting import MeetingState
from server.employers.tables import RequirementProfileRow
from server.identity.tables import OrganisationRow, PersonRow
from server.kit.rows import Found, find_row, list_rows
from server.meetings.tables import MeetingRow, PresenceRow
from server.profiles.tables import CompetenceRow, QuestionRow
from server.reading.tables import GoalRow
from server.recruitment_events.tables import DeskRow, RecruitmentEventRow, StationRow
from server.scorecards.tables import ScorecardRow


@dataclass(frozen=True, slots=True)
class SeekerFacts:
    """What a recruiter may know of a seeker before and in a meeting."""

    id: UUID
    name: str
    competences: list[Found] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    goals: list[Found] = field(default_factory=list)


_DESK_COLUMNS: tuple[Any, ...] = (
    col(DeskRow.id),
    col(DeskRow.number),
    col(DeskRow.form),
    col(DeskRow.opened_at),
    col(DeskRow.on_duty_from),
    col(DeskRow.on_duty_until),
    col(RecruitmentEventRow.id).label("event_id"),
    col(RecruitmentEventRow.name).label("event_name"),
    col(RecruitmentEventRow.template),
    col(RecruitmentEventRow.place),
    col(RecruitmentEventRow.zone),
    col(RecruitmentEventRow.starts_at),
    col(RecruitmentEventRow.ends_at),
    col(RecruitmentEventRow.talk_s),
    col(RecruitmentEventRow.feedback_s),
    col(RecruitmentEventRow.undo_s),
    col(RecruitmentEventRow.extension_s),
    col(RecruitmentEventRow.early_start_s),
    col(RecruitmentEventRow.late_after_s),
    col(RecruitmentEventRow.no_show_after_s),
    col(OrganisationRow.id).label("employer_id"),
    col(OrganisationRow.name).label("employer_name"),
    col(StationRow.name).label("station_name"),
    col(RequirementProfileRow.competences_wanted),
)
_DESKS = (
    select(*_DESK_COLUMNS)
    .join(RecruitmentEventRow, col(RecruitmentEventRow.id) == col(DeskRow.recruitment_event_id))
    .join(OrganisationRow, col(OrganisationRow.id) == col(DeskRow.organisation_id))
    .outerjoin(StationRow, col(StationRow.id) == col(DeskRow.station_id))
    .outerjoin(RequirementProfileRow, col(RequirementProfileRow.organisation_id) == col(DeskRow.organisation_id))
    .where(col(DeskRow.organisation_id).in_(bindparam("organisation_ids", expanding=True)))
)
_COMING_DESKS = _DESKS.where(
    col(RecruitmentEventRow.status) == "published", col(RecruitmentEventRow.ends_at) > bindparam("until")
).order_by(col(RecruitmentEventRow.starts_at), col(DeskRow.number))
_ONE_DESK = _DESKS.where(col(DeskRow.id) == bindparam("desk_id"), col(RecruitmentEventRow.status) != "draft")
_UNFINISHED = (
    select(MeetingRow)
    .outerjoin(ScorecardRow, col(ScorecardRow.meeting_id) == col(MeetingRow.id))
    .where(
        col(MeetingRow.desk_id) == bindparam("desk_id"),
        col(MeetingRow.state) == MeetingState.CLOSED,
        col(MeetingRow.talk_started_at).is_not(None),
        or_(
            col(ScorecardRow.id).is_(None),
            col(ScorecardRow.state) == "draft",
            and_(col(ScorecardRow.state) == "sent", col(ScorecardRow.release_at) > bindparam("now")),
        ),
    )
    .order_by(col(MeetingRow.closed_at))
)
_SEEKER_IDS: Any = bindparam("seeker_ids", expanding=True)
_SEEKERS = select(col(PersonRow.id), col(PersonRow.name)).where(col(PersonRow.id).in_(_SEEKER_IDS))
_GOALS = (
    select(
        col(GoalRow.person_id),
        col(GoalRow.chip),
        col(GoalRow.text),
        col(ScorecardRow.pack),
        col(ScorecardRow.pack_version),
    )
    .outerjoin(ScorecardRow, col(ScorecardRow.id) == col(GoalRow.scorecard_id))
    .where(col(GoalRow.person_id).in_(_SEEKER_IDS), col(GoalRow.status) == "current", col(GoalRow.shown).is_(True))
)
_COMPETENCES = (
    select(
        col(CompetenceRow.person_id),
        col(CompetenceRow.label),
        col(CompetenceRow.detail),
        col(CompetenceRow.evidence),
    )
    .where(col(CompetenceRow.person_id).in_(_SEEKER_IDS))
    .order_by(col(CompetenceRow.position))
)
_QUESTIONS = (
    select(col(QuestionRow.person_id), col(QuestionRow.text))
    .where(col(QuestionRow.person_id).in_(_SEEKER_IDS))
    .order_by(col(QuestionRow.position))
)
_PRESENT = select(col(PresenceRow.meeting_id), col(PresenceRow.person_id)).where(
    col(PresenceRow.meeting_id).in_(bindparam("meeting_ids", expanding=True)),
    col(PresenceRow.expires_at) > bindparam("now"),
)


async def list_desks(session: AsyncSession, *, organisation_ids: Collection[UUID], until: datetime) -> Sequence[Found]:
    """Desks of these employers in published events that end after `until`, soonest first."""
    return await list_rows(session, _COMING_DESKS, organisation_ids=list(organisation_ids), until=until)


async def find_desk(session: AsyncSession, desk_id: UUID, *, organisation_ids: Collection[UUID]) -> Found | None:
    """The desk, if it is one of these employers' and its event is published."""
    return await find_row(session, _ONE_DESK, desk_id=desk_id, organisation_ids=list(organisation_ids))


async def list_unfinished(session: AsyncSession, desk_id: UUID, *, now: datetime) -> Sequence[Found]:
    """Closed meetings of the desk whose feedback is not given yet, or can still be undone; oldest first."""
    return await list_rows(session, _UNFINISHED, desk_id=desk_id, now=now)


async def find_seekers(session: AsyncSession, seeker_ids: Collection[UUID]) -> dict[UUID, SeekerFacts]:
    """What recruiters may know of these seekers, in four statements."""
    ids = list(seeker_ids)
    if not ids:
        return {}
    facts = {row.id: SeekerFacts(row.id, row.name) for row in await list_rows(session, _SEEKERS, seeker_ids=ids)}
    for goal in await list_rows(session, _GOALS, seeker_ids=ids):
        facts[goal.person_id].goals.append(goal)
    for competence in await list_rows(session, _COMPETENCES, seeker_ids=ids):
        facts[competence.person_id].competences.append(competence)
    for question in await list_rows(session, _QUESTIONS, seeker_ids=ids):
        facts[question.person_id].questions.append(question.text)
    return facts


async def list_present(session: AsyncSession, meeting_ids: Sequence[UUID], *, now: datetime) -> set[tuple[UUID, UUID]]:
    """Who is in the rooms of these meetings, as (meeting, person)."""
    if not meeting_ids:
        return set()
    found = await list_rows(session, _PRESENT, meeting_ids=meeting_ids, now=now)
    return {(row.meeting_id, row.person_id) for row in found}
