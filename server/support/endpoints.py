"""A case worker's own seekers, and the feedback that they share."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from feedback import visibility
from feedback.visibility import Viewer
from server.identity.actor import Actor
from server.identity.roles import CASE_WORKERS
from server.kit.operations import Operations
from server.kit.problems import NotFound
from server.kit.words import initials
from server.reading import repository as reading
from server.reading.answers import SharedFeedback, shared_feedback, shown_to
from server.state import State
from server.support import repository

operations = Operations("support")


class OwnSeeker(BaseModel):
    """One of the case worker's seekers; figures only while they share."""

    id: UUID
    name: str
    initials: str
    shares: bool
    asked: bool
    feedback_count: int | None
    newest_at: datetime | None


class SharedBySeeker(BaseModel):
    """What one seeker shares just now."""

    seeker: OwnSeeker
    feedback: list[SharedFeedback]


@operations.add("get", "/api/seekers", who=CASE_WORKERS)
async def list_seekers(request: Request[State], session: AsyncSession, actor: Actor) -> list[OwnSeeker]:
    """Your seekers, and which of them share their feedback with you."""
    now = request.state["now"]()
    people = await repository.list_assigned(session, actor.person_id)
    return [(await _shared(session, actor, person.id, person.name, now=now)).seeker for person in people]


@operations.add("get", "/api/seekers/{seeker_id}/feedback", who=CASE_WORKERS, errors=[NotFound])
async def read_shared_feedback(
    request: Request[State], session: AsyncSession, actor: Actor, seeker_id: UUID
) -> SharedBySeeker:
    """What one of your seekers shares with you: ratings, choices and support needs."""
    person = await repository.find_assigned(session, actor.person_id, seeker_id)
    if person is None:
        raise NotFound("there is no such seeker among yours")
    return await _shared(session, actor, person.id, person.name, now=request.state["now"]())


async def _shared(session: AsyncSession, actor: Actor, seeker_id: UUID, name: str, *, now: datetime) -> SharedBySeeker:
    viewer = Viewer(visibility.Role.CASE_WORKER, actor.person_id, seeker_ids=frozenset({seeker_id}))
    ledger = await reading.read_ledger(session, seeker_id)
    feedback = []
    for found in await reading.list_released_to(session, seeker_id, scope_event_id=None):
        shown, answers = shown_to(found, viewer, now=now, sharing=ledger)
        if shown.existence:
            feedback.append(shared_feedback(found, answers))
    shares = ledger.shares_at(now)
    seeker = OwnSeeker(
        id=seeker_id,
        name=name,
        initials=initials(name),
        shares=shares,
        asked=ledger.at(now) is not None,
        feedback_count=len(feedback) if shares else None,
        newest_at=max((one.released_at for one in feedback if one.released_at), default=None),
    )
    return SharedBySeeker(seeker=seeker, feedback=feedback)
