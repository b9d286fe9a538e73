"""What fits and what collides in a plan. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from server.planning.ports import PlanDesk, PlanMeeting, PlanSeeker, PlanSlot, Span

ConflictCode = Literal[
    "seeker_double",
    "desk_double",
    "recruiter_double",
    "station_taken",
    "desk_off_duty",
    "outside_availability",
    "form_mismatch",
    "avoided",
    "pair_twice",
    "too_many",
]
Party = Literal["seeker", "desk", "recruiter", "station"]
Severity = Literal["blocking", "warning"]
BLOCKING: frozenset[ConflictCode] = frozenset(
    {"seeker_double", "desk_double", "recruiter_double", "station_taken", "desk_off_duty"}
)
ALTERNATIVES_MAX = 3
PARTIES: tuple[Party, ...] = ("seeker", "desk", "recruiter", "station")
_DOUBLES: dict[Party, tuple[ConflictCode, Callable[[PlanMeeting], UUID | None]]] = {
    "seeker": ("seeker_double", lambda meeting: meeting.seeker_id),
    "desk": ("desk_double", lambda meeting: meeting.desk_id),
    "recruiter": ("recruiter_double", lambda meeting: meeting.recruiter_id),
    "station": ("station_taken", lambda meeting: meeting.station_id),
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that does not fit, and the meetings in which it shows."""

    code: ConflictCode
    meeting_ids: tuple[UUID, ...]

    @property
    def severity(self) -> Severity:
        """Whether publishing must wait for it."""
        return "blocking" if self.code in BLOCKING else "warning"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another place where a meeting would fit."""

    desk_id: UUID
    slot_id: UUID


def form_fits(desk_form: str, seeker_form: str | None) -> bool:
    """Whether somebody who comes in `seeker_form` (None: either) can sit at a desk of `desk_form`."""
    return seeker_form in (None, "hybrid", desk_form) or desk_form == "hybrid"


def meeting_form(desk_form: str, seeker_form: str | None) -> str:
    """How the two meet: as the desk does, unless it does both and the seeker has said which."""
    return seeker_form if desk_form == "hybrid" and seeker_form else desk_form


def two_in_a_row(slots: Sequence[PlanSlot]) -> tuple[PlanSlot, ...]:
    """Each slot that another follows with no pause, as the time of both; the id is that of the first."""
    ends = {slot.starts_at: slot.ends_at for slot in slots}
    return tuple(PlanSlot(slot.id, slot.starts_at, ends[slot.ends_at]) for slot in slots if slot.ends_at in ends)


def on_duty(desk: PlanDesk, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether the desk is manned for the whole time."""
    within = desk.on_duty_from <= starts_at and ends_at <= desk.on_duty_until
    return within and not overlaps(desk.absences, starts_at, ends_at)


def available(seeker: PlanSeeker, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether the seeker can come for the whole time."""
    starts_too_early = seeker.available_from is not None and starts_at < seeker.available_from
    ends_too_late = seeker.available_until is not None and seeker.available_until < ends_at
    return not (starts_too_early or ends_too_late or overlaps(seeker.absences, starts_at, ends_at))


def overlaps(spans: Iterable[Span], starts_at: datetime, ends_at: datetime) -> bool:
    """Whether any of the spans shares time with the one given."""
    return any(starts < ends_at and starts_at < ends for starts, ends in spans)


def conflicts(
    meetings: Sequence[PlanMeeting],
    *,
    desks: Mapping[UUID, PlanDesk],
    seekers: Mapping[UUID, PlanSeeker],
    meetings_max: int,
) -> list[Conflict]:
    """Everything that does not fit among the meetings of an event, doubles first.

    Each meeting has an id and a desk; a seeker who is not in `seekers` has said nothing.
    """
    found = [conflict for party in PARTIES for conflict in doubles(meetings, party)]
    return [
        *found,
        *misfits(meetings, desks=desks, seekers=seekers),
        *too_often(meetings, meetings_max=meetings_max),
    ]


def doubles(meetings: Iterable[PlanMeeting], of: Party) -> list[Conflict]:
    """A conflict for each meeting that begins before one of the same party that began earlier has ended."""
    code, party = _DOUBLES[of]
    of_party: dict[UUID, list[PlanMeeting]] = defaultdict(list)
    for meeting in meetings:
        key = party(meeting)
        if key is not None:
            of_party[key].append(meeting)
    found = []
    for together in of_party.values():
        together.sort(key=lambda meeting: (meeting.starts_at, _known(meeting.id)))
        longest = together[0]
        for meeting in together[1:]:
            if meeting.starts_at < longest.ends_at:
                found.append(Conflict(code, (_known(longest.id), _known(meeting.id))))
            longest = max(longest, meeting, key=lambda each: each.ends_at)
    return found


def misfits(
    meetings: Iterable[PlanMeeting], *, desks: Mapping[UUID, PlanDesk], seekers: Mapping[UUID, PlanSeeker]
) -> list[Conflict]:
    """What does not fit about each of the meetings by itself."""
    return [
        Conflict(code, (_known(meeting.id),))
        for meeting in meetings
        for code in _misfits(meeting, desks[_known(meeting.desk_id)], seekers.get(meeting.seeker_id))
    ]


def too_often(meetings: Iterable[PlanMeeting], *, meetings_max: int) -> list[Conflict]:
    """Pairs that meet more than once, then seekers with more than `meetings_max` meetings."""
    pairs: dict[tuple[UUID, UUID | None], list[UUID]] = defaultdict(list)
    each: dict[UUID, list[UUID]] = defaultdict(list)
    for meeting in meetings:
        pairs[meeting.seeker_id, meeting.organisation_id].append(_known(meeting.id))
        each[meeting.seeker_id].append(_known(meeting.id))
    found = [Conflict("pair_twice", tuple(ids)) for ids in pairs.values() if len(ids) > 1]
    return found + [Conflict("too_many", tuple(ids)) for ids in each.values() if len(ids) > meetings_max]


class Busy:
    """Who and what is taken when; times of one party never overlap each other.

    A party is a seeker, a desk, a recruiter or a station by id, so one set of times serves all four.
    """

    def __init__(self, meetings: Iterable[PlanMeeting] = ()) -> None:
        self._times: dict[UUID, list[tuple[datetime, datetime]]] = defaultdict(list)
        for meeting in meetings:
            self.take(meeting)

    def take(self, meeting: PlanMeeting) -> None:
        """Mark the time of a meeting for all its parties."""
        parties = (meeting.seeker_id, meeting.desk_id, meeting.recruiter_id, meeting.station_id)
        for party in parties:
            if party is not None:
                self._times[party].append((meeting.starts_at, meeting.ends_at))

    def is_free(self, party: UUID | None, slot: PlanSlot) -> bool:
        """Whether the party has nothing in the slot's time; no party is always free."""
        if party is None:
            return True
        return not any(starts < slot.ends_at and slot.starts_at < ends for starts, ends in self._times.get(party, ()))

    def taken_party(self, desk: PlanDesk, slot: PlanSlot, *, seeker_id: UUID) -> Party | None:
        """Who of a meeting's parties is taken in the slot's time, the desk before the others; None if nobody is."""
        parties: tuple[tuple[Party, UUID | None], ...] = (
            ("desk", desk.id),
            ("seeker", seeker_id),
            ("recruiter", desk.recruiter_id),
            ("station", desk.station_id),
        )
        return next((party for party, party_id in parties if not self.is_free(party_id, slot)), None)

    def fits(self, desk: PlanDesk, slot: PlanSlot, *, seeker_id: UUID) -> bool:
        """Whether desk, its recruiter, its station and the seeker are all free, and the desk is on duty."""
        return on_duty(desk, slot.starts_at, slot.ends_at) and self.taken_party(desk, slot, seeker_id=seeker_id) is None


def alternatives(
    *,
    wanted: PlanDesk,
    at: datetime,
    slots: Sequence[PlanSlot],
    desks: Sequence[PlanDesk],
    busy: Busy,
    seeker_id: UUID,
) -> list[Alternative]:
    """Where else the seeker could meet the employer of `wanted`, at most six.

    First the slots of the same desk nearest to `at`, then the nearest ones of the employer's other desks.
    """

    def nearest(of: Iterable[PlanDesk]) -> list[Alternative]:
        free = [(desk, slot) for desk in of for slot in slots if busy.fits(desk, slot, seeker_id=seeker_id)]
        free.sort(key=lambda pair: (abs(pair[1].starts_at - at), pair[1].starts_at, pair[0].id))
        return [Alternative(desk.id, slot.id) for desk, slot in free[:ALTERNATIVES_MAX]]

    others = [desk for desk in desks if desk.organisation_id == wanted.organisation_id and desk.id != wanted.id]
    return [*nearest([wanted]), *nearest(others)]


def _misfits(meeting: PlanMeeting, desk: PlanDesk, seeker: PlanSeeker | None) -> list[ConflictCode]:
    codes: list[ConflictCode] = []
    if not on_duty(desk, meeting.starts_at, meeting.ends_at):
        codes.append("desk_off_duty")
    if seeker is None:
        return codes
    if not available(seeker, meeting.starts_at, meeting.ends_at):
        codes.append("outside_availability")
    if not form_fits(meeting.form, seeker.form):
        codes.append("form_mismatch")
    if meeting.organisation_id in seeker.avoids:
        codes.append("avoided")
    return codes


def _known(value: UUID | None) -> UUID:
    if value is None:
        raise ValueError("a meeting of the event has an id and a desk")
    return value
