"""What a seeker has opened of all that they were given: the one door for somebody's own feedback at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback import visibility
from feedback.answers import Answers
from feedback.visibility import Viewer
from server.reading import repository
from server.reading.answers import shown_to
from server.reading.repository import FoundFeedback


@dataclass(frozen=True, slots=True)
class Opened:
    """One feedback that its seeker has opened; `answers` have passed the door, so read none of the row's."""

    found: FoundFeedback
    answers: Answers


@dataclass(frozen=True, slots=True)
class OwnFeedback:
    """What a seeker has opened, newest first, and how many wait to be."""

    opened: Sequence[Opened]
    sealed: int


async def read_own(
    session: AsyncSession, seeker_id: UUID, *, scope_event_id: UUID | None, now: datetime
) -> OwnFeedback:
    """A seeker's own feedback as they may see it at `now`; within one event for a personal link."""
    viewer = Viewer(visibility.Role.SEEKER, seeker_id)
    given = await repository.list_released_to(session, seeker_id, scope_event_id=scope_event_id)
    seen = [(found, *shown_to(found, viewer, now=now)) for found in given]
    opened = [Opened(found, answers) for found, shown, answers in seen if shown.ratings]
    return OwnFeedback(opened, len(given) - len(opened))
