"""Who may see which part of feedback, and when; by hand, importing nothing of the application."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.contract.oracle_rules import (
    CASE_WORKER,
    LINK,
    OTHER_CASE_WORKER,
    OTHER_RECRUITER,
    OTHER_SEEKER,
    RECRUITER,
    SEEKER,
)

WRITTEN = frozenset({"ratings", "chips", "next_step", "support_needs", "statement"})
ANSWERED = frozenset({"self_rating", "reply", "reception"})
ALL = WRITTEN | ANSWERED
SEEKERS_BROWSERS = {SEEKER: "seeker", LINK: "seeker", OTHER_SEEKER: "other_seeker"}
RECRUITERS = {RECRUITER: "employer", OTHER_RECRUITER: "other_employer"}
CASE_WORKERS = {CASE_WORKER: "case_worker", OTHER_CASE_WORKER: "other_case_worker"}


@dataclass
class Card:
    """What is so of one scorecard, by the world's names."""

    seeker: str
    employer: str
    released: bool
    opened: bool
    statement_shared: bool


@dataclass
class Facts:
    """What is so now: the cards, who shares, and whose case worker and recruiter is who."""

    cards: dict[str, Card]
    shares: dict[str, bool] = field(default_factory=dict)
    case_workers: dict[str, str] = field(default_factory=dict)
    """By seeker."""
    left: set[str] = field(default_factory=set)
    """Recruiters who no longer work for their employer."""

    def may_see(self, actor: str, name: str) -> frozenset[str]:
        """The parts of the card that `actor` may see."""
        card = self.cards[name]
        if SEEKERS_BROWSERS.get(actor) == card.seeker and card.released:
            return ALL if card.opened else frozenset({"self_rating"})
        if RECRUITERS.get(actor) == card.employer and actor not in self.left:
            return WRITTEN | {"reply"} if card.released else WRITTEN
        cares = actor in CASE_WORKERS and CASE_WORKERS[actor] == self.case_workers.get(card.seeker)
        if cares and card.released and self.shares.get(card.seeker, False):
            return WRITTEN if card.statement_shared else WRITTEN - {"statement"}
        return frozenset()
