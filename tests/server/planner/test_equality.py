from __future__ import annotations

from dataclasses import replace

import pytest

from server.planner.equality import find_parity, gap_pct, shares_of
from server.planner.plan import PlanCancelled, make_plan
from tests.bench.planner.generate import Shape, make

BIASED = make(Shape(seekers=300, employers=12, women_cut_pct=15), 1)


def test_a_group_price_evens_out_the_shares_for_less_than_one_per_cent() -> None:
    plain = make_plan(BIASED)
    parity = find_parity(BIASED, "gender")
    even = make_plan(replace(BIASED, rules=replace(BIASED.rules, group_prices=parity.point.prices)))

    assert gap_pct(shares_of(BIASED, "gender", plain.meetings)) > 5
    assert gap_pct(shares_of(BIASED, "gender", even.meetings)) <= 2
    assert even.certificate.match_value >= 0.99 * plain.certificate.match_value
    assert [price.label for price in parity.point.prices] == ["women"]


def test_the_slider_goes_from_no_price_to_more_than_parity() -> None:
    parity = find_parity(BIASED, "gender")

    assert [point.strength for point in parity.curve] == [0.0, 0.25, 0.5, 0.75, 1.0, 1.25]
    assert [point.price_pct for point in parity.curve] == sorted(point.price_pct for point in parity.curve)
    assert parity.curve[0].price_pct == 0
    assert parity.curve[0].gap_pct > parity.curve[2].gap_pct > parity.curve[4].gap_pct
    assert [share.seekers for share in parity.point.shares] == [
        sum(("gender", label) in seeker.groups for seeker in BIASED.seekers) for label in ("men", "women")
    ]


def test_equal_shares_need_no_price() -> None:
    fair = make(Shape(seekers=300, employers=12, fill=1.2), 1)

    assert find_parity(fair, "gender").point.prices == ()


def test_small_groups_and_unknown_dimensions_are_left_alone() -> None:
    few = replace(BIASED, seekers=BIASED.seekers[:15], pairs=tuple(p for p in BIASED.pairs if int(p.seeker[1:]) < 15))

    assert find_parity(few, "gender").point.shares == ()
    assert find_parity(BIASED, "shoe size").point.prices == ()


def test_three_groups_are_evened_out_too() -> None:
    ages = ("under 30", "30 to 50", "over 50")
    seekers = tuple(replace(s, groups=(("age", ages[n % 3]),)) for n, s in enumerate(BIASED.seekers))
    cut = {"under 30": 100, "30 to 50": 90, "over 50": 80}
    of = {seeker.id: cut[seeker.groups[0][1]] for seeker in seekers}
    pairs = tuple(replace(pair, value=pair.value * of[pair.seeker] // 100) for pair in BIASED.pairs)
    problem = replace(BIASED, seekers=seekers, pairs=pairs)

    parity = find_parity(problem, "age")

    assert parity.curve[0].gap_pct > 5
    assert parity.point.gap_pct <= 2
    assert parity.point.price_pct <= 1


def test_the_search_for_parity_can_be_stopped() -> None:
    def stop(share: float) -> None:
        if share > 0.1:
            raise PlanCancelled("equality")

    with pytest.raises(PlanCancelled):
        find_parity(BIASED, "gender", tick=stop)
