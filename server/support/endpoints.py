"""A case worker's own seekers, and the feedback that they share."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from feedback import visibility
from feedback.visibility import Viewer, sees_places
from server.identity.actor import Actor
from server.identity.roles import CASE_WORKERS
from server.kit.operations import Operations
from server.kit.problems import NotFound
from server.kit.words import initials
from server.places.answers import SharedPlace, places_of, shared_places
from server.reading import repository as reading
from server.reading.answers import SharedFeedback, shared_feedback
from server.reading.shared import Sharing, list_shared
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
    places: list[SharedPlace]


@operations.add("get", "/api/seekers", who=CASE_WORKERS)
async def list_seekers(request: Request[State], session: AsyncSession, actor: Actor) -> list[OwnSeeker]:
    """Your seekers, and which of them share their feedback with you."""
    people = await repository.list_assigned(session, actor.person_id)
    shared = await list_shared(session, actor.person_id, [one.id for one in people], now=request.state["now"]())
    return [_own_seeker(person.id, person.name, shared[person.id]) for person in people]


@operations.add("get", "/api/seekers/{seeker_id}/feedback", who=CASE_WORKERS, errors=[NotFound])
async def read_shared_feedback(
    request: Request[State], session: AsyncSession, actor: Actor, seeker_id: UUID
) -> SharedBySeeker:
    """What one of your seekers shares with you: ratings, choices and support needs."""
    person = await repository.find_assigned(session, actor.person_id, seeker_id)
    if person is None:
        raise NotFound("there is no such seeker among yours")
    shared = (await list_shared(session, actor.person_id, [person.id], now=request.state["now"]()))[person.id]
    viewer = Viewer(visibility.Role.CASE_WORKER, actor.person_id, seeker_ids=frozenset({person.id}))
    ledger = await reading.read_ledger(session, person.id)
    sees = sees_places(viewer, seeker_id=person.id, sharing=ledger, now=request.state["now"]())
    places = await places_of(session, person.id, sees_all=sees)
    return SharedBySeeker(
        seeker=_own_seeker(person.id, person.name, shared),
        feedback=[shared_feedback(one.found, one.answers) for one in shared.feedback],
        places=shared_places(places),
    )


def _own_seeker(seeker_id: UUID, name: str, sharing: Sharing) -> OwnSeeker:
    released = [one.found.row.released_at for one in sharing.feedback]
    return OwnSeeker(
        id=seeker_id,
        name=name,
        initials=initials(name),
        shares=sharing.shares,
        asked=sharing.asked,
        feedback_count=len(sharing.feedback) if sharing.shares else None,
        newest_at=max(released, default=None),
    )
