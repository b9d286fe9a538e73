"""Fitting an item and placing a seeker on it; it brings numpy and scipy, so only the worker imports it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from feedback.places import grounds
from feedback.profile import BAND_FROM
from feedback.severity.bands import Band
from feedback.severity.fitting import fit_severity
from feedback.severity.online import Calibration, RatingGiven, calibration, online_band
from feedback.severity.stored import OtherModel, restored, stored
from feedback.severity.table import RatingTable, TableInvalid
from feedback.severity.trend import trend
from server.places.rules import Item


@dataclass(frozen=True, slots=True)
class Rated:
    """One rating of an item that somebody was given: by whom, of whom, in which meeting."""

    seeker: str
    employer: str
    meeting: str
    value: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A seeker's bands on one item."""

    meetings: int
    low: float
    high: float
    first_low: float
    first_high: float
    direction: str | None
    model_version: str


def fitted(rated: Sequence[Rated]) -> dict[str, Any]:
    """What a fit of one item's ratings keeps, and how much there was to go by; `known` is None where too little."""
    found = grounds((one.seeker, one.employer) for one in rated)
    known = None
    if found.is_enough:
        columns = {"seeker": [one.seeker for one in rated], "employer": [one.employer for one in rated]}
        try:
            known = json.dumps(
                stored(calibration(fit_severity(RatingTable([one.value for one in rated], columns)), "seeker"))
            )
        except TableInvalid:
            known = None  # ratings that tell nobody apart: another night
    return {**asdict(found), "known": known}


def restored_all(kept: Mapping[Item, str | None]) -> dict[Item, Calibration]:
    """Calibrations by item, without those of another model or with nothing to go by."""
    found: dict[Item, Calibration] = {}
    for item, known in kept.items():
        try:
            if known is not None:
                found[item] = restored(json.loads(known))
        except OtherModel:
            continue
    return found


def placed(known: Calibration, rated: Sequence[Rated]) -> Placed | None:
    """The bands of one seeker from their ratings of one item, oldest first; None before the third.

    A step that the last fit has not met waits for the next one.
    """
    given = [RatingGiven(one.meeting, one.employer, (), one.value) for one in rated]
    if len(given) < BAND_FROM:
        return None
    try:
        now, first = online_band(known, given), online_band(known, given[:BAND_FROM])
        moved = trend(known, given, [one.meeting for one in given])
    except TableInvalid:
        return None
    return _placed(now, first, None if moved is None else moved.direction) if now and first else None


def _placed(now: Band, first: Band, direction: str | None) -> Placed:
    return Placed(now.meetings, now.low, now.high, first.low, first.high, direction, now.model_version)
