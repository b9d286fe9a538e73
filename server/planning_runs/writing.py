"""Writing meetings that a plan lays, moves and takes away, so that none meets another on its way.

What moves is first lifted from its time, so that two may change places; what goes is gone before what comes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, insert, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from realtime import meeting_commands
from realtime.meeting import Meeting, MeetingForm, MeetingState
from server.kit import streams
from server.meetings.machine import look_again_at, meeting_of, plan_of, store
from server.meetings.tables import MeetingRow
from server.planning import service as planning
from server.planning.announcements import tell_changes
from server.planning.rules import meeting_form
from server.planning_runs.ground import Ground
from server.planning_runs.portions import portions
from server.planning_runs.rules import Pair, Spot, Standing
from server.recruitment_events.check_in_codes import new_check_in_code
from server.recruitment_events.repository import list_desks
from server.recruitment_events.tables import DeskRow, EnrolmentRow, RecruitmentEventRow

TOLD_IDS_MAX = 100
STORED_AT_ONCE = 50
_meetings = MeetingRow.__table__  # type: ignore[attr-defined]
_LIFT = (
    update(_meetings)
    .where(_meetings.c.id.in_(bindparam("ids", expanding=True)))
    .values(starts_at=None, ends_at=None, slot_id=None)
)
_DELETE = delete(_meetings).where(_meetings.c.id.in_(bindparam("ids", expanding=True)))
_PUT = update(_meetings).where(_meetings.c.id == bindparam("meeting_id"))


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting to lay; `was` is the id and check-in code it had when it lay there before."""

    pair: Pair
    spot: Spot
    was: tuple[UUID, str] | None = None


@dataclass(slots=True)
class Changes:
    """What becomes of the meetings that do not stay as they are."""

    moves: list[tuple[Standing, Spot]] = field(default_factory=list)
    gone: list[Standing] = field(default_factory=list)
    new: list[NewMeeting] = field(default_factory=list)


async def write_draft(session: AsyncSession, event: RecruitmentEventRow, ground: Ground, changes: Changes) -> None:
    """Write the changes of a draft, of which nobody has been told."""
    connection = await session.connection()
    values = _Values(event, ground)
    async for gone in portions(changes.gone):
        await connection.execute(_DELETE, {"ids": [one.meeting_id for one in gone]})
    async for moves in portions(changes.moves):
        await connection.execute(_LIFT, {"ids": [one.meeting_id for one, _ in moves]})
    async for moves in portions(changes.moves):
        rows = [values.of(one.pair, spot) | {"meeting_id": one.meeting_id} for one, spot in moves]
        put = _PUT.values({name: bindparam(name) for name in rows[0] if name != "meeting_id"})
        await connection.execute(put.values(sequence=_meetings.c.sequence + 1), rows)
    async for new in portions(changes.new):
        await connection.execute(insert(_meetings), [values.of(one.pair, one.spot) | values.fresh(one) for one in new])
    changed = [one.meeting_id for one, _ in changes.moves] + [one.meeting_id for one in changes.gone]
    body = {"meeting_ids": sorted(str(meeting_id) for meeting_id in changed[:TOLD_IDS_MAX])}
    await streams.append(session, f"event:{event.id}", "plan.changed", body, now=ground.now)


class _Values:
    """The columns of a booked meeting."""

    def __init__(self, event: RecruitmentEventRow, ground: Ground) -> None:
        self.event, self.ground = event, ground
        self.plan = plan_of(event)
        self._due: dict[Any, Any] = {}

    def of(self, pair: Pair, spot: Spot) -> dict[str, Any]:
        """Where it lies, and what follows from that."""
        desk, time = self.ground.desks[spot[0]], self.ground.time_of(pair, spot)
        if time is None:
            raise ValueError("a plan lays meetings in slots of its event")
        form = MeetingForm(meeting_form(desk.form, self.ground.seekers[pair[0]].form))
        key = (time.starts_at, time.ends_at, form)
        if key not in self._due:
            meeting = Meeting(
                state=MeetingState.BOOKED, form=form, starts_at=time.starts_at, ends_at=time.ends_at, ready_at=None
            )
            self._due[key] = look_again_at(meeting, plan=self.plan, now=self.ground.now)
        return {
            "desk_id": desk.id,
            "organisation_id": desk.organisation_id,
            "recruiter_id": desk.recruiter_id,
            "station_id": desk.station_id,
            "slot_id": spot[1],
            "form": str(form),
            "starts_at": time.starts_at,
            "ends_at": time.ends_at,
            "due_at": self._due[key],
        }

    def fresh(self, new: NewMeeting) -> dict[str, Any]:
        """What a meeting has that did not lie anywhere."""
        meeting_id, code = new.was or (uuid4(), new_check_in_code())
        return {
            "id": meeting_id,
            "recruitment_event_id": self.event.id,
            "seeker_id": new.pair[0],
            "format": "individual",
            "state": str(MeetingState.BOOKED),
            "extensions": 0,
            "check_in_code": code,
            "sequence": 0,
            "is_pinned": False,
            "created_at": self.ground.now,
        }


async def write_published(session: AsyncSession, event: RecruitmentEventRow, ground: Ground, changes: Changes) -> int:
    """Write the changes of a published event by the rules of meetings; the number of people told comes back."""
    now, plan = ground.now, plan_of(event)
    rows = await _rows(session, [one.meeting_id for one, _ in changes.moves] + [one.meeting_id for one in changes.gone])
    rows |= await _rows(session, [new.was[0] for new in changes.new if new.was])
    was_at = {row.id: (row.desk_id, row.recruiter_id) for row in rows.values()}
    gone = [rows[one.meeting_id] for one in changes.gone]
    for row in gone:
        store(row, meeting_commands.cancel(meeting_of(row), plan=plan, now=now), plan=plan, now=now)
        row.sequence += 1
        session.add(row)
    for one, _ in changes.moves:
        row = rows[one.meeting_id]
        row.starts_at = row.ends_at = None
        session.add(row)
    await session.flush()
    changed = await _put_all(session, event, ground, changes, rows)
    left = [
        (row, was_at[row.id][1])
        for row in changed
        if row.id in was_at and was_at[row.id][1] not in (None, row.recruiter_id)
    ]
    desk_ids = {desk_id for desk_id, _ in was_at.values()}
    told = await tell_changes(
        session,
        event,
        changed=changed,
        cancelled=gone,
        left=[(row, person_id) for row, person_id in left if person_id is not None],
        desk_ids=desk_ids,
        now=now,
    )
    return len({one.person_id for one in told})


async def _put_all(
    session: AsyncSession, event: RecruitmentEventRow, ground: Ground, changes: Changes, rows: dict[UUID, MeetingRow]
) -> list[MeetingRow]:
    """What moves and what is new, at its place and stored; `rows` are those that there are already."""
    places = [
        *((one.pair, spot, one.meeting_id) for one, spot in changes.moves),
        *((new.pair, new.spot, new.was[0] if new.was else None) for new in changes.new),
    ]
    desks = {desk.id: desk for desk in await list_desks(session, event.id)}
    enrolled = await _enrolments(session, event, {pair[0] for pair, _, _ in places})
    changed: list[MeetingRow] = []
    async for portion in portions(places, STORED_AT_ONCE):
        changed += [
            _put(
                session,
                event,
                ground,
                pair,
                desks[spot[0]],
                enrolled[pair[0]],
                spot,
                rows.get(meeting_id) if meeting_id else None,
            )
            for pair, spot, meeting_id in portion
        ]
        await session.flush()
    return changed


def _put(
    session: AsyncSession,
    event: RecruitmentEventRow,
    ground: Ground,
    pair: Pair,
    desk: DeskRow,
    enrolment: EnrolmentRow,
    spot: Spot,
    row: MeetingRow | None,
) -> MeetingRow:
    time = ground.time_of(pair, spot)
    if time is None:
        raise ValueError("a plan lays meetings in slots of its event")
    if row is None:
        row = planning.new_meeting(event, desk, time, enrolment, now=ground.now)
    else:
        planning.put(row, event, desk, time, enrolment, now=ground.now)
    session.add(row)
    return row


async def _enrolments(
    session: AsyncSession, event: RecruitmentEventRow, seeker_ids: Collection[UUID]
) -> dict[UUID, EnrolmentRow]:
    found: dict[UUID, EnrolmentRow] = {}
    async for portion in portions(list(seeker_ids)):
        here = col(EnrolmentRow.recruitment_event_id) == event.id
        rows = await session.exec(select(EnrolmentRow).where(here, col(EnrolmentRow.seeker_id).in_(portion)))
        found |= {row.seeker_id: row for row in rows}
    return found


async def _rows(session: AsyncSession, meeting_ids: Sequence[UUID]) -> dict[UUID, MeetingRow]:
    found: dict[UUID, MeetingRow] = {}
    async for portion in portions(meeting_ids):
        rows = await session.exec(select(MeetingRow).where(col(MeetingRow.id).in_(portion)))
        found |= {row.id: row for row in rows}
    return found
