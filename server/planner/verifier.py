"""A second reading of the rules: what a plan breaks, each in words. Shares no code with what makes plans.

Frozen meetings are facts, so they are not judged by themselves; what is laid around them is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from server.planner.model import Desk, Meeting, Mode, Pair, Plan, Problem, Seeker, Station


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a plan breaks, by name, and how."""

    rule: str
    message: str


def breaches(problem: Problem, plan: Plan) -> tuple[Breach, ...]:
    """Everything in which the plan breaks the problem's rules or its own certificate; nothing for a good plan."""
    reading = _Reading(problem, plan.meetings)
    unknown = list(reading.unknown())
    if unknown:
        return tuple(unknown)
    return (
        *reading.frozen_kept(),
        *reading.doubles(),
        *reading.misfits(),
        *reading.rests(),
        *reading.pools(),
        *_silence(problem, plan),
        *_figures(problem, plan),
    )


class _Reading:
    def __init__(self, problem: Problem, meetings: tuple[Meeting, ...]) -> None:
        self.problem = problem
        self.meetings = meetings
        self.frozen = set(problem.frozen)
        self.laid = [meeting for meeting in meetings if meeting not in self.frozen]
        self.seekers = {seeker.id: seeker for seeker in problem.seekers}
        self.desks = {desk.id: desk for desk in problem.desks}
        self.pairs = {(pair.seeker, pair.employer): pair for pair in problem.pairs}

    def unknown(self) -> Iterator[Breach]:
        for meeting in self.meetings:
            if meeting.seeker not in self.seekers:
                yield Breach("unknown_id", f"{_name(meeting)}: there is no such seeker")
            if meeting.desk not in self.desks:
                yield Breach("unknown_id", f"{_name(meeting)}: there is no such desk")
            elif self.desks[meeting.desk].employer != meeting.employer:
                yield Breach("unknown_id", f"{_name(meeting)}: the desk is another employer's")
            if not 0 <= meeting.slot < len(self.problem.slots):
                yield Breach("unknown_id", f"{_name(meeting)}: there is no such slot")

    def times(self, meeting: Meeting) -> list[int]:
        """The slots that a meeting takes."""
        end = meeting.slot + (2 if self.seekers[meeting.seeker].extra_time else 1)
        return list(range(meeting.slot, end))

    def mode(self, meeting: Meeting, slot: int) -> Mode | None:
        """How the meeting's desk meets people in a slot, None when it is off duty."""
        desk = self.desks[meeting.desk]
        modes = [block.mode for block in desk.blocks if block.first <= slot < block.until and slot not in desk.breaks]
        return modes[0] if modes else None

    def frozen_kept(self) -> Iterator[Breach]:
        for meeting in sorted(self.frozen - set(self.meetings), key=_name):
            yield Breach("frozen_kept", f"{_name(meeting)} was to stay as it is")

    def doubles(self) -> Iterator[Breach]:
        seats = Counter((meeting.desk, slot) for meeting in self.meetings for slot in self.times(meeting))
        yield from (
            Breach("desk_once_a_slot", f"desk {desk} has {number} meetings in slot {slot}")
            for (desk, slot), number in seats.items()
            if number > 1
        )
        recruiters = Counter((self.desks[desk].recruiter, slot) for desk, slot in seats)
        yield from (
            Breach("recruiter_once_a_slot", f"recruiter {who} is at {number} desks in slot {slot}")
            for (who, slot), number in recruiters.items()
            if number > 1
        )
        people = Counter((meeting.seeker, slot) for meeting in self.meetings for slot in self.times(meeting))
        yield from (
            Breach("seeker_once_a_slot", f"seeker {who} has {number} meetings in slot {slot}")
            for (who, slot), number in people.items()
            if number > 1
        )
        met = Counter((meeting.seeker, meeting.employer) for meeting in self.meetings)
        yield from (
            Breach("pair_once", f"seeker {who} meets {whom} {number} times")
            for (who, whom), number in met.items()
            if number > 1
        )

    def misfits(self) -> Iterator[Breach]:
        for meeting in self.laid:
            seeker, desk = self.seekers[meeting.seeker], self.desks[meeting.desk]
            times = self.times(meeting)
            for rule, message in self._misfits(meeting, seeker, desk, times):
                yield Breach(rule, f"{_name(meeting)}: {message}")
        number = Counter(meeting.seeker for meeting in self.meetings)
        frozen = Counter(meeting.seeker for meeting in self.frozen)
        for who, has in number.items():
            if has > max(self.seekers[who].meetings_max, frozen[who]):
                yield Breach(
                    "maximum", f"seeker {who} has {has} meetings; {self.seekers[who].meetings_max} is the most"
                )

    def _misfits(self, meeting: Meeting, seeker: Seeker, desk: Desk, times: list[int]) -> Iterator[tuple[str, str]]:
        pair = self.pairs.get((meeting.seeker, meeting.employer))
        if pair is None or pair.forbidden:
            yield "pair_allowed", "the two are not to meet"
        if not set(times) <= seeker.available:
            yield "available", "the seeker cannot come then"
        modes = [self.mode(meeting, slot) for slot in times if slot < len(self.problem.slots)]
        if None in modes or len(modes) < len(times) or len(set(modes)) > 1:
            yield "on_duty", "the desk is off duty, or changes its mode half-way"
        elif modes[0] is not Mode.HYBRID and seeker.form not in (None, modes[0]):
            yield "form", f"the seeker comes {seeker.form}, the desk is {modes[0]}"
        comes = Mode.ON_SITE in modes or (Mode.HYBRID in modes and seeker.form is not Mode.VIDEO)
        if seeker.needs_accessible and comes and desk.station is Station.OWN:
            yield "accessible", "the desk's own station is not accessible"
        inside = [self.problem.slots[slot] for slot in times if slot < len(self.problem.slots)]
        if any(one.ends_at != other.starts_at for one, other in pairwise(inside)):
            yield "extra_time", "its two slots do not follow each other"

    def rests(self) -> Iterator[Breach]:
        of_seeker: dict[str, list[Meeting]] = defaultdict(list)
        for meeting in self.meetings:
            of_seeker[meeting.seeker].append(meeting)
        for meetings in of_seeker.values():
            for one, other in combinations(sorted(meetings, key=lambda meeting: meeting.slot), 2):
                between = other.slot - self.times(one)[-1] - 1
                if not {one, other} <= self.frozen and 0 <= between < self._rest(one, other):
                    yield Breach("rest", f"{_name(one)} and {_name(other)} have {between} free slots between them")

    def _rest(self, one: Meeting, other: Meeting) -> int:
        rules = self.problem.rules
        modes = self.mode(one, one.slot), self.mode(other, other.slot)
        if None in modes:
            return rules.rest_slots
        if set(modes) == {Mode.VIDEO, Mode.ON_SITE}:
            return max(rules.rest_slots, rules.form_change_slots)
        elsewhere = self.desks[one.desk].zone != self.desks[other.desk].zone
        if Mode.VIDEO not in modes and elsewhere:
            return max(rules.rest_slots, rules.zone_change_slots)
        return rules.rest_slots

    def pools(self) -> Iterator[Breach]:
        problem = self.problem
        capacities = {"stations": problem.stations, "accessible_stations": problem.accessible_stations}
        capacities |= {"video_rooms": problem.video_rooms}
        capacities |= {f"interpreters[{kind}]": numbers for kind, numbers in problem.interpreters.items()}
        all_drawn, frozen_drawn = self._drawn(self.meetings), self._drawn(self.frozen)
        for (name, slot), number in all_drawn.items():
            numbers = capacities[name]
            if numbers is not None and number > max(numbers[slot], frozen_drawn[name, slot]):
                yield Breach(name, f"{number} are taken in slot {slot}; there are {numbers[slot]}")

    def _drawn(self, meetings: Iterable[Meeting]) -> Counter[tuple[str, int]]:
        drawn: Counter[tuple[str, int]] = Counter()
        for meeting in meetings:
            seeker, desk = self.seekers[meeting.seeker], self.desks[meeting.desk]
            first = self.mode(meeting, meeting.slot)
            for slot in self.times(meeting):
                if slot >= len(self.problem.slots) or first is None:
                    continue
                if first is Mode.VIDEO:
                    drawn["video_rooms", slot] += 1
                elif first is Mode.ON_SITE and desk.station is Station.POOL:
                    drawn["stations", slot] += 1
                    drawn["accessible_stations", slot] += seeker.needs_accessible
                if seeker.interpreter is not None:
                    drawn[f"interpreters[{seeker.interpreter}]", slot] += 1
        return drawn


def _silence(problem: Problem, plan: Plan) -> Iterator[Breach]:
    met = {(meeting.seeker, meeting.employer) for meeting in plan.meetings}
    told = {(unmet.seeker, unmet.employer) for unmet in plan.unmet if unmet.reason}
    for pair in problem.pairs:
        key = (pair.seeker, pair.employer)
        if pair.must and key not in met and key not in told:
            yield Breach("must_told", f"seeker {pair.seeker} must meet {pair.employer}; nothing is said of why not")
    has = Counter(meeting.seeker for meeting in plan.meetings)
    for seeker in problem.seekers:
        if has[seeker.id] < seeker.meetings_min and (seeker.id, None) not in told:
            yield Breach(
                "must_told", f"seeker {seeker.id} has {has[seeker.id]} meetings; nothing is said of why not more"
            )


def _figures(problem: Problem, plan: Plan) -> Iterator[Breach]:
    value = worth(problem, plan.meetings)
    if value != plan.certificate.value:
        yield Breach("value", f"the plan is worth {value}, its certificate says {plan.certificate.value}")
    if value > plan.certificate.bound:
        yield Breach("bound", f"the plan is worth {value}, more than its bound {plan.certificate.bound}")


def worth(problem: Problem, meetings: Iterable[Meeting]) -> int:
    """What meetings are worth by the problem's rules, in hundredths of a unit of value."""
    rules = problem.rules
    pairs: dict[tuple[str, str], Pair] = {(pair.seeker, pair.employer): pair for pair in problem.pairs}
    before = {(meeting.seeker, meeting.employer) for meeting in problem.previous}
    seekers = {seeker.id: seeker for seeker in problem.seekers}
    number: Counter[str] = Counter()
    total = 0
    for meeting in meetings:
        who, key = seekers[meeting.seeker], (meeting.seeker, meeting.employer)
        pair = pairs.get(key)
        total += 100 * (pair.value + (rules.must_bonus if pair.must else 0)) if pair else 0
        total += 100 * rules.keep_bonus if key in before else 0
        total += sum(price.hundredths for price in rules.group_prices if (price.dimension, price.label) in who.groups)
        has = number[meeting.seeker]
        if has < who.meetings_max:
            total += 100 * (rules.bonuses[has] if has < len(rules.bonuses) else 0)
            total += 100 * rules.min_bonus if has < who.meetings_min else 0
        number[meeting.seeker] += 1
    return total


def _name(meeting: Meeting) -> str:
    return f"{meeting.seeker} with {meeting.employer} at {meeting.desk} in slot {meeting.slot}"
