"""Reading and replacing what seekers say of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.vocabulary import vocabulary
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
    col(GoalRow.status),
    col(GoalRow.scorecard_id),
    col(GoalRow.set_at),
    col(ScorecardRow.pack),
    col(ScorecardRow.pack_version),
)
_GOALS = (
    select(*_GOAL_COLUMNS)
    .outerjoin(ScorecardRow, col(ScorecardRow.id) == col(GoalRow.scorecard_id))
    .where(col(GoalRow.person_id) == bindparam("person_id"))
    .order_by(col(GoalRow.set_at).desc())
)
_SHARING = (
    select(col(SharingChoiceRow.shares))
    .where(col(SharingChoiceRow.person_id) == bindparam("person_id"))
    .order_by(col(SharingChoiceRow.at).desc())
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


async def replace_competences(session: AsyncSession, person_id: UUID, claims: list[tuple[str, str]]) -> None:
    """Store these (label, detail) in place of the old ones; one that stays keeps its id, evidence and example."""
    keys_of = vocabulary().keys_of
    mine = select(CompetenceRow).where(col(CompetenceRow.person_id) == person_id)
    before = {keys_of(row.label): row for row in (await session.exec(mine)).all()}
    for position, (label, detail) in enumerate(claims):
        row = before.pop(keys_of(label), None) or CompetenceRow(person_id=person_id, label=label)
        row.position, row.label, row.detail = position, label, detail
        session.add(row)
    for gone in before.values():
        await session.delete(gone)


async def list_goals(session: AsyncSession, person_id: UUID) -> Sequence[Found]:
    """The seeker's goals, newest first."""
    return await list_rows(session, _GOALS, person_id=person_id)


async def find_sharing(session: AsyncSession, person_id: UUID) -> bool | None:
    """The seeker's newest sharing choice, None before the first."""
    found = await find_row(session, _SHARING, person_id=person_id)
    return found.shares if found else None


def add_sharing(session: AsyncSession, person_id: UUID, *, shares: bool, now: datetime) -> None:
    """Append to the ledger; nothing in it is ever changed."""
    session.add(SharingChoiceRow(person_id=person_id, shares=shares, at=now))
