"""Reading and replacing what seekers say of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.kit.rows import Found, find_row, list_rows
from server.profiles.tables import CompetenceRow, QuestionRow
from server.reading.tables import GoalRow, SharingChoiceRow
from server.scorecards.tables import ScorecardRow

_COMPETENCES = (
    select(col(CompetenceRow.label), col(CompetenceRow.detail), col(CompetenceRow.evidence))
    .where(col(CompetenceRow.person_id) == bindparam("person_id"))
    .order_by(col(CompetenceRow.position))
)
_QUESTIONS = (
    select(col(QuestionRow.text))
    .where(col(QuestionRow.person_id) == bindparam("person_id"))
    .order_by(col(QuestionRow.position))
)
_GOAL_COLUMNS: tuple[Any, ...] = (
    col(GoalRow.chip),
    col(GoalRow.text),
    col(GoalRow.shown),
    col(GoalRow.scorecard_id),
    col(GoalRow.set_at),
    col(ScorecardRow.pack),
    col(ScorecardRow.pack_version),
)
_GOAL = (
    select(*_GOAL_COLUMNS)
    .outerjoin(ScorecardRow, col(ScorecardRow.id) == col(GoalRow.scorecard_id))
    .where(col(GoalRow.person_id) == bindparam("person_id"), col(GoalRow.status) == "current")
    .limit(1)
)


async def list_competences(session: AsyncSession, person_id: UUID) -> Sequence[Found]:
    """The seeker's competences in their own order."""
    return await list_rows(session, _COMPETENCES, person_id=person_id)


async def list_questions(session: AsyncSession, person_id: UUID) -> list[str]:
    """The questions the seeker brings, in their own order."""
    return [row.text for row in await list_rows(session, _QUESTIONS, person_id=person_id)]


async def replace_questions(session: AsyncSession, person_id: UUID, texts: list[str]) -> None:
    """Store these questions in place of the old ones."""
    await session.exec(delete(QuestionRow).where(col(QuestionRow.person_id) == person_id))
    session.add_all(QuestionRow(person_id=person_id, position=n, text=text) for n, text in enumerate(texts))


async def find_goal(session: AsyncSession, person_id: UUID) -> Found | None:
    """The seeker's goal, if they have one now."""
    return await find_row(session, _GOAL, person_id=person_id)


def add_sharing(session: AsyncSession, person_id: UUID, *, shares: bool, now: datetime) -> None:
    """Append to the ledger; nothing in it is ever changed."""
    session.add(SharingChoiceRow(person_id=person_id, shares=shares, at=now))
