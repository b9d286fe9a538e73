"""An event to plan, and a plan of it, as plain data.

Time is counted in slots: index 0 is the event's first. A set of slots is a frozenset of such indices, and
"per slot" means a tuple with one number for each of them. Ids are opaque strings; each kind has its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Mode(StrEnum):
    """How two people meet; a hybrid desk meets each seeker as that one comes."""

    VIDEO = "video"
    ON_SITE = "on_site"
    HYBRID = "hybrid"


class Station(StrEnum):
    """Where a desk sits when it is on site: at one of the hall's stations, or at one of its own."""

    POOL = "pool"
    OWN = "own"
    OWN_ACCESSIBLE = "own_accessible"


@dataclass(frozen=True, slots=True)
class Slot:
    """A time in which a desk can hold one meeting; both instants are timezone-aware."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Employer:
    """Somebody whom seekers come to meet; `name` is for sentences."""

    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A recruiter's duty in one mode, in the slots `first` … `until` − 1."""

    first: int
    until: int
    mode: Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One recruiter's seat. Off duty outside `blocks` and in `breaks`.

    `zone` names the part of the house where it stands on site, for travel between zones. In a hybrid block it draws
    on neither rooms nor stations, whatever `station` says, and nobody changes form to come to it.
    """

    id: str
    employer: str
    recruiter: str
    blocks: tuple[Block, ...]
    breaks: frozenset[int] = frozenset()
    station: Station = Station.POOL
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeker:
    """Somebody who comes to meet employers.

    `form` None means either; it is never hybrid. With `extra_time` each meeting takes two slots in a row.
    `groups` are (dimension, label), such as ("gender", "women"); they serve equality alone.
    """

    id: str
    available: frozenset[int]
    name: str = ""
    form: Mode | None = None
    meetings_max: int = 4
    meetings_min: int = 0
    needs_accessible: bool = False
    interpreter: str | None = None
    extra_time: bool = False
    groups: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A seeker and an employer who may meet, and what the meeting is worth, 0 … `VALUE_MAX`.

    Only listed pairs meet, at most once. A forbidden one never does; a must is met, or the plan says why not.
    """

    seeker: str
    employer: str
    value: int
    must: bool = False
    forbidden: bool = False


VALUE_MAX = 10_000


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that begins in `slot` at a desk."""

    seeker: str
    employer: str
    desk: str
    slot: int


@dataclass(frozen=True, slots=True)
class GroupPrice:
    """What each meeting of a group is worth beside its value, in hundredths of a unit; negative makes it dearer."""

    dimension: str
    label: str
    hundredths: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the organiser has chosen.

    Slots that stay free between two meetings of a seeker: `rest_slots` always, `form_change_slots` between video
    and on site, `zone_change_slots` between zones. `bonuses[k]` is the worth of somebody's (k + 1)-th meeting beside
    its value; they never grow, so that a first meeting goes before a second. `must_bonus` is the worth of a must,
    `min_bonus` of each meeting up to a seeker's minimum, `keep_bonus` of a pair that the previous plan has.
    """

    rest_slots: int = 0
    form_change_slots: int = 0
    zone_change_slots: int = 0
    bonuses: tuple[int, ...] = (300, 150, 60)
    must_bonus: int = 1_000_000
    min_bonus: int = 50_000
    keep_bonus: int = 120
    group_prices: tuple[GroupPrice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An event to plan.

    `stations`, `accessible_stations` (a part of them) and `video_rooms` are per slot; None means enough.
    `interpreters` has one such tuple for each kind. `frozen` meetings stay as they are and count towards every
    limit; `previous` ones are kept where that costs little.
    """

    slots: tuple[Slot, ...]
    employers: tuple[Employer, ...]
    desks: tuple[Desk, ...]
    seekers: tuple[Seeker, ...]
    pairs: tuple[Pair, ...]
    stations: tuple[int, ...] | None = None
    accessible_stations: tuple[int, ...] | None = None
    video_rooms: tuple[int, ...] | None = None
    interpreters: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    frozen: tuple[Meeting, ...] = ()
    previous: tuple[Meeting, ...] = ()
    rules: Rules = field(default_factory=Rules)


@dataclass(frozen=True, slots=True)
class Unmet:
    """A must-have that the plan does not meet, and why; `employer` is None for a seeker's minimum.

    `reason` is in words; `code` and `params` say the same to whoever has words of their own.
    """

    seeker: str
    employer: str | None
    reason: str
    code: str = ""
    params: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What is known of a plan.

    `value` and `bound` are in hundredths of a unit of value, bonuses and prices among them: no plan of the problem
    is worth more than `bound`. `match_value` is the plain sum of the pairs' values, `breaks` the idle gaps of
    seekers between their meetings. `rules_kept` names what the plan was built to keep.
    """

    value: int
    bound: int
    match_value: int
    meetings: int
    breaks_before: int
    breaks: int
    rules_kept: tuple[str, ...]
    seconds: float
    seed: int

    @property
    def gap_pct(self) -> float:
        """How far the plan can at most be from the best, in per cent of the bound."""
        return 100 * (self.bound - self.value) / self.bound if self.bound else 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Meetings in the order of slot and desk, the frozen ones among them, and the must-haves that could not be met."""

    meetings: tuple[Meeting, ...]
    unmet: tuple[Unmet, ...]
    certificate: Certificate
