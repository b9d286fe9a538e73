"""What equal shares of meetings would cost: a price on each group's meetings that evens them out.

The price works as in a Lagrangian relaxation: it is added to every pair of a group, so the selection stays one
min-cost flow, and for each price the plan is the best there is at those shares. Source: Everett, *Generalized Lagrange
multiplier method* (1963).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from server.planner.compiled import Compiled, compile_problem
from server.planner.model import GroupPrice, Meeting, Problem
from server.planner.selection import select
from server.planner.state import State
from server.planner.validation import check

ROUNDS_MAX = 16
FIRST_PRICE = 400
PRICE_MAX = 200_000
# In a smaller group one person more or less is already several per cent.
SMALLEST_GROUP = 20
CURVE = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25)


@dataclass(frozen=True, slots=True)
class Share:
    """A group's meetings: how many people it has, their mean number of meetings, and how many have none."""

    label: str
    seekers: int
    mean: float
    without: int


@dataclass(frozen=True, slots=True)
class EqualityPoint:
    """What a price brings: the shares, the gap between the most and the least in per cent of the most, and the
    value lost in per cent of the value without a price."""

    strength: float
    prices: tuple[GroupPrice, ...]
    shares: tuple[Share, ...]
    gap_pct: float
    price_pct: float


@dataclass(frozen=True, slots=True)
class Parity:
    """The mildest price found under which the gap is small enough (or smallest), and points for a slider.

    A point's `strength` is its share of that price. Figures are of the selection; the timetable comes close to it.
    """

    dimension: str
    point: EqualityPoint
    curve: tuple[EqualityPoint, ...]


def find_parity(
    problem: Problem,
    dimension: str,
    *,
    gap_max_pct: float = 2.0,
    tick: Callable[[float], None] = lambda share: None,
) -> Parity:
    """The price of equal shares between the groups of a dimension, such as gender.

    Groups of fewer than `SMALLEST_GROUP` people are left alone. `tick` hears the share done, and may raise to stop.

    Raises:
        ProblemInvalid: the problem contradicts itself.
    """
    check(problem)
    search = _Search(problem, dimension)
    flows = ROUNDS_MAX + len(CURVE)
    best = search.point({}, 1.0)
    prices: dict[str, int] = {}
    for number in range(ROUNDS_MAX):
        # Half the allowed gap, since the timetable shifts the shares a little.
        if best.gap_pct <= gap_max_pct / 2:
            break
        tick(number / flows)
        prices = search.next_prices(prices)
        best = min(best, search.point(prices, 1.0), key=lambda point: (point.gap_pct, point.price_pct))
    curve = []
    for number, strength in enumerate(CURVE):
        tick((ROUNDS_MAX + number) / flows)
        scaled = {price.label: round(price.hundredths * strength) for price in best.prices}
        curve.append(search.point(scaled, strength))
    return Parity(dimension, best, tuple(curve))


class _Search:
    def __init__(self, problem: Problem, dimension: str) -> None:
        self.dimension = dimension
        self.compiled = compile_problem(replace(problem, rules=replace(problem.rules, group_prices=())))
        self.label_of = [dict(seeker.groups).get(dimension, "") for seeker in problem.seekers]
        members: dict[str, int] = defaultdict(int)
        for label in self.label_of:
            members[label] += 1
        self.labels = sorted(label for label, number in members.items() if label and number >= SMALLEST_GROUP)
        self.value: int | None = None
        self.low: dict[str, int] = dict.fromkeys(self.labels, 0)
        self.high: dict[str, int] = {}
        self.last: tuple[Share, ...] = ()
        self.most = ""

    def point(self, prices: dict[str, int], strength: float) -> EqualityPoint:
        """What these prices bring, by the selection they lead to."""
        number, value = _selected(self.compiled, [prices.get(label, 0) for label in self.label_of])
        if self.value is None:
            self.value = value
        self.last = _shares(self.label_of, self.labels, number)
        told = tuple(GroupPrice(self.dimension, label, prices[label]) for label in self.labels if prices.get(label))
        lost = 100 * (self.value - value) / self.value if self.value else 0.0
        return EqualityPoint(strength, told, self.last, gap_pct(self.last), lost)

    def next_prices(self, prices: dict[str, int]) -> dict[str, int]:
        """Each group's price closer to where it has as much as who had most without, by halving the interval."""
        if not prices:
            self.most = max(self.last, key=lambda share: (share.mean, share.label)).label
        most = next(share.mean for share in self.last if share.label == self.most)
        found = {}
        for share in self.last:
            now = prices.get(share.label, 0)
            if share.label == self.most:
                continue
            if share.mean < most:
                self.low[share.label] = max(now, self.low[share.label])
            else:
                self.high[share.label] = now
            high = self.high.get(share.label)
            if high is None:
                found[share.label] = min(max(2 * now, FIRST_PRICE), PRICE_MAX)
            else:
                found[share.label] = (self.low[share.label] + high) // 2
        return found


def shares_of(problem: Problem, dimension: str, meetings: tuple[Meeting, ...]) -> tuple[Share, ...]:
    """What the groups of a dimension have in a plan."""
    number: dict[str, int] = defaultdict(int)
    for meeting in meetings:
        number[meeting.seeker] += 1
    labels = [dict(seeker.groups).get(dimension, "") for seeker in problem.seekers]
    return _shares(labels, sorted(set(labels) - {""}), [number[seeker.id] for seeker in problem.seekers])


def gap_pct(shares: tuple[Share, ...]) -> float:
    """The gap between the group with most meetings a head and the one with least, in per cent of the most."""
    means = [share.mean for share in shares]
    most = max(means, default=0.0)
    return 100 * (most - min(means)) / most if most else 0.0


def _selected(compiled: Compiled, price: list[int]) -> tuple[list[int], int]:
    """Each seeker's number of meetings in the best selection under a price, and its worth without the price."""
    priced = [worth + price[seeker] for worth, seeker in zip(compiled.worth, compiled.of_seeker, strict=True)]
    state = State(replace(compiled, worth=priced))
    number = [len(mine) for mine in state.mine]
    placed = [pair for pair, slot in enumerate(state.slot_of) if slot >= 0]
    chosen = [pair for pair, _ in select(state).chosen]
    for pair in chosen:
        number[compiled.of_seeker[pair]] += 1
    worth = sum(compiled.worth[pair] for pair in (*placed, *chosen))
    return number, worth + sum(sum(compiled.bonus[seeker][:has]) for seeker, has in enumerate(number))


def _shares(label_of: list[str], labels: list[str], number: list[int]) -> tuple[Share, ...]:
    people: dict[str, list[int]] = {label: [] for label in labels}
    for label, has in zip(label_of, number, strict=True):
        if label in people:
            people[label].append(has)
    return tuple(Share(label, len(has), sum(has) / len(has), has.count(0)) for label, has in people.items())
