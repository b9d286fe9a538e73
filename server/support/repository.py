"""Which seekers a case worker has."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.tables import PersonRow
from server.support.tables import CaseAssignmentRow


async def list_assigned(session: AsyncSession, case_worker_id: UUID) -> list[PersonRow]:
    """The case worker's seekers by name."""
    query = (
        select(PersonRow)
        .join(CaseAssignmentRow, col(CaseAssignmentRow.seeker_id) == col(PersonRow.id))
        .where(col(CaseAssignmentRow.case_worker_id) == case_worker_id)
        .order_by(col(PersonRow.name))
    )
    return list((await session.exec(query)).all())


async def find_assigned(session: AsyncSession, case_worker_id: UUID, seeker_id: UUID) -> PersonRow | None:
    """One of the case worker's seekers, or None."""
    return next((one for one in await list_assigned(session, case_worker_id) if one.id == seeker_id), None)
