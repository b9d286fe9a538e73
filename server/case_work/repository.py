"""Reading and writing tasks and hand-overs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, or_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from server.case_work.tables import CaseTaskRow, HandOverRow
from server.identity.repository import lock_person
from server.identity.tables import PersonRow
from server.kit.rows import Found, list_rows
from server.support.tables import CaseAssignmentRow

LOG_MAX = 200
_seeker, _from, _to = aliased(PersonRow), aliased(PersonRow), aliased(PersonRow)
_COLUMNS: tuple[Any, ...] = (
    col(HandOverRow.id),
    col(HandOverRow.seeker_id),
    col(HandOverRow.from_id),
    col(HandOverRow.to_id),
    col(HandOverRow.note),
    col(HandOverRow.state),
    col(HandOverRow.made_at),
    col(HandOverRow.ended_at),
    col(_seeker.name).label("seeker_name"),
    col(_from.name).label("from_name"),
    col(_to.name).label("to_name"),
)
_HAND_OVERS = (
    select_columns(*_COLUMNS)
    .join(_seeker, col(_seeker.id) == col(HandOverRow.seeker_id))
    .join(_from, col(_from.id) == col(HandOverRow.from_id))
    .join(_to, col(_to.id) == col(HandOverRow.to_id))
    .order_by(col(HandOverRow.made_at).desc(), col(HandOverRow.id))
    .limit(LOG_MAX)
)
_OF_CASE_WORKER = _HAND_OVERS.where(
    or_(col(HandOverRow.from_id) == bindparam("person_id"), col(HandOverRow.to_id) == bindparam("person_id"))
)
_WAITING_FOR = _HAND_OVERS.where(col(HandOverRow.to_id) == bindparam("person_id"), col(HandOverRow.state) == "open")
_OF_SEEKER = _HAND_OVERS.where(col(HandOverRow.seeker_id) == bindparam("person_id"))
_own_tasks: tuple[Any, ...] = (
    col(CaseTaskRow.title),
    col(CaseTaskRow.due_on),
    col(CaseTaskRow.made_at),
    col(CaseTaskRow.done_at),
    col(PersonRow.name).label("made_by"),
)
_BY_HAND = (
    select_columns(*_own_tasks)
    .join(PersonRow, col(PersonRow.id) == col(CaseTaskRow.made_by))
    .where(col(CaseTaskRow.seeker_id) == bindparam("seeker_id"), col(CaseTaskRow.due_on).is_not(None))
    .order_by(col(CaseTaskRow.made_at).desc())
)


async def list_task_rows(session: AsyncSession, seeker_ids: Collection[UUID]) -> Sequence[CaseTaskRow]:
    """What was made of the tasks about these seekers, and the tasks by hand."""
    query = select(CaseTaskRow).where(col(CaseTaskRow.seeker_id).in_(list(seeker_ids)))
    return (await session.exec(query.order_by(col(CaseTaskRow.made_at)))).all()


async def list_by_hand(session: AsyncSession, seeker_id: UUID) -> Sequence[Found]:
    """The tasks that case workers have written about a seeker, newest first, with `made_by` as a name."""
    return await list_rows(session, _BY_HAND, seeker_id=seeker_id)


async def list_hand_overs_of_case_worker(session: AsyncSession, person_id: UUID) -> Sequence[Found]:
    """Hand-overs from and to a case worker, newest first."""
    return await list_rows(session, _OF_CASE_WORKER, person_id=person_id)


async def list_waiting_for(session: AsyncSession, person_id: UUID) -> Sequence[Found]:
    """Hand-overs that wait for a case worker's yes, newest first."""
    return await list_rows(session, _WAITING_FOR, person_id=person_id)


async def list_hand_overs_of_seeker(session: AsyncSession, person_id: UUID) -> Sequence[Found]:
    """Hand-overs of a seeker, newest first."""
    return await list_rows(session, _OF_SEEKER, person_id=person_id)


async def lock_assignments(session: AsyncSession, seeker_id: UUID) -> dict[UUID, CaseAssignmentRow]:
    """Who has a seeker, by case worker; whoever else would change that waits until this transaction is over."""
    await lock_person(session, seeker_id)
    query = select(CaseAssignmentRow).where(col(CaseAssignmentRow.seeker_id) == seeker_id)
    return {row.case_worker_id: row for row in (await session.exec(query)).all()}


async def has_open_hand_over(session: AsyncSession, seeker_id: UUID) -> bool:
    """Whether a hand-over of the seeker waits for an answer."""
    query = select(HandOverRow.id).where(col(HandOverRow.seeker_id) == seeker_id, col(HandOverRow.state) == "open")
    return (await session.exec(query.limit(1))).first() is not None


async def find_hand_over(session: AsyncSession, hand_over_id: UUID) -> HandOverRow | None:
    """A hand-over, or None."""
    return await session.get(HandOverRow, hand_over_id, populate_existing=True)


async def free_tasks(session: AsyncSession, seeker_id: UUID, *, person_id: UUID) -> None:
    """Tasks about the seeker that were this case worker's are for whoever has the seeker."""
    change = update(CaseTaskRow).where(
        col(CaseTaskRow.seeker_id) == seeker_id, col(CaseTaskRow.assigned_to) == person_id
    )
    await session.exec(change.values(assigned_to=None))


async def take_over(session: AsyncSession, taken: CaseAssignmentRow, *, from_id: UUID, has_them: bool) -> None:
    """Let one case worker have a seeker in another's place; `has_them` if they shared the seeker."""
    if not has_them:
        session.add(taken)
        await session.flush()
    gone = delete(CaseAssignmentRow).where(
        col(CaseAssignmentRow.case_worker_id) == from_id,
        col(CaseAssignmentRow.seeker_id) == taken.seeker_id,
    )
    await session.exec(gone)
