"""Looking for what could be done about what has happened. Nothing is changed here: see `carrying`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.employers.repository import list_recruiters
from server.identity.tables import PersonRow
from server.kit.db import Database
from server.meetings.machine import plan_of
from server.planning.ports import Span
from server.planning.repository import list_absences
from server.planning_runs.material import Material
from server.planning_runs.repository import load_material
from server.recruitment_events.absences import find_late
from server.recruitment_events.repository import list_stations
from server.recruitment_events.tables import RecruitmentEventRow, StationRow
from server.repairs import repository
from server.repairs.offers import Backdrop, desk_change, nothing_moves, offers, standing_in
from server.repairs.presence import without_absences
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
    none_held,
    proposals,
    same_end,
)
from server.repairs.shapes import AwayOffered, DeskChangeOffered, RepairOption, RepairRequest, Repairs
from server.repairs.understanding import Desks, Understood, understand
from server.repairs.words import names_needed

OPTIONS_MAX = 3
STAND_INS_MAX = 2
MINUTE = timedelta(minutes=1)


class NotRunning(Exception):
    """Nobody has been told of the plan yet, or the event is over."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """All that was read of an event before anybody thinks about it.

    `absences` are the recruiters'; `late` is since and until when whoever comes was said to be late.
    """

    standing: Standing
    desks: Desks
    understood: Understood
    recruiters: Sequence[PersonRow]
    stations: Sequence[StationRow]
    absences: Mapping[UUID | None, tuple[Span, ...]]
    late: Mapping[UUID, Span]


class LoadMaterial(Protocol):
    """Reads what a plan of the event is made of, or remembers it."""

    async def __call__(self, session: AsyncSession, event: RecruitmentEventRow, *, now: datetime) -> Material: ...


async def look(
    database: Database,
    event: RecruitmentEventRow,
    request: RepairRequest,
    *,
    now: datetime,
    material: LoadMaterial = load_material,
) -> Repairs:
    """What could be done. Reads, thinks in a thread so that nobody waits for it, and reads the names.

    Raises:
        NotRunning: the event is not published, or over.
        NotUnderstood: the request names what is not there.
        HasBegun: the meeting is under way or over.
    """
    check_running(event, now=now)
    async with database.read() as session:
        scene = await _read(session, event, request, await material(session, event, now=now), now=now)
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


async def read_standing(
    session: AsyncSession, event: RecruitmentEventRow, material: Material, *, now: datetime
) -> Standing:
    """The event as it stands."""
    seats = await repository.list_seats(session, event.id, now=now)
    return Standing(
        material=material,
        plan=plan_of(event),
        seats=tuple(seat for seat in seats if seat.state not in NOT_COMING),
        unused=tuple(seat for seat in seats if seat.state in NOT_COMING),
        walked_in=await repository.list_walked_in(session, event),
        now=now,
    )


async def _read(
    session: AsyncSession, event: RecruitmentEventRow, request: RepairRequest, material: Material, *, now: datetime
) -> _Scene:
    desks = await repository.list_desks(session, event.id)
    standing = await read_standing(session, event, material, now=now)
    understood = await understand(session, event, request, standing, desks)
    comes, late = _who_comes(understood.happening), dict[UUID, Span]()
    if comes is not None:
        # What was said of when they come is being said anew.
        late = await find_late(session, event.id, [comes])
        standing = replace(standing, material=without_absences(standing.material, late))
    recruiters: Sequence[PersonRow] = ()
    stations: Sequence[StationRow] = ()
    absences: dict[UUID | None, tuple[Span, ...]] = {}
    if request.kind == "recruiter_gone":
        organisation_id = desks[understood.desk_ids[0]].organisation_id
        recruiters = (await list_recruiters(session, [organisation_id])).get(organisation_id, [])
        absences = await list_absences(session, event.id, of=[person.id for person in recruiters])
    if understood.station_id is not None:
        stations = await list_stations(session, event.id)
    return _Scene(standing, desks, understood, recruiters, stations, absences, late)


def _who_comes(happening: Happening) -> UUID | None:
    return happening.seeker_id if isinstance(happening, ComesLate | WalksIn) else None


async def _tell(session: AsyncSession, scene: _Scene, found: Sequence[Proposal], request: RepairRequest) -> Repairs:
    standing, understood = scene.standing, scene.understood
    left = meetings_left(standing, understood.desk_ids)
    comes = _who_comes(understood.happening)
    ids = names_needed(found) | {meeting.seeker_id for meeting in left} | ({comes} if comes else set())
    ids |= {desk.recruiter_id for desk in scene.desks.values() if desk.recruiter_id}
    people = await repository.list_people(session, ids)
    people |= {person.id: person for person in scene.recruiters}
    backdrop = Backdrop(standing, {slot.id: slot for slot in standing.material.slots}, scene.desks, people)
    noted = _Noted(_closing(scene), understood.pools, _away(scene, people))
    concerned = _concerned(understood.happening, found)

    def told(proposals: Sequence[Proposal]) -> list[RepairOption]:
        return offers(proposals, backdrop, concerned=concerned, desks=noted.desks, pools=noted.pools, away=noted.away)

    first = _stand_ins(scene, backdrop)
    options = [*first, *told(found)[: OPTIONS_MAX - len(first)]]
    plain = none_held(standing, understood.desk_ids)
    if plain is not None and not any(same_end(plain, proposal) for proposal in found[: OPTIONS_MAX - len(first)]):
        options += [option.model_copy(update={"is_plain": True}) for option in told([plain])]
    if not options and noted.is_enough(left=bool(left), happening=understood.happening):
        options = [nothing_moves(desks=noted.desks, pools=noted.pools, away=noted.away)]
    return Repairs(happening=request, about=understood.about, options=options, if_nothing=understood.if_nothing)


@dataclass(frozen=True, slots=True)
class _Noted:
    """What is written with every option, whatever becomes of the meetings."""

    desks: list[DeskChangeOffered]
    pools: dict[str, int]
    away: list[AwayOffered]

    def is_enough(self, *, left: bool, happening: Happening) -> bool:
        """Whether noting it is something to do although no meeting moves; a walk-in wants a meeting."""
        return bool((self.desks and not left) or self.pools or self.away) and not isinstance(happening, WalksIn)


def _away(scene: _Scene, people: Mapping[UUID, PersonRow]) -> list[AwayOffered]:
    """Who comes later is offered nothing until then; who was late and stands at the door is late no more."""
    happening, now = scene.understood.happening, scene.standing.now
    comes = _who_comes(happening)
    if comes is None:
        return []
    before = next((ends_at for _, ends_at in scene.late.values() if ends_at > now), None)
    until = happening.at if isinstance(happening, ComesLate) else None
    if until is None and before is None:
        return []
    return [AwayOffered(person_id=comes, name=people[comes].name, until=until, until_before=before)]


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
        free = can_take_over(standing, ids, understood.desk_ids, absences=scene.absences)
        for person in [person for person in scene.recruiters if person.id in free][:STAND_INS_MAX]:
            change = desk_change(desk, recruiter=person)
            pair = (person.id, understood.recruiter_id)
            found.append(standing_in(change, left, backdrop, recruiters=pair, code="takes_over"))
    taken = {one.station_id for one in scene.desks.values()}
    lost = next((station for station in scene.stations if station.id == understood.station_id), None)
    needs_same_zone = standing.material.rules.zone_change_slots > 0 and lost is not None
    fits = [
        station
        for station in scene.stations
        if station.id not in taken
        and (station.is_accessible or not (lost and lost.is_accessible))
        and not (needs_same_zone and lost and station.zone != lost.zone)
    ]
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
