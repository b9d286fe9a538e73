"""Reading the learning loop: goals with what became of them, meetings held, reflections, actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from realtime.meeting import MeetingState
from server.identity.tables import OrganisationRow
from server.kit.rows import Found, list_rows
from server.learning.tables import ActionRow, GoalCheckRow, ReflectionRow
from server.meetings.tables import MeetingRow
from server.reading.tables import GoalRow
from server.scorecards.tables import ScorecardRow

HISTORY_MAX = 50
# The talk is over in these, and it took place.
_HELD = (MeetingState.FEEDBACK, MeetingState.CLOSED)

_FROM: tuple[Any, ...] = (
    col(ScorecardRow.pack),
    col(ScorecardRow.pack_version),
    col(OrganisationRow.name).label("employer_name"),
)
_GOAL_COLUMNS: tuple[Any, ...] = (
    col(GoalRow.id),
    col(GoalRow.chip),
    col(GoalRow.text),
    col(GoalRow.shown),
    col(GoalRow.status),
    col(GoalRow.scorecard_id),
    col(GoalRow.set_at),
    col(GoalRow.ended_at),
    *_FROM,
)
_GOALS = (
    select(*_GOAL_COLUMNS)
    .outerjoin(ScorecardRow, col(ScorecardRow.id) == col(GoalRow.scorecard_id))
    .outerjoin(OrganisationRow, col(OrganisationRow.id) == col(ScorecardRow.organisation_id))
    .where(col(GoalRow.person_id) == bindparam("person_id"))
    .order_by(col(GoalRow.set_at).desc())
    .limit(HISTORY_MAX)
)
_CHECK_COLUMNS: tuple[Any, ...] = (
    col(GoalCheckRow.goal_id),
    col(GoalCheckRow.meeting_id),
    col(GoalCheckRow.outcome),
    col(GoalCheckRow.at),
    col(OrganisationRow.name).label("employer_name"),
)
_CHECKS = (
    select(*_CHECK_COLUMNS)
    .join(GoalRow, col(GoalRow.id) == col(GoalCheckRow.goal_id))
    .join(MeetingRow, col(MeetingRow.id) == col(GoalCheckRow.meeting_id))
    .join(OrganisationRow, col(OrganisationRow.id) == col(MeetingRow.organisation_id))
    .where(col(GoalRow.person_id) == bindparam("person_id"))
    .order_by(col(GoalCheckRow.at))
)
_MEETING_COLUMNS: tuple[Any, ...] = (
    col(MeetingRow.id),
    col(MeetingRow.recruitment_event_id),
    col(MeetingRow.talk_started_at).label("held_at"),
    col(OrganisationRow.name).label("employer_name"),
    col(ReflectionRow.answers),
    col(ReflectionRow.shared),
    col(ReflectionRow.at),
)
_MEETINGS = (
    select(*_MEETING_COLUMNS)
    .join(OrganisationRow, col(OrganisationRow.id) == col(MeetingRow.organisation_id))
    .outerjoin(ReflectionRow, col(ReflectionRow.meeting_id) == col(MeetingRow.id))
    .where(
        col(MeetingRow.seeker_id) == bindparam("person_id"),
        col(MeetingRow.state).in_(_HELD),
        col(MeetingRow.talk_started_at).is_not(None),
    )
    .order_by(col(MeetingRow.talk_started_at).desc())
    .limit(HISTORY_MAX)
)
_ACTION_COLUMNS: tuple[Any, ...] = (
    col(ActionRow.id),
    col(ActionRow.chip),
    col(ActionRow.text),
    col(ActionRow.state),
    col(ActionRow.due_on),
    col(ActionRow.first_due_on),
    col(ActionRow.created_at),
    col(ActionRow.ended_at),
    col(ActionRow.scorecard_id),
    *_FROM,
)
_ACTIONS = (
    select(*_ACTION_COLUMNS)
    .outerjoin(ScorecardRow, col(ScorecardRow.id) == col(ActionRow.scorecard_id))
    .outerjoin(OrganisationRow, col(OrganisationRow.id) == col(ScorecardRow.organisation_id))
    .where(col(ActionRow.person_id) == bindparam("person_id"), col(ActionRow.state) != "removed")
    .order_by(col(ActionRow.created_at).desc())
    .limit(HISTORY_MAX * 2)
)


async def list_goals(session: AsyncSession, person_id: UUID) -> Sequence[Found]:
    """The seeker's goals with the employers they came from, newest first."""
    return await list_rows(session, _GOALS, person_id=person_id)


async def list_checks(session: AsyncSession, person_id: UUID) -> Sequence[Found]:
    """What became of the seeker's goals, meeting by meeting, oldest first."""
    return await list_rows(session, _CHECKS, person_id=person_id)


async def list_held(session: AsyncSession, person_id: UUID, *, scope_event_id: UUID | None) -> Sequence[Found]:
    """The meetings that the seeker has had, newest first, each with its reflection if there is one.

    Within one event for a personal link.
    """
    rows = await list_rows(session, _MEETINGS, person_id=person_id)
    return [row for row in rows if scope_event_id in (None, row.recruitment_event_id)]


async def list_actions(session: AsyncSession, person_id: UUID) -> Sequence[Found]:
    """What the seeker means to do or has done, newest first."""
    return await list_rows(session, _ACTIONS, person_id=person_id)


async def lock_current_goal(session: AsyncSession, person_id: UUID) -> GoalRow | None:
    """The goal that the seeker has now, to be changed."""
    mine = select(GoalRow).where(col(GoalRow.person_id) == person_id, col(GoalRow.status) == "current")
    return (await session.exec(mine.with_for_update())).first()


async def lock_goal(session: AsyncSession, goal_id: UUID, person_id: UUID) -> GoalRow | None:
    """One of the seeker's goals, to be changed."""
    mine = select(GoalRow).where(col(GoalRow.id) == goal_id, col(GoalRow.person_id) == person_id)
    return (await session.exec(mine.with_for_update())).first()


async def lock_action(session: AsyncSession, action_id: UUID, person_id: UUID) -> ActionRow | None:
    """One of the seeker's actions, to be changed."""
    mine = select(ActionRow).where(col(ActionRow.id) == action_id, col(ActionRow.person_id) == person_id)
    return (await session.exec(mine.with_for_update())).first()


async def list_open_actions(session: AsyncSession, person_id: UUID) -> list[ActionRow]:
    """What the seeker has yet to do."""
    mine = select(ActionRow).where(col(ActionRow.person_id) == person_id, col(ActionRow.state) == "open")
    return list((await session.exec(mine)).all())
