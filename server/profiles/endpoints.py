"""The seeker's own pages by HTTP: profile, questions, sharing choice."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from feedback import visibility
from feedback.profile import ReleasedFeedback, Source, learning_profile
from feedback.visibility import SharingLedger, Viewer, sees_places
from server.identity.actor import Actor
from server.identity.case_workers import tell_case_workers
from server.identity.repository import find_sharing_choice
from server.identity.roles import SEEKERS
from server.kit import streams
from server.kit.operations import Operations, RequestModel
from server.places.answers import places_of
from server.profiles import repository
from server.profiles.answers import Profile, profile_answer
from server.reading.answers import own_rating_of
from server.reading.own import Opened, read_own
from server.scorecards.cards import instrument_of
from server.state import State

operations = Operations("profiles")
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class SharingRequest(RequestModel):
    shares: bool


class Sharing(BaseModel):
    shares: bool


class QuestionsRequest(RequestModel):
    """At most five; the whole list each time."""

    questions: list[Line] = Field(max_length=5)


@operations.add("get", "/api/my/profile", who=SEEKERS)
async def get_my_profile(request: Request[State], session: AsyncSession, actor: Actor) -> Profile:
    """What the feedback you have opened adds up to, each employer apart."""
    return await _profile(request, session, actor)


@operations.add("put", "/api/my/sharing", who=SEEKERS)
async def choose_sharing(request: Request[State], session: AsyncSession, actor: Actor, body: SharingRequest) -> Sharing:
    """Whether your case worker may see ratings, choices and support needs; takes effect at once."""
    now = request.state["now"]()
    repository.add_sharing(session, actor.person_id, shares=body.shares, now=now)
    await streams.append(session, _stream(actor.person_id), "sharing.changed", {"shares": body.shares}, now=now)
    await tell_case_workers(session, actor.person_id, now=now)
    return Sharing(shares=body.shares)


@operations.add("put", "/api/my/questions", who=SEEKERS)
async def save_questions(
    request: Request[State], session: AsyncSession, actor: Actor, body: QuestionsRequest
) -> list[str]:
    """The questions you bring; employers you meet see them beside the talk."""
    await repository.replace_questions(session, actor.person_id, body.questions)
    return body.questions


async def _profile(request: Request[State], session: AsyncSession, actor: Actor) -> Profile:
    now, person_id = request.state["now"](), actor.person_id
    viewer = Viewer(visibility.Role.SEEKER, person_id)
    sees = sees_places(viewer, seeker_id=person_id, sharing=SharingLedger(), now=now)
    own = await read_own(session, person_id, scope_event_id=actor.scope_event_id, now=now)
    return profile_answer(
        learning_profile(map(_released, own.opened)),
        places=await places_of(session, person_id, sees_all=sees and actor.scope_event_id is None),
        sealed=own.sealed,
        goal=await repository.find_goal(session, person_id),
        competences=await repository.list_competences(session, person_id),
        questions=await repository.list_questions(session, person_id),
        shares=await find_sharing_choice(session, person_id),
    )


def _released(one: Opened) -> ReleasedFeedback:
    row = one.found.row
    source = Source(row.id, row.organisation_id, row.employer_name, one.found.held_at)
    return ReleasedFeedback(source, instrument_of(row), one.answers, own_rating_of(one.found))


def _stream(person_id: UUID) -> str:
    return f"person:{person_id}"
