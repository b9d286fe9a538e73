"""What becomes of each laid meeting in a new plan: it stays, it may move, or it only takes time. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from server.planner.model import Meeting
from server.planning.ports import PlanMeeting, PlanSlot
from server.planning_runs.material import Keep, Material


@dataclass(slots=True)
class Laid:
    """The laid meetings as a planner sees them.

    `frozen` stay as they are; `previous` may move. `taken` is, for a seeker or a desk, the slots that something
    takes which is no meeting of the plan; `held`, for a recruiter or a station, at which desk they are in a slot by
    what stays; `met` the pairs (seeker, organisation) that have a meeting here which is none of the plan's. `lay`
    is all that was in the event's slots, each with whether it may move.
    """

    frozen: list[Meeting] = field(default_factory=list)
    previous: list[Meeting] = field(default_factory=list)
    taken: dict[UUID, set[int]] = field(default_factory=lambda: defaultdict(set))
    held: dict[UUID, dict[int, UUID | None]] = field(default_factory=lambda: defaultdict(dict))
    met: set[tuple[UUID, UUID]] = field(default_factory=set)
    lay: list[tuple[PlanMeeting, bool]] = field(default_factory=list)


class SlotTimes:
    """Which slots a time touches."""

    def __init__(self, slots: Sequence[PlanSlot]) -> None:
        self.slots = slots
        self.number = {slot.id: index for index, slot in enumerate(slots)}
        self._ends = [slot.ends_at for slot in slots]
        self._known: dict[tuple[datetime, datetime], tuple[int, ...]] = {}

    def touched(self, starts_at: datetime, ends_at: datetime) -> tuple[int, ...]:
        """The slots that share time with the one given, in order."""
        key = (starts_at, ends_at)
        if key not in self._known:
            found = []
            index = bisect_left(self._ends, starts_at)
            while index < len(self.slots) and self.slots[index].starts_at < ends_at:
                if self.slots[index].ends_at > starts_at:
                    found.append(index)
                index += 1
            self._known[key] = tuple(found)
        return self._known[key]


def may_move(
    meeting: PlanMeeting,
    *,
    slots: Container[UUID | None],
    seekers: Container[UUID],
    locked: Container[UUID | None],
    now: datetime,
) -> bool:
    """Whether a new plan may lay the meeting elsewhere or leave it out.

    It is booked, has not begun, nobody has pinned it, its desk is not locked, and it is in a slot with somebody
    enrolled: one of those that plans lay.
    """
    is_awaited = meeting.state == "booked" and meeting.starts_at > now
    is_planned = meeting.slot_id in slots and meeting.seeker_id in seekers
    return is_awaited and is_planned and not meeting.is_pinned and meeting.desk_id not in locked


def read_laid(material: Material, keep: Keep) -> Laid:
    """Sort the laid meetings; of those that stay, what does not lie as a plan would lay it takes its time alone."""
    found = Laid()
    times = SlotTimes(material.slots)
    desks = {desk.id: desk.organisation_id for desk in material.desks}
    seekers = {seeker.id for seeker in material.seekers}
    locked = {desk.id for desk in material.desks if desk.is_locked}
    pairs: set[tuple[UUID, UUID]] = set()
    moves = {
        meeting.id: keep == "pinned"
        and meeting.desk_id in desks
        and may_move(meeting, slots=times.number, seekers=seekers, locked=locked, now=material.now)
        for meeting in material.laid
    }
    # What stays comes first, so that of a pair that is laid twice the one that stays counts.
    for meeting in sorted(material.laid, key=lambda one: (moves[one.id], one.starts_at, str(one.id))):
        touched = times.touched(meeting.starts_at, meeting.ends_at)
        employer = desks.get(meeting.desk_id) if meeting.desk_id else None
        pair = (meeting.seeker_id, employer) if employer else None
        fits = pair is not None and pair not in pairs and meeting.seeker_id in seekers
        fits = fits and _as_planned(material, meeting, times, touched)
        if pair is not None and meeting.slot_id in times.number:
            found.lay.append((meeting, moves[meeting.id]))
        if fits:
            laid = Meeting(str(meeting.seeker_id), str(employer), str(meeting.desk_id), touched[0])
            (found.previous if moves[meeting.id] else found.frozen).append(laid)
        if pair is not None:
            pairs.add(pair)
        if not moves[meeting.id]:
            _hold(found, meeting, touched)
            if not fits:
                _take(found, meeting, touched, pair)
    return found


def _as_planned(material: Material, meeting: PlanMeeting, times: SlotTimes, touched: tuple[int, ...]) -> bool:
    need = material.needs.get(meeting.seeker_id)
    length = 2 if need is not None and need.extra_time else 1
    first = times.number.get(meeting.slot_id) if meeting.slot_id else None
    return len(touched) == length and first == touched[0]


def _hold(found: Laid, meeting: PlanMeeting, touched: Iterable[int]) -> None:
    for party in (meeting.recruiter_id, meeting.station_id):
        if party is not None:
            found.held[party].update(dict.fromkeys(touched, meeting.desk_id))


def _take(found: Laid, meeting: PlanMeeting, touched: Iterable[int], pair: tuple[UUID, UUID] | None) -> None:
    """The time of a meeting that is none of the plan's; `pair` if it is at this event."""
    found.taken[meeting.seeker_id].update(touched)
    if pair is not None and meeting.desk_id is not None:
        found.taken[meeting.desk_id].update(touched)
        found.met.add(pair)
