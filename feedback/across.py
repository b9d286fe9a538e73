"""Reading across meetings: what several employers agree on, where they differ, what moved since the last one.

Each employer has one voice, their latest; nothing is counted together across items, and every finding names whose
words it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from feedback.instrument import Item
from feedback.profile import ItemRow, LearningProfile, ProfileRating, Source, Tally

VOICES_LEAST = 2
AGREE_WITHIN = 1


@dataclass(frozen=True, slots=True)
class Agreement:
    """An item that several employers saw alike: their ratings lie on one step, or on two beside each other."""

    pack: str
    item: Item
    voices: tuple[ProfileRating, ...]
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Difference:
    """An item that two employers saw most unlike."""

    pack: str
    item: Item
    lowest: ProfileRating
    highest: ProfileRating


@dataclass(frozen=True, slots=True)
class Move:
    """An item on which the latest meeting was rated otherwise than the one before it that rated it."""

    pack: str
    item: Item
    before: ProfileRating
    now: ProfileRating

    @property
    def is_up(self) -> bool:
        """Whether the later rating is the higher one."""
        return (self.now.value or 0) > (self.before.value or 0)


@dataclass(frozen=True, slots=True)
class Across:
    """What reading across meetings finds; empty until two employers have been met."""

    agree: tuple[Agreement, ...]
    worked: tuple[Tally, ...]
    do_next: tuple[Tally, ...]
    differ: tuple[Difference, ...]
    moved: tuple[Move, ...]


def across(profile: LearningProfile) -> Across:
    """What several employers agree on, where they differ, and what moved with the latest meeting.

    Agreements stand with the most employers first, differences with the widest
    first, moves upwards first: attention begins with what works.
    """
    latest = max(_sources(profile.items), key=lambda source: (source.held_at, source.scorecard_id), default=None)
    agree: list[Agreement] = []
    differ: list[Difference] = []
    for row in profile.items:
        voices = _voices(row)
        low, high = _ends(voices)
        if len(voices) < VOICES_LEAST:
            continue
        if high - low <= AGREE_WITHIN:
            agree.append(Agreement(row.pack, row.item, voices, low, high))
        else:
            by_value = sorted(voices, key=_value)
            differ.append(Difference(row.pack, row.item, by_value[0], by_value[-1]))
    moved = [move for row in profile.items for move in _move(row, latest)]
    return Across(
        agree=tuple(sorted(agree, key=lambda one: -len(one.voices))),
        worked=_said_by_several(profile.worked),
        do_next=_said_by_several(profile.do_next),
        differ=tuple(sorted(differ, key=lambda one: _value(one.lowest) - _value(one.highest))),
        moved=tuple(sorted(moved, key=lambda one: not one.is_up)),
    )


def _sources(rows: Iterable[ItemRow]) -> Iterable[Source]:
    return (rating.source for row in rows for rating in row.ratings)


def _voices(row: ItemRow) -> tuple[ProfileRating, ...]:
    """Each employer's latest rating of the item, in the order of meetings."""
    latest = {rating.source.employer_id: rating for rating in row.ratings if rating.value is not None}
    return tuple(sorted(latest.values(), key=lambda rating: rating.source.held_at))


def _value(rating: ProfileRating) -> int:
    return rating.value or 0


def _ends(voices: tuple[ProfileRating, ...]) -> tuple[int, int]:
    values = [_value(rating) for rating in voices]
    return min(values, default=0), max(values, default=0)


def _said_by_several(tallies: Iterable[Tally]) -> tuple[Tally, ...]:
    return tuple(tally for tally in tallies if tally.employers >= VOICES_LEAST)


def _move(row: ItemRow, latest: Source | None) -> Iterable[Move]:
    seen = [rating for rating in row.ratings if rating.value is not None]
    if len(seen) > 1 and seen[-1].source == latest and seen[-1].value != seen[-2].value:
        yield Move(row.pack, row.item, seen[-2], seen[-1])
