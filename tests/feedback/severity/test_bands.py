from __future__ import annotations

import json
import time
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import minimize

from feedback.places import Direction
from feedback.profile import Stage
from feedback.severity import MODEL_VERSION
from feedback.severity.bands import Located, Scale, bands, fit_widths, scale_of, widths
from feedback.severity.fitting import STEP, fit_severity
from feedback.severity.layout import Floats
from feedback.severity.online import RatingGiven, calibration, online_band, place_online
from feedback.severity.stored import OtherModel, restored, stored
from feedback.severity.table import TableInvalid
from feedback.severity.trend import trend
from tests.bench.learning.coverage import covered
from tests.bench.learning.simulated import World
from tests.feedback.severity.tables import Row, drawn, given, table_of

ROWS: list[Row] = [row for row in drawn(seekers=60, each=7) if row[0] != "s00" or row[1] in ("e0", "e1", "e2", "e3")]
FIT = fit_severity(table_of(ROWS))
KNOWN = calibration(FIT, "seeker")


def held(seeker: str) -> list[str]:
    return sorted({row[2] for row in ROWS if row[0] == seeker})


def test_one_or_two_meetings_have_no_band_three_have_one_and_six_a_trend() -> None:
    kept = {"s01": 1, "s02": 2, "s03": 3, "s04": 5, "s05": 6}
    rows = [row for row in ROWS if row[2] in held(row[0])[: kept.get(row[0], 7)]]

    found = bands(fit_severity(table_of(rows)), "seeker")

    assert [found[who].stage if who in found else None for who in kept] == [
        None,
        None,
        Stage.BAND,
        Stage.BAND,
        Stage.TREND,
    ]
    assert [found[who].meetings for who in ("s03", "s04", "s05")] == [3, 5, 6]
    assert found["s03"].model_version == MODEL_VERSION
    assert all(1 < one.low < one.middle < one.high < 5 for one in found.values())


def test_a_band_is_wider_than_what_takes_the_parameters_as_known() -> None:
    found = fit_widths(FIT, "seeker")

    assert np.all(found.variance > FIT.shown.variances.wide)
    assert np.all((found.freedom > 5) & (found.freedom < 1e6))
    assert np.all(fit_widths(FIT, "seeker", coverage=0.5).high < found.high)


def test_an_unsure_variance_takes_the_quantile_of_its_degrees_of_freedom() -> None:
    scale = Scale(np.array([0.0, 1.0]), np.array([0.0]), np.array([0.0]))
    # The variance moves by 1 a step of the parameter, whose own variance is 0.4: 2 V^2 / (g C g') = 5.
    best, up, down = (Located(scale, np.zeros(1), np.array([1.0 + by])) for by in (0.0, STEP, -STEP))

    found = widths(best, [(up, down)], np.array([[0.4]]))

    assert found.freedom == pytest.approx([5.0])
    # The table of the t distribution: 2.015 at five degrees of freedom.
    assert found.high == pytest.approx(1 / (1 + np.exp([-2.0150484])))


def test_places_are_taken_where_meetings_are_as_unlike_as_quadrature_finds_them() -> None:
    best, shown = FIT.best.parameters.sigmas.inner, FIT.shown.parameters.sigmas.inner

    assert 1.01 * best < shown < 1.25 * best


def test_fewer_meetings_make_a_wider_band() -> None:
    few = bands(fit_severity(table_of([row for row in ROWS if row[2] in held(row[0])[:3]])), "seeker")
    many = bands(FIT, "seeker")

    assert np.mean([one.high - one.low for one in few.values()]) > 1.2 * np.mean(
        [one.high - one.low for one in many.values()]
    )


def test_an_effect_that_is_none_adds_no_width_and_breaks_nothing() -> None:
    random = np.random.default_rng(3)
    rows: list[Row] = [(*row[:4], int(random.integers(1, 6))) for row in ROWS]
    fit = fit_severity(table_of(rows, "seeker,employer"))

    found = fit_widths(fit, "employer")

    assert np.all(np.isfinite(found.low) & np.isfinite(found.high) & (found.high >= found.low))


def test_bands_of_employers_and_meetings_come_in_the_order_of_their_names() -> None:
    assert sorted(bands(FIT, "employer")) == sorted({row[1] for row in ROWS})
    assert bands(FIT, "meeting") == {}
    assert len(fit_widths(FIT, "meeting").middle) == len({row[2] for row in ROWS})


@pytest.mark.parametrize("random", ["seeker,employer,meeting", "seeker,employer"])
def test_placing_one_seeker_agrees_with_the_joint_mode(random: str) -> None:
    fit = fit_severity(table_of(ROWS, random))
    known, joint = calibration(fit, "seeker"), fit_widths(fit, "seeker")

    for at, seeker in enumerate(fit.layout.factors["wide"].labels):
        found, meetings = place_online(known, given(ROWS, seeker))
        assert meetings == len(held(seeker))
        assert found.middle[0] == pytest.approx(joint.middle[at], abs=1e-6)
        assert found.variance[0] == pytest.approx(joint.variance[at], rel=1e-3)
        assert found.low[0] == pytest.approx(joint.low[at], abs=0.01)


def test_a_new_meeting_moves_the_place_about_where_the_next_fit_will_put_it() -> None:
    new: list[Row] = [("s00", "e5", "s00-e5", f"item_{item}", 5) for item in range(3)]

    before = online_band(KNOWN, given(ROWS, "s00"))
    now = online_band(KNOWN, given([*ROWS, *new], "s00"))
    nightly = bands(fit_severity(table_of([*ROWS, *new])), "seeker")["s00"]

    assert before is not None and now is not None
    assert before.middle < now.middle == pytest.approx(nightly.middle, abs=0.05)
    assert now.low == pytest.approx(nightly.low, abs=0.08)


def test_an_employer_that_the_fit_has_not_met_counts_for_less_the_more_employers_differ() -> None:
    ratings = [RatingGiven(f"m{n}", f"new{n}", ("item_0",), 4) for n in range(4)]
    alike = tuple(replace(at, sigmas=replace(at.sigmas, dense=0.0)) for at in KNOWN.parameters)

    unequal, equal = (place_online(known, ratings)[0] for known in (KNOWN, replace(KNOWN, parameters=alike)))

    assert unequal.variance[0] > equal.variance[0]
    assert unequal.middle[0] < equal.middle[0]


def test_words_alone_come_before_the_third_meeting() -> None:
    two = [one for one in given(ROWS, "s01") if one.meeting in held("s01")[:2]]

    assert online_band(KNOWN, two) is None


@pytest.mark.parametrize(
    ("ratings", "reason"),
    [
        ([], "there are no ratings"),
        (
            [RatingGiven("m", "e1", ("item_0",), 3), RatingGiven("m", "e2", ("item_1",), 3)],
            "'m' is named with two employers",
        ),
        ([RatingGiven("m", "e1", ("item_0",), 7)], "has not met the level 7: fit again with it"),
        ([RatingGiven("m", "e1", ("item_9",), 3)], "has not met the content 'item_9'"),
    ],
)
def test_what_cannot_be_placed_is_said_why(ratings: list[RatingGiven], reason: str) -> None:
    with pytest.raises(TableInvalid, match=reason):
        place_online(KNOWN, ratings)


@pytest.mark.parametrize(("random", "of"), [("seeker", "seeker"), ("seeker,employer", "employer")])
def test_only_the_first_of_two_crossed_columns_is_placed_alone(random: str, of: str) -> None:
    with pytest.raises(TableInvalid, match="cannot be placed"):
        calibration(fit_severity(table_of(ROWS, random)), of)


@pytest.mark.parametrize("fixed", ["item", ""])
def test_what_is_kept_of_a_fit_places_as_the_fit_does(fixed: str) -> None:
    known = calibration(fit_severity(table_of(ROWS, fixed=fixed)), "seeker")
    ratings = [replace(one, about=one.about if fixed else ()) for one in given(ROWS, "s01")]

    again = restored(json.loads(json.dumps(stored(known))))

    assert online_band(again, ratings) == online_band(known, ratings)
    with pytest.raises(OtherModel, match="kept by model severity-0, this is severity-1: fit again"):
        restored(stored(known) | {"model_version": "severity-0"})


def test_placing_takes_milliseconds() -> None:
    ratings = given(ROWS, "s01")
    began = time.perf_counter()
    for _ in range(10):
        online_band(KNOWN, ratings)

    assert (time.perf_counter() - began) / 10 < 0.1


@pytest.mark.parametrize(
    ("values", "direction"),
    [
        ((1, 1, 1, 2, 4, 5, 5, 5), Direction.UP),
        ((5, 5, 5, 4, 2, 1, 1, 1), Direction.DOWN),
        ((3, 4, 2, 3, 3, 4, 2, 3), Direction.SAME),
        ((2, 4, 3, 5, 3, 4, 3, 4), Direction.UNSURE),
    ],
)
def test_a_direction_is_named_when_it_is_sure(values: tuple[int, ...], direction: Direction) -> None:
    ratings = [RatingGiven(f"m{n}", f"e{n}", (f"item_{i}",), v) for n, v in enumerate(values) for i in range(3)]

    found = trend(KNOWN, ratings, [f"m{n}" for n in range(8)])

    assert found is not None
    assert (found.direction, found.model_version) == (direction, MODEL_VERSION)
    assert found.change.low < found.change.likely_low < found.middle < found.change.likely_high < found.change.high
    assert trend(KNOWN, ratings[:15], [f"m{n}" for n in range(8)]) is None


def test_the_middle_of_a_trend_is_the_most_likely_line() -> None:
    values = np.array([1, 3, 2, 4, 5, 4])
    sigmas, ends = KNOWN.parameters[0].sigmas, np.concatenate([[-np.inf], KNOWN.parameters[0].thresholds, [np.inf]])
    offset = sigmas.inner**2 + sigmas.dense**2
    when = np.linspace(-0.5, 0.5, 6)

    def unlikely(at: Floats) -> float:
        eta = at[0] + at[1] * when + at[2:]
        chances = 1 / (1 + np.exp(eta - ends[values])) - 1 / (1 + np.exp(eta - ends[values - 1]))
        prior = (at[0] ** 2 + at[1] ** 2) / sigmas.wide**2 + (at[2:] ** 2).sum() / offset
        return float(0.5 * prior - np.log(chances).sum())

    line = minimize(unlikely, np.zeros(8), tol=1e-10).x
    ratings = [RatingGiven(f"m{n}", f"new{n}", ("item_0",), int(value)) for n, value in enumerate(values)]
    found = trend(KNOWN, ratings, [f"m{n}" for n in range(6)])

    assert found is not None
    scale = scale_of(KNOWN.levels, KNOWN.contents, KNOWN.parameters[0])
    first, last = scale.mean(np.array([line[0] - line[1] / 2, line[0] + line[1] / 2]))
    assert found.middle == pytest.approx(last - first, abs=1e-4)


def test_an_item_alone_has_a_trend_also_where_an_employer_is_met_again() -> None:
    known = calibration(
        fit_severity(table_of([row for row in ROWS if row[3] == "item_0"], "seeker,employer", "")), "seeker"
    )
    values, met = (1, 1, 2, 4, 5, 5), ("e1", "e2", "e1", "e2", "e1", "e2")
    ratings = [RatingGiven(f"m{n}", who, (), value) for n, (value, who) in enumerate(zip(values, met, strict=True))]

    found = trend(known, ratings, [f"m{n}" for n in range(6)])

    assert found is not None
    assert found.change.low < 0 < found.middle < found.change.high
    back = trend(known, ratings, [f"m{n}" for n in reversed(range(6))])
    assert back is not None and back.middle == pytest.approx(-found.middle)


def test_the_order_of_meetings_is_what_makes_a_trend() -> None:
    ratings = [RatingGiven(f"m{n}", f"new{n}", ("item_0",), value) for n, value in enumerate((1, 1, 1, 5, 5, 5))]
    order = [f"m{n}" for n in range(6)]

    forth, back = trend(KNOWN, ratings, order), trend(KNOWN, ratings, order[::-1])

    assert forth is not None and back is not None
    assert forth.middle == pytest.approx(-back.middle)


def test_bands_hold_the_true_place_nine_times_in_ten() -> None:
    found = covered(World(seekers=200, employers=25), 5)

    assert 0.86 < found.share("band", 3, 15) < 0.94
    assert found.share("raw", 9, 15) < 0.8
