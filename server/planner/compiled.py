"""A problem in the numbers that the search works on: indices for ids, bit masks for sets of slots.

Bit t of a mask is slot t. Worth is counted in hundredths of a unit of value, so that prices can be fine.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from server.planner.model import Mode, Pair, Problem, Seeker, Station

HUNDRED = 100
CrewKey = tuple[int, Mode, Station, str]
Need = tuple[bool, str | None]


@dataclass(slots=True)
class Crew:
    """The desks of one employer that can stand for each other: same mode, kind of station and zone.

    `desks[t]` are those on duty in slot t; `duty` the slots with any; `duty_two` the starts of two slots in a row
    at one desk. `pool` is the room or station that a meeting takes, or None.
    """

    employer: int
    mode: Mode
    station: Station
    zone: str
    desks: list[list[int]]
    duty: int = 0
    duty_two: int = 0
    pool: int | None = None

    @property
    def place(self) -> tuple[Mode, str]:
        """What travel is counted between."""
        return (self.mode, self.zone if self.mode is Mode.ON_SITE else "")


@dataclass(slots=True)
class Compiled:
    """The numbers of one problem.

    Per seeker: `starts` (mask of slots in which a meeting can begin), `length` of a meeting in slots, `most` meetings,
    `bonus[k]` worth of the (k + 1)-th. Per pair: `of_seeker`, `of_employer`, `worth` without bonus, `options` (crews),
    `fixed`. `pools[k][t]` is how many meetings pool k bears in slot t.
    """

    problem: Problem
    slots: int
    in_a_row: int
    crews: list[Crew] = field(default_factory=list)
    crew_at: list[list[int]] = field(default_factory=list)
    pools: list[list[int]] = field(default_factory=list)
    pool_names: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    length: list[int] = field(default_factory=list)
    most: list[int] = field(default_factory=list)
    bonus: list[tuple[int, ...]] = field(default_factory=list)
    need: list[Need] = field(default_factory=list)
    of_seeker: list[int] = field(default_factory=list)
    of_employer: list[int] = field(default_factory=list)
    worth: list[int] = field(default_factory=list)
    options: list[tuple[int, ...]] = field(default_factory=list)
    fixed: list[bool] = field(default_factory=list)
    pair_at: dict[tuple[int, int], int] = field(default_factory=dict)
    pairs_of: list[list[int]] = field(default_factory=list)
    seeker_at: dict[str, int] = field(default_factory=dict)
    employer_at: dict[str, int] = field(default_factory=dict)
    desk_at: dict[str, int] = field(default_factory=dict)
    pools_for: dict[tuple[int, Need], tuple[int, ...]] = field(default_factory=dict)

    def rest(self) -> int:
        """Slots that always stay free between two meetings of a seeker."""
        return self.problem.rules.rest_slots

    def gap(self, one: tuple[Mode, str], other: tuple[Mode, str]) -> int:
        """Slots that stay free between a seeker's meetings at these two places."""
        rules = self.problem.rules
        if one[0] is not other[0]:
            return max(rules.rest_slots, rules.form_change_slots)
        return rules.rest_slots if one == other else max(rules.rest_slots, rules.zone_change_slots)

    @property
    def travels(self) -> bool:
        """Whether the place of a meeting changes how much must stay free around it."""
        rules = self.problem.rules
        return max(rules.form_change_slots, rules.zone_change_slots) > rules.rest_slots

    def duty(self, crew: int, length: int) -> int:
        """The slots in which the crew can begin a meeting of `length` slots."""
        return self.crews[crew].duty if length == 1 else self.crews[crew].duty_two

    def begins(self, pair: int, crew: int) -> int:
        """The slots in which a meeting of the pair with the crew could begin in an empty plan."""
        seeker = self.of_seeker[pair]
        return self.starts[seeker] & self.duty(crew, self.length[seeker])


def mask_of(slots: frozenset[int] | set[int]) -> int:
    """The bits of a set of slots."""
    mask = 0
    for slot in slots:
        mask |= 1 << slot
    return mask


def bits(mask: int) -> list[int]:
    """The slots of a mask, earliest first."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def spread(mask: int, before: int, after: int) -> int:
    """The mask with each bit also `before` places earlier and `after` places later."""
    found = mask
    for step in range(1, before + 1):
        found |= mask >> step
    for step in range(1, after + 1):
        found |= mask << step
    return found


def compile_problem(problem: Problem) -> Compiled:
    """The numbers of a problem that has been checked."""
    row = 0
    for slot in range(len(problem.slots) - 1):
        if problem.slots[slot].ends_at == problem.slots[slot + 1].starts_at:
            row |= 1 << slot
    compiled = Compiled(problem, len(problem.slots), row)
    compiled.employer_at = {employer.id: number for number, employer in enumerate(problem.employers)}
    compiled.desk_at = {desk.id: number for number, desk in enumerate(problem.desks)}
    compiled.seeker_at = {seeker.id: number for number, seeker in enumerate(problem.seekers)}
    _add_crews(compiled)
    _add_pools(compiled)
    _add_seekers(compiled)
    _add_pairs(compiled)
    return compiled


def _add_crews(compiled: Compiled) -> None:
    at: dict[CrewKey, int] = {}
    for number, desk in enumerate(compiled.problem.desks):
        row = [-1] * compiled.slots
        for block in desk.blocks:
            on_site = block.mode is Mode.ON_SITE
            station = desk.station if on_site else Station.OWN
            key = (compiled.employer_at[desk.employer], block.mode, station, desk.zone if on_site else "")
            if key not in at:
                at[key] = len(compiled.crews)
                compiled.crews.append(Crew(*key, desks=[[] for _ in range(compiled.slots)]))
            for slot in range(block.first, block.until):
                if slot not in desk.breaks:
                    row[slot] = at[key]
        compiled.crew_at.append(row)
        for slot, crew in enumerate(row):
            if crew >= 0:
                compiled.crews[crew].desks[slot].append(number)
                compiled.crews[crew].duty |= 1 << slot
                if slot and row[slot - 1] == crew and compiled.in_a_row >> (slot - 1) & 1:
                    compiled.crews[crew].duty_two |= 1 << (slot - 1)


def _add_pools(compiled: Compiled) -> None:
    problem = compiled.problem
    names = {
        "video_rooms": problem.video_rooms,
        "stations": problem.stations,
        "accessible_stations": problem.accessible_stations,
        **{f"interpreters[{kind}]": numbers for kind, numbers in problem.interpreters.items()},
    }
    at = {}
    for name, numbers in names.items():
        if numbers is not None:
            at[name] = len(compiled.pools)
            compiled.pools.append(list(numbers))
            compiled.pool_names.append(name)
    needs = {(seeker.needs_accessible, seeker.interpreter) for seeker in problem.seekers}
    for number, crew in enumerate(compiled.crews):
        hall = crew.mode is Mode.ON_SITE and crew.station is Station.POOL
        crew.pool = at.get("stations") if hall else at.get("video_rooms") if crew.mode is Mode.VIDEO else None
        for accessible, interpreter in needs:
            own = [crew.pool, at.get("accessible_stations") if hall and accessible else None]
            own.append(at.get(f"interpreters[{interpreter}]"))
            compiled.pools_for[number, (accessible, interpreter)] = tuple(pool for pool in own if pool is not None)


def _add_seekers(compiled: Compiled) -> None:
    rules = compiled.problem.rules
    for seeker in compiled.problem.seekers:
        available = mask_of(seeker.available)
        starts = available & (available >> 1) & compiled.in_a_row if seeker.extra_time else available
        compiled.starts.append(starts)
        compiled.length.append(2 if seeker.extra_time else 1)
        compiled.most.append(seeker.meetings_max)
        compiled.need.append((seeker.needs_accessible, seeker.interpreter))
        bonuses = (*rules.bonuses, *[0] * seeker.meetings_max)[: seeker.meetings_max]
        compiled.bonus.append(
            tuple(
                HUNDRED * (bonus + (rules.min_bonus if number < seeker.meetings_min else 0))
                for number, bonus in enumerate(bonuses)
            )
        )
    compiled.pairs_of = [[] for _ in compiled.problem.seekers]


def _add_pairs(compiled: Compiled) -> None:
    problem = compiled.problem
    fixed = {(meeting.seeker, meeting.employer) for meeting in problem.frozen}
    kept = {(meeting.seeker, meeting.employer) for meeting in problem.previous}
    price: dict[tuple[str, str], int] = defaultdict(int)
    for group_price in problem.rules.group_prices:
        price[group_price.dimension, group_price.label] += group_price.hundredths
    prices = [sum(price[group] for group in seeker.groups) if price else 0 for seeker in problem.seekers]
    listed = {(pair.seeker, pair.employer) for pair in problem.pairs} if fixed else set()
    unlisted = [Pair(seeker, employer, 0) for seeker, employer in sorted(fixed - listed)]
    by_kind: dict[tuple[int, Mode | None, bool], tuple[int, ...]] = {}
    for pair in (*problem.pairs, *unlisted):
        ids = (pair.seeker, pair.employer)
        seeker, employer = compiled.seeker_at[pair.seeker], compiled.employer_at[pair.employer]
        who = problem.seekers[seeker]
        kind = (employer, who.form, who.needs_accessible)
        if kind not in by_kind:
            by_kind[kind] = crews_for(compiled, employer, who)
        options = tuple(crew for crew in by_kind[kind] if compiled.duty(crew, compiled.length[seeker]))
        if ids not in fixed and (pair.forbidden or not options or not compiled.most[seeker]):
            continue
        number = len(compiled.worth)
        worth = pair.value + problem.rules.must_bonus * pair.must + problem.rules.keep_bonus * (ids in kept)
        compiled.of_seeker.append(seeker)
        compiled.of_employer.append(employer)
        compiled.worth.append(HUNDRED * worth + prices[seeker])
        compiled.options.append(by_kind[kind] if options == by_kind[kind] else options)
        compiled.fixed.append(ids in fixed)
        compiled.pair_at[seeker, employer] = number
        compiled.pairs_of[seeker].append(number)


def crews_for(compiled: Compiled, employer: int, seeker: Seeker) -> tuple[int, ...]:
    """The employer's crews that can receive the seeker as they are."""
    found = []
    for number, crew in enumerate(compiled.crews):
        if crew.employer != employer or seeker.form not in (None, crew.mode):
            continue
        if crew.mode is Mode.ON_SITE and crew.station is Station.OWN and seeker.needs_accessible:
            continue
        found.append(number)
    return tuple(found)
