"""What a case worker has to do, and handing over. Inside the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import UUID, uuid4

from sqlmodel.ext.asyncio.session import AsyncSession

from server.case_work import repository, rules
from server.case_work.deriving import Seen, Task, tasks_of
from server.case_work.shapes import HandOverRequest, TaskChange, TaskRequest
from server.case_work.tables import CaseTaskRow, HandOverRow
from server.identity.case_workers import list_case_workers, list_colleagues, tell_case_worker, tell_case_workers
from server.identity.tables import PersonRow
from server.kit import streams
from server.kit.clock import day_of
from server.kit.rows import Found
from server.reading.shared import Sharing, list_shared
from server.responses import repository as responses
from server.support.repository import find_assigned, list_assigned
from server.support.tables import CaseAssignmentRow
from server.support_plans import repository as plans
from server.support_plans.service import PLAN_CHANGED
from server.support_plans.tables import PlanStepRow
from server.three_party import repository as three_party

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class CaseLoad:
    """A case worker's seekers with all that is to be done about them, as it may be seen now."""

    people: Sequence[PersonRow]
    sharing: dict[UUID, Sharing]
    case_workers: defaultdict[UUID, list[Found]]
    steps: defaultdict[UUID, list[PlanStepRow]]
    tasks: list[Task]


async def read_case_load(
    session: AsyncSession, case_worker_id: UUID, *, now: datetime, only: UUID | None = None
) -> CaseLoad:
    """The case worker's seekers, or `only` one of them, in a fixed number of statements."""
    if only is None:
        people = await list_assigned(session, case_worker_id)
    else:
        person = await find_assigned(session, case_worker_id, only)
        people = [person] if person else []
    ids = [one.id for one in people]
    sharing = await list_shared(session, case_worker_id, ids, now=now)
    case_workers = _by_seeker(await list_case_workers(session, ids))
    steps = _by_seeker(await plans.list_steps(session, ids))
    unanswered = _by_seeker(await plans.list_unanswered(session, ids))
    rows = _by_seeker(await repository.list_task_rows(session, ids))
    requests = _by_seeker(await responses.list_open_requests(session, ids))
    meetings = _by_seeker(await three_party.list_of_seekers(session, ids))
    tasks: list[Task] = []
    for one in ids:
        seen = Seen(
            seeker_id=one,
            sharing=sharing[one],
            steps=steps[one],
            unanswered=unanswered[one],
            requests=requests[one],
            meetings=meetings[one],
            rows={row.key: row for row in rows[one]},
        )
        tasks += tasks_of(seen, today=day_of(now))
    return CaseLoad(people, sharing, case_workers, steps, tasks)


def _by_seeker(rows: Iterable[R]) -> defaultdict[UUID, list[R]]:
    found: defaultdict[UUID, list[R]] = defaultdict(list)
    for row in rows:
        found[cast(Any, row).seeker_id].append(row)
    return found


async def add_task(
    session: AsyncSession, seeker_id: UUID, given: TaskRequest, *, by: UUID, now: datetime
) -> CaseTaskRow | None:
    """Write a task by hand about one of the case worker's seekers; None if they are not theirs."""
    if await find_assigned(session, by, seeker_id) is None:
        return None
    row = CaseTaskRow(
        seeker_id=seeker_id,
        key=f"{rules.Kind.OWN}:{uuid4()}",
        title=given.title,
        due_on=given.due_on,
        made_by=by,
        made_at=now,
    )
    session.add(row)
    await _tell(session, seeker_id, now=now)
    return row


async def change_task(
    session: AsyncSession, seeker_id: UUID, key: str, given: TaskChange, *, by: UUID, now: datetime
) -> CaseTaskRow | None:
    """Do, put off or give away a task that there is to see now; None if there is no such task.

    Raises:
        TaskRefused: it cannot be put off or given like that.
    """
    await repository.lock_assignments(session, seeker_id)
    load = await read_case_load(session, by, now=now, only=seeker_id)
    task = next((one for one in load.tasks if one.key == key), None)
    if task is None:
        return None
    rules.check_change(
        snoozed_until=given.snoozed_until,
        before=task.snoozed_until,
        assigned_to=given.assigned_to,
        theirs={one.id for one in load.case_workers[seeker_id]},
        today=day_of(now),
    )
    if task.kind is rules.Kind.TALK and given.done:
        await responses.close_request(session, UUID(key.partition(":")[2]), now=now)
    row = task.row or CaseTaskRow(seeker_id=seeker_id, key=key, made_by=by, made_at=now)
    if given.done != (task.done_at is not None):
        row.done_at, row.done_by = (now, by) if given.done else (None, None)
    row.snoozed_until, row.assigned_to = given.snoozed_until, given.assigned_to
    session.add(row)
    await _tell(session, seeker_id, now=now)
    return row


async def hand_over(session: AsyncSession, given: HandOverRequest, *, by: UUID, now: datetime) -> list[HandOverRow]:
    """Ask a colleague to take seekers over, all or none; until they do, all stays as it is. Empty: one is not theirs.

    Raises:
        HandOverRefused: one of the seekers cannot be handed over like that.
    """
    colleagues = {one.id for one in await list_colleagues(session, by)}
    rows = []
    for seeker_id in sorted(set(given.seeker_ids)):
        theirs = await repository.lock_assignments(session, seeker_id)
        if by not in theirs:
            return []
        is_open = await repository.has_open_hand_over(session, seeker_id)
        rules.check_hand_over(to_id=given.to_id, colleagues=colleagues, theirs=theirs, is_open=is_open)
        rows.append(HandOverRow(seeker_id=seeker_id, from_id=by, to_id=given.to_id, note=given.note, made_at=now))
    session.add_all(rows)
    for row in rows:
        await _tell_hand_over(session, row, now=now)
    return rows


async def answer_hand_over(
    session: AsyncSession, hand_over_id: UUID, *, state: str, by: UUID, now: datetime
) -> HandOverRow | None:
    """Accept or decline what one was asked, or withdraw what one asked; None if it is not theirs to say.

    Accepted, the seeker is the colleague's from this very transaction on, and no longer the other's.

    Raises:
        IsAnswered: somebody was faster.
    """
    row = await repository.find_hand_over(session, hand_over_id)
    if row is None or by != (row.from_id if state == "withdrawn" else row.to_id):
        return None
    theirs = await repository.lock_assignments(session, row.seeker_id)
    await session.refresh(row)
    rules.check_open(row.state)
    row.state, row.ended_at = state, now
    session.add(row)
    await _tell_hand_over(session, row, now=now)
    if state == "accepted":
        taken = CaseAssignmentRow(case_worker_id=row.to_id, seeker_id=row.seeker_id, since=now)
        await repository.take_over(session, taken, from_id=row.from_id, has_them=row.to_id in theirs)
        await repository.free_tasks(session, row.seeker_id, person_id=row.from_id)
        await tell_case_workers(session, row.seeker_id, now=now)
    return row


async def _tell(session: AsyncSession, seeker_id: UUID, *, now: datetime) -> None:
    await session.flush()
    await streams.append(session, f"person:{seeker_id}", PLAN_CHANGED, {}, now=now)
    await tell_case_workers(session, seeker_id, now=now)


async def _tell_hand_over(session: AsyncSession, row: HandOverRow, *, now: datetime) -> None:
    await session.flush()
    await streams.append(session, f"person:{row.seeker_id}", PLAN_CHANGED, {}, now=now)
    for person_id in (row.from_id, row.to_id):
        await tell_case_worker(session, person_id, seeker_id=row.seeker_id, now=now)
