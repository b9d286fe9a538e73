"""When a vacancy is shown, and why a seeker fits it. Pure.

A seeker is never given a number: what fits and what is missing is said competence by competence. Nothing here knows
of feedback.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from feedback.vocabulary import Vocabulary
from server.kit.clock import day_of

FRESH_FOR = timedelta(days=30)
SHOWN_FOR = timedelta(days=44)
CONFIRMED = ("employer_confirmed", "credential")
StoredCompetence = dict[str, str | None]
"""A competence of a vacancy's row: ``{label, code, concept_id}``."""


class Standing(StrEnum):
    """How a vacancy stands at a moment."""

    OPEN = "open"
    STALE = "stale"
    """Nobody has confirmed it for a month; still shown, and asked about."""
    HIDDEN = "hidden"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


SHOWN = (Standing.OPEN, Standing.STALE)


def standing(*, status: str, apply_by: date | None, confirmed_at: datetime, now: datetime) -> Standing:
    """How a vacancy stands at `now`.

    The last date for applications is a whole day. Thirty days after somebody confirmed it, it is stale; after two
    weeks more nobody is shown it until it is confirmed again.
    """
    if status != "published":
        return Standing(status)
    if apply_by is not None and apply_by < day_of(now):
        return Standing.CLOSED
    age = now - confirmed_at
    if age > SHOWN_FOR:
        return Standing.HIDDEN
    return Standing.STALE if age > FRESH_FOR else Standing.OPEN


@dataclass(frozen=True, slots=True)
class Wanted:
    """A competence that a vacancy asks for: as written, and a pack's code where it is one."""

    label: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Had:
    """A competence wanted, whether the seeker has it, and how one can know."""

    label: str
    has: bool
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """What a seeker has of what a vacancy asks for, in the order in which it is asked."""

    required: tuple[Had, ...]
    merits: tuple[Had, ...]

    @property
    def missing(self) -> int:
        """How many of the required competences the seeker has not named."""
        return sum(not one.has for one in self.required)

    @property
    def had(self) -> int:
        """How many of the required competences the seeker has named."""
        return len(self.required) - self.missing

    @property
    def touches(self) -> bool:
        """Whether anything at all is in common."""
        return any(one.has for one in (*self.required, *self.merits))


def fit(required: Iterable[Wanted], merits: Iterable[Wanted], *, known: Mapping[str, str], words: Vocabulary) -> Fit:
    """What somebody has of what is asked; `known` are their competences as written, with the kind of evidence."""
    evidence: dict[str, str] = {}
    for label, kind in known.items():
        for key in words.keys_of(label):
            if evidence.get(key) not in CONFIRMED:
                evidence[key] = kind

    def had(one: Wanted) -> Had:
        keys = words.keys_of(one.label) if one.code is None else frozenset({one.code})
        has = bool(keys) and keys <= evidence.keys()
        kinds = {evidence[key] for key in keys} if has else set()
        return Had(one.label, has, next((kind for kind in CONFIRMED if kind in kinds), min(kinds, default=None)))

    return Fit(tuple(had(one) for one in required), tuple(had(one) for one in merits))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody might fit: a code that a catalogue has words for, and what fills them."""

    code: str
    params: dict[str, int | str]


def reasons(found: Fit, *, met_at: datetime | None, is_remote: bool) -> tuple[Reason, ...]:
    """Why a vacancy and a seeker might fit, in words' codes; competences first, never a sum."""
    told: list[Reason] = []
    if found.required:
        told.append(Reason("competences", {"had": found.had, "of": len(found.required)}))
    merits = sum(one.has for one in found.merits)
    if merits:
        told.append(Reason("merits", {"had": merits}))
    if met_at is not None:
        told.append(Reason("met", {"at": met_at.isoformat()}))
    if is_remote:
        told.append(Reason("remote", {}))
    return tuple(told)


def order_for_seeker(found: Fit, *, is_met: bool, title: str) -> tuple[bool, int, int, bool, str]:
    """What vacancies are shown by: what one can first, then what one lacks least of, then whom one has met."""
    merits = sum(one.has for one in found.merits)
    return (not found.touches and not is_met, found.missing, -found.had - merits, not is_met, title.casefold())


def wanted_of(rows: Sequence[StoredCompetence]) -> tuple[Wanted, ...]:
    """The competences as a vacancy's row stores them."""
    return tuple(Wanted(str(row["label"]), row.get("code")) for row in rows)


def stored_competences(
    required: Iterable[str], merits: Iterable[str], *, words: Vocabulary, concepts: Mapping[str, str]
) -> tuple[list[StoredCompetence], list[StoredCompetence]]:
    """What is required and what is a merit, as a vacancy stores them; what is required is no merit as well.

    Each stands once, with a pack's code where the words or the id are one of its own. `concepts` are the ids of the
    JobTech Taxonomy that a source named, by label.
    """
    needed = list(required)
    said = words.keys(needed)
    glad_of = [label for label in merits if not words.keys_of(label) <= said]
    return _rows(needed, words, concepts), _rows(glad_of, words, concepts)


def _rows(labels: Iterable[str], words: Vocabulary, concepts: Mapping[str, str]) -> list[StoredCompetence]:
    rows: list[StoredCompetence] = []
    by_concept = {one.jobtech.id: one for one in words.competences.values() if one.jobtech} if concepts else {}
    for label in words.distinct(labels):
        concept = concepts.get(label)
        known = words.find(label) or by_concept.get(concept or "")
        if concept is None and known is not None and known.jobtech is not None:
            concept = known.jobtech.id
        rows.append({"label": label, "code": known.code if known else None, "concept_id": concept})
    return rows


def holds(asked: str, texts: Collection[str]) -> bool:
    """Whether a filter's words stand in one of `texts`; no words, everything."""
    wanted = " ".join(asked.casefold().split())
    return not wanted or any(wanted in text.casefold() for text in texts)
