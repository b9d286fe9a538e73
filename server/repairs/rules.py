"""What could be done about what has happened at a running event: at most three options. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from realtime.meeting import AT_DESK, OVER, MeetingPlan, MeetingState
from server.planner.model import Meeting, Pair
from server.planner.options import Change, Option, Place
from server.planning.ports import PlanMeeting, Span
from server.planning.rules import overlaps
from server.planning_runs.adapter import problem_of
from server.planning_runs.candidates import Weigh
from server.planning_runs.material import Material, PlanOptions
from server.repairs.fit import Fit
from server.repairs.pools import left_of, rules_with
from server.repairs.presence import with_absences
from server.repairs.shifts import Shift, Spot
from server.repairs.standing import Couple, StandingDay

OPTIONS_MAX = 3
INSTANT = timedelta(microseconds=1)
STILL_HERE = timedelta(hours=1)
NOT_COMING = frozenset({MeetingState.NO_SHOW, MeetingState.CANCELLED, MeetingState.MOVED, MeetingState.HANDED_OVER})
UNTOUCHED = AT_DESK | {MeetingState.CLOSED}
"""What has begun is never touched by a repair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A meeting of the event as it stands: whose, where, and what has become of it."""

    meeting_id: UUID
    seeker_id: UUID
    organisation_id: UUID
    spot: Spot
    state: str
    starts_at: datetime
    ends_at: datetime
    ready_at: datetime | None = None

    @property
    def is_missed(self) -> bool:
        """Whether its seeker was awaited in vain."""
        return self.state == MeetingState.NO_SHOW

    @property
    def couple(self) -> Couple:
        """Seeker and employer as the planner names them."""
        return (str(self.seeker_id), str(self.organisation_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A running event: what its plan is made of, and what has become of it so far.

    `unused` are the meetings that were missed or cancelled; they lie in the plan no more. `walked_in` enrolled at
    the door.
    """

    material: Material
    plan: MeetingPlan
    seats: tuple[Seat, ...]
    now: datetime
    unused: tuple[Seat, ...] = ()
    walked_in: frozenset[UUID] = frozenset()

    @property
    def first_ahead(self) -> int:
        """The first slot that has not begun."""
        return next((n for n, slot in enumerate(self.material.slots) if slot.starts_at > self.now), self.slots)

    @property
    def slots(self) -> int:
        """How many slots the event has."""
        return len(self.material.slots)

    @property
    def running(self) -> int | None:
        """The slot that goes on now."""
        last = self.first_ahead - 1
        return last if last >= 0 and self.material.slots[last].ends_at > self.now else None

    def here(self) -> frozenset[UUID]:
        """Who has come and sits at no desk: checked in, met not long ago, or enrolled at the door."""
        lately = self.now - STILL_HERE
        waits = {seat.seeker_id for seat in self.seats if seat.state == MeetingState.CHECKED_IN}
        met = {seat.seeker_id for seat in self.seats if seat.ready_at is not None and seat.ready_at > lately}
        return (self.walked_in | waits | met) - self._at_desks()

    def absent(self) -> frozenset[UUID]:
        """Who was awaited and has not come."""
        awaited = {seat.seeker_id for seat in self.seats if seat.state == MeetingState.LATE}
        missing = {seat.seeker_id for seat in self.unused if seat.is_missed}
        return frozenset(awaited | missing) - self.here() - self._at_desks()

    def _at_desks(self) -> frozenset[UUID]:
        return frozenset(seat.seeker_id for seat in self.seats if seat.state in AT_DESK)


@dataclass(frozen=True, slots=True)
class SeatFreed:
    """Somebody does not come to their meeting."""

    seat: Seat


@dataclass(frozen=True, slots=True)
class ComesLate:
    """Somebody comes at `at` at the earliest; `missed` are meetings whose time has begun or gone."""

    seeker_id: UUID
    at: datetime
    missed: tuple[Seat, ...] = ()


@dataclass(frozen=True, slots=True)
class WalksIn:
    """Somebody stands at the door who has no meeting, or would like more."""

    seeker_id: UUID
    wanted: int = 1


@dataclass(frozen=True, slots=True)
class DesksClosed:
    """Nobody can be met at these desks any more."""

    desk_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class RoomsLost:
    """So many rooms or interpreters of a pool are gone."""

    pool: str
    number: int = 1


Happening = SeatFreed | ComesLate | WalksIn | DesksClosed | RoomsLost


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that could be done, and the value lost by it in hundredths; below zero it is won."""

    shifts: tuple[Shift, ...]
    cost: int

    @property
    def dropped(self) -> tuple[Shift, ...]:
        """The meetings that nobody would hold, but for those that were missed."""
        return tuple(shift for shift in self.shifts if shift.after is None and not shift.is_missed)


def proposals(standing: Standing, happening: Happening) -> tuple[Proposal, ...]:
    """At most three things that could be done, the best first; what has begun stays as it is in each."""
    match happening:
        case SeatFreed(seat):
            found = _for_seat(standing, seat)
        case ComesLate(seeker_id, at, missed):
            day = _day(standing, missed, comes=seeker_id, weigh=Weigh(frozenset({seeker_id})))
            couples = [seat.couple for seat in missed]
            found = _told(standing, day.late_until(str(seeker_id), _slot_from(standing, at), missed=couples), missed)
        case WalksIn(seeker_id, wanted):
            day = _day(standing, comes=seeker_id, asks=True, weigh=Weigh(frozenset({seeker_id})))
            found = _told(standing, day.come(str(seeker_id), wanted=wanted))
        case DesksClosed(desk_ids):
            stranded = [seat for seat in standing.seats if seat.spot.desk_id in desk_ids and _waits(standing, seat)]
            begun = [seat.couple for seat in standing.seats if seat.state in UNTOUCHED]
            desks, couples = [str(desk_id) for desk_id in desk_ids], [seat.couple for seat in stranded]
            there = frozenset(meeting.seeker_id for meeting in meetings_left(standing, desk_ids))
            day = _day(standing, stranded, weigh=Weigh(there))
            options = day.closed(desks, stranded=couples, begun=begun)
            found = [_without_the_rest(standing, told, desk_ids) for told in _told(standing, options, stranded)]
        case _:
            day = _day(standing)
            known = happening.pool in day.compiled.pool_names
            found = _told(standing, day.room_lost(happening.pool, happening.number) if known else ())
    fits = _fits(standing, happening)
    safe = [one for one in found if one.shifts and not _touches_begun(standing, one) and fits(one)]
    return tuple(replace(proposal, shifts=_by_person(proposal.shifts)) for proposal in safe[:OPTIONS_MAX])


def _fits(standing: Standing, happening: Happening) -> Callable[[Proposal], bool]:
    """Whether a proposal keeps the event's rules as they are once this has happened, read without the planner."""
    material, may_have = standing.material, dict[UUID, int]()
    match happening:
        case ComesLate(seeker_id, at):
            material = with_absences(material, {seeker_id: (standing.now, at)})
        case RoomsLost(pool, number):
            left = {pool: left_of(material.rules, pool, number)}
            material = replace(material, rules=rules_with(material.rules, left))
    fit = Fit(material)
    if isinstance(happening, WalksIn):
        may_have[happening.seeker_id] = fit.has(happening.seeker_id) + happening.wanted
    return lambda proposal: not fit.misfits(proposal.shifts, may_have=may_have)


def _by_person(shifts: Sequence[Shift]) -> tuple[Shift, ...]:
    """Each person's changes side by side, what is lost before what comes for it; who did not come first of all."""
    order = {shift.seeker_id: number for number, shift in reversed(list(enumerate(shifts)))}
    return tuple(sorted(shifts, key=lambda s: (not s.is_missed, order[s.seeker_id], s.before is None)))


def is_worth_beginning(starts_at: datetime, ends_at: datetime, *, plan: MeetingPlan, now: datetime) -> bool:
    """Whether a talk that begins now, in a meeting of that time, could still last as long as the shortest one."""
    own = plan.between(starts_at, ends_at)
    return now + own.minimum_talk <= ends_at - own.feedback


def may_be_laid(ends_at: datetime, *, now: datetime) -> bool:
    """Whether a meeting can be put into a slot that ends then: as long as it goes on."""
    return ends_at > now


def _for_seat(standing: Standing, seat: Seat) -> list[Proposal]:
    slot = _first_to_fill(standing, seat)
    if slot is None:
        return []
    is_now = slot < standing.first_ahead
    weigh = Weigh(employers=frozenset({seat.organisation_id}))
    day = _day(standing, (seat,), stays_away=seat.seeker_id, weigh=weigh)
    here = [str(seeker_id) for seeker_id in standing.here()]
    options = day.freed(str(seat.spot.desk_id), slot, here=here, is_now=is_now)
    missed = Shift(seat.seeker_id, seat.organisation_id, seat.spot, None, is_missed=True)
    also = (missed,) if seat.state not in NOT_COMING else ()
    return [replace(told, shifts=(*also, *told.shifts)) for told in _told(standing, options)]


def _first_to_fill(standing: Standing, seat: Seat) -> int | None:
    """The first slot of a seat that lies ahead or is still worth beginning; a seat of two may be half gone."""
    for number in range(_slot_number(standing, seat.spot), standing.slots):
        slot = standing.material.slots[number]
        if slot.starts_at >= seat.ends_at:
            break
        worth = is_worth_beginning(slot.starts_at, slot.ends_at, plan=standing.plan, now=standing.now)
        if number >= standing.first_ahead or (number == standing.running and worth):
            return number
    return None


def _waits(standing: Standing, seat: Seat) -> bool:
    """Whether the meeting's time has begun, or almost gone, while its people still wait for it."""
    begun = _slot_number(standing, seat.spot) < standing.first_ahead
    return begun and seat.state not in UNTOUCHED and seat.state not in OVER


def _day(
    standing: Standing,
    gone: Iterable[Seat] = (),
    *,
    comes: UUID | None = None,
    asks: bool = False,
    stays_away: UUID | None = None,
    weigh: Weigh | None = None,
) -> StandingDay:
    """The planner's day without the meetings that are `gone`, which can be held anew.

    Who was awaited and has not come is offered nothing, but for whoever `comes` now; nor is who `stays_away`. Whoever
    `asks` can be offered what was cancelled too, such as what staff have just taken back.
    """
    running = standing.running
    # A slot that runs counts as ahead here, so that a seat in it can be filled; the day itself bars it.
    since = standing.material.slots[running].starts_at - INSTANT if running is not None else standing.now
    problem = problem_of(replace(standing.material, now=min(since, standing.now)), PlanOptions(), weigh)
    anew = {seat.couple for seat in gone}
    frozen = tuple(meeting for meeting in problem.frozen if _couple(meeting) not in anew)
    meetings = (*frozen, *(meeting for meeting in problem.previous if _couple(meeting) not in anew))
    lies = {_couple(meeting) for meeting in meetings}
    away = {str(seeker_id) for seeker_id in standing.absent() - {comes}} | {str(stays_away)}
    wanted = {seat.couple for seat in standing.unused if seat.seeker_id == comes and (asks or seat.is_missed)}
    unwanted = {seat.couple for seat in standing.unused} - wanted - anew
    pairs = [
        pair
        for pair in problem.pairs
        if _couple(pair) in lies or (pair.seeker not in away and _couple(pair) not in unwanted)
    ]
    known = {_couple(pair) for pair in pairs}
    pairs += [Pair(*couple, 1) for couple in sorted(anew - known) if couple[0] not in away]
    problem = replace(problem, pairs=tuple(pairs), frozen=frozen, previous=())
    return StandingDay(problem, meetings, now=standing.first_ahead)


def _couple(of: Meeting | Pair) -> Couple:
    return (of.seeker, of.employer)


def _slot_from(standing: Standing, at: datetime) -> int:
    """The first slot that begins at `at` or later, and has not begun."""
    slots = standing.material.slots
    first = next((n for n, slot in enumerate(slots) if slot.starts_at >= at), standing.slots)
    return max(first, standing.first_ahead)


def _slot_number(standing: Standing, spot: Spot) -> int:
    return next(n for n, slot in enumerate(standing.material.slots) if slot.id == spot.slot_id)


def _told(standing: Standing, options: Iterable[Option], gone: Iterable[Seat] = ()) -> list[Proposal]:
    """The planner's options in the event's ids; a meeting that was gone and finds no place is dropped."""
    lay = {seat.couple: seat for seat in gone}
    found = []
    for option in options:
        shifts = [_shift(standing, change, lay) for change in option.changes]
        placed = {(change.seeker, change.employer) for change in option.changes}
        shifts += [
            Shift(seat.seeker_id, seat.organisation_id, seat.spot, None)
            for couple, seat in lay.items()
            if couple not in placed and seat.state not in NOT_COMING
        ]
        found.append(Proposal(tuple(shifts), option.cost))
    return found


def _without_the_rest(standing: Standing, proposal: Proposal, desk_ids: Collection[UUID]) -> Proposal:
    """What the planner could not read as a meeting of the plan is not held at a closed desk either."""
    known = {shift.couple for shift in proposal.shifts}
    rest = [shift for shift in _rest_of(standing, desk_ids) if shift.couple not in known]
    return replace(proposal, shifts=(*proposal.shifts, *rest))


def _rest_of(standing: Standing, desk_ids: Collection[UUID]) -> list[Shift]:
    return [
        Shift(meeting.seeker_id, meeting.organisation_id, Spot(meeting.desk_id, meeting.slot_id), None)
        for meeting in meetings_left(standing, desk_ids)
        if meeting.organisation_id and meeting.desk_id and meeting.slot_id
    ]


def _shift(standing: Standing, change: Change, lay: Mapping[Couple, Seat]) -> Shift:
    seat = lay.get((change.seeker, change.employer))
    before = seat.spot if seat else _spot(standing, change.before)
    return Shift(UUID(change.seeker), UUID(change.employer), before, _spot(standing, change.after))


def _spot(standing: Standing, place: Place | None) -> Spot | None:
    return Spot(UUID(place.desk), standing.material.slots[place.slot].id) if place else None


def _touches_begun(standing: Standing, proposal: Proposal) -> bool:
    begun = {(seat.seeker_id, seat.organisation_id) for seat in standing.seats if seat.state in UNTOUCHED}
    return any((shift.seeker_id, shift.organisation_id) in begun for shift in proposal.shifts)


def meetings_left(standing: Standing, desk_ids: Collection[UUID]) -> list[PlanMeeting]:
    """The meetings of these desks that have not begun and whose time is not over."""
    return [
        meeting
        for meeting in standing.material.laid
        if meeting.desk_id in desk_ids and meeting.ends_at > standing.now and meeting.state not in UNTOUCHED
    ]


def none_held(standing: Standing, desk_ids: Collection[UUID]) -> Proposal | None:
    """What is left at these desks is cancelled, and everybody told; None if nothing is left."""
    shifts = _rest_of(standing, desk_ids)
    return Proposal(_by_person(shifts), 0) if shifts else None


def same_end(one: Proposal, other: Proposal) -> bool:
    """Whether both leave every meeting in the same place."""
    return {(shift.couple, shift.after) for shift in one.shifts} == {
        (shift.couple, shift.after) for shift in other.shifts
    }


def can_take_over(
    standing: Standing,
    recruiter_ids: Iterable[UUID],
    desk_ids: Collection[UUID],
    *,
    absences: Mapping[UUID | None, Sequence[Span]],
) -> list[UUID]:
    """Who of these recruiters could hold every meeting that is left at the desks, those with the fewest own first."""
    ahead = [meeting for meeting in standing.material.laid if meeting.ends_at > standing.now]
    wanted = [meeting for meeting in ahead if meeting.desk_id in desk_ids and meeting.state not in UNTOUCHED]
    found = []
    for recruiter_id in recruiter_ids:
        own = [meeting for meeting in ahead if meeting.recruiter_id == recruiter_id and meeting.desk_id not in desk_ids]
        taken = [(meeting.starts_at, meeting.ends_at) for meeting in own] + [*absences.get(recruiter_id, ())]
        if not any(overlaps(taken, meeting.starts_at, meeting.ends_at) for meeting in wanted):
            found.append((len(own), recruiter_id))
    return [recruiter_id for _, recruiter_id in sorted(found)]
