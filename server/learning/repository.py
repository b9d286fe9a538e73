"""Reading the learning loop: goals with what became of them, meetings held, reflections, actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.actions import ActionState
from realtime.meeting import MeetingState
from server.identity.repository import lock_person
from server.identity.tables import OrganisationRow
from server.kit.rows import Found, list_rows
from server.learning.tables import ActionRow, GoalCheckRow, ReflectionRow
from server.meetings.tables import MeetingRow
from server.reading.tables import GoalRow
from server.scorecards.tables import ScorecardRow

HISTORY_MAX = 50
ACTIONS_MAX = 100
# The talk is over in these, and it took place.
_HELD = (MeetingState.FEEDBACK, MeetingState.CLOSED)


def _with_employer(row: type[GoalRow] | type[ActionRow], *names: str) -> Any:
    """A person's rows, each with the employer and the instrument of the feedback that it comes from, if any."""
    columns: tuple[Any, ...] = (
        *(col(getattr(row, name)) for name in names),
        col(ScorecardRow.pack),
        col(ScorecardRow.pack_version),
        col(OrganisationRow.name).label("employer_name"),
    )
    return (
        select(*columns)
        .outerjoin(ScorecardRow, col(ScorecardRow.id) == col(row.scorecard_id))
        .outerjoin(OrganisationRow, col(OrganisationRow.id) == col(ScorecardRow.organisation_id))
        .where(col(row.person_id) == bindparam("person_id"))
    )


_GOALS = (
    _with_employer(GoalRow, "id", "chip", "text", "shown", "status", "scorecard_id", "set_at", "ended_at")
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
_ACTIONS = (
    _with_employer(
        ActionRow,
        "id",
        "chip",
        "text",
        "state",
        "due_on",
        "first_due_on",
        "created_at",
        "ended_at",
        "scorecard_id",
    )
    .where(col(ActionRow.state) != ActionState.REMOVED)
    .order_by(col(ActionRow.created_at).desc())
    .limit(ACTIONS_MAX)
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


async def lock_goal(session: AsyncSession, goal_id: UUID, person_id: UUID) -> GoalRow | None:
    """One of the seeker's goals, to be changed."""
    mine = select(GoalRow).where(col(GoalRow.id) == goal_id, col(GoalRow.person_id) == person_id)
    return (await session.exec(mine.with_for_update())).first()


async def lock_action(session: AsyncSession, action_id: UUID, person_id: UUID) -> ActionRow | None:
    """One of the seeker's actions, to be changed."""
    mine = select(ActionRow).where(col(ActionRow.id) == action_id, col(ActionRow.person_id) == person_id)
    return (await session.exec(mine.with_for_update())).first()


async def lock_open_actions(session: AsyncSession, person_id: UUID) -> Sequence[ActionRow]:
    """What the seeker has yet to do; whoever else would add to it waits until this is over."""
    await lock_person(session, person_id)
    mine = select(ActionRow).where(col(ActionRow.person_id) == person_id, col(ActionRow.state) == ActionState.OPEN)
    return (await session.exec(mine)).all()
