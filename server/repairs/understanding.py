"""What staff say has happened, as a happening of the running plan with the words for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from realtime.meeting import MeetingState
from server.identity.tables import PersonRow
from server.kit.rows import Found
from server.recruitment_events.tables import EnrolmentRow, RecruitmentEventRow
from server.repairs import repository
from server.repairs.pools import VIDEO_ROOMS, kind_of, left_of, number_of
from server.repairs.rules import (
    UNTOUCHED,
    ComesLate,
    DesksClosed,
    Happening,
    RoomsLost,
    Seat,
    SeatFreed,
    Standing,
    WalksIn,
)
from server.repairs.shapes import InWords, RepairRequest
from server.repairs.words import if_late, if_seat_stays_empty, if_too_few, if_waiting_in_vain, if_walk_in

Desks = Mapping[UUID, Found]


class NotUnderstood(ValueError):
    """What has happened names something that is not there; `path` is the field."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.path = path


class HasBegun(Exception):
    """The meeting is under way or over: nothing of it is moved any more."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What has happened, what it is about, and what comes of doing nothing.

    `desk_ids` are those that close, `station_id` a station that is lost, `recruiter_id` who is gone.
    """

    happening: Happening
    about: InWords
    if_nothing: list[InWords]
    desk_ids: tuple[UUID, ...] = ()
    station_id: UUID | None = None
    recruiter_id: UUID | None = None
    pools: dict[str, int] = field(default_factory=dict)


async def understand(
    session: AsyncSession, event: RecruitmentEventRow, request: RepairRequest, standing: Standing, desks: Desks
) -> Understood:
    """The happening that a request speaks of.

    Raises:
        NotUnderstood: a field is missing, or names nothing of this event.
        HasBegun: the meeting is under way or over.
    """
    match request.kind:
        case "no_show":
            return await _no_show(session, event, request, desks, standing)
        case "late":
            return await _late(session, event, request, desks, standing)
        case "walk_in":
            return await _walk_in(session, event, request, standing)
        case "recruiter_gone" | "desk_closed":
            return _closed(request, desks, standing)
        case "room_lost" | "interpreter_gone":
            return _lost(request, desks, standing)


async def _no_show(
    session: AsyncSession, event: RecruitmentEventRow, request: RepairRequest, desks: Desks, standing: Standing
) -> Understood:
    seat, seeker = await _seat(session, event, request)
    if seat.state == MeetingState.CHECKED_IN:
        raise NotUnderstood("meeting_id", "the seeker has checked in for this meeting")
    about = InWords(code="no_show", params=_about(seat, seeker, desks[seat.spot.desk_id]))
    return Understood(SeatFreed(seat), about, [if_seat_stays_empty(standing, seat, desks[seat.spot.desk_id])])


async def _late(
    session: AsyncSession, event: RecruitmentEventRow, request: RepairRequest, desks: Desks, standing: Standing
) -> Understood:
    if request.minutes is None:
        raise NotUnderstood("minutes", "say in how many minutes they come")
    seat, seeker = await _seat(session, event, request)
    at = standing.now + timedelta(minutes=request.minutes)
    missed = [one for one in standing.seats if one.seeker_id == seat.seeker_id and _is_awaited(one, standing)]
    missed += [one for one in standing.unused if one.meeting_id == seat.meeting_id and one.is_missed]
    about = InWords(code="late", params={**_about(seat, seeker, desks[seat.spot.desk_id]), "minutes": request.minutes})
    happening = ComesLate(seat.seeker_id, at, tuple(missed))
    return Understood(happening, about, if_late(standing, happening, desks))


async def _walk_in(
    session: AsyncSession, event: RecruitmentEventRow, request: RepairRequest, standing: Standing
) -> Understood:
    if request.seeker_id is None:
        raise NotUnderstood("seeker_id", "say who has come")
    enrolment = await session.get(EnrolmentRow, (event.id, request.seeker_id))
    if enrolment is None:
        raise NotUnderstood("seeker_id", "the person is not enrolled in this event")
    name = (await session.get_one(PersonRow, request.seeker_id)).name
    about = InWords(code="walk_in", params={"name": name, "wanted": request.wanted})
    nothing = [if_walk_in(standing, request.seeker_id, name)]
    return Understood(WalksIn(request.seeker_id, request.wanted), about, nothing)


def _closed(request: RepairRequest, desks: Desks, standing: Standing) -> Understood:
    desk = _desk(request, desks)
    gone = desk.recruiter_id if request.kind == "recruiter_gone" else None
    ids = tuple(
        one.desk_id for one in desks.values() if one.desk_id == desk.desk_id or (gone and one.recruiter_id == gone)
    )
    about = InWords(code=request.kind, params={"desk": desk.number, "employer": desk.employer_name})
    return Understood(
        DesksClosed(ids), about, if_waiting_in_vain(standing, ids), desk_ids=ids, recruiter_id=desk.recruiter_id
    )


def _lost(request: RepairRequest, desks: Desks, standing: Standing) -> Understood:
    rules = standing.material.rules
    if request.kind == "room_lost" and request.desk_id is not None:
        desk = _desk(request, desks)
        if desk.station_id is not None:
            return _station_lost(desk, desks, standing)
        if rules.video_rooms is None:  # then each desk has its own
            return _closed(request.model_copy(update={"kind": "desk_closed"}), desks, standing)
        return _fewer(request, VIDEO_ROOMS, standing)
    if request.pool is None:
        raise NotUnderstood("pool", "say which desk's, or which kind of room or interpreter")
    if request.kind == "interpreter_gone" and kind_of(request.pool) is None:
        raise NotUnderstood("pool", "say which kind of interpreter")
    if number_of(rules, request.pool) is None:
        raise NotUnderstood("pool", "the rules of this event do not count them")
    return _fewer(request, request.pool, standing)


def _fewer(request: RepairRequest, pool: str, standing: Standing) -> Understood:
    left = left_of(standing.material.rules, pool, request.number)
    kind = kind_of(pool)
    params: dict[str, str | int] = {"pool": pool, "number": request.number, "left": left}
    about, nothing = ("rooms_lost", "too_few_rooms") if kind is None else ("interpreter_gone", "too_few_interpreters")
    return Understood(
        RoomsLost(pool, request.number),
        InWords(code=about, params=params | ({"kind": kind} if kind is not None else {})),
        [if_too_few(standing, pool, left, code=nothing)],
        pools={pool: left},
    )


def _station_lost(desk: Found, desks: Desks, standing: Standing) -> Understood:
    ids = tuple(one.desk_id for one in desks.values() if one.station_id == desk.station_id)
    about = InWords(code="station_lost", params={"desk": desk.number, "station": desk.station_name})
    nothing = if_waiting_in_vain(standing, ids)
    return Understood(DesksClosed(ids), about, nothing, desk_ids=ids, station_id=desk.station_id)


def _desk(request: RepairRequest, desks: Desks) -> Found:
    if request.desk_id is None:
        raise NotUnderstood("desk_id", "say which desk")
    if request.desk_id not in desks:
        raise NotUnderstood("desk_id", "there is no such desk at this event")
    return desks[request.desk_id]


async def _seat(session: AsyncSession, event: RecruitmentEventRow, request: RepairRequest) -> tuple[Seat, PersonRow]:
    if request.meeting_id is None:
        raise NotUnderstood("meeting_id", "say which meeting")
    seat = await repository.find_seat(session, event.id, request.meeting_id)
    if seat is None:
        raise NotUnderstood("meeting_id", "there is no such meeting with a time at this event")
    if seat.state in UNTOUCHED:
        raise HasBegun("the meeting has begun or is over")
    return seat, await session.get_one(PersonRow, seat.seeker_id)


def _is_awaited(seat: Seat, standing: Standing) -> bool:
    return seat.state in (MeetingState.BOOKED, MeetingState.LATE) and seat.starts_at <= standing.now


def _about(seat: Seat, seeker: PersonRow, desk: Found) -> dict[str, str | int]:
    return {
        "name": seeker.name,
        "employer": desk.employer_name,
        "desk": desk.number,
        "at": seat.starts_at.isoformat(),
    }
