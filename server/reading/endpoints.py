"""Feedback as its seeker reads it, and as the employer sees what came back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from feedback import visibility
from feedback.answers import AnswersInvalid
from feedback.visibility import Viewer
from server.identity.actor import Actor
from server.identity.roles import RECRUITERS, SEEKERS
from server.kit.operations import Operations, RequestModel
from server.kit.problems import Conflict, NotFound, unusable
from server.reading import repository, service
from server.reading.access import feedback_of
from server.reading.answers import (
    Feedback,
    FeedbackSummary,
    GivenFeedback,
    feedback_answer,
    given_feedback,
    summary,
)
from server.reading.repository import FoundFeedback
from server.state import State

operations = Operations("reading")
GIVEN_MAX = 200


class FeedbackRefused(Conflict):
    title = "That is not possible with this feedback now"


class NothingToTranslate(Conflict):
    title = "There is no sentence to translate"


class SelfRatingRequest(RequestModel):
    """Item codes with 1 to 5; an item left out or null is not rated."""

    ratings: dict[str, int | None]


class ReplyRequest(RequestModel):
    text: str = Field(max_length=1000)


class ReceptionRequest(RequestModel):
    next_clear: int = Field(ge=1, le=5)
    respected: int = Field(ge=1, le=5)
    rings_true: int = Field(ge=1, le=5)


class GoalRequest(RequestModel):
    chip: str = Field(min_length=1, max_length=60)


class StatementSharingRequest(RequestModel):
    shared: bool


class TranslationRequest(RequestModel):
    """`language` is the one translated into; a text written again takes the place of the one before."""

    language: Literal["sv", "en"]
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


@operations.add("get", "/api/my/feedback", who=SEEKERS)
async def list_my_feedback(request: Request[State], session: AsyncSession, actor: Actor) -> list[FeedbackSummary]:
    """Feedback you have been given, newest first."""
    found = await repository.list_released_to(session, actor.person_id, scope_event_id=actor.scope_event_id)
    return [summary(one) for one in found]


@operations.add("get", "/api/my/feedback/{feedback_id}", who=SEEKERS, errors=[NotFound])
async def get_my_feedback(request: Request[State], session: AsyncSession, actor: Actor, feedback_id: UUID) -> Feedback:
    """One feedback: sealed until you open it."""
    return await _answer(request, session, actor, feedback_id)


@operations.add("put", "/api/my/feedback/{feedback_id}/self-rating", who=SEEKERS, errors=[NotFound, FeedbackRefused])
async def rate_myself(
    request: Request[State], session: AsyncSession, actor: Actor, feedback_id: UUID, body: SelfRatingRequest
) -> Feedback:
    """How you saw the same things, before you open the answer."""
    found = await feedback_of(session, actor, feedback_id)
    with _refusals():
        await service.rate_self(session, found, ratings=body.ratings, now=request.state["now"]())
    return await _answer(request, session, actor, feedback_id)


@operations.add("post", "/api/my/feedback/{feedback_id}/open", who=SEEKERS, errors=[NotFound])
async def open_my_feedback(request: Request[State], session: AsyncSession, actor: Actor, feedback_id: UUID) -> Feedback:
    """Break the seal and read."""
    await service.open_feedback(session, await feedback_of(session, actor, feedback_id), now=request.state["now"]())
    return await _answer(request, session, actor, feedback_id)


@operations.add("post", "/api/my/feedback/{feedback_id}/reply", who=SEEKERS, errors=[NotFound, FeedbackRefused])
async def reply_to_feedback(
    request: Request[State], session: AsyncSession, actor: Actor, feedback_id: UUID, body: ReplyRequest
) -> Feedback:
    """Reply to the recruiter; nobody else reads it."""
    found = await feedback_of(session, actor, feedback_id)
    with _refusals():
        await service.reply(session, found, text=body.text, now=request.state["now"]())
    return await _answer(request, session, actor, feedback_id)


@operations.add("put", "/api/my/feedback/{feedback_id}/reception", who=SEEKERS, errors=[NotFound, FeedbackRefused])
async def receive_feedback(
    request: Request[State], session: AsyncSession, actor: Actor, feedback_id: UUID, body: ReceptionRequest
) -> Feedback:
    """Whether the feedback was clear, respectful and true."""
    found = await feedback_of(session, actor, feedback_id)
    with _refusals():
        await service.receive(session, found, ratings=body.model_dump(), now=request.state["now"]())
    return await _answer(request, session, actor, feedback_id)


@operations.add("post", "/api/my/feedback/{feedback_id}/goal", who=SEEKERS, errors=[NotFound, FeedbackRefused])
async def make_it_my_goal(
    request: Request[State], session: AsyncSession, actor: Actor, feedback_id: UUID, body: GoalRequest
) -> Feedback:
    """Make what the employer asked for your own goal."""
    found = await feedback_of(session, actor, feedback_id)
    with _refusals():
        await service.choose_goal(session, found, chip=body.chip, now=request.state["now"]())
    return await _answer(request, session, actor, feedback_id)


@operations.add(
    "put", "/api/my/feedback/{feedback_id}/statement-sharing", who=SEEKERS, errors=[NotFound, FeedbackRefused]
)
async def share_statement(
    request: Request[State], session: AsyncSession, actor: Actor, feedback_id: UUID, body: StatementSharingRequest
) -> Feedback:
    """Let your case worker read the employer's own sentence, or no longer."""
    found = await feedback_of(session, actor, feedback_id)
    with _refusals():
        await service.share_statement(session, found, shared=body.shared, now=request.state["now"]())
    return await _answer(request, session, actor, feedback_id)


@operations.add("get", "/api/my/given-feedback", who=RECRUITERS)
async def list_given_feedback(request: Request[State], session: AsyncSession, actor: Actor) -> list[GivenFeedback]:
    """What your employer has written, newest first, with what seekers replied."""
    found = await repository.list_given_by(session, actor.organisation_ids, limit=GIVEN_MAX)
    now = request.state["now"]()
    return [given_feedback(one, _recruiter(actor, one), now=now) for one in found]


@operations.add(
    "put",
    "/api/meetings/{meeting_id}/scorecard/translation",
    who=RECRUITERS,
    errors=[NotFound, NothingToTranslate],
)
async def translate_statement(
    request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID, body: TranslationRequest
) -> GivenFeedback:
    """Write your employer's sentence in the other language; the seeker sees it beside the original, with your name."""
    now = request.state["now"]()
    found = await _given(session, actor, meeting_id)
    try:
        await service.translate_statement(
            session, found, language=body.language, text=body.text, translator_id=actor.person_id, now=now
        )
    except service.NothingToTranslate as refusal:
        raise NothingToTranslate(str(refusal)) from None
    await session.flush()
    return given_feedback(await _given(session, actor, meeting_id), _recruiter(actor, found), now=now)


def _seeker(actor: Actor) -> Viewer:
    return Viewer(visibility.Role.SEEKER, actor.person_id)


def _recruiter(actor: Actor, found: FoundFeedback) -> Viewer:
    employer = found.row.organisation_id if found.row.organisation_id in actor.organisation_ids else None
    return Viewer(visibility.Role.RECRUITER, actor.person_id, organisation_id=employer)


async def _given(session: AsyncSession, actor: Actor, meeting_id: UUID) -> FoundFeedback:
    found = await repository.find_given_by(session, actor.organisation_ids, meeting_id=meeting_id)
    if found is None:
        raise NotFound("your employer has sent no feedback after this meeting")
    return found


async def _answer(request: Request[State], session: AsyncSession, actor: Actor, feedback_id: UUID) -> Feedback:
    await session.flush()
    found = await feedback_of(session, actor, feedback_id)
    return feedback_answer(found, _seeker(actor), now=request.state["now"]())


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except AnswersInvalid as error:
        raise unusable("something cannot be kept as it is", error.problems) from None
    except service.ReadingRefused as refusal:
        raise FeedbackRefused.because(refusal) from None
