"""Instances made at random, small ones for the rules and larger ones whose best answer is known."""

from __future__ import annotations

from itertools import pairwise, product
from random import Random

from hypothesis import strategies as st

from server.planner.b2b.model import Instance, Request

NOBODY = (frozenset[int](),)


def small() -> st.SearchStrategy[Instance]:
    """Instances small enough to try every answer: empty, infeasible, tight and plain ones among them."""
    return st.composite(_small)()


def _small(draw: st.DrawFn) -> Instance:
    participants, slots = draw(st.integers(2, 5)), draw(st.integers(1, 5))
    number = draw(st.integers(0, 5))
    people = st.permutations(range(1, participants + 1))
    sessions = st.sampled_from([1, 2, 3, 3, 3, 3])
    fixed = st.one_of(st.none(), st.none(), st.integers(1, slots))
    requests = []
    for _ in range(number):
        first, second = draw(people)[:2]
        requests.append(Request(first, second, draw(sessions), draw(fixed)))
    forbidden = st.frozensets(st.integers(1, slots), max_size=2)
    before = st.tuples(st.integers(1, max(number, 1)), st.integers(1, max(number, 1)))
    return Instance(
        participants=participants,
        tables=draw(st.integers(0, 3)),
        slots=slots,
        morning_slots=draw(st.integers(0, slots)),
        requests=tuple(requests),
        forbidden=tuple(draw(st.one_of(st.just(NOBODY[0]), forbidden)) for _ in range(participants)),
        precedences=tuple(draw(st.lists(before, max_size=2))) if number else (),
    )


def fewest_breaks(instance: Instance) -> int | None:
    """The fewest breaks of all answers, tried one by one; None where there is none."""
    best = None
    for slots in product(range(1, instance.slots + 1), repeat=len(instance.requests)):
        breaks = _breaks(instance, slots)
        if breaks is not None and (best is None or breaks < best):
            best = breaks
    return best


def _breaks(instance: Instance, slots: tuple[int, ...]) -> int | None:
    of_each: list[list[int]] = [[] for _ in range(instance.participants)]
    for request, slot in zip(instance.requests, slots, strict=True):
        if request.session != 3 and (request.session == 1) != (slot <= instance.morning_slots):
            return None
        if request.fixed not in (None, slot):
            return None
        for who in (request.first, request.second):
            if slot in instance.forbidden[who - 1] or slot in of_each[who - 1]:
                return None
            of_each[who - 1].append(slot)
    if any(slots.count(slot) > instance.tables for slot in slots):
        return None
    if any(slots[one - 1] >= slots[other - 1] for one, other in instance.precedences):
        return None
    breaks = [sum(1 for one, other in pairwise(sorted(each)) if other - one > 1) for each in of_each]
    return None if max(breaks) - min(breaks) > 2 else sum(breaks)


def planted(*, participants: int, slots: int, share: float, seed: int, spread: float = 0.0) -> Instance:
    """An instance that can be held without a break, with no table to spare in its fullest slot.

    Pairs are laid slot by slot, and only next to what both already have, so that nobody waits. Of the participants,
    the share `spread` begins in a later slot.
    """
    random = Random(seed)
    begins = {who: random.randrange(slots // 2) for who in range(1, participants + 1) if random.random() < spread}
    last = dict(begins)
    met: set[tuple[int, int]] = set()
    requests: list[Request] = []
    held = [0] * (slots + 1)
    for slot in range(1, slots + 1):
        free = [who for who in range(1, participants + 1) if last.get(who, slot - 1) == slot - 1]
        random.shuffle(free)
        while len(free) > 1:
            one, other = free.pop(), free.pop()
            if (one, other) not in met and (other, one) not in met and random.random() < share:
                met.add((one, other))
                last[one] = last[other] = slot
                requests.append(Request(one, other))
                held[slot] += 1
    random.shuffle(requests)
    return Instance(
        participants=participants,
        tables=max(held),
        slots=slots,
        morning_slots=slots,
        requests=tuple(requests),
        forbidden=NOBODY * participants,
    )


def crowded(*, participants: int, slots: int, seed: int) -> Instance:
    """Some much sought after, some in one session only, tables just enough, like a fair; the best is not known."""
    random = Random(seed)
    sought = list(range(1, participants // 6 + 1))
    requests = []
    for who in range(len(sought) + 1, participants + 1):
        session = random.choices([1, 2, 3], [40, 10, 50])[0]
        wanted = random.sample(sought, min(len(sought), random.choice([1, 2, 2, 3, 3, 4, 5])))
        requests += [Request(one, who, session if random.random() < 0.7 else 3) for one in wanted]
    most = slots // 2 + 2
    requests = [one for number, one in enumerate(requests) if _place(requests, number) < most]
    tables = -(-len(requests) * 10 // (slots * 7))
    return Instance(
        participants=participants,
        tables=tables,
        slots=slots,
        morning_slots=slots * 3 // 5,
        requests=tuple(requests),
        forbidden=NOBODY * participants,
    )


def _place(requests: list[Request], number: int) -> int:
    """Which one of its first participant's requests this is."""
    return sum(1 for other in requests[:number] if other.first == requests[number].first)


def chained(participants: int) -> Instance:
    """Everybody meets one of the first two in the morning and the other in the afternoon: breaks cannot be avoided."""
    requests = []
    for who in range(3, participants + 1):
        requests += [Request(1, who, 1), Request(who, 2, 2)]
    length = participants - 2
    return Instance(
        participants=participants,
        tables=2,
        slots=2 * length,
        morning_slots=length,
        requests=tuple(requests),
        forbidden=NOBODY * participants,
    )


def text_of(instance: Instance) -> str:
    """The instance as a file of the benchmark writes it."""
    rows = "\n".join(f"|{one.first}, {one.second}, {one.session}," for one in instance.requests)
    counts = [0] * (instance.participants + 1)
    for request in instance.requests:
        counts[request.first] += 1
        counts[request.second] += 1
    before: list[list[int]] = [[] for _ in instance.requests]
    for earlier, later in instance.precedences:
        before[later - 1].append(earlier)
    lines = [
        f"nBusiness = {instance.participants};",
        f"nMeetings = {len(instance.requests)};",
        f"nTables = {instance.tables};",
        f"nTotalSlots = {instance.slots};",
        f"nMorningSlots = {instance.morning_slots};",
        "",
        f"requested = [{rows or '|'}\n|];",
        f"nMeetingsBusiness = [{', '.join(map(str, counts[1:]))}, ];",
        f"fixat = [{','.join(str(one.fixed or 0) for one in instance.requests)}];",
        "forbidden = [" + "\n".join(f"{{{','.join(map(str, sorted(each) or [0]))},}}," for each in instance.forbidden),
        "];",
    ]
    if instance.precedences:
        sets = ", ".join("{" + ",".join(map(str, each)) + "}" for each in before)
        lines.append(f"precedences = [{sets}];")
    return "\n".join(lines) + "\n"
