"""The grid: laying meetings by hand, moving, cancelling, publishing. For the event's staff."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from server.employers.endpoints import desk_shown
from server.employers.repository import find_desk
from server.employers.service import EmployerRefused
from server.employers.shapes import EventDesk
from server.identity.actor import Actor
from server.identity.roles import STAFF
from server.kit.operations import Operations
from server.kit.problems import NotFound
from server.meetings.tables import MeetingRow
from server.planning import conflicts, publication, repository, service, trading
from server.planning.alternatives import Alternative, look_elsewhere
from server.planning.announcements import tell_changes
from server.planning.desks import change_desk
from server.planning.grid import Grid, GridMeeting, read_grid, read_meetings
from server.planning.readiness import readiness
from server.planning.shapes import (
    Addressee,
    AlreadyPublished,
    DeskChange,
    DeskNotAsAsked,
    MeetingChange,
    MeetingNotMovable,
    MeetingPin,
    MeetingPlace,
    NewMeeting,
    PlanHasConflicts,
    Published,
    PublishPreview,
    SlotTaken,
    TakesTwoTimes,
    Trade,
    TradeRefused,
    TradeRequest,
    WasPlace,
    place_refused,
    slot_taken,
    told_people,
)
from server.recruitment_events.access import event_of
from server.recruitment_events.repository import find_station
from server.recruitment_events.tables import RecruitmentEventRow
from server.state import State

operations = Operations("planning")


@operations.add("get", "/api/recruitment-events/{event_id}/grid", who=STAFF, errors=[NotFound])
async def get_grid(request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID) -> Grid:
    """The plan: slots, desks, meetings, who is left, what does not fit."""
    return await read_grid(session, await event_of(session, actor, event_id))


@operations.add(
    "post",
    "/api/recruitment-events/{event_id}/meetings",
    who=STAFF,
    status=HTTPStatus.CREATED,
    errors=[NotFound, SlotTaken, TakesTwoTimes],
)
async def lay_meeting(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, body: NewMeeting
) -> MeetingChange:
    """Lay a meeting by hand."""
    event = await event_of(session, actor, event_id, lock=True)
    now = request.state["now"]()
    try:
        change = await service.lay(session, event, **body.model_dump(), now=now)
    except service.NotInEvent as refusal:
        raise NotFound(str(refusal)) from refusal
    except (service.SlotIsTaken, service.NoSecondSlot) as refusal:
        found = await look_elsewhere(session, event, **body.model_dump(), not_before=now)
        raise place_refused(refusal, found) from refusal
    return await _changed(session, event, change)


@operations.add(
    "post",
    "/api/meetings/{meeting_id}/move",
    who=STAFF,
    errors=[NotFound, SlotTaken, TakesTwoTimes, MeetingNotMovable],
)
async def move_meeting(
    request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID, body: MeetingPlace
) -> MeetingChange:
    """Move a meeting to another desk or time; everybody concerned is told."""
    event, row = await _meeting(session, actor, meeting_id)
    now = request.state["now"]()
    try:
        change = await service.move(session, event, row, desk_id=body.desk_id, slot_id=body.slot_id, now=now)
    except service.NotInEvent as refusal:
        raise NotFound(str(refusal)) from refusal
    except service.NotMovable as refusal:
        raise MeetingNotMovable(str(refusal)) from refusal
    except (service.SlotIsTaken, service.NoSecondSlot) as refusal:
        found = await look_elsewhere(
            session, event, **body.model_dump(), seeker_id=row.seeker_id, not_before=now, moving=row.id
        )
        raise place_refused(refusal, found) from refusal
    return await _changed(session, event, change)


@operations.add("post", "/api/recruitment-events/{event_id}/trades", who=STAFF, errors=[NotFound, TradeRefused])
async def trade_meetings(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, body: TradeRequest
) -> Trade:
    """Let two meetings at one employer take each other's place; everybody concerned is told. Again takes it back."""
    event = await event_of(session, actor, event_id, lock=True)
    rows = [await session.get(MeetingRow, one) for one in (body.meeting_id, body.other_meeting_id)]
    sides = [
        trading.Side(row, trading.Spot(seen.desk_id, seen.slot_id) if seen else None)
        for row, seen in zip(rows, (body.place, body.other_place), strict=True)
        if row is not None and row.recruitment_event_id == event.id
    ]
    if len(sides) < len(rows):
        raise NotFound("there is no such meeting at the event any more")
    try:
        done = await trading.trade(session, event, *sides, now=request.state["now"]())
    except trading.CannotTrade as refusal:
        raise TradeRefused(str(refusal), reason=refusal.reason, party=refusal.party) from refusal
    found = {}
    for row in done.meetings:
        for timed in await conflicts.find_conflicts_of(session, event, row):
            found[timed[0].code, timed[0].meeting_ids] = timed
    return Trade(
        meetings=await read_meetings(session, [row.id for row in done.meetings]),
        told=told_people(done.told),
        conflicts=await conflicts.shown(session, list(found.values())),
    )


@operations.add("post", "/api/meetings/{meeting_id}/cancel", who=STAFF, errors=[NotFound, MeetingNotMovable])
async def cancel_meeting(
    request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID
) -> MeetingChange:
    """Cancel a meeting; everybody concerned is told. Moving it to where it was takes that back."""
    event, row = await _meeting(session, actor, meeting_id)
    try:
        change = await service.cancel(session, event, row, now=request.state["now"]())
    except service.NotMovable as refusal:
        raise MeetingNotMovable(str(refusal)) from refusal
    return await _changed(session, event, change)


@operations.add("delete", "/api/meetings/{meeting_id}", who=STAFF, errors=[NotFound, MeetingNotMovable])
async def take_away_meeting(request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID) -> None:
    """Take a meeting out of a draft; nobody has been told of it."""
    event, row = await _meeting(session, actor, meeting_id)
    try:
        await service.take_away(session, event, [row], now=request.state["now"]())
    except service.NotMovable as refusal:
        raise MeetingNotMovable(str(refusal)) from refusal


@operations.add("post", "/api/meetings/{meeting_id}/pin", who=STAFF, errors=[NotFound])
async def pin_meeting(
    request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID, body: MeetingPin
) -> GridMeeting:
    """Pin a meeting, so that planners leave it where it lies, or let it go again."""
    event, row = await _meeting(session, actor, meeting_id)
    row.is_pinned = body.is_pinned
    session.add(row)
    await tell_changes(session, event, now=request.state["now"]())
    return (await read_meetings(session, [row.id]))[0]


@operations.add("get", "/api/meetings/{meeting_id}/alternatives", who=STAFF, errors=[NotFound])
async def list_meeting_alternatives(
    request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID
) -> list[Alternative]:
    """Where else a meeting would fit, nearest first."""
    found = await repository.find_meeting_of_staff(session, meeting_id, person_id=actor.person_id)
    if found is None:
        raise NotFound(f"meeting {meeting_id}")
    row, event = found
    elsewhere = await look_elsewhere(
        session,
        event,
        desk_id=row.desk_id,
        slot_id=row.slot_id,
        seeker_id=row.seeker_id,
        not_before=request.state["now"](),
        moving=row.id,
    )
    return elsewhere.alternatives


@operations.add(
    "patch",
    "/api/recruitment-events/{event_id}/desks/{desk_id}",
    who=STAFF,
    errors=[NotFound, SlotTaken, DeskNotAsAsked],
)
async def change_event_desk(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, desk_id: UUID, body: DeskChange
) -> EventDesk:
    """Change a desk; meetings still expected there follow, and those concerned are told."""
    event = await event_of(session, actor, event_id, lock=True)
    desk = await find_desk(session, desk_id, event_id=event.id)
    if desk is None:
        raise NotFound(f"desk {desk_id}")
    if body.station_id and await find_station(session, body.station_id, event_id=event.id) is None:
        raise NotFound(f"station {body.station_id}")
    try:
        await change_desk(session, event, desk, body.changes(), now=request.state["now"]())
    except EmployerRefused as refusal:
        raise DeskNotAsAsked(str(refusal)) from refusal
    except service.SlotIsTaken as refusal:
        raise slot_taken(refusal.party) from refusal
    return desk_shown(desk)


@operations.add("get", "/api/recruitment-events/{event_id}/publish-preview", who=STAFF, errors=[NotFound])
async def preview_publishing(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID
) -> PublishPreview:
    """Who would be told, and what stands in the way."""
    event = await event_of(session, actor, event_id)
    ready = await readiness(session, event)
    return PublishPreview(
        can_publish=event.status == "draft" and not ready.blocking,
        status=event.status,
        meetings=ready.meetings,
        seekers_told=ready.seekers_told,
        recruiters_told=ready.recruiters_told,
        unreachable=[Addressee(id=one.id, name=one.name, role=one.role) for one in ready.unreachable],
        desks_without_recruiter=ready.desks_without_recruiter,
        blocking=await conflicts.shown(session, ready.blocking),
        warnings=ready.warnings,
    )


@operations.add(
    "post",
    "/api/recruitment-events/{event_id}/publish",
    who=STAFF,
    errors=[NotFound, AlreadyPublished, PlanHasConflicts],
)
async def publish_event(request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID) -> Published:
    """Publish the plan: every seeker and recruiter gets a mail with calendar file, seekers a personal link."""
    event = await event_of(session, actor, event_id, lock=True)
    now = request.state["now"]()
    try:
        told = await publication.publish(session, event, now=now)
    except publication.IsPublished as refusal:
        raise AlreadyPublished(str(refusal)) from refusal
    except publication.PlanHasConflicts as refusal:
        raise PlanHasConflicts(str(refusal)) from refusal
    reached = [one.role for one in told if one.by_mail]
    return Published(
        status=event.status,
        published_at=now,
        seekers_told=reached.count("seeker"),
        recruiters_told=reached.count("recruiter"),
    )


async def _meeting(session: AsyncSession, actor: Actor, meeting_id: UUID) -> tuple[RecruitmentEventRow, MeetingRow]:
    """The meeting with its event locked against other staff; who is not of its staff finds nothing."""
    found = await repository.find_meeting_of_staff(session, meeting_id, person_id=actor.person_id)
    if found is None:
        raise NotFound(f"meeting {meeting_id}")
    return await event_of(session, actor, found[1].id, lock=True), found[0]


async def _changed(session: AsyncSession, event: RecruitmentEventRow, change: service.Change) -> MeetingChange:
    was, row = change.was, change.meeting
    return MeetingChange(
        meeting=(await read_meetings(session, [row.id]))[0],
        was=WasPlace(desk_id=was.desk_id, slot_id=was.slot_id, state=was.state) if was else None,
        told=told_people(change.told),
        conflicts=await conflicts.shown(session, await conflicts.find_conflicts_of(session, event, row)),
    )
