"""What a case worker has planned and written for the world's seeker."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.support_plans.tables import PlanCommentRow, PlanStepRow, PlanStepSourceRow
from tests.contract.canaries import TEXTS


async def add_case_work(session: AsyncSession, ids: dict[str, str], *, now: datetime) -> None:
    """A step that rests on feedback, with what both said of it."""
    seeker_id, case_worker_id = UUID(ids["seeker"]), UUID(ids["case_worker"])
    step = PlanStepRow(
        seeker_id=seeker_id,
        position=1,
        measure="work_training",
        title=TEXTS["step"],
        starts_on=date(2026, 6, 1),
        responsible="employer",
        made_by=case_worker_id,
        made_at=now,
    )
    session.add(step)
    await session.flush()
    ids["step"] = str(step.id)
    session.add(PlanStepSourceRow(step_id=step.id, scorecard_id=UUID(ids["opened_card"])))
    for author_id, said_by, text in (
        (case_worker_id, "agency", TEXTS["agency_comment"]),
        (seeker_id, "seeker", TEXTS["seeker_comment"]),
    ):
        comment = PlanCommentRow(
            seeker_id=seeker_id, step_id=step.id, author_id=author_id, said_by=said_by, text=text, at=now
        )
        session.add(comment)
    await session.flush()
