"""Carrying an option out: everything of it or nothing, in the caller's transaction, and everybody told once.

Locks are taken as everywhere: the event, desks by id, seekers by id. What overlaps is refused by the database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from realtime import meeting_commands
from realtime.meeting import MeetingRefused, MeetingState
from server.employers.service import EmployerRefused
from server.meetings import service as meetings
from server.meetings.machine import meeting_of, plan_of, store
from server.meetings.tables import MeetingRow
from server.meetings.telling import tell_meeting
from server.planning import repository as planning
from server.planning import rules as planning_rules
from server.planning.announcements import Told, tell_changes
from server.planning.desks import change_desk
from server.planning.ports import PlanSlot
from server.planning.service import MOVABLE, SlotIsTaken, new_meeting, put, taken
from server.planning_runs.planning_rules import PlanningRules
from server.recruitment_events.absences import end_late, find_late, set_late
from server.recruitment_events.tables import DeskRow, EnrolmentRow, RecruitmentEventRow, SlotRow
from server.repairs import mails, repository
from server.repairs.check import NoLongerFits, check
from server.repairs.fit import Rule
from server.repairs.pools import number_of, rules_with
from server.repairs.rules import NOT_COMING, may_be_laid
from server.repairs.shapes import AwayRequest, ChangeRequest, ConfirmRequest, DeskRequest, SpotRef

Couple = tuple[UUID, UUID]
MINUTE = timedelta(minutes=1)


class HasChanged(Exception):
    """Something is not as it was when the option was offered; the message says what."""


@dataclass(slots=True)
class _Ground:
    """What an option is carried out on, locked."""

    event: RecruitmentEventRow
    now: datetime
    desks: Mapping[UUID, DeskRow]
    slots: Mapping[UUID, SlotRow]
    rows: Mapping[Couple, list[MeetingRow]]
    left: list[tuple[MeetingRow, UUID]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Carried:
    """What was done, who was told, and what puts it back."""

    told: Sequence[Told]
    back: ConfirmRequest | None


async def carry_out(
    session: AsyncSession, event: RecruitmentEventRow, wanted: ConfirmRequest, *, now: datetime
) -> Carried:
    """Do all that an option says; who is concerned is told in the same transaction.

    Raises:
        HasChanged: a meeting has begun or lies elsewhere, its new place is taken, or a rule would be broken.
    """
    ground = await _lock(session, event, wanted, now=now)
    pairs = [(change, _row_of(ground, change)) for change in wanted.changes]
    try:
        broken = await check(session, event, wanted, desks=ground.desks, slots=ground.slots, now=now)
    except NoLongerFits as refusal:
        raise HasChanged(str(refusal)) from refusal
    back = await _back(session, ground, wanted, broken)
    is_unheard = await mails.take_back(session, wanted.mails)
    waiting = await mails.list_written(session, now=now)
    missed = [row for change, row in pairs if row is not None and change.after is None and _is_missed(change, ground)]
    cancelled = [row for change, row in pairs if row is not None and change.after is None and row not in missed]
    try:
        for row in missed:
            _become(row, meeting_commands.mark_no_show(meeting_of(row), plan=plan_of(event), now=now), ground)
        for row in cancelled:
            _become(row, meeting_commands.cancel(meeting_of(row), plan=plan_of(event), now=now), ground)
            row.sequence += 1
    except MeetingRefused as refusal:
        raise HasChanged(str(refusal)) from refusal
    told: list[Told] = []
    # A desk that is manned again can be given its meetings back; one that closes first gives them away.
    for desk in (desk for desk in wanted.desks if not _closes(desk, ground)):
        told += await _change_desk(session, ground, desk)
    laid = await _place(session, ground, [(change, row) for change, row in pairs if change.after is not None])
    before = {change.before.desk_id for change in wanted.changes if change.before is not None}
    told += await tell_changes(
        session, event, changed=laid, cancelled=cancelled, left=ground.left, desk_ids=before, now=now
    )
    for row in sorted(missed, key=lambda row: (row.seeker_id, row.id)):
        await tell_meeting(session, row, now=now)
    for desk in (desk for desk in wanted.desks if _closes(desk, ground)):
        told += await _change_desk(session, ground, desk)
    _write_pools(event, wanted.pools)
    await _write_away(session, ground, wanted.away)
    await _seat_at_once(session, ground, laid, missed, is_undo=wanted.happening is None)
    written = await mails.list_written(session, now=now) - waiting
    if is_unheard:
        await mails.forget(session, written)
        written = set()
        for row in (row for row in cancelled if row.sequence == 1):
            row.sequence = -1  # nobody has heard of it: laid again it is new
    return Carried(told, back and back.model_copy(update={"mails": tuple(sorted(written))}))


async def _lock(session: AsyncSession, event: RecruitmentEventRow, wanted: ConfirmRequest, *, now: datetime) -> _Ground:
    spots = [spot for change in wanted.changes for spot in (change.before, change.after) if spot is not None]
    desk_ids = {spot.desk_id for spot in spots} | {desk.desk_id for desk in wanted.desks}
    desks = await planning.lock_desks(session, desk_ids)
    for seeker_id in sorted({change.seeker_id for change in wanted.changes}):
        await planning.lock_seeker(session, seeker_id)
    slots = await repository.list_slots(session, event.id)
    strange = [
        desk_id for desk_id in desk_ids if desk_id not in desks or desks[desk_id].recruitment_event_id != event.id
    ]
    if strange or any(spot.slot_id not in slots for spot in spots):
        raise HasChanged("a desk or a slot is not part of the event any more")
    couples = [(change.seeker_id, change.organisation_id) for change in wanted.changes]
    rows = await repository.list_meetings_of(session, event.id, couples) if couples else {}
    return _Ground(event, now, desks, slots, rows)


def _row_of(ground: _Ground, change: ChangeRequest) -> MeetingRow | None:
    """The meeting that a change is about, which lies where it says; None for one that is new.

    Raises:
        HasChanged: it lies elsewhere, has begun, or is there already.
    """
    rows = ground.rows[change.seeker_id, change.organisation_id]
    held = [row for row in rows if row.state not in NOT_COMING]
    if change.before is None:
        if held:
            raise HasChanged("the two have a meeting already")
        return next((row for row in rows if _place_of(row) == change.after), rows[-1] if rows else None)
    there = [row for row in rows if _place_of(row) == change.before]
    row = next((row for row in there if row in held), there[-1] if there else None)
    if row is None or (held and row not in held):
        raise HasChanged("a meeting lies elsewhere by now")
    if row.state not in MOVABLE or row.state == MeetingState.CANCELLED:
        raise HasChanged("a meeting has begun or is over")
    return row


def _place_of(row: MeetingRow) -> SpotRef:
    return SpotRef(desk_id=row.desk_id, slot_id=row.slot_id or row.desk_id)


def _is_missed(change: ChangeRequest, ground: _Ground) -> bool:
    """Whether a meeting that is dropped counts as missed: its time has come, and nobody else cancels it."""
    begins = change.before is not None and ground.slots[change.before.slot_id].starts_at <= ground.now
    return change.reason == "no_show" and begins


def _become(row: MeetingRow, meeting: Any, ground: _Ground) -> None:
    store(row, meeting, plan=plan_of(ground.event), now=ground.now)


async def _place(
    session: AsyncSession, ground: _Ground, moves: Sequence[tuple[ChangeRequest, MeetingRow | None]]
) -> list[MeetingRow]:
    """Put each meeting where it is to be. They take no time while they move, since some take each other's place."""
    states = {}
    for _, row in moves:
        if row is not None:
            states[row.id], row.state = row.state, MeetingState.CANCELLED
            session.add(row)
    await session.flush()
    laid = []
    for change, row in moves:
        assert change.after is not None, "it is to be somewhere"
        desk, slot = ground.desks[change.after.desk_id], await _time(session, ground, change, row)
        enrolment = await _check_place(session, ground, change, desk, slot)
        try:
            async with session.begin_nested():
                if row is None:
                    row = new_meeting(ground.event, desk, slot, enrolment, now=ground.now)
                else:
                    row.state, recruiter_before = states[row.id], row.recruiter_id
                    put(row, ground.event, desk, slot, enrolment, now=ground.now)
                    if recruiter_before and recruiter_before != row.recruiter_id and change.before is not None:
                        ground.left.append((row, recruiter_before))
                session.add(row)
                await session.flush()
        except IntegrityError as error:
            raise _is_taken(error) from None
        laid.append(row)
    return laid


def _is_taken(error: IntegrityError) -> HasChanged:
    """Which party is taken; a violation of anything else is raised as it is."""
    refusal: SlotIsTaken = taken(error)
    return HasChanged(str(refusal))


async def _check_place(
    session: AsyncSession, ground: _Ground, change: ChangeRequest, desk: DeskRow, slot: PlanSlot
) -> EnrolmentRow:
    enrolment = await session.get(EnrolmentRow, (ground.event.id, change.seeker_id))
    if enrolment is None:
        raise HasChanged("somebody is not enrolled any more")
    if desk.organisation_id != change.organisation_id:
        raise HasChanged("the two cannot meet at that desk")
    if not may_be_laid(slot.ends_at, now=ground.now):
        raise HasChanged("that time is over")
    return enrolment


async def _time(session: AsyncSession, ground: _Ground, change: ChangeRequest, row: MeetingRow | None) -> PlanSlot:
    """The time that a meeting takes in its new place: as long as it was, or as its seeker needs if it is new.

    Raises:
        HasChanged: it takes two slots, and none follows.
    """
    assert change.after is not None, "it is to be somewhere"
    slots = [PlanSlot(slot.id, slot.starts_at, slot.ends_at) for slot in ground.slots.values()]
    moving = row if change.before is not None else None
    if await planning.takes_two(session, ground.event.id, change.seeker_id, moving=moving):
        slots = list(planning_rules.two_in_a_row(slots))
    time = next((slot for slot in slots if slot.id == change.after.slot_id), None)
    if time is None:
        raise HasChanged("the meeting takes two times in a row, and no time follows that one")
    return time


async def _change_desk(session: AsyncSession, ground: _Ground, wanted: DeskRequest) -> Sequence[Told]:
    desk = ground.desks[wanted.desk_id]
    if wanted.recruiter_before is not None and wanted.recruiter_before != desk.recruiter_id:
        raise HasChanged("somebody else sits at the desk by now")
    names = ("recruiter_id", "station_id", "on_duty_until")
    changes = {name: getattr(wanted, name) for name in names if getattr(wanted, name) is not None}
    try:
        told = await change_desk(session, ground.event, desk, changes, now=ground.now)
    except (EmployerRefused, SlotIsTaken) as refusal:
        raise HasChanged(str(refusal)) from refusal
    if _closes(wanted, ground):
        rows = await planning.list_active_meetings(session, desk.id)
        if any(row.slot_id is not None and row.ends_at is not None and row.ends_at > ground.now for row in rows):
            raise HasChanged("a meeting has been laid at the desk")
        await meetings.close_desk(session, desk.id, now=ground.now)
    elif wanted.is_open:
        await meetings.open_desk(session, desk.id, now=ground.now)
    return told


def _closes(wanted: DeskRequest, ground: _Ground) -> bool:
    """Whether a desk gets an end that has come, or comes with its first minute."""
    until = wanted.on_duty_until
    return until is not None and until <= max(ground.now, ground.desks[wanted.desk_id].on_duty_from + MINUTE)


def _write_pools(event: RecruitmentEventRow, pools: Mapping[str, int]) -> None:
    if pools:
        rules = rules_with(PlanningRules.model_validate(event.planning_rules), pools)
        event.planning_rules = rules.model_dump(mode="json", exclude_defaults=True)


async def _write_away(session: AsyncSession, ground: _Ground, away: Sequence[AwayRequest]) -> None:
    """Until they come, nobody is offered another time."""
    for one in away:
        if one.until is None or one.until <= ground.now:
            await end_late(session, ground.event.id, one.person_id)
        elif await session.get(EnrolmentRow, (ground.event.id, one.person_id)) is None:
            raise HasChanged("somebody is not enrolled any more")
        else:
            since = min(one.since or ground.now, ground.now)
            await set_late(session, ground.event.id, one.person_id, (since, one.until))


async def _seat_at_once(
    session: AsyncSession,
    ground: _Ground,
    laid: Sequence[MeetingRow],
    missed: Sequence[MeetingRow],
    *,
    is_undo: bool,
) -> None:
    """Whoever is given a seat in a slot that runs is here: the desk can take them in at once."""
    now_or_never = [row for row in laid if row.starts_at is not None and row.starts_at <= ground.now]
    for row in () if is_undo else now_or_never:
        if row.state == MeetingState.BOOKED:
            await meetings.check_in(session, row.id, now=ground.now)
    for row in (*missed, *now_or_never):
        await meetings.advance_due(session, row.id, now=ground.now)


async def _back(
    session: AsyncSession, ground: _Ground, wanted: ConfirmRequest, broken: frozenset[Rule]
) -> ConfirmRequest | None:
    """What takes the option back: each meeting to where it was, the desks and the numbers as they were.

    None if some time to go back to is over.
    """
    spots = [change.before for change in wanted.changes if change.before is not None]
    if not all(may_be_laid(ground.slots[spot.slot_id].ends_at, now=ground.now) for spot in spots):
        return None
    late = await find_late(session, ground.event.id, [away.person_id for away in wanted.away])
    rules = PlanningRules.model_validate(ground.event.planning_rules)
    return ConfirmRequest(
        changes=tuple(
            change.model_copy(update={"before": change.after, "after": change.before, "reason": None})
            for change in wanted.changes
        ),
        desks=tuple(_desk_back(ground.desks[desk.desk_id], desk) for desk in wanted.desks),
        pools={pool: number_of(rules, pool) or 0 for pool in wanted.pools},
        away=tuple(
            AwayRequest(person_id=away.person_id, until=until, until_before=away.until, since=since)
            for away in wanted.away
            for since, until in [late.get(away.person_id, (None, None))]
        ),
        allows=broken,
    )


def _desk_back(was: DeskRow, wanted: DeskRequest) -> DeskRequest:
    return DeskRequest(
        desk_id=wanted.desk_id,
        recruiter_before=wanted.recruiter_id or was.recruiter_id,
        recruiter_id=was.recruiter_id if wanted.recruiter_id else None,
        station_id=was.station_id if wanted.station_id else None,
        on_duty_until=was.on_duty_until if wanted.on_duty_until else None,
        is_open=True if wanted.on_duty_until and was.opened_at is not None else None,
    )
