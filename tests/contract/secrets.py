"""Other words in the place of what somebody may not see: whoever may not see it must never notice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.answers import answers_hash, parse_answers
from server.kit.db import Database
from server.scorecards.tables import ReceptionRow, ReplyRow, ScorecardRow, SelfRatingRow
from tests.contract.world import NOW
from tests.contract.world_cards import PACK

OTHER_ANSWERS: dict[str, dict[str, Any]] = {
    "ratings": {"ratings": {"item_1": 1, "item_2": 5, "item_3": 2, "item_4": 4}},
    "chips": {"worked": ["prepared"], "do_next": ["think_aloud"]},
    "next_step": {"next_step": "not_yet"},
    "support_needs": {"enabling": ["validation"]},
    "statement": {"worked_statement": "Helt andra ord."},
}


class Secrets:
    """The scorecards of a world, whose parts can be said otherwise and as they were."""

    def __init__(self, database: Database, cards: Mapping[str, UUID]) -> None:
        self._database = database
        self._cards = cards
        self._answers: dict[str, dict[str, Any]] = {}

    async def prepare(self) -> None:
        """Let each seeker have rated themselves, replied and said how it was received, wherever there is feedback."""
        async with self._database.transaction() as session:
            for name, card_id in self._cards.items():
                row = await session.get_one(ScorecardRow, card_id)
                self._answers[name] = dict(row.answers)
                if row.released_at is None:
                    continue
                if await session.get(ReplyRow, card_id) is None:
                    session.add(ReplyRow(scorecard_id=card_id, text="", sent_at=NOW))
                session.add(ReceptionRow(scorecard_id=card_id, next_clear=1, respected=1, rings_true=1, at=NOW))
                session.add(SelfRatingRow(scorecard_id=card_id, at=NOW))
        await self.say_otherwise({})

    async def say_otherwise(self, parts: Mapping[str, Collection[str]]) -> None:
        """Put other words in the place of these parts, by card, and the first words back everywhere else."""
        async with self._database.transaction() as session:
            for name, card_id in self._cards.items():
                changed = set(parts.get(name, ()))
                row = await session.get_one(ScorecardRow, card_id)
                answers = dict(self._answers[name])
                for part in sorted(OTHER_ANSWERS.keys() & changed):
                    answers |= OTHER_ANSWERS[part]
                row.answers = answers
                if row.answers_hash is not None:
                    row.answers_hash = answers_hash(parse_answers(answers, PACK), PACK.ref)
                session.add(row)
                await _answer(session, card_id, changed)


async def _answer(session: AsyncSession, card_id: UUID, changed: Collection[str]) -> None:
    reply = await session.get(ReplyRow, card_id)
    if reply is None:
        return
    reception, own = await session.get_one(ReceptionRow, card_id), await session.get_one(SelfRatingRow, card_id)
    reply.text = "Ett helt annat svar." if "reply" in changed else "Tack, det hjälper."
    level = 2 if "reception" in changed else 5
    reception.next_clear, reception.respected, reception.rings_true = level, level, level
    own.ratings = {"item_1": 1, "item_2": 5} if "self_rating" in changed else {"item_1": 4, "item_2": 2}
    session.add_all([reply, reception, own])
