"""The learning profile: what several employers said, side by side, never merged and never added up.

Here only the stage is decided: words, band or trend. The band itself, a
likely place with an honest width and corrected for how severe each employer
is, comes from an estimator of its own (`feedback/severity/`); the raw ratings
stay beside it.
There is no score of a person, and no total.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from feedback.answers import Answers
from feedback.instrument import Instrument, Item, NextStep, Option, Text, find
from feedback.reading import NOTHING_RATED, SelfRating

BAND_FROM, TREND_FROM = 3, 6


class Stage(StrEnum):
    """How much can honestly be shown, by the number of meetings with feedback."""

    EMPTY = "empty"
    WORDS = "words"
    BAND = "band"
    TREND = "trend"


def stage(meetings: int) -> Stage:
    """The stage after so many meetings: words from 1, a band from 3, a trend from 6."""
    if meetings >= TREND_FROM:
        return Stage.TREND
    if meetings >= BAND_FROM:
        return Stage.BAND
    return Stage.WORDS if meetings > 0 else Stage.EMPTY


def meetings_to_next_stage(meetings: int) -> int | None:
    """How many more meetings until more can be shown; None when all is shown."""
    return next((start - meetings for start in (1, BAND_FROM, TREND_FROM) if meetings < start), None)


@dataclass(frozen=True, slots=True)
class Source:
    """Which feedback something comes from: whose it is, and when they met."""

    scorecard_id: UUID
    employer_id: UUID
    employer_name: str
    held_at: datetime

    def __post_init__(self) -> None:
        if self.held_at.tzinfo is None:
            raise ValueError("instants carry a timezone")


@dataclass(frozen=True, slots=True)
class ReleasedFeedback:
    """One meeting's feedback as the reader of the profile may see it, with the version it was filled with."""

    source: Source
    instrument: Instrument
    answers: Answers
    own: SelfRating = NOTHING_RATED


@dataclass(frozen=True, slots=True)
class ProfileRating:
    """What one employer saw of an item, and how the seeker saw it; None where not seen, or not rated."""

    source: Source
    value: int | None
    own: int | None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item with every employer's rating of it, oldest meeting first."""

    pack: str
    item: Item
    ratings: tuple[ProfileRating, ...]

    @property
    def seen(self) -> int:
        """How many meetings had something to go by."""
        return sum(rating.value is not None for rating in self.ratings)


@dataclass(frozen=True, slots=True)
class Tally:
    """A choice and everybody who made it, oldest meeting first."""

    pack: str
    code: str
    text: Text
    sources: tuple[Source, ...]

    @property
    def employers(self) -> int:
        """How many different employers made it."""
        return len({source.employer_id for source in self.sources})


@dataclass(frozen=True, slots=True)
class NextStepTaken:
    """What one employer said of the next step with them."""

    source: Source
    next_step: NextStep
    occupation: Option | None


@dataclass(frozen=True, slots=True)
class Statement:
    """An employer's own sentence, unchanged."""

    source: Source
    text: str


@dataclass(frozen=True, slots=True)
class LearningProfile:
    """Everything the feedback adds up to, with whose it is beside each thing."""

    meetings: int
    employers: int
    stage: Stage
    items: tuple[ItemRow, ...]
    worked: tuple[Tally, ...]
    do_next: tuple[Tally, ...]
    enabling: tuple[Tally, ...]
    next_steps: tuple[NextStepTaken, ...]
    statements: tuple[Statement, ...]


def learning_profile(feedback: Iterable[ReleasedFeedback]) -> LearningProfile:
    """The profile of one seeker.

    Tallies stand with the most employers first, then the latest said. Texts come
    from the latest version in which a code was used; packs are kept apart.

    Args:
        feedback: one seeker's, any order; only what the reader may see
            (`feedback.visibility`), so for the seeker only what has been opened.

    Raises:
        ValueError: a scorecard is given twice.
    """
    given = sorted(feedback, key=lambda one: (one.source.held_at, one.source.scorecard_id))
    if len({one.source.scorecard_id for one in given}) < len(given):
        raise ValueError("each scorecard counts once")
    return LearningProfile(
        meetings=len(given),
        employers=len({one.source.employer_id for one in given}),
        stage=stage(len(given)),
        items=_item_rows(given),
        worked=_tallies(given, _worked),
        do_next=_tallies(given, _do_next),
        enabling=_tallies(given, _enabling),
        next_steps=tuple(step for one in given for step in _next_step(one)),
        statements=tuple(
            Statement(one.source, one.answers.worked_statement) for one in given if one.answers.worked_statement
        ),
    )


def _item_rows(given: Sequence[ReleasedFeedback]) -> tuple[ItemRow, ...]:
    latest: dict[tuple[str, str], Item] = {}
    ratings: dict[tuple[str, str], list[ProfileRating]] = {}
    for one in given:
        values = {rating.item: rating.value for rating in one.answers.ratings}
        for item in one.instrument.items:
            key = (one.instrument.code, item.code)
            latest[key] = item
            rating = ProfileRating(one.source, values.get(item.code), one.own.value(item.code))
            ratings.setdefault(key, []).append(rating)
    return tuple(ItemRow(pack, item, tuple(ratings[pack, code])) for (pack, code), item in latest.items())


def _tallies(
    given: Sequence[ReleasedFeedback], chosen: Callable[[ReleasedFeedback], Iterable[Option]]
) -> tuple[Tally, ...]:
    latest: dict[tuple[str, str], Text] = {}
    sources: dict[tuple[str, str], list[Source]] = {}
    for one in given:
        for option in chosen(one):
            key = (one.instrument.code, option.code)
            latest[key] = option.text
            sources.setdefault(key, []).append(one.source)
    tallies = (Tally(pack, code, text, tuple(sources[pack, code])) for (pack, code), text in latest.items())
    return tuple(sorted(tallies, key=lambda tally: (tally.employers, tally.sources[-1].held_at), reverse=True))


def _worked(one: ReleasedFeedback) -> Iterable[Option]:
    return map(one.instrument.worked.choice, one.answers.worked)


def _do_next(one: ReleasedFeedback) -> Iterable[Option]:
    return map(one.instrument.do_next.choice, one.answers.do_next)


def _enabling(one: ReleasedFeedback) -> Iterable[Option]:
    return map(one.instrument.enabling.choice, one.answers.enabling)


def _next_step(one: ReleasedFeedback) -> Iterator[NextStepTaken]:
    if one.answers.next_step is not None:
        occupation = find(one.instrument.occupations, one.answers.occupation or "")
        yield NextStepTaken(one.source, one.instrument.next_step.choice(one.answers.next_step), occupation)
