"""Whether what a repair would lay keeps the event's rules, beside all that lies there by then. Pure.

An option is read so before it is offered, and once more under the locks before it is carried out: what may have
changed meanwhile is rest, rooms and interpreters in use, hours and absences, a desk that is locked or closed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal
from uuid import UUID

from server.planning.ports import PlanDesk, PlanMeeting, PlanSeeker, PlanSlot
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
NO_NEED = Need()
ROOMS = ""
"""The pool of video rooms, beside the kinds of interpreters."""


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
        self._of_seeker: dict[UUID, list[PlanMeeting]] = defaultdict(list)
        for meeting in material.laid:
            if meeting.desk_id in self._desks:
                self._of_seeker[meeting.seeker_id].append(meeting)

    def has(self, seeker_id: UUID) -> int:
        """How many meetings somebody has at the event."""
        return len(self._of_seeker.get(seeker_id, ()))

    def misfits(self, shifts: Sequence[Shift], *, may_have: Mapping[UUID, int] = NOBODY) -> list[Misfit]:
        """The rules that would be broken by what the shifts lay; `may_have` lets some have more meetings than all."""
        stays = {seeker_id: self._lies_of(seeker_id) for seeker_id in {shift.seeker_id for shift in shifts}}
        laid: dict[Couple, _Lie] = {}
        for shift in shifts:
            was = stays[shift.seeker_id].pop(shift.organisation_id, None)
            if shift.after is not None:
                laid[shift.couple] = self._lie(shift, shift.after, was)
        of_seeker = {seeker_id: [*lies.values()] for seeker_id, lies in stays.items()}
        for (seeker_id, _), lie in laid.items():
            of_seeker[seeker_id].append(lie)
        drawn = self._drawn(laid, moving={shift.couple for shift in shifts})
        found = list(self._too_many(shifts, may_have))
        for couple, lie in laid.items():
            seeker_id, organisation_id = couple
            rules = [*self._alone(couple, lie), *self._overdrawn(seeker_id, lie, drawn)]
            if any(self._too_close(lie, other) for other in of_seeker[seeker_id] if other is not lie):
                rules.append("rest")
            found += [Misfit(rule, seeker_id, organisation_id) for rule in rules]
        new = {shift.couple for shift in shifts if shift.before is None and shift.after is not None}
        found += [Misfit("avoided", *couple) for couple in sorted(new) if couple[1] in self._seekers[couple[0]].avoids]
        return found

    def lacking(self, pool: str, *, after: datetime) -> int:
        """How many meetings too many draw on a pool of rooms or interpreters in the slots that begin later."""
        slots = range(len(self.material.slots))
        drawn, name = self._drawn_in(slots, frozenset()), kind_of(pool) or ROOMS
        there_are = number_of(self.material.rules, pool) or 0
        ahead = [number for number in slots if self.material.slots[number].starts_at > after]
        return sum(max(drawn[name, slot] - there_are, 0) for slot in ahead)

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

    @cached_property
    def _seekers(self) -> dict[UUID, PlanSeeker]:
        return {seeker.id: seeker for seeker in self.material.seekers}

    def _lies_of(self, seeker_id: UUID) -> dict[UUID, _Lie]:
        """Where the meetings of somebody lie that have a slot, by employer."""
        return {
            self._desks[meeting.desk_id].organisation_id: self._lie_of(meeting)
            for meeting in self._of_seeker.get(seeker_id, ())
            if meeting.slot_id in self._number and meeting.desk_id is not None
        }

    def _lie_of(self, meeting: PlanMeeting) -> _Lie:
        assert meeting.desk_id is not None and meeting.slot_id is not None, "it has a place"
        first = self._number[meeting.slot_id]
        after = first + 1
        while after < len(self.material.slots) and self.material.slots[after].starts_at < meeting.ends_at:
            after += 1
        return _Lie(self._desks[meeting.desk_id], first, after - first)

    def _lie(self, shift: Shift, spot: Spot, was: _Lie | None) -> _Lie:
        """Where a meeting would lie: as long as it was, or as its seeker needs if it is new."""
        length = was.length if was is not None else 2 if self._need(shift.seeker_id).extra_time else 1
        return _Lie(self._desks[spot.desk_id], self._number[spot.slot_id], length)

    def _need(self, seeker_id: UUID) -> Need:
        return self.material.needs.get(seeker_id, NO_NEED)

    def _alone(self, couple: Couple, lie: _Lie) -> Iterator[Rule]:
        """The rules that a place breaks whatever else lies in the plan."""
        slots, seeker, desk = self.material.slots, self._seekers[couple[0]], lie.desk
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
        if self._cannot_reach(couple[0], desk):
            yield "accessible"

    def _cannot_reach(self, seeker_id: UUID, desk: PlanDesk) -> bool:
        """Whether somebody would come on site to a station that they cannot get to."""
        seeker = self._seekers.get(seeker_id)
        comes = desk.form == "on_site" or (desk.form == "hybrid" and (seeker is None or seeker.form != "video"))
        needs = self._need(seeker_id).accessible_station
        return needs and comes and desk.station_id is not None and not desk.station_is_accessible

    def _too_many(self, shifts: Sequence[Shift], may_have: Mapping[UUID, int]) -> Iterator[Misfit]:
        more: Counter[UUID] = Counter()
        for shift in shifts:
            lay = any(
                self._desks[meeting.desk_id].organisation_id == shift.organisation_id
                for meeting in self._of_seeker.get(shift.seeker_id, ())
                if meeting.desk_id is not None
            )
            more[shift.seeker_id] += (shift.after is not None) - lay
        for shift in shifts:
            most = max(self.material.meetings_max, may_have.get(shift.seeker_id, 0))
            has = self.has(shift.seeker_id) + more[shift.seeker_id]
            if shift.after is not None and more[shift.seeker_id] > 0 and has > most:
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

    def _drawn(self, laid: Mapping[Couple, _Lie], *, moving: Collection[Couple]) -> Counter[tuple[str, int]]:
        """How many rooms and interpreters would be in use in the slots of what is laid."""
        slots = {slot for lie in laid.values() for slot in range(lie.first, lie.after)}
        drawn = self._drawn_in(slots, moving)
        for (seeker_id, _), lie in laid.items():
            for pool in self._draws(seeker_id, lie.desk):
                drawn.update((pool, slot) for slot in range(lie.first, lie.after))
        return drawn

    def _drawn_in(self, slots: Collection[int], moving: Collection[Couple]) -> Counter[tuple[str, int]]:
        """How many are in use in these slots, but for the meetings that move."""
        drawn: Counter[tuple[str, int]] = Counter()
        rules = self.material.rules
        if not slots or (rules.video_rooms is None and not rules.interpreters):
            return drawn
        since, until = self.material.slots[min(slots)].starts_at, self.material.slots[max(slots)]
        for meeting in (meeting for meetings in self._of_seeker.values() for meeting in meetings):
            if meeting.starts_at > until.starts_at or meeting.ends_at <= since or meeting.slot_id not in self._number:
                continue
            lie = self._lie_of(meeting)
            if (meeting.seeker_id, lie.desk.organisation_id) not in moving:
                for pool in self._draws(meeting.seeker_id, lie.desk):
                    drawn.update((pool, slot) for slot in range(lie.first, lie.after) if slot in slots)
        return drawn

    def _draws(self, seeker_id: UUID, desk: PlanDesk) -> Iterator[str]:
        if desk.form == "video" and self.material.rules.video_rooms is not None:
            yield ROOMS
        interpreter = self._need(seeker_id).interpreter
        if interpreter in self.material.rules.interpreters:
            yield str(interpreter)

    def _overdrawn(self, seeker_id: UUID, lie: _Lie, drawn: Counter[tuple[str, int]]) -> Iterator[Rule]:
        rules = self.material.rules
        for pool in self._draws(seeker_id, lie.desk):
            there_are = rules.interpreters[pool] if pool != ROOMS else rules.video_rooms or 0
            if any(drawn[pool, slot] > there_are for slot in range(lie.first, lie.after)):
                yield "interpreters" if pool != ROOMS else "video_rooms"
