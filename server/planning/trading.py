"""Two meetings of an event take each other's place: both or neither, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from realtime.meeting import MeetingState
from server.meetings.tables import MeetingRow
from server.planning import repository, rules
from server.planning.announcements import Told, tell_changes
from server.planning.ports import PlanSlot
from server.planning.rules import Party
from server.planning.service import MOVABLE, put, taken
from server.recruitment_events.tables import DeskRow, EnrolmentRow, RecruitmentEventRow

TRADABLE = MOVABLE - {MeetingState.CANCELLED}
Reason = Literal["gone", "elsewhere", "begun", "employers", "two", "taken"]


class CannotTrade(Exception):
    """The two no longer fit in each other's place; the message says why. `party` is who is taken."""

    def __init__(self, reason: Reason, message: str, *, party: Party | None = None) -> None:
        super().__init__(message)
        self.reason = reason
        self.party = party


@dataclass(frozen=True, slots=True)
class Spot:
    """A desk and a slot."""

    desk_id: UUID
    slot_id: UUID


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, and where it lay when the trade was asked for; None: wherever it lies."""

    row: MeetingRow
    seen: Spot | None = None


@dataclass(frozen=True, slots=True)
class Traded:
    """The two as they lie now, and who is told."""

    meetings: tuple[MeetingRow, MeetingRow]
    told: Sequence[Told]


async def trade(session: AsyncSession, event: RecruitmentEventRow, one: Side, other: Side, *, now: datetime) -> Traded:
    """Let two meetings take each other's place; each keeps its length and everybody is told once.

    Raises:
        CannotTrade: one of them is gone, lies elsewhere, has begun, or does not fit in the other's place.
    """
    sides = (one, other)
    desks = await repository.lock_desks(session, {side.row.desk_id for side in sides})
    for seeker_id in sorted({side.row.seeker_id for side in sides}):
        await repository.lock_seeker(session, seeker_id)
    for side in sides:
        await session.refresh(side.row)
    spots = [_spot_of(side, desks) for side in sides]
    if one.row.organisation_id != other.row.organisation_id:
        raise CannotTrade("employers", "the two meetings are with different employers")
    slots = await repository.list_plan_slots(session, event.id)
    times = [await _time(session, event, one, spots[1], slots), await _time(session, event, other, spots[0], slots)]
    enrolments = [await _enrolment(session, event, side) for side in sides]
    recruiters = [side.row.recruiter_id for side in sides]
    # Neither takes any time while they change places.
    for side in sides:
        side.row.starts_at = side.row.ends_at = None
        session.add(side.row)
    await session.flush()
    try:
        async with session.begin_nested():
            for side, spot, time, enrolment in zip(sides, reversed(spots), times, enrolments, strict=True):
                put(side.row, event, desks[spot.desk_id], time, enrolment, now=now)
                session.add(side.row)
            await session.flush()
    except IntegrityError as error:
        party = taken(error).party
        raise CannotTrade("taken", f"the {party} is taken at that time", party=party) from None
    left = [
        (side.row, recruiter)
        for side, recruiter in zip(sides, recruiters, strict=True)
        if recruiter is not None and recruiter != side.row.recruiter_id
    ]
    told = await tell_changes(session, event, changed=[one.row, other.row], left=left, now=now)
    return Traded((one.row, other.row), told)


def _spot_of(side: Side, desks: dict[UUID, DeskRow]) -> Spot:
    """Where a meeting lies.

    Raises:
        CannotTrade: it is not there any more, or has begun.
    """
    row = side.row
    if row.state == MeetingState.CANCELLED:
        raise CannotTrade("gone", "one of the meetings has been cancelled")
    if row.state not in TRADABLE:
        raise CannotTrade("begun", "one of the meetings is under way or over")
    if row.slot_id is None or row.desk_id not in desks:
        raise CannotTrade("elsewhere", "one of the meetings lies elsewhere by now")
    spot = Spot(row.desk_id, row.slot_id)
    if side.seen is not None and side.seen != spot:
        raise CannotTrade("elsewhere", "one of the meetings lies elsewhere by now")
    return spot


async def _time(
    session: AsyncSession, event: RecruitmentEventRow, side: Side, spot: Spot, slots: Sequence[PlanSlot]
) -> PlanSlot:
    """The time that a meeting takes from the other's slot on."""
    takes_two = await repository.takes_two(session, event.id, side.row.seeker_id, moving=side.row)
    found = rules.two_in_a_row(slots) if takes_two else slots
    time = next((slot for slot in found if slot.id == spot.slot_id), None)
    if time is None:
        raise CannotTrade("two", "one of the meetings takes two times in a row, and no time follows the other's")
    return time


async def _enrolment(session: AsyncSession, event: RecruitmentEventRow, side: Side) -> EnrolmentRow:
    found = await session.get(EnrolmentRow, (event.id, side.row.seeker_id))
    if found is None:
        raise CannotTrade("gone", "one of the seekers is not enrolled any more")
    return found
