from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from server.planner.model import Block, Desk, GroupPrice, Meeting, Mode, Pair, Problem, Rules
from server.planner.plan import make_plan
from server.planner.validation import ProblemInvalid, faults
from tests.bench.planner.generate import Shape, make, slots

PROBLEM = make(Shape(seekers=4, employers=2, slots=6), 1)
DESK, SEEKER, PAIR = PROBLEM.desks[0], PROBLEM.seekers[0], PROBLEM.pairs[0]
NAIVE = replace(PROBLEM.slots[0], starts_at=PROBLEM.slots[0].starts_at.replace(tzinfo=None))


def desk(**changes: Any) -> dict[str, Any]:
    return {"desks": (replace(DESK, **changes), *PROBLEM.desks[1:])}


def seeker(**changes: Any) -> dict[str, Any]:
    return {"seekers": (replace(SEEKER, **changes), *PROBLEM.seekers[1:])}


def pair(**changes: Any) -> dict[str, Any]:
    return {"pairs": (replace(PAIR, **changes), *PROBLEM.pairs[1:])}


def frozen(*meetings: Meeting) -> dict[str, Any]:
    return {"frozen": meetings}


HERE = Meeting(SEEKER.id, DESK.employer, DESK.id, 0)
BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"slots": slots(6)[:0]}, "slots", "there is no slot to meet in"),
    ({"slots": (NAIVE, *PROBLEM.slots[1:])}, "slots[0]", "its times name no time zone"),
    ({"slots": (PROBLEM.slots[0], *PROBLEM.slots[:5])}, "slots[1].starts_at", "it overlaps slots[0]"),
    ({"desks": ()}, "desks", "there is no desk to meet at"),
    (desk(employer="e9"), "desks[0].employer", "there is no employer 'e9'"),
    (
        desk(blocks=(Block(0, 3, Mode.VIDEO), Block(2, 6, Mode.ON_SITE))),
        "desks[0].blocks[1]",
        "it overlaps another block of the desk in slot 2",
    ),
    (desk(blocks=(Block(2, 9, Mode.VIDEO),)), "desks[0].blocks[0]", "slots 2 to 9 are not within 0 to 6"),
    (desk(breaks=frozenset({5}), blocks=(Block(0, 3, Mode.VIDEO),)), "desks[0].breaks", "outside the desk's duty"),
    (desk(recruiter="r1"), "desks[1].recruiter", "recruiter 'r1' is also at desk 'd0' in slot 0"),
    (desk(id="d1"), "desks[1].id", "'d1' is there twice"),
    (seeker(available=frozenset({3, 17})), "seekers[0].available", "there is no slot 17"),
    (seeker(form=Mode.HYBRID), "seekers[0].form", "by video, on site"),
    (seeker(meetings_max=-1), "seekers[0].meetings_max", "-1 is below zero"),
    (seeker(meetings_min=9), "seekers[0].meetings_min", "9 is more than the maximum 4"),
    (seeker(interpreter="morse"), "seekers[0].interpreter", "there is no interpreter of kind 'morse'"),
    (pair(seeker="s99"), "pairs[0].seeker", "there is no seeker 's99'"),
    (pair(employer="e99"), "pairs[0].employer", "there is no employer 'e99'"),
    (pair(value=-1), "pairs[0].value", "-1 is not within 0 to 10000"),
    (pair(must=True, forbidden=True), "pairs[0]", "it is both a must and forbidden"),
    ({"pairs": (PAIR, PAIR)}, "pairs[1]", "are there twice"),
    ({"stations": (1, 1)}, "stations", "there are 2 numbers for 6 slots"),
    ({"video_rooms": (1, -2, 1, 1, 1, 1)}, "video_rooms[1]", "-2 is below zero"),
    ({"interpreters": {"sign": (-1,) * 6}}, "interpreters[sign][0]", "-1 is below zero"),
    (frozen(replace(HERE, desk="d99")), "frozen[0].desk", "there is no desk 'd99'"),
    (frozen(replace(HERE, slot=6)), "frozen[0].slot", "there is no slot 6"),
    (frozen(HERE, replace(HERE, seeker="s1")), "frozen[1]", "it is at the desk of frozen[0] at the same time"),
    (frozen(HERE, replace(HERE, slot=2)), "frozen[1]", "the two meet in frozen[0] already"),
    ({"rules": Rules(rest_slots=-1)}, "rules.rest_slots", "-1 is not within 0 to 512"),
    ({"rules": Rules(bonuses=(1, 2))}, "rules.bonuses", "they must fall"),
    (
        {"rules": Rules(group_prices=(GroupPrice("gender", "women", 10**9),))},
        "rules.group_prices[0].hundredths",
        "1000000000 is beyond",
    ),
]


def test_a_generated_event_has_no_fault() -> None:
    assert list(faults(PROBLEM)) == []


@pytest.mark.parametrize(("changes", "path", "message"), BAD, ids=[path for _, path, _ in BAD])
def test_a_fault_is_told_at_its_field(changes: dict[str, Any], path: str, message: str) -> None:
    told = [fault for fault in faults(replace(PROBLEM, **changes)) if fault.path == path]

    assert len(told) >= 1
    assert message in told[0].message


def test_a_thousand_wishes_are_too_many() -> None:
    crowd = replace(
        PROBLEM,
        employers=tuple(replace(PROBLEM.employers[0], id=f"e{number}") for number in range(1000)),
        pairs=tuple(Pair(SEEKER.id, f"e{number}", 1) for number in range(1000)),
    )

    assert [(fault.path, fault.message) for fault in faults(crowd)] == [
        ("pairs", "seeker 's0' has 1000 pairs; at most 500 can be weighed")
    ]


def test_a_faulty_problem_is_not_planned() -> None:
    nobody = replace(PROBLEM, desks=())

    with pytest.raises(ProblemInvalid, match="there is no desk to meet at") as refused:
        make_plan(nobody)

    assert [fault.path for fault in refused.value.faults] == ["desks"]


def test_an_empty_event_with_a_desk_has_an_empty_plan() -> None:
    empty = Problem(
        slots=slots(1),
        employers=PROBLEM.employers,
        desks=(Desk(id="d", employer="e0", recruiter="r", blocks=()),),
        seekers=(),
        pairs=(),
    )

    plan = make_plan(empty)

    assert (plan.meetings, plan.unmet, plan.certificate.gap_pct) == ((), (), 0)
