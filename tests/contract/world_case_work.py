"""What a case worker has planned and written for the world's seeker."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.case_work.tables import CaseTaskRow, HandOverRow
from server.support.tables import CaseAssignmentRow
from server.support_plans.tables import PlanCommentRow, PlanStepRow, PlanStepSourceRow
from server.three_party.tables import ThreePartyMeetingRow
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
    await _add_meetings(session, ids, now=now)


async def _add_meetings(session: AsyncSession, ids: dict[str, str], *, now: datetime) -> None:
    """A meeting that the seeker is asked about, and one that the employer is."""
    for name, state, purpose in (
        ("asked_meeting", "asking_seeker", TEXTS["purpose"]),
        ("suiting_meeting", "asking_employer", TEXTS["agreed_purpose"]),
    ):
        row = ThreePartyMeetingRow(
            seeker_id=UUID(ids["seeker"]),
            case_worker_id=UUID(ids["case_worker"]),
            organisation_id=UUID(ids["employer"]),
            recruiter_id=UUID(ids["recruiter"]),
            purpose=purpose,
            form="video",
            place="Länk",
            length_min=30,
            state=state,
            made_at=now,
            employer_asked_at=None if state == "asking_seeker" else now,
        )
        session.add(row)
        await session.flush()
        ids[name] = str(row.id)
