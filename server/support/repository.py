"""Which seekers a case worker has."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from server.identity.tables import PersonRow
from server.support.tables import CaseAssignmentRow


async def list_assigned(session: AsyncSession, case_worker_id: UUID) -> list[PersonRow]:
    """The case worker's seekers by name."""
    return list((await session.exec(_assigned(case_worker_id).order_by(col(PersonRow.name)))).all())


async def find_assigned(session: AsyncSession, case_worker_id: UUID, seeker_id: UUID) -> PersonRow | None:
    """One of the case worker's seekers, or None."""
    return (await session.exec(_assigned(case_worker_id).where(col(PersonRow.id) == seeker_id))).one_or_none()


def _assigned(case_worker_id: UUID) -> SelectOfScalar[PersonRow]:
    return (
        select(PersonRow)
        .join(CaseAssignmentRow, col(CaseAssignmentRow.seeker_id) == col(PersonRow.id))
        .where(col(CaseAssignmentRow.case_worker_id) == case_worker_id)
    )
