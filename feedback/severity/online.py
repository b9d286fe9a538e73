"""One seeker placed between two fits, at the moment feedback is released.

Parameters and severities stay what the last fit found; the seeker's own effect
and their meetings' are most likely again. For ratings that were in the fit the
joint mode comes back. All points of the fit are solved at once, so that the band
is by the same rule as the joint one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from scipy.special import expit

from feedback.severity.bands import Band, Located, Widths, band, scale_of, shows_band, widths
from feedback.severity.fitting import Fit
from feedback.severity.laplace import Parameters
from feedback.severity.layout import Floats, Ints
from feedback.severity.table import TableInvalid

STEPS_MAX = 60
STEP_ENOUGH = 1e-9
STEP_LONGEST = 2.0


@dataclass(frozen=True, slots=True)
class RatingGiven:
    """One rating of the seeker: in which meeting, by whom, about what (a level of each fixed column), and the value."""

    meeting: str
    employer: str
    about: tuple[str, ...]
    value: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """What is kept of a fit to place a seeker: plain numbers, to be stored beside the model's version.

    `parameters` and `severities` have one entry a point of the fit: the shown, then
    above and below in each free parameter. `unsure` is the covariance of the
    severities at the best one.
    """

    model_version: str
    levels: tuple[int, ...]
    about: tuple[tuple[str, ...], ...]
    contents: Ints
    employers: dict[str, int]
    parameters: tuple[Parameters, ...]
    severities: Floats
    unsure: Floats
    covariance: Floats


def calibration(fit: Fit, of: str) -> Calibration:
    """What is kept of `fit` to place levels of its random column `of`, by those of the column that it crosses.

    Raises:
        TableInvalid: there is no such column, or none that it crosses, or it is the smaller of two large ones.
    """
    layout = fit.layout
    if layout.role_of(of) != "wide" or "dense" not in layout.factors:
        raise TableInvalid(
            f"{of!r} cannot be placed by itself: fit with {of!r} named first, and a column that it crosses"
        )
    points = [fit.shown, *(point for pair in fit.neighbours for point in pair)]
    return Calibration(
        model_version=fit.model_version,
        levels=layout.levels,
        about=tuple(one.labels for one in layout.fixed),
        contents=layout.contents,
        employers={label: at for at, label in enumerate(layout.factors["dense"].labels)},
        parameters=tuple(point.parameters for point in points),
        severities=np.stack([point.modes.dense for point in points]),
        unsure=fit.unsure_severities,
        covariance=fit.covariance,
    )


def place_online(known: Calibration, ratings: Sequence[RatingGiven]) -> tuple[Widths, int]:
    """The seeker's place by the bands' rule, and in how many meetings they were rated.

    An employer that the fit has not met is ordinary, as surely as employers are alike.

    Raises:
        TableInvalid: no ratings, a meeting with two employers, a level or content that the fit has not met.
    """
    rows = Rows(known, ratings)
    places, spreads = _solve(known, rows)
    located = [
        Located(scale_of(known.levels, known.contents, at), places[number : number + 1], spreads[number : number + 1])
        for number, at in enumerate(known.parameters)
    ]
    pairs = list(zip(located[1::2], located[2::2], strict=True))
    return widths(located[0], pairs, known.covariance), len(rows.employers)


def online_band(known: Calibration, ratings: Sequence[RatingGiven]) -> Band | None:
    """The band that may be shown at once; None while there are fewer than three meetings, where words alone are honest.

    Raises:
        TableInvalid: see `place_online`.
    """
    found, meetings = place_online(known, ratings)
    return band(found, 0, meetings, known.model_version) if shows_band(meetings) else None


class Rows:
    """The ratings as numbers: by row value, contents and meeting; by meeting its name and employer (-1: unknown)."""

    def __init__(self, known: Calibration, ratings: Sequence[RatingGiven]) -> None:
        if not ratings:
            raise TableInvalid("there are no ratings to place the seeker by")
        ordered = sorted(ratings, key=lambda one: one.meeting)
        groups = [(meeting, list(of)) for meeting, of in groupby(ordered, key=lambda one: one.meeting)]
        for meeting, of in groups:
            if len({one.employer for one in of}) > 1:
                raise TableInvalid(f"meeting {meeting!r} is named with two employers: a meeting is with one")
        self.names = [meeting for meeting, _ in groups]
        self.employers = np.array([known.employers.get(of[0].employer, -1) for _, of in groups])
        self.meeting = np.repeat(np.arange(len(groups)), [len(of) for _, of in groups])
        self.value = np.array([_code(known.levels, one.value, "level") for one in ordered])
        self.about = [
            np.array([_code(labels, one.about[column], "content") for one in ordered])
            for column, labels in enumerate(known.about)
        ]


def _code(known: Sequence[object], said: object, what: str) -> int:
    if said not in known:
        raise TableInvalid(f"the fit has not met the {what} {said!r}: fit again with it")
    return known.index(said)


def _solve(known: Calibration, rows: Rows) -> tuple[Floats, Floats]:
    """The seeker's mode and variance at every point, in logits, by Newton's method at all points at once."""
    points = known.parameters
    # How severe an unknown employer is, is one more thing about the meeting that nobody knows.
    unknown = rows.employers < 0
    inner = np.array([one.sigmas.inner**2 + unknown * one.sigmas.dense**2 for one in points])
    own = np.array([one.sigmas.wide**2 for one in points])
    severity = np.where(unknown, 0.0, known.severities[:, rows.employers])
    fixed = np.stack([np.broadcast_to(one.offsets(rows.about), rows.value.shape) for one in points])
    fixed = fixed + severity[:, rows.meeting]
    ends = np.stack([np.concatenate([[-np.inf], one.thresholds, [np.inf]]) for one in points])
    upper, lower = ends[:, rows.value + 1] - fixed, ends[:, rows.value] - fixed
    starts = np.flatnonzero(np.diff(rows.meeting, prepend=-1))
    place, meetings = np.zeros(len(points)), np.zeros((len(points), len(starts)))
    most, steps = np.inf, 0
    while most > STEP_ENOUGH and steps < STEPS_MAX:
        eta = (place[:, None] + meetings)[:, rows.meeting]
        above, below = expit(upper - eta), expit(lower - eta)
        slope = np.add.reduceat(above + below - 1.0, starts, axis=1)
        weight = np.add.reduceat(above * (1.0 - above) + below * (1.0 - below), starts, axis=1)
        shrink = 1.0 / (1.0 + inner * weight)
        # Eliminating the meetings leaves one equation for the seeker.
        left = 1.0 / own + (weight * shrink).sum(axis=1)
        step = ((slope + weight * meetings) * shrink).sum(axis=1) - place / own
        step = np.clip(step / left, -STEP_LONGEST, STEP_LONGEST)
        moved = shrink * (inner * (slope - weight * step[:, None]) - meetings)
        moved = np.clip(moved, -STEP_LONGEST, STEP_LONGEST)
        place, meetings = place + step, meetings + moved
        most, steps = max(np.abs(step).max(), np.abs(moved).max()), steps + 1
    reach = np.where(unknown, 0.0, weight * shrink)
    unsure = known.unsure[np.ix_(rows.employers, rows.employers)]
    return place, 1.0 / left + np.einsum("pm,mn,pn->p", reach, unsure, reach) / left**2
