"""What employers say would make hiring possible, counted over employers, from what a seeker shares. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from feedback.instrument import SupportCode, find
from server.reading.shared import Shared
from server.scorecards.cards import instrument_of


@dataclass(frozen=True, slots=True)
class Mention:
    """One employer's naming of a need, in one feedback."""

    feedback_id: UUID
    employer_id: UUID
    employer_name: str
    held_at: datetime
    released_at: datetime


@dataclass(frozen=True, slots=True)
class Need:
    """A need with the newest mention of each employer, newest first."""

    choice: SupportCode
    mentions: tuple[Mention, ...]

    @property
    def newest_at(self) -> datetime:
        """When it was last named to the seeker."""
        return max(one.released_at for one in self.mentions)

    @property
    def first_at(self) -> datetime:
        """When it was first named, as far as each employer's newest word goes."""
        return min(one.released_at for one in self.mentions)


def mention_of(shared: Shared) -> Mention:
    """The feedback as the source of something."""
    row = shared.found.row
    return Mention(
        feedback_id=row.id,
        employer_id=row.organisation_id,
        employer_name=row.employer_name,
        held_at=shared.found.held_at,
        released_at=row.released_at,
    )


def needs_of(feedback: Sequence[Shared]) -> list[Need]:
    """The needs named, what most employers name first, then what was named last.

    `feedback` is newest first and has passed the door; that nothing is needed is no need.
    """
    found: dict[str, dict[UUID, Mention]] = {}
    choices: dict[str, SupportCode] = {}
    for shared in feedback:
        for code in shared.answers.enabling:
            choice = find(instrument_of(shared.found.row).enabling.choices, code)
            if choice is None or choice.alone:
                continue
            choices.setdefault(code, choice)
            mention = mention_of(shared)
            found.setdefault(code, {}).setdefault(mention.employer_id, mention)
    needs = [Need(choices[code], tuple(mentions.values())) for code, mentions in found.items()]
    return sorted(needs, key=lambda need: (len(need.mentions), need.newest_at), reverse=True)
