"""Laying, moving, cancelling and planning meetings. Each function runs inside the caller's transaction.

Locks are taken in one order: desks by id, then the seeker. What overlaps is refused by the database.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from realtime import meeting_commands
from realtime.meeting import Meeting, MeetingForm, MeetingRefused, MeetingState
from server.meetings.machine import meeting_of, plan_of, store
from server.meetings.tables import MeetingRow
from server.planning import repository, rules
from server.planning.announcements import Told, tell_changes
from server.planning.ports import Placement, Planner, PlanProblem, PlanSlot
from server.planning.rules import Party
from server.recruitment_events.check_in_codes import new_check_in_code
from server.recruitment_events.repository import list_desks, list_enrolments
from server.recruitment_events.tables import DeskRow, EnrolmentRow, RecruitmentEventRow, SlotRow

_OVERLAP = re.compile(r"meeting_overlap_(seeker|desk|recruiter|station)")
MOVABLE = frozenset(
    {MeetingState.BOOKED, MeetingState.LATE, MeetingState.CHECKED_IN, MeetingState.NO_SHOW, MeetingState.CANCELLED}
)


class PlaceRefused(Exception):
    """A meeting cannot be laid there; the message says why."""


class NotInEvent(PlaceRefused):
    """The desk, slot or seeker is not part of the event."""


class SlotIsTaken(PlaceRefused):
    """Somebody or something is taken at that time."""

    def __init__(self, party: Party) -> None:
        super().__init__(f"the {party} is taken at that time")
        self.party = party


class NoSecondSlot(PlaceRefused):
    """The meeting takes two slots in a row, and none follows this one."""


class NotMovable(PlaceRefused):
    """The meeting is under way or over."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a meeting lies or lay, enough to put it back."""

    desk_id: UUID
    slot_id: UUID | None
    state: str


@dataclass(frozen=True, slots=True)
class Change:
    """A meeting as it is now, where it was before (None: it is new), and who is told."""

    meeting: MeetingRow
    was: Place | None
    told: Sequence[Told]


async def lay(
    session: AsyncSession,
    event: RecruitmentEventRow,
    *,
    desk_id: UUID,
    slot_id: UUID,
    seeker_id: UUID,
    now: datetime,
) -> Change:
    """Lay a meeting.

    Raises:
        NotInEvent: one of the three is not part of the event.
        NoSecondSlot: it takes two slots, and none follows.
        SlotIsTaken: the desk, its recruiter, its station or the seeker is taken then.
    """
    desk, slot, enrolment = await lock_place(session, event, desk_id=desk_id, slot_id=slot_id, seeker_id=seeker_id)
    row = new_meeting(event, desk, slot, enrolment, now=now)
    await insert(session, row)
    told = await tell_changes(session, event, changed=[row], now=now)
    return Change(row, None, told)


async def move(
    session: AsyncSession,
    event: RecruitmentEventRow,
    row: MeetingRow,
    *,
    desk_id: UUID,
    slot_id: UUID,
    now: datetime,
) -> Change:
    """Move a meeting, as long as it is, to another desk or slot; one that was cancelled or missed comes back.

    Raises:
        NotInEvent: the desk or the slot is not part of the event.
        NoSecondSlot: it takes two slots, and none follows.
        SlotIsTaken: the desk, its recruiter, its station or the seeker is taken then.
        NotMovable: it is under way or over.
    """
    desk, slot, enrolment = await lock_place(
        session, event, desk_id=desk_id, slot_id=slot_id, seeker_id=row.seeker_id, moving=row
    )
    if row.state not in MOVABLE:
        raise NotMovable("the meeting is under way or over")
    was, recruiter_before = Place(row.desk_id, row.slot_id, row.state), row.recruiter_id
    try:
        async with session.begin_nested():
            put(row, event, desk, slot, enrolment, now=now)
            session.add(row)
            await session.flush()
    except IntegrityError as error:
        await session.refresh(row)
        raise taken(error) from None
    left = [(row, recruiter_before)] if recruiter_before and recruiter_before != row.recruiter_id else []
    told = await tell_changes(session, event, changed=[row], left=left, desk_ids=[was.desk_id], now=now)
    return Change(row, was, told)


async def cancel(session: AsyncSession, event: RecruitmentEventRow, row: MeetingRow, *, now: datetime) -> Change:
    """Cancel a meeting; everybody who knew of it is told.

    Raises:
        NotMovable: it is under way or over.
    """
    await repository.lock_desks(session, [row.desk_id])
    await session.refresh(row)
    was = Place(row.desk_id, row.slot_id, row.state)
    plan = plan_of(event)
    try:
        meeting = meeting_commands.cancel(meeting_of(row), plan=plan, now=now)
    except MeetingRefused as refusal:
        raise NotMovable(str(refusal)) from refusal
    if store(row, meeting, plan=plan, now=now):
        row.sequence += 1
        session.add(row)
        told = await tell_changes(session, event, cancelled=[row], now=now)
        return Change(row, was, told)
    return Change(row, was, ())


async def take_away(
    session: AsyncSession, event: RecruitmentEventRow, rows: Collection[MeetingRow], *, now: datetime
) -> None:
    """Delete meetings that nobody has been told of.

    Raises:
        NotMovable: the event is published, so people have been told.
    """
    if event.status != "draft":
        raise NotMovable("people have been told; cancel the meeting instead")
    for row in rows:
        await session.delete(row)
    await tell_changes(session, event, now=now)


async def plan_event(
    session: AsyncSession, event: RecruitmentEventRow, planner: Planner, *, meetings_max: int, now: datetime
) -> list[MeetingRow]:
    """Lay what `planner` proposes beside what is laid already; the new meetings come back.

    Raises:
        SlotIsTaken: the proposal overlaps something.
    """
    desks = {desk.id: desk for desk in await list_desks(session, event.id)}
    await repository.lock_desks(session, list(desks))
    problem = await repository.load_problem(session, event, meetings_max=meetings_max)
    proposal = planner.propose(problem)
    rows = await _rows_of(session, event, desks, problem, proposal.placements, now=now)
    try:
        async with session.begin_nested():
            session.add_all(rows)
            await session.flush()
    except IntegrityError as error:
        raise taken(error) from None
    await tell_changes(session, event, changed=rows, now=now)
    return rows


async def lock_place(
    session: AsyncSession,
    event: RecruitmentEventRow,
    *,
    desk_id: UUID,
    slot_id: UUID,
    seeker_id: UUID,
    moving: MeetingRow | None = None,
) -> tuple[DeskRow, PlanSlot, EnrolmentRow]:
    """The desk, time and enrolment of a meeting to be, with desk and seeker locked, and the desk of one `moving`.

    The time is that of two slots in a row for who needs more, and for a meeting that is as long already.

    Raises:
        NotInEvent: one of them is not part of the event.
        NoSecondSlot: the meeting takes two slots, and none follows.
    """
    desks = await repository.lock_desks(session, {desk_id, moving.desk_id if moving else desk_id})
    await repository.lock_seeker(session, seeker_id)
    if moving is not None:
        await session.refresh(moving)
    desk, slot = desks.get(desk_id), await session.get(SlotRow, slot_id)
    enrolment = await session.get(EnrolmentRow, (event.id, seeker_id))
    if desk is None or desk.recruitment_event_id != event.id:
        raise NotInEvent(f"desk {desk_id}")
    if slot is None or slot.recruitment_event_id != event.id:
        raise NotInEvent(f"slot {slot_id}")
    if enrolment is None:
        raise NotInEvent(f"seeker {seeker_id}")
    if not await repository.takes_two(session, event.id, seeker_id, moving=moving):
        return desk, PlanSlot(slot.id, slot.starts_at, slot.ends_at), enrolment
    pairs = rules.two_in_a_row(await repository.list_plan_slots(session, event.id))
    return desk, _found(pairs, slot_id), enrolment


def _found(pairs: Sequence[PlanSlot], slot_id: UUID) -> PlanSlot:
    time = next((pair for pair in pairs if pair.id == slot_id), None)
    if time is None:
        raise NoSecondSlot("the meeting takes two times in a row, and no time follows this one")
    return time


def new_meeting(
    event: RecruitmentEventRow, desk: DeskRow, slot: SlotRow | PlanSlot, enrolment: EnrolmentRow, *, now: datetime
) -> MeetingRow:
    """A booked meeting that is not stored yet."""
    row = MeetingRow(
        recruitment_event_id=event.id,
        desk_id=desk.id,
        organisation_id=desk.organisation_id,
        seeker_id=enrolment.seeker_id,
        form=desk.form,
        check_in_code=new_check_in_code(),
        created_at=now,
        sequence=-1,
    )
    put(row, event, desk, slot, enrolment, now=now)
    return row


async def insert(session: AsyncSession, row: MeetingRow) -> None:
    """Store a new meeting.

    Raises:
        SlotIsTaken: it overlaps another of one of its parties.
    """
    try:
        async with session.begin_nested():
            session.add(row)
            await session.flush()
    except IntegrityError as error:
        raise taken(error) from None


def put(
    row: MeetingRow,
    event: RecruitmentEventRow,
    desk: DeskRow,
    slot: SlotRow | PlanSlot,
    enrolment: EnrolmentRow,
    *,
    now: datetime,
) -> None:
    """Write where a meeting lies; the caller stores it, and tells.

    Who has checked in stays so; who was late, missed or cancelled is awaited anew.
    """
    is_ready = row.state == MeetingState.CHECKED_IN
    meeting = Meeting(
        state=MeetingState.CHECKED_IN if is_ready else MeetingState.BOOKED,
        form=MeetingForm(rules.meeting_form(desk.form, enrolment.form)),
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        ready_at=row.ready_at if is_ready else None,
    )
    row.desk_id, row.organisation_id, row.slot_id = desk.id, desk.organisation_id, slot.id
    row.recruiter_id, row.station_id = desk.recruiter_id, desk.station_id
    row.sequence += 1
    store(row, meeting, plan=plan_of(event), now=now)
    if is_ready:
        row.due_at = row.due_at or now  # so that an open desk takes them in


async def _rows_of(
    session: AsyncSession,
    event: RecruitmentEventRow,
    desks: dict[UUID, DeskRow],
    problem: PlanProblem,
    placements: Sequence[Placement],
    *,
    now: datetime,
) -> list[MeetingRow]:
    one_slot = {slot.id: slot for slot in problem.slots}
    two_slots = {slot.id: slot for slot in rules.two_in_a_row(problem.slots)}
    long = {seeker.id for seeker in problem.seekers if seeker.takes_two}
    enrolled = {one.seeker_id: one for one in await list_enrolments(session, event.id)}
    times = [(two_slots if one.seeker_id in long else one_slot)[one.slot_id] for one in placements]
    return [
        new_meeting(event, desks[one.desk_id], time, enrolled[one.seeker_id], now=now)
        for one, time in zip(placements, times, strict=True)
    ]


def taken(error: IntegrityError) -> SlotIsTaken:
    """Which party is taken, read from the constraint's name; any other violation is raised again."""
    found = _OVERLAP.search(str(error.orig))
    if found is None:
        raise error
    return SlotIsTaken(cast(Party, found.group(1)))
