"""What a case worker has planned and written for the world's seeker."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.case_work.tables import CaseTaskRow, HandOverRow
from server.support.tables import CaseAssignmentRow
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
    await _add_tasks(session, ids, now=now)


async def _add_tasks(session: AsyncSession, ids: dict[str, str], *, now: datetime) -> None:
    """A task by hand, and a second seeker who is to be a colleague's."""
    case_worker_id, other_id = UUID(ids["case_worker"]), UUID(ids["other_case_worker"])
    idle_id = UUID(ids["idle_seeker"])
    task = CaseTaskRow(
        seeker_id=UUID(ids["seeker"]),
        key="own:written",
        title=TEXTS["task"],
        due_on=now.date(),
        made_by=case_worker_id,
        made_at=now,
    )
    given = HandOverRow(seeker_id=idle_id, from_id=case_worker_id, to_id=other_id, note=TEXTS["hand_over"], made_at=now)
    session.add_all([task, given, CaseAssignmentRow(case_worker_id=case_worker_id, seeker_id=idle_id, since=now)])
    await session.flush()
    ids |= {"hand_over": str(given.id), "task_key": task.key}
