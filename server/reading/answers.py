"""Feedback by HTTP. Every field passes `feedback.visibility`; each that leaves the server is named here."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel

from feedback.answers import Answers, answers_document, parse_answers
from feedback.reading import SelfRating, parse_self_rating, reading_view
from feedback.visibility import SharingLedger, Viewer, Visible, visible, visible_answers
from server.kit.words import initials
from server.reading.repository import FoundFeedback
from server.scorecards.cards import instrument_of


class From(BaseModel):
    """Whose feedback it is."""

    employer_id: UUID
    employer_name: str
    employer_initials: str
    recruiter_name: str


class FeedbackSummary(BaseModel):
    """A feedback in the list; sealed until its seeker opens it."""

    id: UUID
    meeting_id: UUID
    state: Literal["sealed", "opened"]
    author: From
    held_at: datetime
    released_at: datetime


class Instrument(BaseModel):
    """Texts are at ``/api/instruments/{code}/{version}``."""

    code: str
    version: int


class Glasses(BaseModel):
    """One item through both pairs of glasses; None where it was not seen, or not rated."""

    item: str
    employer: int | None
    own: int | None
    gap: str
    steps: int


class Reception(BaseModel):
    """How the seeker received it, 1 to 5 each."""

    next_clear: int
    respected: int
    rings_true: int


class Reply(BaseModel):
    text: str
    sent_at: datetime


class Translation(BaseModel):
    """The employer's sentence in another language, as a person put it; the original stands beside it."""

    language: Literal["sv", "en"]
    text: str
    by: str
    at: datetime


class OpenedFeedback(BaseModel):
    """The employer's answers, word for word as sent, in the order to read."""

    order: list[str]
    answers: dict[str, Any]
    glasses: list[Glasses]
    widest_gap: str | None
    reply: Reply | None
    reception: Reception | None
    statement_shared: bool
    translation: Translation | None


class Feedback(FeedbackSummary):
    """A feedback as its seeker sees it; `opened` is None while it is sealed."""

    instrument: Instrument
    self_rating: dict[str, int | None]
    opened: OpenedFeedback | None


class GivenFeedback(BaseModel):
    """A feedback as the employer who gave it sees it, with the seeker's reply."""

    meeting_id: UUID
    seeker_name: str
    recruiter_name: str
    held_at: datetime
    sent_at: datetime | None
    released_at: datetime | None
    instrument: Instrument
    answers: dict[str, Any]
    translation: Translation | None
    reply: Reply | None


class SharedFeedback(BaseModel):
    """A feedback as the seeker's case worker may see it."""

    id: UUID
    author: From
    held_at: datetime
    released_at: datetime | None
    instrument: Instrument
    answers: dict[str, Any]
    translation: Translation | None


def own_rating_of(found: FoundFeedback) -> SelfRating:
    """How the seeker saw the meeting, empty if they have not said."""
    return parse_self_rating(found.row.own_ratings or {}, instrument_of(found.row))


def shown_to(
    found: FoundFeedback, viewer: Viewer, *, now: datetime, sharing: SharingLedger | None = None
) -> tuple[Visible, Answers]:
    """What the viewer may see, and the answers with everything else left out: the one way to read a scorecard."""
    shown = visible(
        found.facts,
        viewer=viewer,
        sharing=sharing or SharingLedger(),
        statement_shared=found.row.statement_shared,
        now=now,
    )
    return shown, visible_answers(parse_answers(found.row.answers, instrument_of(found.row)), shown)


def summary(found: FoundFeedback) -> FeedbackSummary:
    """The feedback for a list."""
    return FeedbackSummary.model_validate(_summary_fields(found))


def feedback_answer(found: FoundFeedback, viewer: Viewer, *, now: datetime) -> Feedback:
    """The feedback for its seeker, sealed or opened."""
    shown, answers = shown_to(found, viewer, now=now)
    own = own_rating_of(found)
    opened = _opened(found, answers, own) if shown.ratings else None
    rated = {rating.item: rating.value for rating in own.ratings}
    return Feedback.model_validate(
        _summary_fields(found) | {"instrument": _instrument(found), "self_rating": rated, "opened": opened}
    )


def given_feedback(found: FoundFeedback, viewer: Viewer, *, now: datetime) -> GivenFeedback:
    """The feedback for those who gave it."""
    shown, answers = shown_to(found, viewer, now=now)
    return GivenFeedback(
        meeting_id=found.row.meeting_id,
        seeker_name=found.row.seeker_name,
        recruiter_name=found.row.recruiter_name,
        held_at=found.held_at,
        sent_at=found.row.sent_at,
        released_at=found.row.released_at,
        instrument=_instrument(found),
        answers=dict(answers_document(answers)),
        translation=_translation(found, answers),
        reply=_reply(found) if shown.reply else None,
    )


def shared_feedback(found: FoundFeedback, answers: Answers) -> SharedFeedback:
    """The feedback for a case worker; `answers` have passed the door."""
    return SharedFeedback(
        id=found.row.id,
        author=_from(found),
        held_at=found.held_at,
        released_at=found.row.released_at,
        instrument=_instrument(found),
        answers=dict(answers_document(answers)),
        translation=_translation(found, answers),
    )


def _opened(found: FoundFeedback, answers: Answers, own: SelfRating) -> OpenedFeedback:
    view = reading_view(answers, own, instrument_of(found.row))
    return OpenedFeedback(
        order=[section.value for section in view.order],
        answers=dict(answers_document(answers)),
        glasses=[
            Glasses(item=one.item.code, employer=one.employer, own=one.own, gap=one.gap, steps=one.steps)
            for one in view.glasses
        ],
        widest_gap=view.widest_gap,
        reply=_reply(found),
        reception=_reception(found),
        statement_shared=found.row.statement_shared,
        translation=_translation(found, answers),
    )


def _translation(found: FoundFeedback, answers: Answers) -> Translation | None:
    """Shown where the sentence is: whoever may not read that has no translation either."""
    row = found.row
    if not answers.worked_statement or row.translation_text is None:
        return None
    return Translation(
        language=row.translation_language, text=row.translation_text, by=row.translated_by, at=row.translated_at
    )


def _summary_fields(found: FoundFeedback) -> dict[str, Any]:
    return {
        "id": found.row.id,
        "meeting_id": found.row.meeting_id,
        "state": "opened" if found.row.opened_at else "sealed",
        "author": _from(found),
        "held_at": found.held_at,
        "released_at": found.row.released_at,
    }


def _from(found: FoundFeedback) -> From:
    return From(
        employer_id=found.row.organisation_id,
        employer_name=found.row.employer_name,
        employer_initials=initials(found.row.employer_name),
        recruiter_name=found.row.recruiter_name,
    )


def _instrument(found: FoundFeedback) -> Instrument:
    return Instrument(code=found.row.pack, version=found.row.pack_version)


def _reply(found: FoundFeedback) -> Reply | None:
    row = found.row
    return None if row.reply_text is None else Reply(text=row.reply_text, sent_at=row.reply_sent_at)


def _reception(found: FoundFeedback) -> Reception | None:
    row = found.row
    if row.next_clear is None:
        return None
    return Reception(next_clear=row.next_clear, respected=row.respected, rings_true=row.rings_true)
