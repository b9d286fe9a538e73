"""Hypothesis' random events, small but with everything in them, most of it scarce."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from server.planner.model import (
    Block,
    Desk,
    Employer,
    GroupPrice,
    Meeting,
    Mode,
    Pair,
    Problem,
    Rules,
    Seeker,
    Slot,
    Station,
)
from server.planner.validation import faults
from tests.bench.planner.generate import slots

MODES = st.sampled_from(list(Mode))


def problems() -> st.SearchStrategy[Problem]:
    """Events that can be planned, in whatever way they are empty, scarce or contradictory."""
    return st.composite(_problem)()


def _problem(draw: st.DrawFn) -> Problem:
    number = draw(st.integers(1, 9))
    employers = tuple(Employer(f"e{index}") for index in range(draw(st.integers(1, 4))))
    desks = tuple(_desk(draw, index, number, len(employers)) for index in range(draw(st.integers(1, 6))))
    seekers = tuple(_seeker(draw, index, number) for index in range(draw(st.integers(0, 12))))
    problem = Problem(
        slots=_day(draw, number),
        employers=employers,
        desks=desks,
        seekers=seekers,
        pairs=_pairs(draw, seekers, employers),
        stations=draw(_capacity(number)),
        accessible_stations=draw(_capacity(number)),
        video_rooms=draw(_capacity(number)),
        interpreters={"sign": draw(st.lists(st.integers(0, 2), min_size=number, max_size=number).map(tuple))},
        previous=_meetings(draw, seekers, desks, number),
        rules=_rules(draw),
    )
    frozen: tuple[Meeting, ...] = ()
    for meeting in _meetings(draw, seekers, desks, number)[:3]:
        if not list(faults(replace(problem, frozen=(*frozen, meeting)))):
            frozen = (*frozen, meeting)
    return replace(problem, frozen=frozen)


def _day(draw: st.DrawFn, number: int) -> tuple[Slot, ...]:
    """Slots in a row, sometimes with lunch between two of them."""
    if number < 2 or not draw(st.booleans()):
        return slots(number)
    lunch = draw(st.integers(1, number - 1))
    longer = slots(number + 1)
    return longer[:lunch] + longer[lunch + 1 :]


def _desk(draw: st.DrawFn, index: int, number: int, employers: int) -> Desk:
    cut = draw(st.integers(0, number))
    spans = [(first, until) for first, until in ((0, cut), (cut, number)) if first < until]
    blocks = tuple(Block(first, until, draw(MODES)) for first, until in spans if draw(st.integers(0, 4)))
    duty = [slot for block in blocks for slot in range(block.first, block.until)]
    return Desk(
        id=f"d{index}",
        employer=f"e{draw(st.integers(0, employers - 1))}",
        recruiter=f"r{index}",
        blocks=blocks,
        breaks=frozenset(draw(st.lists(st.sampled_from(duty), max_size=2))) if duty else frozenset(),
        station=draw(st.sampled_from([Station.POOL, Station.POOL, Station.OWN, Station.OWN_ACCESSIBLE])),
        zone=draw(st.sampled_from(["", "north"])),
    )


def _seeker(draw: st.DrawFn, index: int, number: int) -> Seeker:
    most = draw(st.integers(0, 4))
    return Seeker(
        id=f"s{index}",
        available=frozenset(draw(st.sets(st.integers(0, number - 1)))),
        form=draw(st.sampled_from([None, None, Mode.VIDEO, Mode.ON_SITE])),
        meetings_max=most,
        meetings_min=draw(st.integers(0, most)) if draw(st.integers(0, 3)) == 0 else 0,
        needs_accessible=draw(st.integers(0, 3)) == 0,
        interpreter="sign" if draw(st.integers(0, 3)) == 0 else None,
        extra_time=draw(st.integers(0, 3)) == 0,
        groups=(("gender", draw(st.sampled_from(["women", "men"]))),),
    )


def _pairs(draw: st.DrawFn, seekers: tuple[Seeker, ...], employers: tuple[Employer, ...]) -> tuple[Pair, ...]:
    found = []
    for seeker in seekers:
        for employer in employers:
            kind = draw(st.sampled_from(["none", "plain", "plain", "plain", "must", "forbidden"]))
            if kind != "none":
                value = draw(st.integers(0, 100))
                found.append(Pair(seeker.id, employer.id, value, kind == "must", kind == "forbidden"))
    return tuple(found)


def _capacity(number: int) -> st.SearchStrategy[tuple[int, ...] | None]:
    return st.one_of(st.none(), st.lists(st.integers(0, 3), min_size=number, max_size=number).map(tuple))


def _meetings(
    draw: st.DrawFn, seekers: tuple[Seeker, ...], desks: tuple[Desk, ...], number: int
) -> tuple[Meeting, ...]:
    found = {}
    for seeker in seekers:
        if draw(st.integers(0, 3)) == 0:
            desk = draw(st.sampled_from(desks))
            found[seeker.id] = Meeting(seeker.id, desk.employer, desk.id, draw(st.integers(0, number - 1)))
    return tuple(found.values())


def _rules(draw: st.DrawFn) -> Rules:
    return Rules(
        rest_slots=draw(st.integers(0, 2)),
        form_change_slots=draw(st.integers(0, 2)),
        zone_change_slots=draw(st.integers(0, 2)),
        bonuses=draw(st.sampled_from([(), (300, 150, 60), (5,)])),
        group_prices=draw(
            st.sampled_from([(), (GroupPrice("gender", "women", 1250),), (GroupPrice("gender", "men", -20_000),)])
        ),
    )
