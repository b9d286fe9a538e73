"""Random events of known size and difficulty, the same for a seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Literal

from server.planner.model import Block, Desk, Employer, Mode, Pair, Problem, Rules, Seeker, Slot

Windows = Literal["whole_day", "half_day", "quarter_day"]
OPENS = datetime(2030, 3, 4, 8, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What an event is like.

    `half_day`: a quarter of the seekers have the morning or the afternoon only. `quarter_day`: seven in ten have six
    slots in a row, anywhere in the day. `fill` is the seats over four meetings each; `women_cut_pct` is taken
    off women's values; `needs` gives some an accessible station or an interpreter.
    """

    seekers: int
    employers: int
    slots: int = 24
    candidates: int = 12
    fill: float = 0.95
    windows: Windows = "half_day"
    rest_slots: int = 0
    women_cut_pct: int = 0
    needs: bool = True
    rooms_share: float = 0.98


def make(shape: Shape, seed: int) -> Problem:
    """An event of this shape."""
    random = Random(f"{seed} {shape}")
    employers = tuple(Employer(f"e{number}") for number in range(shape.employers))
    desks = _desks(shape, random)
    seekers = tuple(_seeker(shape, random, number) for number in range(shape.seekers))
    on_duty = {mode: [0] * shape.slots for mode in Mode}
    for desk in desks:
        for block in desk.blocks:
            for slot in range(block.first, block.until):
                on_duty[block.mode][slot] += 1
    rooms = {mode: tuple(-int(-number * shape.rooms_share // 1) for number in on_duty[mode]) for mode in Mode}
    return Problem(
        slots=slots(shape.slots),
        employers=employers,
        desks=desks,
        seekers=seekers,
        pairs=_pairs(shape, random, seekers, desks),
        stations=rooms[Mode.ON_SITE],
        accessible_stations=tuple(-(-number // 8) for number in rooms[Mode.ON_SITE]),
        video_rooms=rooms[Mode.VIDEO],
        interpreters={"sign": (max(2, shape.seekers // 200),) * shape.slots},
        rules=Rules(rest_slots=shape.rest_slots),
    )


def slots(number: int) -> tuple[Slot, ...]:
    """Slots of twenty minutes, one after the other."""
    step = timedelta(minutes=20)
    return tuple(Slot(OPENS + step * index, OPENS + step * (index + 1)) for index in range(number))


def _desks(shape: Shape, random: Random) -> tuple[Desk, ...]:
    total = max(shape.employers, round(shape.fill * 4 * shape.seekers / shape.slots))
    owners = list(range(shape.employers)) + [random.randrange(shape.employers) for _ in range(total - shape.employers)]
    found = []
    for number, owner in enumerate(owners):
        first, last = random.choices(
            [(Mode.VIDEO,) * 2, (Mode.ON_SITE,) * 2, (Mode.VIDEO, Mode.ON_SITE), (Mode.ON_SITE, Mode.VIDEO)],
            [40, 40, 10, 10],
        )[0]
        noon = shape.slots // 2
        blocks = (Block(0, noon, first), Block(noon, shape.slots, last))
        found.append(Desk(id=f"d{number}", employer=f"e{owner}", recruiter=f"r{number}", blocks=blocks))
    return tuple(found)


def _seeker(shape: Shape, random: Random, number: int) -> Seeker:
    day, noon = shape.slots, shape.slots // 2
    first, until = 0, day
    if shape.windows == "half_day" and random.random() < 0.25:
        first, until = random.choice([(0, noon), (noon, day)])
    if shape.windows == "quarter_day" and random.random() < 0.7:
        first = random.randrange(day - day // 4 + 1)
        until = first + day // 4
    return Seeker(
        id=f"s{number}",
        available=frozenset(range(first, until)),
        form=random.choices([None, Mode.VIDEO, Mode.ON_SITE], [50, 25, 25])[0],
        needs_accessible=shape.needs and random.random() < 0.02,
        interpreter="sign" if shape.needs and random.random() < 0.01 else None,
        groups=(("gender", random.choice(["women", "men"])),),
    )


def _pairs(shape: Shape, random: Random, seekers: tuple[Seeker, ...], desks: tuple[Desk, ...]) -> tuple[Pair, ...]:
    seats = [0] * shape.employers
    for desk in desks:
        seats[int(desk.employer[1:])] += 1
    draw = [number * random.uniform(0.7, 1.3) for number in seats]
    found = []
    for seeker in seekers:
        women = ("gender", "women") in seeker.groups
        wanted: dict[int, None] = {}
        while len(wanted) < min(shape.candidates, shape.employers):
            wanted |= dict.fromkeys(random.choices(range(shape.employers), draw, k=shape.candidates - len(wanted)))
        for employer in wanted:
            value = min(100, max(1, round(random.gauss(60, 18))))
            if women:
                value = value * (100 - shape.women_cut_pct) // 100
            found.append(Pair(seeker.id, f"e{employer}", value))
    return tuple(found)
