"""What people and time do to a meeting. Each function runs inside the caller's transaction.

Every change takes the same way: lock the desk, let the pure state machine decide, store the row, let the
desk take in the next person if it is free, and tell everybody concerned.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from realtime import meeting_commands as commands
from realtime.meeting import (
    AT_DESK,
    EXPECTED,
    OVER,
    CompletedBy,
    Meeting,
    MeetingRefused,
    MeetingState,
    NotReady,
    advance,
)
from realtime.queueing import callable_now
from server.meetings import repository
from server.meetings.machine import meeting_of, store
from server.meetings.repository import DeskContext
from server.meetings.tables import MeetingRow
from server.meetings.telling import tell_change, tell_desk, tell_line
from server.recruitment_events.absences import end_late

Command = Callable[[Meeting, DeskContext], Meeting]


class DeskOccupied(MeetingRefused):
    """Somebody else sits at the desk."""


class SeekerBusy(MeetingRefused):
    """The seeker has been called to another desk."""


async def check_in(session: AsyncSession, row_id: UUID, *, now: datetime) -> MeetingRow:
    """The seeker says that they are here; whoever was to come later is late no more.

    Raises:
        MeetingRefused: the meeting is over.
    """
    row = await _command(session, row_id, lambda m, c: commands.check_in(m, plan=c.plan, now=now), now=now)
    await end_late(session, row.recruitment_event_id, row.seeker_id)
    return row


async def withdraw(session: AsyncSession, row_id: UUID, *, now: datetime) -> MeetingRow:
    """The seeker is not ready any more.

    Raises:
        MeetingRefused: the talk has started, or the meeting is over.
    """
    return await _command(session, row_id, lambda m, c: commands.withdraw(m, plan=c.plan, now=now), now=now)


async def call(session: AsyncSession, row_id: UUID, *, now: datetime) -> MeetingRow:
    """The desk takes the seeker in.

    Raises:
        MeetingRefused: the seeker is not ready or busy at another desk, it is too early, or the desk is occupied.
    """
    return await _at_desk(session, row_id, lambda m, c: commands.call(m, plan=c.plan, now=now), now=now)


async def release(session: AsyncSession, row_id: UUID, *, now: datetime) -> MeetingRow:
    """The desk takes its call back and turns to the others; the seeker says anew when they are ready.

    Raises:
        MeetingRefused: the talk has started, or the meeting is over.
    """
    return await _command(session, row_id, lambda m, c: commands.withdraw(m, plan=c.plan, now=now), now=now)


async def start(session: AsyncSession, row_id: UUID, *, now: datetime) -> MeetingRow:
    """Both are there and the talk begins.

    Raises:
        MeetingRefused: the seeker has not come or was not called, it is too early, or the desk is occupied.
    """
    return await _at_desk(session, row_id, lambda m, c: commands.start(m, plan=c.plan, now=now), now=now)


async def extend(session: AsyncSession, row_id: UUID, *, now: datetime) -> MeetingRow:
    """Lengthen the talk once, if the desk's next booked time allows.

    Raises:
        MeetingRefused: no talk is running, or it cannot be longer.
    """
    context, row = await _locked(session, row_id)
    next_starts_at = await repository.find_next_start(session, row)
    meeting = commands.extend(meeting_of(row), next_starts_at=next_starts_at, plan=context.plan, now=now)
    return await _stored(session, context, row, meeting, now=now)


async def end_talk(session: AsyncSession, row_id: UUID, *, now: datetime) -> MeetingRow:
    """Say goodbye: the protected feedback time begins now.

    Raises:
        MeetingRefused: no talk is running.
    """
    return await _command(session, row_id, lambda m, c: commands.end_talk(m, plan=c.plan, now=now), now=now)


async def mark_no_show(session: AsyncSession, row_id: UUID, *, now: datetime) -> MeetingRow:
    """The seeker did not come.

    Raises:
        MeetingRefused: the booked time has not come, or the meeting is under way or over.
    """
    return await _command(session, row_id, lambda m, c: commands.mark_no_show(m, plan=c.plan, now=now), now=now)


async def cancel(session: AsyncSession, row_id: UUID, *, now: datetime) -> MeetingRow:
    """The meeting will not be held.

    Raises:
        MeetingRefused: it is under way or over.
    """
    return await _command(session, row_id, lambda m, c: commands.cancel(m, plan=c.plan, now=now), now=now)


async def complete(session: AsyncSession, row_id: UUID, *, by: CompletedBy, now: datetime) -> MeetingRow:
    """The scorecard was sent or skipped: the meeting closes and the desk is free.

    Raises:
        MeetingRefused: no talk was held, or it still runs and its scorecard has not opened.
    """
    return await _command(session, row_id, lambda m, c: commands.complete(m, by=by, plan=c.plan, now=now), now=now)


async def reopen(session: AsyncSession, row_id: UUID, *, now: datetime) -> MeetingRow:
    """The sending was undone: the feedback time goes on if the desk has not taken in somebody else.

    Raises:
        MeetingRefused: nothing was sent or skipped.
    """
    context, row = await _locked(session, row_id)
    line = await repository.list_in_line(session, context.desk.id)
    taken = any(other.state in AT_DESK for other, _ in line)
    meeting = commands.reopen(meeting_of(row), desk_taken=taken, plan=context.plan, now=now)
    return await _stored(session, context, row, meeting, now=now)


async def open_desk(session: AsyncSession, desk_id: UUID, *, now: datetime) -> None:
    """The recruiter is in place; whoever is ready is taken in."""
    context = await repository.lock_desk(session, desk_id)
    assert context is not None, "the caller found the desk"
    if context.desk.opened_at is None:
        context.desk.opened_at = now
        session.add(context.desk)
        changed = await _fill(session, context, now=now)
        await tell_change(session, context.desk, changed, now=now)


async def close_desk(session: AsyncSession, desk_id: UUID, *, now: datetime) -> None:
    """The recruiter takes a break: nobody is taken in; a meeting that runs goes on."""
    context = await repository.lock_desk(session, desk_id)
    assert context is not None, "the caller found the desk"
    if context.desk.opened_at is not None:
        context.desk.opened_at = None
        session.add(context.desk)
        await tell_desk(session, context.desk, now=now)


async def meet_if_both_present(session: AsyncSession, row_id: UUID, *, now: datetime) -> None:
    """Begin the talk of a called video meeting, whose two parties are in the room."""
    context, row = await _locked(session, row_id)
    if row.state == MeetingState.CALLED:
        meeting = commands.start(meeting_of(row), plan=context.plan, now=now)
        await _stored(session, context, row, meeting, now=now)


async def advance_due(session: AsyncSession, row_id: UUID, *, now: datetime) -> None:
    """Do to a meeting what time does: late, no-show, end of talk, end of feedback time, its turn at the desk."""
    context, row = await _locked(session, row_id)
    await _stored(session, context, row, advance(meeting_of(row), plan=context.plan, now=now), now=now)


async def _command(session: AsyncSession, row_id: UUID, command: Command, *, now: datetime) -> MeetingRow:
    context, row = await _locked(session, row_id)
    return await _stored(session, context, row, command(meeting_of(row), context), now=now)


async def _at_desk(session: AsyncSession, row_id: UUID, command: Command, *, now: datetime) -> MeetingRow:
    """A command that seats the seeker at the desk, which must be free, as must the seeker."""
    context, row = await _locked(session, row_id)
    for other, busy_elsewhere in await repository.list_in_line(session, context.desk.id):
        if other.id == row.id and busy_elsewhere and row.state not in AT_DESK:
            raise SeekerBusy("the seeker is at another desk just now; call somebody else meanwhile")
        if other.id != row.id and other.state in AT_DESK:
            raise DeskOccupied("end the meeting at this desk first")
    meeting = command(meeting_of(row), context)
    try:
        async with session.begin_nested():
            store(row, meeting, plan=context.plan, now=now)
            session.add(row)
            await session.flush()
    except IntegrityError:
        raise SeekerBusy("the seeker was called to another desk at the same moment") from None
    await tell_change(session, context.desk, [row], now=now)
    await _tell_other_desks(session, row, now=now)
    return row


async def _locked(session: AsyncSession, row_id: UUID) -> tuple[DeskContext, MeetingRow]:
    found = await repository.lock_meeting(session, row_id)
    if found is None:
        raise NotReady("there is no such meeting")
    return found


async def _stored(
    session: AsyncSession, context: DeskContext, row: MeetingRow, meeting: Meeting, *, now: datetime
) -> MeetingRow:
    before = row.state
    changed = [row] if store(row, meeting, plan=context.plan, now=now) else []
    session.add(row)
    await session.flush()
    changed += await _fill(session, context, now=now)
    if changed:
        await tell_change(session, context.desk, changed, now=now)
    if before in AT_DESK and row.state in OVER | EXPECTED | {MeetingState.FEEDBACK}:
        await _wake_other_desks(session, row, now=now)
    return row


async def _fill(session: AsyncSession, context: DeskContext, *, now: datetime) -> list[MeetingRow]:
    """Let an open and free desk take in whoever is first; those whose row changed come back."""
    if context.desk.opened_at is None:
        return []
    line = await repository.list_in_line(session, context.desk.id)
    if any(row.state in AT_DESK for row, _ in line):
        return []
    rows = {row.id: row for row, _ in line}
    entries = [repository.entry_of(row, busy_elsewhere=busy) for row, busy in line]
    for entry in callable_now(entries, plan=context.plan, now=now):
        row = rows[entry.meeting_id]
        try:
            async with session.begin_nested():
                store(row, commands.call(entry.meeting, plan=context.plan, now=now), plan=context.plan, now=now)
                session.add(row)
                await session.flush()
        except IntegrityError:
            await session.refresh(row)  # another desk called the seeker at the same moment
            continue
        await _tell_other_desks(session, row, now=now)
        return [row]
    return []


async def _tell_other_desks(session: AsyncSession, row: MeetingRow, *, now: datetime) -> None:
    """The seeker is busy now: the lines in which they also wait look different."""
    for desk_id in await repository.list_waiting_desks_of(session, row.seeker_id):
        await tell_line(session, desk_id, now=now)


async def _wake_other_desks(session: AsyncSession, row: MeetingRow, *, now: datetime) -> None:
    """The seeker is free again: desks where they wait look again at once, each in a transaction of its own."""
    await repository.make_due(session, seeker_id=row.seeker_id, now=now)


async def lock(session: AsyncSession, row_id: UUID) -> None:
    """Lock the meeting's desk until commit, before anything else of the meeting is locked."""
    await _locked(session, row_id)
