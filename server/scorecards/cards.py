"""Between a scorecard's row and the pure scorecard of `feedback`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from feedback.answers import answers_document, parse_answers
from feedback.instrument import Instrument, InstrumentRef
from feedback.scorecard import Scorecard, Sending
from server.kit.clock import day_of
from server.kit.rows import Found
from server.packs import shelf
from server.recruitment_events.templates import pack_of
from server.scorecards.tables import ScorecardRow


def current_instrument(template: str, *, now: datetime) -> Instrument:
    """The instrument that new scorecards are filled with today, at an event made from `template`."""
    return shelf.newest(pack_of(template), on=day_of(now))


def instrument_of(row: ScorecardRow | Found) -> Instrument:
    """The very instrument that `row` was filled with."""
    return shelf.instrument(InstrumentRef(row.pack, row.pack_version))


def card_of(row: ScorecardRow | Found) -> Scorecard:
    """The pure scorecard that `row` stores."""
    instrument = instrument_of(row)
    sending = None
    if row.sent_at is not None and row.release_at is not None and row.answers_hash is not None:
        sending = Sending(row.sent_at, row.release_at, row.answers_hash)
    return Scorecard(
        instrument=instrument.ref,
        version=row.version,
        answers=parse_answers(row.answers, instrument),
        sending=sending,
        released_at=row.released_at,
        skip_reason=row.skipped_reason,
    )


def store_card(row: ScorecardRow, card: Scorecard) -> None:
    """Write `card` into `row`."""
    document: dict[str, Any] = dict(answers_document(card.answers))
    row.answers = document
    row.version = card.version
    row.state = card.state.value
    row.sent_at = card.sending.sent_at if card.sending else None
    row.release_at = card.sending.release_at if card.sending else None
    row.answers_hash = card.sending.sent_hash if card.sending else None
    row.released_at = card.released_at
    row.skipped_reason = card.skip_reason


def undo_until(card: Scorecard, *, now: datetime) -> datetime | None:
    """Until when the sending can be undone, or None when it cannot."""
    if card.sending is None or card.released_at is not None or now >= card.sending.release_at:
        return None
    return card.sending.release_at
