"""A problem in the numbers that the search works on: indices for ids, bit masks for sets of slots.

Bit t of a mask is slot t. Worth is counted in hundredths of a unit of value, so that prices can be fine.
"""

from __future__ import annotations

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
        return (self.mode, "" if self.mode is Mode.VIDEO else self.zone)


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
    needs: set[Need] = field(default_factory=set)
    price: list[int] = field(default_factory=list)
    crews_of: dict[tuple[int, Mode | None, bool], tuple[int, ...]] = field(default_factory=dict)

    def gap(self, one: tuple[Mode, str], other: tuple[Mode, str]) -> int:
        """Slots that stay free between a seeker's meetings at these two places."""
        rules = self.problem.rules
        if {one[0], other[0]} == {Mode.VIDEO, Mode.ON_SITE}:
            return max(rules.rest_slots, rules.form_change_slots)
        walks = Mode.VIDEO not in (one[0], other[0]) and one[1] != other[1]
        return max(rules.rest_slots, rules.zone_change_slots) if walks else rules.rest_slots

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
    for seeker in problem.seekers:
        add_seeker(compiled, seeker)
    _add_pairs(compiled)
    return compiled


def _add_crews(compiled: Compiled) -> None:
    at: dict[CrewKey, int] = {}
    for number, desk in enumerate(compiled.problem.desks):
        row = [-1] * compiled.slots
        for block in desk.blocks:
            in_house = block.mode is not Mode.VIDEO
            station = desk.station if in_house else Station.OWN
            key = (compiled.employer_at[desk.employer], block.mode, station, desk.zone if in_house else "")
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
    for name, numbers in names.items():
        if numbers is not None:
            compiled.pools.append(list(numbers))
            compiled.pool_names.append(name)
    for crew in compiled.crews:
        in_hall = crew.mode is Mode.ON_SITE and crew.station is Station.POOL
        name = "video_rooms" if crew.mode is Mode.VIDEO else "stations" if in_hall else ""
        crew.pool = compiled.pool_names.index(name) if name in compiled.pool_names else None


def _add_need(compiled: Compiled, need: Need) -> None:
    """Note what meetings of people with this need draw on, crew by crew."""
    accessible, interpreter = need
    for number, crew in enumerate(compiled.crews):
        in_hall = crew.mode is Mode.ON_SITE and crew.station is Station.POOL
        names = ["accessible_stations"] if in_hall and accessible else []
        names += [f"interpreters[{interpreter}]"] if interpreter is not None else []
        own = [] if crew.pool is None else [crew.pool]
        drawn = [compiled.pool_names.index(name) for name in names if name in compiled.pool_names]
        compiled.pools_for[number, need] = (*own, *drawn)
    compiled.needs.add(need)


def add_seeker(compiled: Compiled, seeker: Seeker) -> int:
    """Put one more seeker into the numbers; their index."""
    rules = compiled.problem.rules
    available = mask_of(seeker.available)
    two_in_a_row = available & (available >> 1) & compiled.in_a_row
    compiled.starts.append(two_in_a_row if seeker.extra_time else available)
    compiled.length.append(2 if seeker.extra_time else 1)
    compiled.most.append(seeker.meetings_max)
    need = (seeker.needs_accessible, seeker.interpreter)
    compiled.need.append(need)
    if need not in compiled.needs:
        _add_need(compiled, need)
    bonuses = (*rules.bonuses, *[0] * seeker.meetings_max)[: seeker.meetings_max]
    minimum = seeker.meetings_min
    compiled.bonus.append(
        tuple(HUNDRED * (bonus + rules.min_bonus * (number < minimum)) for number, bonus in enumerate(bonuses))
    )
    prices = [price.hundredths for price in rules.group_prices if (price.dimension, price.label) in seeker.groups]
    compiled.price.append(sum(prices))
    compiled.pairs_of.append([])
    return len(compiled.starts) - 1


def _add_pairs(compiled: Compiled) -> None:
    problem = compiled.problem
    fixed = {(meeting.seeker, meeting.employer) for meeting in problem.frozen}
    kept = {(meeting.seeker, meeting.employer) for meeting in problem.previous}
    listed = {(pair.seeker, pair.employer) for pair in problem.pairs} if fixed else set()
    unlisted = [Pair(seeker, employer, 0) for seeker, employer in sorted(fixed - listed)]
    for pair in (*problem.pairs, *unlisted):
        ids = (pair.seeker, pair.employer)
        seeker = compiled.seeker_at[pair.seeker]
        add_pair(compiled, pair, problem.seekers[seeker], is_fixed=ids in fixed, is_kept=ids in kept)


def add_pair(compiled: Compiled, pair: Pair, who: Seeker, *, is_fixed: bool = False, is_kept: bool = False) -> None:
    """Put one more pair into the numbers, unless the two can never meet."""
    seeker, employer = compiled.seeker_at[pair.seeker], compiled.employer_at[pair.employer]
    kind = (employer, who.form, who.needs_accessible)
    if kind not in compiled.crews_of:
        compiled.crews_of[kind] = crews_for(compiled, employer, who)
    able = compiled.crews_of[kind]
    length = compiled.length[seeker]
    # A shared tuple where all crews will do: sixty thousand of their own would weigh on the memory.
    options = (
        able
        if all(compiled.duty(crew, length) for crew in able)
        else tuple(crew for crew in able if compiled.duty(crew, length))
    )
    if not is_fixed and (pair.forbidden or not options or not compiled.most[seeker]):
        return
    rules = compiled.problem.rules
    number = len(compiled.worth)
    worth = pair.value + rules.must_bonus * pair.must + rules.keep_bonus * is_kept
    compiled.of_seeker.append(seeker)
    compiled.of_employer.append(employer)
    compiled.worth.append(HUNDRED * worth + compiled.price[seeker])
    compiled.options.append(options)
    compiled.fixed.append(is_fixed)
    compiled.pair_at[seeker, employer] = number
    compiled.pairs_of[seeker].append(number)


def crews_for(compiled: Compiled, employer: int, seeker: Seeker) -> tuple[int, ...]:
    """The employer's crews that can receive the seeker as they are."""
    found = []
    for number, crew in enumerate(compiled.crews):
        if crew.employer != employer or (crew.mode is not Mode.HYBRID and seeker.form not in (None, crew.mode)):
            continue
        comes = Mode.VIDEO not in (crew.mode, seeker.form)
        if comes and crew.station is Station.OWN and seeker.needs_accessible:
            continue
        found.append(number)
    return tuple(found)
