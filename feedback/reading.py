"""What the seeker reads: sealed at first, then the employer's glasses beside their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from feedback.answers import Answers, AnswersInvalid, Rating, read_ratings
from feedback.instrument import Anchor, Chip, Instrument, Item, NextStep, Option, SupportCode, find
from feedback.problem import Problem
from feedback.scorecard import NotReleased, Scorecard

LOW_RATING_MAX = 2


@dataclass(frozen=True, slots=True)
class SealedView:
    """All that may be shown of feedback before the seeker opens it."""

    employer_name: str
    recruiter_name: str
    held_at: datetime
    released_at: datetime
    items: tuple[Item, ...]


def sealed_view(
    card: Scorecard, instrument: Instrument, *, employer_name: str, recruiter_name: str, held_at: datetime
) -> SealedView:
    """The released scorecard before it is opened: whose it is, when they met, and the items to rate oneself on.

    Raises:
        NotReleased: the seeker may not know of it yet.
    """
    if card.released_at is None:
        raise NotReleased(f"the scorecard is {card.state}")
    return SealedView(employer_name, recruiter_name, held_at, card.released_at, instrument.items)


@dataclass(frozen=True, slots=True)
class SelfRating:
    """The seeker's own ratings of a meeting, on the employer's items; an item may be left out."""

    ratings: tuple[Rating, ...] = ()

    def __post_init__(self) -> None:
        if any(rating.value is None for rating in self.ratings):
            raise ValueError("an own rating has a value; an item not rated is left out")
        if len({rating.item for rating in self.ratings}) < len(self.ratings):
            raise ValueError("each item is rated once")

    def value(self, item: str) -> int | None:
        """The rating of an item, or None where the seeker has not rated it."""
        return next((rating.value for rating in self.ratings if rating.item == item), None)


NOTHING_RATED = SelfRating()


def parse_self_rating(raw: object, instrument: Instrument) -> SelfRating:
    """The self-rating in a client's ``{item: 1..5 or null}``; null and absence both mean not rated.

    Raises:
        AnswersInvalid: each field that is wrong, by path and code.
    """
    problems: list[Problem] = []
    ratings = read_ratings(raw, instrument, path="ratings", problems=problems)
    if problems:
        raise AnswersInvalid(problems)
    return SelfRating(tuple(rating for rating in ratings if rating.value is not None))


def ratings_document(ratings: Iterable[Rating]) -> dict[str, int | None]:
    """Ratings as JSON data."""
    return {rating.item: rating.value for rating in ratings}


class Gap(StrEnum):
    """How the employer's rating of an item stands to the seeker's own."""

    SAME = "same"
    EMPLOYER_HIGHER = "employer_higher"
    OWN_HIGHER = "own_higher"
    NOT_SEEN = "not_seen"
    NOT_RATED = "not_rated"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One item through both pairs of glasses; None where it was not seen, or not rated."""

    item: Item
    employer: int | None
    own: int | None

    @property
    def gap(self) -> Gap:
        """In words: which saw more. An item the employer did not see is that, rated or not."""
        if self.employer is None:
            return Gap.NOT_SEEN
        if self.own is None:
            return Gap.NOT_RATED
        if self.employer == self.own:
            return Gap.SAME
        return Gap.EMPLOYER_HIGHER if self.employer > self.own else Gap.OWN_HIGHER

    @property
    def steps(self) -> int:
        """How many steps lie between the two; 0 where one is absent."""
        return abs(self.employer - self.own) if self.employer is not None and self.own is not None else 0

    @property
    def employer_anchors(self) -> tuple[Anchor, ...]:
        """The anchor the employer chose, or the two that the step lies between; empty when not seen."""
        return () if self.employer is None else self.item.step(self.employer)

    @property
    def own_anchors(self) -> tuple[Anchor, ...]:
        """The same for the seeker's own rating; empty when not rated."""
        return () if self.own is None else self.item.step(self.own)


def compare(answers: Answers, own: SelfRating, instrument: Instrument) -> tuple[Comparison, ...]:
    """Each item through both pairs of glasses, in the order they are asked."""
    employer = {rating.item: rating.value for rating in answers.ratings}
    return tuple(Comparison(item, employer.get(item.code), own.value(item.code)) for item in instrument.items)


def widest_gap(comparisons: Iterable[Comparison]) -> str | None:
    """The one item that differs most, or None where none differs or several differ as much."""
    by_steps = sorted(((comparison.steps, comparison.item.code) for comparison in comparisons), reverse=True)
    widest = [code for steps, code in by_steps if steps == by_steps[0][0]]
    return widest[0] if len(widest) == 1 and by_steps[0][0] > 0 else None


class Section(StrEnum):
    """A part of the reading view."""

    DO_NEXT = "do_next"
    NEXT_STEP = "next_step"
    WORKED = "worked"
    GLASSES = "glasses"


def is_hard(answers: Answers, instrument: Instrument) -> bool:
    """Whether the feedback is hard to take: the employer does not go on, or half or more of what it saw is low."""
    step = find(instrument.next_step.choices, answers.next_step or "")
    if step is not None and not step.goes_on:
        return True
    seen = [rating.value for rating in answers.ratings if rating.value is not None]
    return bool(seen) and 2 * sum(value <= LOW_RATING_MAX for value in seen) >= len(seen)


def reading_order(answers: Answers, instrument: Instrument) -> tuple[Section, ...]:
    """The order to read in.

    Usually what to do next comes first. Hard feedback begins with what worked,
    if anything was named, and goes straight to the one thing to do: attention
    stays with the task.
    """
    if not is_hard(answers, instrument):
        return (Section.DO_NEXT, Section.NEXT_STEP, Section.WORKED, Section.GLASSES)
    return (Section.WORKED, Section.DO_NEXT, Section.GLASSES, Section.NEXT_STEP)


@dataclass(frozen=True, slots=True)
class ReadingView:
    """Opened feedback with its texts, in the order to read; nothing reworded, nothing added up."""

    order: tuple[Section, ...]
    begin_with: Chip | None
    then: tuple[Chip, ...]
    next_step: NextStep | None
    occupation: Option | None
    enabling: tuple[SupportCode, ...]
    worked: tuple[Chip, ...]
    worked_statement: str
    glasses: tuple[Comparison, ...]
    widest_gap: str | None


def reading_view(answers: Answers, own: SelfRating, instrument: Instrument) -> ReadingView:
    """The feedback with its texts.

    Whether a viewer may see the answers is for `feedback.visibility`; partial
    answers, such as a preview or what a case worker may see, give a partial view.
    """
    do_next = tuple(instrument.do_next.choice(code) for code in answers.do_next)
    glasses = compare(answers, own, instrument)
    return ReadingView(
        order=reading_order(answers, instrument),
        begin_with=do_next[0] if do_next else None,
        then=do_next[1:],
        next_step=find(instrument.next_step.choices, answers.next_step or ""),
        occupation=find(instrument.occupations, answers.occupation or ""),
        enabling=tuple(instrument.enabling.choice(code) for code in answers.enabling),
        worked=tuple(instrument.worked.choice(code) for code in answers.worked),
        worked_statement=answers.worked_statement,
        glasses=glasses,
        widest_gap=widest_gap(glasses),
    )
