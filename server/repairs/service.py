"""Looking for what could be done about what has happened. Nothing is changed here: see `carrying`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.employers.repository import list_recruiters
from server.identity.tables import PersonRow
from server.kit.db import Database
from server.meetings.machine import plan_of
from server.planning_runs.repository import load_material
from server.recruitment_events.repository import list_stations
from server.recruitment_events.tables import RecruitmentEventRow, StationRow
from server.repairs import repository
from server.repairs.offers import Backdrop, desk_change, offers, standing_in
from server.repairs.rules import (
    NOT_COMING,
    ComesLate,
    DesksClosed,
    Happening,
    Proposal,
    RoomsLost,
    SeatFreed,
    Standing,
    WalksIn,
    can_take_over,
    meetings_left,
    proposals,
)
from server.repairs.shapes import DeskChangeOffered, RepairOption, RepairRequest, Repairs
from server.repairs.understanding import Desks, Understood, understand
from server.repairs.words import names_needed

OPTIONS_MAX = 3
STAND_INS_MAX = 2
MINUTE = timedelta(minutes=1)


class NotRunning(Exception):
    """Nobody has been told of the plan yet, or the event is over."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """All that was read of an event before anybody thinks about it."""

    standing: Standing
    desks: Desks
    understood: Understood
    recruiters: Sequence[PersonRow]
    stations: Sequence[StationRow]


async def look(database: Database, event: RecruitmentEventRow, request: RepairRequest, *, now: datetime) -> Repairs:
    """What could be done. Reads, thinks in a thread so that nobody waits for it, and reads the names.

    Raises:
        NotRunning: the event is not published, or over.
        NotUnderstood: the request names what is not there.
        HasBegun: the meeting is under way or over.
    """
    check_running(event, now=now)
    async with database.read() as session:
        scene = await _read(session, event, request, now=now)
    found = await asyncio.to_thread(proposals, scene.standing, scene.understood.happening)
    async with database.read() as session:
        return await _tell(session, scene, found, request)


def check_running(event: RecruitmentEventRow, *, now: datetime) -> None:
    """Return if the event can be repaired at `now`.

    Raises:
        NotRunning: it is not published, or over.
    """
    if event.status != "published":
        raise NotRunning("nobody has been told of the plan yet: change it on the plan's page")
    if now >= event.ends_at:
        raise NotRunning("the event is over")


async def read_standing(session: AsyncSession, event: RecruitmentEventRow, *, now: datetime) -> Standing:
    """The event as it stands."""
    seats = await repository.list_seats(session, event.id, now=now)
    return Standing(
        material=await load_material(session, event, now=now),
        plan=plan_of(event),
        seats=tuple(seat for seat in seats if seat.state not in NOT_COMING),
        unused=tuple(seat for seat in seats if seat.state in NOT_COMING),
        walked_in=await repository.list_walked_in(session, event),
        now=now,
    )


async def _read(session: AsyncSession, event: RecruitmentEventRow, request: RepairRequest, *, now: datetime) -> _Scene:
    desks = await repository.list_desks(session, event.id)
    standing = await read_standing(session, event, now=now)
    understood = await understand(session, event, request, standing, desks)
    recruiters: Sequence[PersonRow] = ()
    stations: Sequence[StationRow] = ()
    if request.kind == "recruiter_gone":
        organisation_id = desks[understood.desk_ids[0]].organisation_id
        recruiters = (await list_recruiters(session, [organisation_id])).get(organisation_id, [])
    if understood.station_id is not None:
        stations = await list_stations(session, event.id)
    return _Scene(standing, desks, understood, recruiters, stations)


async def _tell(session: AsyncSession, scene: _Scene, found: Sequence[Proposal], request: RepairRequest) -> Repairs:
    standing, understood = scene.standing, scene.understood
    left = meetings_left(standing, understood.desk_ids)
    ids = names_needed(found) | {meeting.seeker_id for meeting in left}
    ids |= {desk.recruiter_id for desk in scene.desks.values() if desk.recruiter_id}
    people = await repository.list_people(session, ids)
    people |= {person.id: person for person in scene.recruiters}
    backdrop = Backdrop(standing, {slot.id: slot for slot in standing.material.slots}, scene.desks, people)
    first = _stand_ins(scene, backdrop)
    closing = _closing(scene)
    moved = offers(
        found, backdrop, concerned=_concerned(understood.happening, found), desks=closing, pools=understood.pools
    )
    if not found and closing and not left:
        moved = [_just_close(closing)]
    options = [*first, *moved[: OPTIONS_MAX - len(first)]]
    return Repairs(happening=request, about=understood.about, options=options, if_nothing=understood.if_nothing)


def _stand_ins(scene: _Scene, backdrop: Backdrop) -> list[RepairOption]:
    """Somebody else at the desk, or the desk at another station: nobody has to move."""
    understood, standing = scene.understood, scene.standing
    desks = [scene.desks[desk_id] for desk_id in understood.desk_ids]
    found: list[RepairOption] = []
    if len(desks) != 1:
        return found
    desk, left = desks[0], meetings_left(standing, understood.desk_ids)
    if scene.recruiters:
        ids = [person.id for person in scene.recruiters if person.id != understood.recruiter_id]
        free = can_take_over(standing, ids, understood.desk_ids)
        for person in [person for person in scene.recruiters if person.id in free][:STAND_INS_MAX]:
            change = desk_change(desk, recruiter=person)
            pair = (person.id, understood.recruiter_id)
            found.append(standing_in(change, left, backdrop, recruiters=pair, code="takes_over"))
    taken = {one.station_id for one in scene.desks.values()}
    lost = next((station for station in scene.stations if station.id == understood.station_id), None)
    fits = [s for s in scene.stations if s.id not in taken and (s.is_accessible or not (lost and lost.is_accessible))]
    for station in fits[:STAND_INS_MAX]:
        change = desk_change(desk, station=station)
        found.append(standing_in(change, left, backdrop, recruiters=(desk.recruiter_id,), code="new_station"))
    return found


def _closing(scene: _Scene) -> list[DeskChangeOffered]:
    """The desks that close with whatever is done about their meetings."""
    found = []
    for desk_id in scene.understood.desk_ids:
        desk = scene.desks[desk_id]
        until = max(scene.standing.now, desk.on_duty_from + MINUTE)
        found.append(desk_change(desk, on_duty_until=min(until, desk.on_duty_until)))
    return found


def _just_close(closing: list[DeskChangeOffered]) -> RepairOption:
    return RepairOption(
        changes=[], desks=closing, pools={}, costs=[], people_moved=0, meetings_dropped=0, value_lost=0, told=[]
    )


def _concerned(happening: Happening, found: Sequence[Proposal]) -> set[UUID]:
    """Whom it is about: that they move is no cost to others."""
    match happening:
        case SeatFreed(seat):
            return {seat.seeker_id}
        case ComesLate(seeker_id=seeker_id) | WalksIn(seeker_id=seeker_id):
            return {seeker_id}
        case DesksClosed(desk_ids):
            shifts = [shift for proposal in found for shift in proposal.shifts]
            return {shift.seeker_id for shift in shifts if shift.before and shift.before.desk_id in desk_ids}
        case RoomsLost():
            # Whoever changes in every option has to.
            everywhere = [{shift.seeker_id for shift in proposal.shifts} for proposal in found]
            return set.intersection(*everywhere) if everywhere else set()
