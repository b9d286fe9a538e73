"""Whose feedback it is: what every operation on one feedback asks first."""

from __future__ import annotations

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.actor import Actor
from server.kit.problems import NotFound
from server.reading import repository
from server.reading.repository import FoundFeedback


async def feedback_of(session: AsyncSession, actor: Actor, feedback_id: UUID) -> FoundFeedback:
    """The feedback, which nobody but its seeker can find; by a personal link, that of its event alone.

    Raises:
        NotFound: there is none, or it has not been released to the caller.
    """
    found = await repository.find_released_to(
        session, feedback_id, seeker_id=actor.person_id, scope_event_id=actor.scope_event_id
    )
    if found is None:
        raise NotFound("there is no such feedback to you")
    return found
