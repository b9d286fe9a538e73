"""Ratings of people whose place is known, because it was drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from feedback.severity.likelihood import expected_rating
from feedback.severity.table import RatingTable

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

THRESHOLDS = np.array([-2.6, -1.0, 0.6, 2.4])
ITEMS = np.array([0.0, -0.5, 0.4, 0.2])
LEVELS = np.arange(1.0, 6.0)
MEETINGS = np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
SHARES = np.array([8, 10, 12, 12, 12, 12, 10, 8, 3, 3, 2, 2, 2, 2, 2]) / 100


@dataclass(frozen=True, slots=True)
class World:
    """How people and employers differ, in logits.

    `drift` is how differently employers' severity moves over the period, `uneven`
    how differently they use the scale; the estimator knows of neither. `special`
    is how differently a person does on each item.
    """

    seekers: int = 700
    employers: int = 60
    meetings_each: int | None = None
    seeker: float = 1.0
    employer: float = 0.6
    meeting: float = 0.7
    drift: float = 0.0
    uneven: float = 0.0
    special: float = 0.0


@dataclass(frozen=True, slots=True)
class Simulated:
    """A table, and by seeker in the order of labels the true mean rating and the number of meetings.

    `places` are each seeker's on each item, in logits.
    """

    table: RatingTable
    truth: Floats
    meetings: Ints
    places: Floats


def simulate(world: World, random: np.random.Generator) -> Simulated:
    """Everybody meets different employers; each meeting rates all items."""
    seekers, employers, items = world.seekers, world.employers, len(ITEMS)
    held = random.choice(MEETINGS, size=seekers, p=SHARES)
    if world.meetings_each is not None:
        held = np.full(seekers, world.meetings_each)
    seeker = np.repeat(np.arange(seekers), held)
    employer = np.concatenate([random.choice(employers, size=count, replace=False) for count in held])
    # Drawn apart, so that a world in which nobody is special stays as it was.
    apart = random.spawn(1)[0].normal(0.0, world.special, (seekers, items))
    place = random.normal(0.0, world.seeker, seekers)
    level = place[seeker] + random.normal(0.0, world.employer, employers)[employer]
    level += random.normal(0.0, world.meeting, len(seeker))
    level += random.normal(0.0, world.drift, employers)[employer] * random.uniform(-0.5, 0.5, len(seeker))
    uses = np.sort(THRESHOLDS + random.normal(0.0, world.uneven, (employers, len(THRESHOLDS))), axis=1)
    above = 1.0 / (
        1.0 + np.exp(uses[employer][:, None, :] - level[:, None, None] - (ITEMS + apart[seeker])[:, :, None])
    )
    ratings = 1 + (random.uniform(size=(len(seeker), items, 1)) < above).sum(axis=2)
    table = RatingTable(
        ratings.ravel().tolist(),
        {
            "seeker": [f"s{number:06}" for number in np.repeat(seeker, items)],
            "employer": [f"e{number:05}" for number in np.repeat(employer, items)],
            "meeting": [f"m{number:07}" for number in np.repeat(np.arange(len(seeker)), items)],
        },
        {"item": [f"item_{number + 1}" for number in range(items)] * len(seeker)},
    )
    places = place[:, None] + ITEMS + apart
    truth = expected_rating(LEVELS, THRESHOLDS, places).mean(axis=1)
    return Simulated(table, truth, held, places)
