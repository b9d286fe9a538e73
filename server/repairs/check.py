"""What lies around an option is read anew under the locks, and the event's rules are held against it.

Whatever has changed since the option was offered shows here: the times of others, hours and absences, needs, rooms
and interpreters, a desk that was locked. What is read is what the option touches, not the whole event.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from realtime.meeting import MeetingState
from server.kit.rows import list_rows
from server.meetings.tables import MeetingRow
from server.planning import repository as planning
from server.planning.ports import PlanDesk, PlanMeeting, PlanSeeker, PlanSlot
from server.planning_runs.material import Material, Need
from server.planning_runs.planning_rules import PlanningRules
from server.recruitment_events.absences import find_late
from server.recruitment_events.repository import find_station
from server.recruitment_events.tables import (
    DeskRow,
    EnrolmentRow,
    RecruitmentEventRow,
    SchedulingNeedRow,
    SlotRow,
    WishRow,
)
from server.repairs.fit import Fit, Rule
from server.repairs.pools import left_of, number_of, rules_with
from server.repairs.presence import with_absences, without_absences
from server.repairs.shapes import ChangeRequest, ConfirmRequest, DeskRequest, SpotRef
from server.repairs.shifts import Shift, Spot

EXPECTED = (MeetingState.BOOKED, MeetingState.LATE, MeetingState.CHECKED_IN)
SENTENCES: dict[Rule, str] = {
    "off_duty": "nobody is at that desk then",
    "locked": "that desk is locked",
    "away": "somebody cannot come then",
    "form": "the two cannot meet at that desk",
    "avoided": "the two are not to meet",
    "accessible": "somebody cannot get to that station",
    "extra_time": "there is no time for a long meeting then",
    "rest": "somebody would have too little time between two meetings",
    "maximum": "somebody would have too many meetings",
    "video_rooms": "there is no video room left then",
    "interpreters": "there is no interpreter left then",
}

_EVENT_ID: Any = bindparam("event_id")
_SEEKERS_IN: Any = bindparam("seekers", expanding=True)
_SEEKERS = select(
    col(EnrolmentRow.seeker_id),
    col(EnrolmentRow.form),
    col(EnrolmentRow.available_from),
    col(EnrolmentRow.available_until),
).where(col(EnrolmentRow.recruitment_event_id) == _EVENT_ID, col(EnrolmentRow.seeker_id).in_(_SEEKERS_IN))
_AVOIDED = select(col(WishRow.seeker_id), col(WishRow.organisation_id)).where(
    col(WishRow.recruitment_event_id) == _EVENT_ID, col(WishRow.seeker_id).in_(_SEEKERS_IN), col(WishRow.rank) == 0
)
_NEEDS = select(
    col(SchedulingNeedRow.seeker_id),
    col(SchedulingNeedRow.extra_time),
    col(SchedulingNeedRow.accessible_station),
    col(SchedulingNeedRow.interpreter),
).where(
    col(SchedulingNeedRow.recruitment_event_id) == _EVENT_ID,
)
_LAID = select(
    col(MeetingRow.id),
    col(MeetingRow.seeker_id),
    col(MeetingRow.starts_at),
    col(MeetingRow.ends_at),
    col(MeetingRow.form),
    col(MeetingRow.desk_id),
    col(MeetingRow.organisation_id),
    col(MeetingRow.recruiter_id),
    col(MeetingRow.station_id),
    col(MeetingRow.slot_id),
    col(MeetingRow.state),
    col(MeetingRow.is_pinned),
).where(
    col(MeetingRow.recruitment_event_id) == _EVENT_ID,
    col(MeetingRow.state).not_in(planning.TAKES_NO_TIME),
    col(MeetingRow.starts_at).is_not(None),
    or_(
        col(MeetingRow.seeker_id).in_(_SEEKERS_IN),
        col(MeetingRow.desk_id).in_(bindparam("desks", expanding=True)),
        (col(MeetingRow.starts_at) < bindparam("until")) & (col(MeetingRow.ends_at) > bindparam("since")),
    ),
)


class NoLongerFits(Exception):
    """The option breaks a rule as things are now; the message says which."""


async def check(
    session: AsyncSession,
    event: RecruitmentEventRow,
    wanted: ConfirmRequest,
    *,
    desks: Mapping[UUID, DeskRow],
    slots: Mapping[UUID, SlotRow],
    now: datetime,
) -> frozenset[Rule]:
    """Return if the option keeps the rules; the rules that what it changes breaks as it lies come back.

    Raises:
        NoLongerFits: it breaks one that it is not allowed to.
    """
    await _check_numbers(session, event, wanted, now=now)
    material = await _around(session, event, wanted, slots=slots, now=now)
    enrolled = {seeker.id for seeker in material.seekers}
    if any(change.seeker_id not in enrolled for change in wanted.changes):
        raise NoLongerFits("somebody is not enrolled any more")
    shifts = [_shift(change) for change in wanted.changes]
    was = Fit(material)
    lay = [replace(shift, after=shift.before) for shift in shifts if shift.before is not None]
    broken = frozenset(misfit.rule for misfit in was.misfits(lay))
    changed = {
        desk.desk_id: await _desk_as(session, event, material, desks[desk.desk_id], desk) for desk in wanted.desks
    }
    then = replace(
        material,
        desks=tuple(changed.get(desk.id, desk) for desk in material.desks),
        rules=rules_with(material.rules, wanted.pools),
    )
    found = {misfit.rule for misfit in Fit(then).misfits(shifts, may_have=_may_have(wanted, was))}
    for desk in wanted.desks:
        if desk.recruiter_id or desk.station_id:
            found |= set(was.misfits_at(changed[desk.desk_id], _expected_at(material, desk.desk_id, shifts, now=now)))
    for rule in sorted(found - wanted.allows):
        raise NoLongerFits(SENTENCES[rule])
    return broken


async def _check_numbers(
    session: AsyncSession, event: RecruitmentEventRow, wanted: ConfirmRequest, *, now: datetime
) -> None:
    """What the option reckoned with: so many rooms, and who is said to come when."""
    rules, happening = PlanningRules.model_validate(event.planning_rules), wanted.happening
    if happening is not None:
        for pool, left in wanted.pools.items():
            if number_of(rules, pool) is None or left_of(rules, pool, happening.number) != left:
                raise NoLongerFits("there are not as many of them as there were")
    late = await find_late(session, event.id, [away.person_id for away in wanted.away])
    for away in wanted.away:
        until = late.get(away.person_id, (now, now))[1]
        before = away.until_before or now
        if max(until, now) != max(before, now):
            raise NoLongerFits("somebody has said since when they come")


def _may_have(wanted: ConfirmRequest, fit: Fit) -> dict[UUID, int]:
    """Whoever stands at the door gets as many as staff have asked for."""
    happening = wanted.happening
    if happening is None or happening.kind != "walk_in" or happening.seeker_id is None:
        return {}
    return {happening.seeker_id: fit.has(happening.seeker_id) + happening.wanted}


async def _around(
    session: AsyncSession,
    event: RecruitmentEventRow,
    wanted: ConfirmRequest,
    *,
    slots: Mapping[UUID, SlotRow],
    now: datetime,
) -> Material:
    """The part of the event that the option touches, with people as absent as they will be."""
    seekers = {change.seeker_id for change in wanted.changes}
    desk_ids = {desk.desk_id for desk in wanted.desks}
    plan_slots = tuple(PlanSlot(slot.id, slot.starts_at, slot.ends_at) for slot in slots.values())
    since, until = _window(plan_slots, [change.after for change in wanted.changes if change.after is not None], now=now)
    laid = await list_rows(
        session, _LAID, event_id=event.id, seekers=list(seekers), desks=list(desk_ids), since=since, until=until
    )
    everybody = seekers | {row.seeker_id for row in laid}
    needs = {row.seeker_id: row for row in await list_rows(session, _NEEDS, event_id=event.id)}
    material = Material(
        slots=plan_slots,
        desks=await planning.list_plan_desks(session, event.id),
        seekers=await _list_seekers(
            session, event.id, seekers | {row.seeker_id for row in laid if row.desk_id in desk_ids}
        ),
        laid=tuple(PlanMeeting(**row._mapping) for row in laid),
        now=now,
        meetings_max=event.meetings_max,
        is_told=True,
        needs={
            seeker_id: Need(row.extra_time, row.accessible_station, row.interpreter)
            for seeker_id, row in needs.items()
            if seeker_id in everybody
        },
        rules=PlanningRules.model_validate(event.planning_rules),
    )
    people = [away.person_id for away in wanted.away]
    material = without_absences(material, await find_late(session, event.id, people))
    return with_absences(
        material, {away.person_id: (now, away.until) for away in wanted.away if away.until is not None}
    )


def _window(slots: Sequence[PlanSlot], spots: Collection[SpotRef], *, now: datetime) -> tuple[datetime, datetime]:
    """The time in which others may be in the way: from the first place to the end of a long meeting in the last."""
    numbers = [number for number, slot in enumerate(slots) if slot.id in {spot.slot_id for spot in spots}]
    if not numbers:
        return now, now
    return slots[numbers[0]].starts_at, slots[min(numbers[-1] + 1, len(slots) - 1)].ends_at


async def _list_seekers(session: AsyncSession, event_id: UUID, ids: Collection[UUID]) -> tuple[PlanSeeker, ...]:
    absences = await planning.list_absences(session, event_id, of=ids)
    avoids: dict[UUID, set[UUID]] = {}
    for row in await list_rows(session, _AVOIDED, event_id=event_id, seekers=list(ids)):
        avoids.setdefault(row.seeker_id, set()).add(row.organisation_id)
    return tuple(
        PlanSeeker(
            id=row.seeker_id,
            form=row.form,
            available_from=row.available_from,
            available_until=row.available_until,
            avoids=frozenset(avoids.get(row.seeker_id, ())),
            absences=absences.get(row.seeker_id, ()),
        )
        for row in await list_rows(session, _SEEKERS, event_id=event_id, seekers=list(ids))
    )


async def _desk_as(
    session: AsyncSession, event: RecruitmentEventRow, material: Material, row: DeskRow, wanted: DeskRequest
) -> PlanDesk:
    """The desk as it is wanted."""
    desk = next(desk for desk in material.desks if desk.id == row.id)
    if wanted.on_duty_until is not None:
        desk = replace(desk, on_duty_until=wanted.on_duty_until)
    if wanted.recruiter_id is not None:
        absences = await planning.list_absences(session, event.id, of=[wanted.recruiter_id])
        desk = replace(desk, recruiter_id=wanted.recruiter_id, absences=absences.get(wanted.recruiter_id, ()))
    if wanted.station_id is not None:
        station = await find_station(session, wanted.station_id, event_id=event.id)
        if station is None:
            raise NoLongerFits("the station is not part of the event")
        reach = station.is_accessible
        desk = replace(desk, station_id=station.id, station_is_accessible=reach, zone=station.zone)
    return desk


def _expected_at(
    material: Material, desk_id: UUID, shifts: Sequence[Shift], *, now: datetime
) -> list[tuple[UUID, PlanSlot]]:
    """Who is still to come to a desk, and when, but for those whom the option moves."""
    moving = {shift.couple for shift in shifts}
    return [
        (meeting.seeker_id, PlanSlot(meeting.slot_id or desk_id, meeting.starts_at, meeting.ends_at))
        for meeting in material.laid
        if meeting.desk_id == desk_id
        and meeting.ends_at > now
        and meeting.state in EXPECTED
        and (meeting.seeker_id, meeting.organisation_id) not in moving
    ]


def _shift(change: ChangeRequest) -> Shift:
    return Shift(change.seeker_id, change.organisation_id, _spot(change.before), _spot(change.after))


def _spot(ref: SpotRef | None) -> Spot | None:
    return Spot(ref.desk_id, ref.slot_id) if ref is not None else None
