"""The event on which a plan is to be laid, as it is now: read in portions, since it may hold thousands of meetings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from server.kit.rows import Found, list_rows, stream_rows
from server.meetings.tables import MeetingRow
from server.planning import repository as planning
from server.planning.ports import PlanDesk, PlanMeeting, PlanSeeker, PlanSlot
from server.planning.rules import Busy, available, on_duty
from server.planning_runs.laid import may_move
from server.planning_runs.portions import AT_ONCE
from server.planning_runs.rules import Pair, Spot, Standing
from server.recruitment_events.tables import DeskRow, EnrolmentRow, SchedulingNeedRow

_EVENT_ID: Any = bindparam("event_id")
_SEEKERS = select(
    col(EnrolmentRow.seeker_id),
    col(EnrolmentRow.form),
    col(EnrolmentRow.available_from),
    col(EnrolmentRow.available_until),
).where(col(EnrolmentRow.recruitment_event_id) == _EVENT_ID)
_LONG = select(col(SchedulingNeedRow.seeker_id)).where(
    col(SchedulingNeedRow.recruitment_event_id) == _EVENT_ID, col(SchedulingNeedRow.extra_time)
)
_MEETING_COLUMNS: tuple[Any, ...] = (
    col(MeetingRow.id),
    col(MeetingRow.seeker_id),
    col(MeetingRow.organisation_id),
    col(MeetingRow.desk_id),
    col(MeetingRow.slot_id),
    col(MeetingRow.recruiter_id),
    col(MeetingRow.station_id),
    col(MeetingRow.starts_at),
    col(MeetingRow.ends_at),
    col(MeetingRow.state),
    col(MeetingRow.is_pinned),
    col(MeetingRow.check_in_code),
)
_MEETINGS = (
    select(*_MEETING_COLUMNS)
    .where(
        col(MeetingRow.recruitment_event_id) == _EVENT_ID,
        col(MeetingRow.state).not_in(planning.TAKES_NO_TIME),
        col(MeetingRow.starts_at).is_not(None),
    )
    .order_by(col(MeetingRow.id))
)
_RECRUITERS = select(col(DeskRow.recruiter_id)).where(
    col(DeskRow.recruitment_event_id) == _EVENT_ID, col(DeskRow.recruiter_id).is_not(None)
)
_ELSEWHERE = (
    select(
        col(MeetingRow.seeker_id),
        col(MeetingRow.recruiter_id),
        col(MeetingRow.starts_at),
        col(MeetingRow.ends_at),
    )
    .where(
        col(MeetingRow.recruitment_event_id) != _EVENT_ID,
        col(MeetingRow.state).not_in(planning.TAKES_NO_TIME),
        col(MeetingRow.starts_at) < bindparam("until"),
        col(MeetingRow.ends_at) > bindparam("since"),
        or_(
            col(MeetingRow.seeker_id).in_(
                select(col(EnrolmentRow.seeker_id)).where(col(EnrolmentRow.recruitment_event_id) == _EVENT_ID)
            ),
            col(MeetingRow.recruiter_id).in_(_RECRUITERS),
        ),
    )
    .order_by(col(MeetingRow.id))
)


@dataclass(slots=True)
class Ground:
    """Desks, times, people and meetings of an event by id.

    `long` are those who need two slots in a row; `until` says when the meeting of a pair at a spot ends that did not
    last as long as a new one would.
    """

    now: datetime
    desks: dict[UUID, PlanDesk]
    slots: dict[UUID, PlanSlot]
    seekers: dict[UUID, PlanSeeker] = field(default_factory=dict)
    long: set[UUID] = field(default_factory=set)
    until: dict[tuple[Pair, Spot], datetime] = field(default_factory=dict)
    meetings: dict[UUID, Found] = field(default_factory=dict)
    standing: dict[Pair, Standing] = field(default_factory=dict)
    twice: list[Standing] = field(default_factory=list)
    busy: Busy = field(default_factory=Busy)

    def time_of(self, pair: Pair, spot: Spot) -> PlanSlot | None:
        """The time that a meeting of the two takes there, None if there is no such time."""
        slot = self.slots.get(spot[1])
        if slot is not None and (pair, spot) in self.until:
            return replace(slot, ends_at=self.until[pair, spot])
        if slot is None or pair[0] not in self.long:
            return slot
        after = next((other for other in self.slots.values() if other.starts_at == slot.ends_at), None)
        return replace(slot, ends_at=after.ends_at) if after else None

    def obstacle(self, pair: Pair, spot: Spot, *, heeds_hours: bool) -> str | None:
        """Why the two cannot meet there, beside what stays; None if they can.

        `heeds_hours`: what people have said of when they can counts too.
        """
        desk, seeker = self.desks.get(spot[0]), self.seekers.get(pair[0])
        time = self.time_of(pair, spot)
        if desk is None or seeker is None or time is None:
            return "gone"
        if time.starts_at <= self.now:
            return "begun"
        if desk.is_locked:
            return "locked"
        if heeds_hours and not on_duty(desk, time.starts_at, time.ends_at):
            return "off_duty"
        if heeds_hours and not available(seeker, time.starts_at, time.ends_at):
            return "away"
        taken = self.busy.taken_party(desk, time, seeker_id=seeker.id)
        return f"{taken}_taken" if taken else None


async def read_ground(
    session: AsyncSession, event_id: UUID, might_move: Collection[tuple[Pair, Spot]], *, now: datetime
) -> Ground:
    """The event as it is; of its meetings only those move that are among `might_move`, and still may."""
    ground = Ground(
        now,
        desks={desk.id: desk for desk in await planning.list_plan_desks(session, event_id)},
        slots={slot.id: slot for slot in await planning.list_plan_slots(session, event_id)},
        long={row.seeker_id for row in await list_rows(session, _LONG, event_id=event_id)},
    )
    absences = await planning.list_absences(session, event_id)
    async for rows in stream_rows(session, _SEEKERS, at_once=AT_ONCE, event_id=event_id):
        for row in rows:
            ground.seekers[row.seeker_id] = PlanSeeker(
                id=row.seeker_id,
                form=row.form,
                available_from=row.available_from,
                available_until=row.available_until,
                absences=absences.get(row.seeker_id, ()),
            )
    locked = {desk.id for desk in ground.desks.values() if desk.is_locked}
    async for rows in stream_rows(session, _MEETINGS, at_once=AT_ONCE, event_id=event_id):
        for row in rows:
            _stand(ground, row, might_move, locked)
    await _read_elsewhere(session, event_id, ground)
    return ground


async def _read_elsewhere(session: AsyncSession, event_id: UUID, ground: Ground) -> None:
    """What seekers and recruiters have at other events in the event's time."""
    if not ground.slots:
        return
    times = {"since": min(slot.starts_at for slot in ground.slots.values())}
    times["until"] = max(slot.ends_at for slot in ground.slots.values())
    async for rows in stream_rows(session, _ELSEWHERE, at_once=AT_ONCE, event_id=event_id, **times):
        for row in rows:
            ground.busy.take(
                PlanMeeting(
                    seeker_id=row.seeker_id,
                    recruiter_id=row.recruiter_id,
                    starts_at=row.starts_at,
                    ends_at=row.ends_at,
                )
            )


def _stand(ground: Ground, row: Found, might_move: Collection[tuple[Pair, Spot]], locked: set[UUID]) -> None:
    meeting = PlanMeeting(
        seeker_id=row.seeker_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        id=row.id,
        desk_id=row.desk_id,
        recruiter_id=row.recruiter_id,
        station_id=row.station_id,
        slot_id=row.slot_id,
        state=row.state,
        is_pinned=row.is_pinned,
    )
    pair, spot = (row.seeker_id, row.organisation_id), (row.desk_id, row.slot_id)
    can = may_move(meeting, slots=ground.slots, seekers=ground.seekers, locked=locked, now=ground.now)
    standing = Standing(row.id, pair, spot, can and (pair, spot) in might_move)
    ground.meetings[row.id] = row
    if not standing.moves:
        ground.busy.take(meeting)
    other = ground.standing.get(pair)
    if other is not None and not other.moves:
        ground.twice.append(standing)
        return
    if other is not None:
        ground.twice.append(other)
    ground.standing[pair] = standing
