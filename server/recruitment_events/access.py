"""Whose event it is: what every staff operation asks first."""

from __future__ import annotations

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.actor import Actor
from server.kit.problems import NotFound
from server.recruitment_events import repository
from server.recruitment_events.tables import RecruitmentEventRow


async def event_of(session: AsyncSession, actor: Actor, event_id: UUID, *, lock: bool = False) -> RecruitmentEventRow:
    """The event, which others than its staff cannot find.

    With `lock` no other staff change the event until the commit.

    Raises:
        NotFound: there is none, or the caller is not of its staff.
    """
    event = await repository.find_event_of_staff(session, event_id, person_id=actor.person_id, lock=lock)
    if event is None:
        raise NotFound(f"recruitment event {event_id}")
    return event
