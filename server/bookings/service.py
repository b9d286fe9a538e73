"""Seekers booking, moving and cancelling for themselves, inside the caller's transaction."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.bookings import repository, rules
from server.meetings.tables import MeetingRow
from server.planning import service as planning
from server.planning.announcements import tell_changes
from server.planning.ports import PlanSlot
from server.planning.repository import list_absences
from server.planning.rules import overlaps
from server.planning.service import Change, SlotIsTaken
from server.recruitment_events.tables import DeskRow, EnrolmentRow, RecruitmentEventRow


async def book(
    session: AsyncSession,
    event: RecruitmentEventRow,
    *,
    desk_id: UUID,
    slot_id: UUID,
    person_id: UUID,
    now: datetime,
) -> Change:
    """Book a meeting; in an open event this enrols the seeker too.

    Raises:
        NotInEvent: the desk or the slot is not part of the event.
        NoSecondSlot: the meeting takes two slots, and none follows.
        BookingRefused: it is too late, off duty, a second meeting of the pair, or one too many.
        SlotIsTaken: somebody was quicker.
    """
    if event.is_open and await session.get(EnrolmentRow, (event.id, person_id)) is None:
        session.add(EnrolmentRow(recruitment_event_id=event.id, seeker_id=person_id, created_at=now))
        await session.flush()
    if await repository.is_taken(session, desk_id, slot_id, by_others_than=person_id):
        raise SlotIsTaken("desk")  # the common end of a race, told without waiting for the desk's lock
    desk, slot, enrolment = await planning.lock_place(
        session, event, desk_id=desk_id, slot_id=slot_id, seeker_id=person_id
    )
    await _check(session, event, desk, slot, person_id=person_id, now=now)
    row = planning.new_meeting(event, desk, slot, enrolment, now=now)
    await planning.insert(session, row)
    return Change(row, None, await tell_changes(session, event, changed=[row], now=now))


async def move(
    session: AsyncSession,
    event: RecruitmentEventRow,
    row: MeetingRow,
    *,
    desk_id: UUID,
    slot_id: UUID,
    now: datetime,
) -> Change:
    """Move one's own meeting.

    Raises:
        NotInEvent: the desk or the slot is not part of the event.
        NoSecondSlot: the meeting takes two slots, and none follows.
        NotMovable: the meeting is under way or over.
        BookingRefused: it is too late, off duty, or a second meeting of the pair.
        SlotIsTaken: somebody was quicker.
    """
    desk, slot, _ = await planning.lock_place(
        session, event, desk_id=desk_id, slot_id=slot_id, seeker_id=row.seeker_id, moving=row
    )
    await _check(session, event, desk, slot, person_id=row.seeker_id, now=now, moving=row.id)
    return await planning.move(session, event, row, desk_id=desk_id, slot_id=slot_id, now=now)


async def _check(
    session: AsyncSession,
    event: RecruitmentEventRow,
    desk: DeskRow,
    slot: PlanSlot,
    *,
    person_id: UUID,
    now: datetime,
    moving: UUID | None = None,
) -> None:
    booked = await repository.list_booked(session, event.id, person_id=person_id)
    others = [one for one in booked if one.meeting_id != moving]
    rules.check_bookable(
        starts_at=slot.starts_at,
        now=now,
        closes=timedelta(seconds=event.booking_closes_s),
        meetings=len(others),
        meetings_max=event.meetings_max,
        has_met=any(one.organisation_id == desk.organisation_id for one in others),
    )
    absences = await list_absences(session, event.id, of=[person_id, desk.recruiter_id or person_id])
    is_manned = desk.on_duty_from <= slot.starts_at and slot.ends_at <= desk.on_duty_until
    if not is_manned or overlaps(absences.get(desk.recruiter_id, ()), slot.starts_at, slot.ends_at):
        raise rules.DeskOffDuty("nobody is at the desk at that time")
    if overlaps(absences.get(person_id, ()), slot.starts_at, slot.ends_at):
        raise rules.SeekerIsAway("you have said that you cannot come at that time")
