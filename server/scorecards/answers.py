"""Scorecards as the employer sees them by HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from feedback import scorecard as cards
from server.kit.rows import Found
from server.scorecards.cards import card_of, instrument_of, undo_until
from server.scorecards.tables import ScorecardRow


class MissingAnswer(BaseModel):
    """A question left to answer; without a required one the scorecard cannot be sent."""

    code: str
    number: int
    required: bool


class Scorecard(BaseModel):
    """A scorecard as its author sees it. `answers` is the document of `feedback.answers`."""

    meeting_id: UUID
    state: str
    version: int
    answers: dict[str, Any]
    missing: list[MissingAnswer]
    taps_left: int
    sent_at: datetime | None
    undo_until: datetime | None
    released_at: datetime | None
    skipped_reason: str | None


def scorecard_answer(row: ScorecardRow | Found, *, now: datetime) -> Scorecard:
    """The scorecard in `row` for its author."""
    card = card_of(row)
    instrument = instrument_of(row)
    left = cards.missing(card.answers, instrument)
    return Scorecard(
        meeting_id=row.meeting_id,
        state=row.state,
        version=row.version,
        answers=row.answers,
        missing=[MissingAnswer(code=one.code, number=one.number, required=one.required) for one in left],
        taps_left=cards.taps_left(card.answers, instrument),
        sent_at=row.sent_at,
        undo_until=undo_until(card, now=now),
        released_at=row.released_at,
        skipped_reason=row.skipped_reason,
    )
