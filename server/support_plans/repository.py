"""Reading and writing plans. What a step rests on is read elsewhere, by whoever may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, exists, not_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.tables import PersonRow
from server.kit.rows import Found, list_rows
from server.support_plans.tables import PlanCommentRow, PlanStepRow, PlanStepSourceRow

_COMMENT_COLUMNS: tuple[Any, ...] = (
    col(PlanCommentRow.id),
    col(PlanCommentRow.seeker_id),
    col(PlanCommentRow.step_id),
    col(PlanCommentRow.said_by),
    col(PlanCommentRow.text),
    col(PlanCommentRow.at),
    col(PersonRow.name).label("author_name"),
)
_COMMENTS = (
    select_columns(*_COMMENT_COLUMNS)
    .join(PersonRow, col(PersonRow.id) == col(PlanCommentRow.author_id))
    .where(col(PlanCommentRow.seeker_id).in_(bindparam("seeker_ids", expanding=True)))
    .order_by(col(PlanCommentRow.at), col(PlanCommentRow.id))
)


_agency = aliased(PlanCommentRow)
_ANSWERED = exists().where(
    col(_agency.seeker_id) == col(PlanCommentRow.seeker_id),
    col(_agency.said_by) == "agency",
    col(_agency.at) > col(PlanCommentRow.at),
)
_UNANSWERED_COLUMNS: tuple[Any, ...] = (
    col(PlanCommentRow.seeker_id),
    func.min(col(PlanCommentRow.at)).label("since"),
    func.max(col(PlanCommentRow.at)).label("newest"),
)
_UNANSWERED = (
    select_columns(*_UNANSWERED_COLUMNS)
    .where(
        col(PlanCommentRow.seeker_id).in_(bindparam("seeker_ids", expanding=True)),
        col(PlanCommentRow.said_by) == "seeker",
        not_(_ANSWERED),
    )
    .group_by(col(PlanCommentRow.seeker_id))
)


async def list_steps(session: AsyncSession, seeker_ids: Collection[UUID]) -> Sequence[PlanStepRow]:
    """The steps of these seekers' plans in order, without those that were removed."""
    query = (
        select(PlanStepRow)
        .where(col(PlanStepRow.seeker_id).in_(list(seeker_ids)), col(PlanStepRow.removed_at).is_(None))
        .order_by(col(PlanStepRow.position), col(PlanStepRow.made_at), col(PlanStepRow.id))
    )
    return (await session.exec(query)).all()


async def find_step(session: AsyncSession, step_id: UUID, *, seeker_id: UUID) -> PlanStepRow | None:
    """A step of the seeker's plan, removed or not, or None."""
    query = select(PlanStepRow).where(col(PlanStepRow.id) == step_id, col(PlanStepRow.seeker_id) == seeker_id)
    return (await session.exec(query)).one_or_none()


async def next_position(session: AsyncSession, seeker_id: UUID) -> int:
    """The place after the last step, removed ones counted."""
    query = select(func.max(PlanStepRow.position)).where(col(PlanStepRow.seeker_id) == seeker_id)
    last = (await session.exec(query)).one()
    return 1 if last is None else last + 1


async def list_sources(session: AsyncSession, seeker_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """The scorecards that each step of these seekers' plans rests on, whoever may see them."""
    query = (
        select(PlanStepSourceRow.step_id, PlanStepSourceRow.scorecard_id)
        .join(PlanStepRow, col(PlanStepRow.id) == col(PlanStepSourceRow.step_id))
        .where(col(PlanStepRow.seeker_id).in_(list(seeker_ids)))
    )
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for step_id, scorecard_id in (await session.exec(query)).all():
        found[step_id].add(scorecard_id)
    return found


async def replace_sources(session: AsyncSession, step_id: UUID, scorecard_ids: Collection[UUID]) -> None:
    """Let a step rest on these scorecards."""
    await session.exec(delete(PlanStepSourceRow).where(col(PlanStepSourceRow.step_id) == step_id))
    session.add_all(PlanStepSourceRow(step_id=step_id, scorecard_id=one) for one in sorted(scorecard_ids))


async def list_comments(session: AsyncSession, seeker_ids: Collection[UUID]) -> Sequence[Found]:
    """What has been said about these seekers' plans, oldest first, with `author_name`."""
    return await list_rows(session, _COMMENTS, seeker_ids=list(seeker_ids))


async def list_unanswered(session: AsyncSession, seeker_ids: Collection[UUID]) -> Sequence[Found]:
    """Which of these seekers have said something that the agency has not answered: `since` when, and the `newest`."""
    return await list_rows(session, _UNANSWERED, seeker_ids=list(seeker_ids))
