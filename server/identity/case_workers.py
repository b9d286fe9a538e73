"""Who has a seeker as their case worker, and what they hear of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Table, select
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity import repository
from server.identity.roles import Role
from server.identity.tables import PersonRow, RoleRow
from server.kit import streams
from server.kit.rows import Found

CASE_WORK_CHANGED = "case_work.changed"


def _assignments() -> Table:
    return SQLModel.metadata.tables["case_assignment"]


async def list_case_workers(session: AsyncSession, seeker_ids: Collection[UUID]) -> Sequence[Found]:
    """The case workers of these seekers by name: `seeker_id`, `id`, `name`, `email`, `locale`."""
    assigned = _assignments()
    query = (
        select(
            assigned.c.seeker_id, col(PersonRow.id), col(PersonRow.name), col(PersonRow.email), col(PersonRow.locale)
        )
        .join(assigned, assigned.c.case_worker_id == col(PersonRow.id))
        .where(assigned.c.seeker_id.in_(list(seeker_ids)))
        .order_by(col(PersonRow.name), col(PersonRow.id))
    )
    return (await (await session.connection()).execute(query)).all()


async def list_colleagues(session: AsyncSession, person_id: UUID) -> Sequence[Found]:
    """Every other case worker by name: `id` and `name`."""
    query = (
        select(col(PersonRow.id), col(PersonRow.name))
        .join(RoleRow, col(RoleRow.person_id) == col(PersonRow.id))
        .where(col(RoleRow.role) == Role.CASE_WORKER, col(PersonRow.id) != person_id)
        .distinct()
        .order_by(col(PersonRow.name), col(PersonRow.id))
    )
    return (await (await session.connection()).execute(query)).all()


async def tell_case_workers(session: AsyncSession, seeker_id: UUID, *, now: datetime) -> None:
    """Tell the seeker's case workers that their view of the seeker is another; of what, they read themselves."""
    for found in await list_case_workers(session, [seeker_id]):
        await tell_case_worker(session, found.id, seeker_id=seeker_id, now=now)


async def tell_case_worker(session: AsyncSession, person_id: UUID, *, seeker_id: UUID, now: datetime) -> None:
    """Tell one case worker that something about a seeker is another."""
    body = {"seeker_id": str(seeker_id)}
    await streams.append(session, f"person:{person_id}", CASE_WORK_CHANGED, body, now=now)


async def tell_of_feedback(session: AsyncSession, seeker_id: UUID, *, now: datetime) -> None:
    """Tell the seeker's case workers of feedback, if the seeker shares; else not even that there is any."""
    if await repository.find_sharing_choice(session, seeker_id):
        await tell_case_workers(session, seeker_id, now=now)
