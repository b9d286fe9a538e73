"""A scorecard's life: a draft, sent, then released to the seeker; or skipped with a reason.

What was sent is never changed afterwards: undo is possible until the release,
and there is no way to edit or approve.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from feedback.answers import EMPTY, Answers, answers_hash
from feedback.instrument import Instrument, InstrumentRef, find


class ScorecardState(StrEnum):
    """Where a scorecard stands."""

    DRAFT = "draft"
    SENT = "sent"
    RELEASED = "released"
    SKIPPED = "skipped"


class Refused(Exception):
    """What was asked cannot be done with the scorecard as it is."""


class NotADraft(Refused):
    """The scorecard has been sent, released or skipped."""


class VersionConflict(Refused):
    """The draft was changed since the client read it; `current` is its version now."""

    def __init__(self, current: int) -> None:
        self.current = current
        super().__init__(f"the draft is at version {current}")


class Incomplete(Refused):
    """Required questions are unanswered; `missing` lists them in order."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        self.missing = missing
        super().__init__(f"not answered yet: {', '.join(question.code for question in missing)}")


class UndoOver(Refused):
    """There is nothing to undo, or the time for it is over."""


class NotSkipped(Refused):
    """Only a skipped scorecard can be taken up again."""


class NotReleased(Refused):
    """The scorecard has not reached the seeker yet."""


class UnknownReason(Refused):
    """The reason is not one of the instrument's."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A question that has no answer yet; without a `required` one a scorecard cannot be sent."""

    code: str
    number: int
    required: bool


def missing(answers: Answers, instrument: Instrument) -> tuple[Missing, ...]:
    """The questions left to answer, in the order they are asked.

    What worked counts as left though it may be left out; support needs do not,
    since nobody has to think of them.
    """
    worked, do_next = instrument.worked, instrument.do_next
    worked_left = len(answers.worked) < worked.least or not (answers.worked or answers.worked_statement)
    left = [
        *(Missing(item.code, item.number, True) for item in instrument.items if answers.rating(item.code) is None),
        *([Missing("next_step", instrument.next_step.number, True)] if answers.next_step is None else []),
        *([Missing("worked", worked.number, worked.least > 0)] if worked_left else []),
        *([Missing("do_next", do_next.number, True)] if len(answers.do_next) < do_next.least else []),
    ]
    return tuple(left)


def taps_left(answers: Answers, instrument: Instrument) -> int:
    """Taps until the scorecard is sent: one for each question left, and one to send."""
    return len(missing(answers, instrument)) + 1


@dataclass(frozen=True, slots=True)
class Sending:
    """When a scorecard was sent, when its undo window is over, and the hash of what was sent."""

    sent_at: datetime
    release_at: datetime
    sent_hash: str

    def __post_init__(self) -> None:
        if self.sent_at.tzinfo is None or self.release_at.tzinfo is None:
            raise ValueError("instants carry a timezone")
        if self.release_at < self.sent_at:
            raise ValueError("a scorecard is not released before it is sent")


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One meeting's answers and where they stand. `version` grows with every change."""

    instrument: InstrumentRef
    version: int = 0
    answers: Answers = EMPTY
    sending: Sending | None = None
    released_at: datetime | None = None
    skip_reason: str | None = None

    def __post_init__(self) -> None:
        if self.version < 0:
            raise ValueError("a version is not negative")
        if self.skip_reason is not None and self.sending is not None:
            raise ValueError("a scorecard is sent or skipped, not both")
        if self.released_at is None:
            return
        if self.sending is None or self.released_at < self.sending.release_at:
            raise ValueError("a scorecard is released after it was sent and its undo window is over")

    @property
    def state(self) -> ScorecardState:
        """Where it stands."""
        if self.skip_reason is not None:
            return ScorecardState.SKIPPED
        if self.released_at is not None:
            return ScorecardState.RELEASED
        return ScorecardState.DRAFT if self.sending is None else ScorecardState.SENT


def edit(card: Scorecard, answers: Answers, *, version: int) -> Scorecard:
    """The draft with other answers, written against `version`.

    Raises:
        NotADraft: it has been sent, released or skipped.
        VersionConflict: somebody saved it meanwhile.
    """
    _check_draft(card)
    if version != card.version:
        raise VersionConflict(card.version)
    return replace(card, version=card.version + 1, answers=answers)


def send(card: Scorecard, instrument: Instrument, *, now: datetime, undo: timedelta) -> Scorecard:
    """The scorecard as sent at `now`, to be released when `undo` has passed.

    Raises:
        NotADraft: it has been sent, released or skipped.
        Incomplete: a required question is unanswered.
        ValueError: `undo` is negative, or the instrument is another than the card's.
    """
    _check_draft(card)
    _check_instrument(card, instrument)
    required = tuple(question for question in missing(card.answers, instrument) if question.required)
    if required:
        raise Incomplete(required)
    sending = Sending(now, now + undo, answers_hash(card.answers, card.instrument))
    return replace(card, version=card.version + 1, sending=sending)


def undo(card: Scorecard, *, now: datetime) -> Scorecard:
    """The scorecard as a draft again; possible until the instant of its release.

    Raises:
        UndoOver: it has not been sent, or the time to undo is over.
    """
    if card.sending is None:
        raise UndoOver("nothing has been sent")
    if card.released_at is not None or now >= card.sending.release_at:
        raise UndoOver("the time to undo is over")
    return replace(card, version=card.version + 1, sending=None)


def is_release_due(card: Scorecard, *, now: datetime) -> bool:
    """Whether the scorecard is sent and its undo window is over."""
    return card.sending is not None and card.released_at is None and now >= card.sending.release_at


def release_due(card: Scorecard, *, now: datetime) -> Scorecard:
    """The scorecard as released at `now` if that is due, else as it is. Doing it twice changes nothing."""
    return replace(card, version=card.version + 1, released_at=now) if is_release_due(card, now=now) else card


def skip(card: Scorecard, instrument: Instrument, *, reason: str) -> Scorecard:
    """The scorecard as skipped; what had been answered stays in it.

    Raises:
        NotADraft: it has been sent, released or skipped.
        UnknownReason: `reason` is not one of the instrument's.
    """
    _check_draft(card)
    _check_instrument(card, instrument)
    if find(instrument.skip_reasons, reason) is None:
        raise UnknownReason(f"{reason!r} is not a reason to skip")
    return replace(card, version=card.version + 1, skip_reason=reason)


def resume(card: Scorecard) -> Scorecard:
    """A skipped scorecard as the draft it was: a slip of the finger costs nobody their feedback.

    Raises:
        NotSkipped: it is a draft, or it has been sent.
    """
    if card.skip_reason is None:
        raise NotSkipped("the scorecard has not been skipped")
    return replace(card, version=card.version + 1, skip_reason=None)


def is_as_sent(card: Scorecard) -> bool:
    """Whether the answers are, word for word, those that were sent."""
    return card.sending is not None and card.sending.sent_hash == answers_hash(card.answers, card.instrument)


def _check_draft(card: Scorecard) -> None:
    if card.state is not ScorecardState.DRAFT:
        raise NotADraft(f"the scorecard is {card.state}")


def _check_instrument(card: Scorecard, instrument: Instrument) -> None:
    if card.instrument != instrument.ref:
        raise ValueError(f"the scorecard was filled with {card.instrument}")
