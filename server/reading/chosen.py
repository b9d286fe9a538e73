"""What a goal or an action says: what an employer asked for, or the seeker's own words."""

from __future__ import annotations

from feedback.instrument import Chip, Text
from server.kit.rows import Found
from server.scorecards.cards import instrument_of


def chip_of(row: Found) -> Chip | None:
    """The chip that it was taken from; None where it is in the seeker's own words."""
    return instrument_of(row).do_next.choice(row.chip) if row.chip is not None else None


def text_of(row: Found) -> Text:
    """The chip's text, or the seeker's own words, which stand for themselves in every language."""
    chip = chip_of(row)
    return chip.text if chip else Text(row.text, row.text)
