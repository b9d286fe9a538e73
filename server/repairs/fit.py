"""Whether what a repair would lay keeps the event's rules, beside all that lies there by then. Pure.

An option is read so before it is offered, and once more under the locks before it is carried out: what may have
changed meanwhile is rest, rooms and interpreters in use, hours and absences, a desk that is locked or closed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from server.planning.ports import PlanDesk, PlanSlot
from server.planning.rules import available, form_fits, on_duty
from server.planning_runs.material import Material, Need
from server.repairs.pools import kind_of, number_of
from server.repairs.shifts import Shift, Spot

Rule = Literal[
    "off_duty",
    "locked",
    "away",
    "form",
    "avoided",
    "accessible",
    "extra_time",
    "rest",
    "maximum",
    "video_rooms",
    "interpreters",
]
Couple = tuple[UUID, UUID]
NOBODY: Mapping[UUID, int] = {}


@dataclass(frozen=True, slots=True)
class Misfit:
    """A rule that would be broken, and by whose meeting."""

    rule: Rule
    seeker_id: UUID
    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class _Lie:
    """Where a meeting lies: the desk, the number of its first slot, and how many it takes."""

    desk: PlanDesk
    first: int
    length: int

    @property
    def after(self) -> int:
        """The slot that follows."""
        return self.first + self.length


class Fit:
    """The rules of an event with what lies in its plan; asked for each option anew."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self._number = {slot.id: number for number, slot in enumerate(material.slots)}
        self._desks = {desk.id: desk for desk in material.desks}
        self._seekers = {seeker.id: seeker for seeker in material.seekers}
        self._lies: dict[Couple, _Lie] = {}
        self._has: Counter[UUID] = Counter()
        self._lay: set[Couple] = set()
        for meeting in material.laid:
            desk = self._desks.get(meeting.desk_id) if meeting.desk_id else None
            if desk is None:
                continue
            couple = (meeting.seeker_id, desk.organisation_id)
            self._has[meeting.seeker_id] += 1
            self._lay.add(couple)
            if meeting.slot_id in self._number:
                first = self._number[meeting.slot_id]
                length = sum(slot.starts_at < meeting.ends_at for slot in material.slots[first:])
                self._lies[couple] = _Lie(desk, first, max(length, 1))

    def has(self, seeker_id: UUID) -> int:
        """How many meetings somebody has at the event."""
        return self._has[seeker_id]

    def misfits(self, shifts: Sequence[Shift], *, may_have: Mapping[UUID, int] = NOBODY) -> list[Misfit]:
        """The rules that would be broken by what the shifts lay; `may_have` lets some have more meetings than all."""
        moving = {shift.couple for shift in shifts}
        laid = {shift.couple: self._lie(shift, shift.after) for shift in shifts if shift.after is not None}
        lies = {couple: lie for couple, lie in self._lies.items() if couple not in moving} | laid
        drawn = self._drawn(lies)
        of_seeker: dict[UUID, list[_Lie]] = defaultdict(list)
        for (seeker_id, _), lie in lies.items():
            of_seeker[seeker_id].append(lie)
        found = list(self._too_many(shifts, may_have))
        for shift in shifts:
            if shift.couple in laid:
                lie = laid[shift.couple]
                rules = [*self._alone(shift, lie), *self._overdrawn(shift.seeker_id, lie, drawn)]
                if any(self._too_close(lie, other) for other in of_seeker[shift.seeker_id] if other is not lie):
                    rules.append("rest")
                found += [Misfit(rule, *shift.couple) for rule in rules]
        return found

    def lacking(self, pool: str, *, after: datetime) -> int:
        """How many meetings too many draw on a pool of rooms or interpreters in the slots that begin later."""
        rules, drawn = self.material.rules, self._drawn(self._lies)
        kind = kind_of(pool)
        there_are = number_of(rules, pool) or 0
        ahead = [number for number, slot in enumerate(self.material.slots) if slot.starts_at > after]
        return sum(max(drawn[kind or "", slot] - there_are, 0) for slot in ahead)

    def misfits_at(self, desk: PlanDesk, seekers: Iterable[tuple[UUID, PlanSlot]]) -> Iterator[Rule]:
        """The rules that a desk would break for those who are to come to it, were it as given."""
        was = self._desks[desk.id]
        if self.material.rules.zone_change_slots and desk.zone != was.zone:
            yield "rest"
        for seeker_id, time in seekers:
            if not on_duty(desk, time.starts_at, time.ends_at):
                yield "off_duty"
            if self._cannot_reach(seeker_id, desk):
                yield "accessible"

    def _lie(self, shift: Shift, spot: Spot) -> _Lie:
        """Where a meeting would lie: as long as it was, or as its seeker needs if it is new."""
        lies = self._lies.get(shift.couple)
        length = lies.length if lies is not None else 2 if self._need(shift.seeker_id).extra_time else 1
        return _Lie(self._desks[spot.desk_id], self._number[spot.slot_id], length)

    def _need(self, seeker_id: UUID) -> Need:
        return self.material.needs.get(seeker_id, Need())

    def _alone(self, shift: Shift, lie: _Lie) -> Iterator[Rule]:
        """The rules that a place breaks whatever else lies in the plan."""
        slots, seeker, desk = self.material.slots, self._seekers[shift.seeker_id], lie.desk
        last = min(lie.after, len(slots)) - 1
        if lie.length > 1 and (last == lie.first or slots[lie.first].ends_at != slots[last].starts_at):
            yield "extra_time"
        starts_at, ends_at = slots[lie.first].starts_at, slots[last].ends_at
        if not on_duty(desk, starts_at, ends_at):
            yield "off_duty"
        if desk.is_locked:
            yield "locked"
        if not available(seeker, starts_at, ends_at):
            yield "away"
        if not form_fits(desk.form, seeker.form):
            yield "form"
        if shift.before is None and shift.organisation_id in seeker.avoids:
            yield "avoided"
        if self._cannot_reach(shift.seeker_id, desk):
            yield "accessible"

    def _cannot_reach(self, seeker_id: UUID, desk: PlanDesk) -> bool:
        """Whether somebody would come on site to a station that they cannot get to."""
        seeker = self._seekers.get(seeker_id)
        comes = desk.form == "on_site" or (desk.form == "hybrid" and (seeker is None or seeker.form != "video"))
        needs = self._need(seeker_id).accessible_station
        return needs and comes and desk.station_id is not None and not desk.station_is_accessible

    def _too_many(self, shifts: Sequence[Shift], may_have: Mapping[UUID, int]) -> Iterator[Misfit]:
        now: Counter[UUID] = Counter(self._has)
        for shift in shifts:
            now[shift.seeker_id] += (shift.after is not None) - (shift.couple in self._lay)
        for shift in shifts:
            has, had = now[shift.seeker_id], self._has[shift.seeker_id]
            most = max(self.material.meetings_max, may_have.get(shift.seeker_id, 0))
            if shift.after is not None and has > had and has > most:
                yield Misfit("maximum", *shift.couple)

    def _too_close(self, one: _Lie, other: _Lie) -> bool:
        first, second = (one, other) if one.first <= other.first else (other, one)
        return 0 <= second.first - first.after < self._rest(one.desk, other.desk)

    def _rest(self, one: PlanDesk, other: PlanDesk) -> int:
        rules, forms = self.material.rules, {one.form, other.form}
        if forms == {"video", "on_site"}:
            return max(rules.rest_slots, rules.form_change_slots)
        if "video" not in forms and one.zone != other.zone:
            return max(rules.rest_slots, rules.zone_change_slots)
        return rules.rest_slots

    def _drawn(self, lies: Mapping[Couple, _Lie]) -> Counter[tuple[str, int]]:
        """How many rooms and interpreters are in use in each slot."""
        drawn: Counter[tuple[str, int]] = Counter()
        for (seeker_id, _), lie in lies.items():
            for pool in self._draws(seeker_id, lie):
                for slot in range(lie.first, lie.after):
                    drawn[pool, slot] += 1
        return drawn

    def _draws(self, seeker_id: UUID, lie: _Lie) -> Iterator[str]:
        if lie.desk.form == "video" and self.material.rules.video_rooms is not None:
            yield ""
        interpreter = self._need(seeker_id).interpreter
        if interpreter in self.material.rules.interpreters:
            yield str(interpreter)

    def _overdrawn(self, seeker_id: UUID, lie: _Lie, drawn: Counter[tuple[str, int]]) -> Iterator[Rule]:
        rules = self.material.rules
        for pool in self._draws(seeker_id, lie):
            there_are = rules.interpreters[pool] if pool else rules.video_rooms or 0
            if any(drawn[pool, slot] > there_are for slot in range(lie.first, lie.after)):
                yield "interpreters" if pool else "video_rooms"
