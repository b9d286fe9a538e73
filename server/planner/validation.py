"""What is wrong with a problem, each fault at its field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from server.planner.model import VALUE_MAX, Desk, Meeting, Mode, Problem, Rules, Seeker

SLOTS_MAX = 512
WISHES_MAX = 500
PAIRS_MAX = 500_000
PRICE_MAX = 1_000_000
BONUS_MAX = 10_000_000


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a field, such as ``desks[3].blocks[1]``."""

    path: str
    message: str


class ProblemInvalid(ValueError):
    """The problem contradicts itself; `faults` says where."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.path}: {fault.message}" for fault in faults[:5]))
        self.faults = faults


def check(problem: Problem) -> None:
    """Return if the problem can be planned.

    Raises:
        ProblemInvalid: with every fault that was found.
    """
    found = tuple(faults(problem))
    if found:
        raise ProblemInvalid(found)


def faults(problem: Problem) -> Iterator[Fault]:
    """Every fault, in the order of the fields."""
    yield from _slots(problem)
    for name, things in (("employers", problem.employers), ("desks", problem.desks), ("seekers", problem.seekers)):
        yield from _repeated(name, (thing.id for thing in things))
    if not problem.desks:
        yield Fault("desks", "there is no desk to meet at")
    yield from _desks(problem)
    yield from _recruiters(problem)
    for number, seeker in enumerate(problem.seekers):
        yield from seeker_faults(f"seekers[{number}]", seeker, problem)
    yield from _pairs(problem)
    yield from _capacities(problem)
    yield from _meetings("frozen", problem.frozen, problem)
    yield from _collisions(problem)
    yield from _meetings("previous", problem.previous, problem)
    yield from _rules(problem.rules)


def _slots(problem: Problem) -> Iterator[Fault]:
    if not problem.slots:
        yield Fault("slots", "there is no slot to meet in")
    if len(problem.slots) > SLOTS_MAX:
        yield Fault("slots", f"there are {len(problem.slots)} slots; at most {SLOTS_MAX} can be planned at once")
    for number, slot in enumerate(problem.slots):
        if slot.starts_at.tzinfo is None or slot.ends_at.tzinfo is None:
            yield Fault(f"slots[{number}]", "its times name no time zone")
            return
        if slot.ends_at <= slot.starts_at:
            yield Fault(f"slots[{number}].ends_at", "it ends before it starts")
        if number and slot.starts_at < problem.slots[number - 1].ends_at:
            yield Fault(f"slots[{number}].starts_at", f"it overlaps slots[{number - 1}]")


def _repeated(name: str, ids: Iterable[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, id_ in enumerate(ids):
        if id_ in seen:
            yield Fault(f"{name}[{number}].id", f"{id_!r} is there twice")
        seen.add(id_)


def _desks(problem: Problem) -> Iterator[Fault]:
    employers = {employer.id for employer in problem.employers}
    for number, desk in enumerate(problem.desks):
        path = f"desks[{number}]"
        if desk.employer not in employers:
            yield Fault(f"{path}.employer", f"there is no employer {desk.employer!r}")
        yield from _blocks(path, desk, len(problem.slots))


def _blocks(path: str, desk: Desk, slots: int) -> Iterator[Fault]:
    taken: set[int] = set()
    for number, block in enumerate(desk.blocks):
        here = f"{path}.blocks[{number}]"
        if not 0 <= block.first < block.until <= slots:
            yield Fault(here, f"slots {block.first} to {block.until} are not within 0 to {slots}")
            continue
        duty = set(range(block.first, block.until))
        if duty & taken:
            yield Fault(here, f"it overlaps another block of the desk in slot {min(duty & taken)}")
        taken |= duty
    if outside := desk.breaks - taken:
        yield Fault(f"{path}.breaks", f"a break in slot {min(outside)} is outside the desk's duty")


def _recruiters(problem: Problem) -> Iterator[Fault]:
    on_duty: dict[tuple[str, int], str] = {}
    for number, desk in enumerate(problem.desks):
        for block in desk.blocks:
            for slot in range(max(block.first, 0), min(block.until, len(problem.slots))):
                other = on_duty.setdefault((desk.recruiter, slot), desk.id)
                if other != desk.id:
                    message = f"recruiter {desk.recruiter!r} is also at desk {other!r} in slot {slot}"
                    yield Fault(f"desks[{number}].recruiter", message)
                    break


def seeker_faults(path: str, seeker: Seeker, problem: Problem) -> Iterator[Fault]:
    """What is wrong with one seeker."""
    if outside := [slot for slot in seeker.available if not 0 <= slot < len(problem.slots)]:
        yield Fault(f"{path}.available", f"there is no slot {min(outside)}")
    if seeker.meetings_max < 0:
        yield Fault(f"{path}.meetings_max", f"{seeker.meetings_max} is below zero")
    if seeker.meetings_min < 0:
        yield Fault(f"{path}.meetings_min", f"{seeker.meetings_min} is below zero")
    if seeker.meetings_min > seeker.meetings_max:
        yield Fault(f"{path}.meetings_min", f"{seeker.meetings_min} is more than the maximum {seeker.meetings_max}")
    if seeker.form is Mode.HYBRID:
        yield Fault(f"{path}.form", "somebody comes by video, on site or (None) either way")
    if seeker.interpreter is not None and seeker.interpreter not in problem.interpreters:
        yield Fault(f"{path}.interpreter", f"there is no interpreter of kind {seeker.interpreter!r}")
    yield from _repeated(f"{path}.groups", (dimension for dimension, _ in seeker.groups))


def _pairs(problem: Problem) -> Iterator[Fault]:
    if len(problem.pairs) > PAIRS_MAX:
        yield Fault("pairs", f"there are {len(problem.pairs)}; at most {PAIRS_MAX} can be weighed at once")
    seekers = {seeker.id for seeker in problem.seekers}
    employers = {employer.id for employer in problem.employers}
    seen: set[tuple[str, str]] = set()
    for number, pair in enumerate(problem.pairs):
        path = f"pairs[{number}]"
        if pair.seeker not in seekers:
            yield Fault(f"{path}.seeker", f"there is no seeker {pair.seeker!r}")
        if pair.employer not in employers:
            yield Fault(f"{path}.employer", f"there is no employer {pair.employer!r}")
        if (pair.seeker, pair.employer) in seen:
            yield Fault(path, f"{pair.seeker!r} and {pair.employer!r} are there twice")
        seen.add((pair.seeker, pair.employer))
        if not 0 <= pair.value <= VALUE_MAX:
            yield Fault(f"{path}.value", f"{pair.value} is not within 0 to {VALUE_MAX}")
        if pair.must and pair.forbidden:
            yield Fault(path, "it is both a must and forbidden")
    for seeker, number in Counter(seeker for seeker, _ in seen).items():
        if number > WISHES_MAX:
            yield Fault("pairs", f"seeker {seeker!r} has {number} pairs; at most {WISHES_MAX} can be weighed")


def _capacities(problem: Problem) -> Iterator[Fault]:
    pools = {
        "stations": problem.stations,
        "accessible_stations": problem.accessible_stations,
        "video_rooms": problem.video_rooms,
        **{f"interpreters[{kind}]": numbers for kind, numbers in problem.interpreters.items()},
    }
    for name, numbers in pools.items():
        if numbers is None:
            continue
        if len(numbers) != len(problem.slots):
            yield Fault(name, f"there are {len(numbers)} numbers for {len(problem.slots)} slots")
        for slot, number in enumerate(numbers):
            if number < 0:
                yield Fault(f"{name}[{slot}]", f"{number} is below zero")


def _meetings(name: str, meetings: tuple[Meeting, ...], problem: Problem) -> Iterator[Fault]:
    seekers = {seeker.id for seeker in problem.seekers}
    desks = {desk.id: desk for desk in problem.desks}
    for number, meeting in enumerate(meetings):
        path = f"{name}[{number}]"
        if meeting.seeker not in seekers:
            yield Fault(f"{path}.seeker", f"there is no seeker {meeting.seeker!r}")
        if meeting.desk not in desks:
            yield Fault(f"{path}.desk", f"there is no desk {meeting.desk!r}")
        elif desks[meeting.desk].employer != meeting.employer:
            yield Fault(f"{path}.employer", f"desk {meeting.desk!r} is not of employer {meeting.employer!r}")
        if not 0 <= meeting.slot < len(problem.slots):
            yield Fault(f"{path}.slot", f"there is no slot {meeting.slot}")


def _collisions(problem: Problem) -> Iterator[Fault]:
    """Frozen meetings that cannot have been laid by anybody."""
    long = {seeker.id for seeker in problem.seekers if seeker.extra_time}
    desks: dict[tuple[str, int], int] = {}
    seekers: dict[tuple[str, int], int] = {}
    pairs: dict[tuple[str, str], int] = {}
    for number, meeting in enumerate(problem.frozen):
        end = meeting.slot + (2 if meeting.seeker in long else 1)
        if end > len(problem.slots):
            yield Fault(f"frozen[{number}].slot", "it ends after the last slot")
        if (first := pairs.setdefault((meeting.seeker, meeting.employer), number)) != number:
            yield Fault(f"frozen[{number}]", f"the two meet in frozen[{first}] already")
        for slot in range(meeting.slot, end):
            if (first := desks.setdefault((meeting.desk, slot), number)) != number:
                yield Fault(f"frozen[{number}]", f"it is at the desk of frozen[{first}] at the same time")
            if (first := seekers.setdefault((meeting.seeker, slot), number)) != number:
                yield Fault(f"frozen[{number}]", f"its seeker is in frozen[{first}] at the same time")


def _rules(rules: Rules) -> Iterator[Fault]:
    for name in ("rest_slots", "form_change_slots", "zone_change_slots"):
        if not 0 <= getattr(rules, name) <= SLOTS_MAX:
            yield Fault(f"rules.{name}", f"{getattr(rules, name)} is not within 0 to {SLOTS_MAX}")
    for name in ("must_bonus", "min_bonus", "keep_bonus"):
        if not 0 <= getattr(rules, name) <= BONUS_MAX:
            yield Fault(f"rules.{name}", f"{getattr(rules, name)} is not within 0 to {BONUS_MAX}")
    falling = sorted(rules.bonuses, reverse=True)
    if list(rules.bonuses) != falling or any(not 0 <= bonus <= BONUS_MAX for bonus in rules.bonuses):
        yield Fault("rules.bonuses", f"they must fall, from at most {BONUS_MAX} to no less than 0")
    for number, price in enumerate(rules.group_prices):
        if abs(price.hundredths) > PRICE_MAX:
            yield Fault(f"rules.group_prices[{number}].hundredths", f"{price.hundredths} is beyond ±{PRICE_MAX}")
