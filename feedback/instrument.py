"""The instrument: what an employer is asked after a meeting, in every language.

An instrument is one version of an industry pack. A code keeps its meaning from
version to version; a new meaning gets a new code. `pack_loader` reads instruments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

RATING_MIN, RATING_MAX = 1, 5
ANCHOR_VALUES = (1, 3, 5)
TAPS_MAX = 8
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


def _require(holds: bool, why: str) -> None:
    if not holds:
        raise ValueError(why)


def is_code(value: str) -> bool:
    """Whether `value` can be a code: a-z, digits and _, a letter first, at most 40 characters."""
    return CODE.fullmatch(value) is not None


@dataclass(frozen=True, slots=True)
class Text:
    """The same thing said in Swedish and in English."""

    sv: str
    en: str

    def __post_init__(self) -> None:
        _require(bool(self.sv.strip() and self.en.strip()), "a text is written in both languages")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a rating of 1, 3 or 5 means: to the employer, to the seeker, and in a few words."""

    value: int
    text: Text
    own_text: Text
    short: Text

    def __post_init__(self) -> None:
        _require(self.value in ANCHOR_VALUES, f"an anchor stands at one of {ANCHOR_VALUES}")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is rated, with an anchor at 1, 3 and 5."""

    code: str
    number: int
    title: Text
    own_title: Text
    anchors: tuple[Anchor, ...]

    def __post_init__(self) -> None:
        _require(is_code(self.code), f"{self.code!r} is not a code")
        _require(tuple(anchor.value for anchor in self.anchors) == ANCHOR_VALUES, "anchors at 1, 3 and 5, in order")

    def step(self, value: int) -> tuple[Anchor, ...]:
        """The anchor at `value`, or the two that it lies between.

        Raises:
            ValueError: `value` is not on the scale.
        """
        _require(RATING_MIN <= value <= RATING_MAX, f"{value} is outside {RATING_MIN}..{RATING_MAX}")
        return tuple(anchor for anchor in self.anchors if abs(anchor.value - value) <= (value + 1) % 2)


@dataclass(frozen=True, slots=True)
class Option:
    """A ready answer with a code."""

    code: str
    text: Text

    def __post_init__(self) -> None:
        _require(is_code(self.code), f"{self.code!r} is not a code")


@dataclass(frozen=True, slots=True)
class NextStep(Option):
    """An answer to "Next step with us?".

    `goes_on` where the employer wants to go on; `names_occupation` where it may
    say which occupation would fit better.
    """

    goes_on: bool
    names_occupation: bool = False


@dataclass(frozen=True, slots=True)
class Chip(Option):
    """A ready phrase that carries a competence, an action or both, and how to practise it."""

    competence: str | None = None
    action: str | None = None
    practise: Text | None = None

    def __post_init__(self) -> None:
        Option.__post_init__(self)
        _require(bool(self.competence or self.action), f"chip {self.code} carries a competence or an action")


@dataclass(frozen=True, slots=True)
class SupportCode(Option):
    """Support that would make hiring possible; an `alone` one excludes all others."""

    about: Text
    alone: bool = False


ChoiceT = TypeVar("ChoiceT", bound=Option)


def find(options: Iterable[ChoiceT], code: str) -> ChoiceT | None:
    """The option with `code`, or None."""
    return next((option for option in options if option.code == code), None)


@dataclass(frozen=True, slots=True)
class Question(Generic[ChoiceT]):
    """A question answered with between `least` and `most` of its choices."""

    code: str
    number: int
    title: Text
    least: int
    most: int
    choices: tuple[ChoiceT, ...]

    def __post_init__(self) -> None:
        _require(0 <= self.least <= self.most, "0 <= least <= most")
        _require(1 <= self.most <= len(self.choices), "most is at least one, and no more than there are choices")
        _require_unique([choice.code for choice in self.choices])

    def choice(self, code: str) -> ChoiceT:
        """The choice with `code`.

        Raises:
            LookupError: there is none.
        """
        choice = find(self.choices, code)
        if choice is None:
            raise LookupError(f"{self.code} has no choice {code!r}")
        return choice


@dataclass(frozen=True, slots=True)
class Reference:
    """The same thing in a public register: its id there, and the label that was read there beside the id."""

    id: str
    label: str

    def __post_init__(self) -> None:
        _require(bool(self.id.strip() and self.label.strip()), "a reference has an id and the label that it has there")


@dataclass(frozen=True, slots=True)
class Competence(Option):
    """Something a person can know or do, in one of the pack's groups.

    `aliases` are how people write it besides its texts. `jobtech` (JobTech
    Taxonomy), `esco` and `ecf` (European e-Competence Framework) stand only
    where somebody has read them in that register; no id rather than a guess.
    """

    group: str
    aliases: tuple[str, ...] = ()
    jobtech: Reference | None = None
    esco: Reference | None = None
    ecf: Reference | None = None


@dataclass(frozen=True, slots=True)
class Reception:
    """What the seeker is asked about the feedback, from `low` (1) to `high` (5)."""

    low: Text
    high: Text
    items: tuple[Option, ...]

    def __post_init__(self) -> None:
        _require_unique([item.code for item in self.items])


@dataclass(frozen=True, slots=True)
class InstrumentRef:
    """Which instrument, and which version of it."""

    code: str
    version: int

    def __post_init__(self) -> None:
        _require(is_code(self.code) and self.version >= 1, "an instrument has a code and a version from 1")


@dataclass(frozen=True, slots=True)
class Instrument:
    """One version of an industry pack: everything that is asked, and everything it refers to."""

    code: str
    version: int
    valid_from: date
    title: Text
    items: tuple[Item, ...]
    next_step: Question[NextStep]
    worked: Question[Chip]
    do_next: Question[Chip]
    enabling: Question[SupportCode]
    skip_reasons: tuple[Option, ...]
    reception: Reception
    actions: tuple[Option, ...]
    competence_groups: tuple[Option, ...]
    competences: tuple[Competence, ...]
    occupations: tuple[Option, ...]

    def __post_init__(self) -> None:
        InstrumentRef(self.code, self.version)
        _require(bool(self.items), "an instrument rates at least one item")
        _require_unique([item.code for item in self.items])
        for options in (self.skip_reasons, self.actions, self.competence_groups, self.competences, self.occupations):
            _require_unique([option.code for option in options])
        carried = {chip.competence for chip in (*self.worked.choices, *self.do_next.choices)} - {None}
        _require(carried <= {competence.code for competence in self.competences}, "a chip carries a known competence")

    @property
    def ref(self) -> InstrumentRef:
        """Its code and version, as a scorecard stores them."""
        return InstrumentRef(self.code, self.version)

    def item(self, code: str) -> Item:
        """The rated item with `code`.

        Raises:
            LookupError: there is none.
        """
        for item in self.items:
            if item.code == code:
                return item
        raise LookupError(f"there is no item {code!r}")


def _require_unique(codes: Sequence[str]) -> None:
    _require(len(set(codes)) == len(codes), "each code is used once")
