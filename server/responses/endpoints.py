"""What seekers do about feedback, what employers answer, and what staff of an event should know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from feedback.answers import AnswersInvalid
from server.identity.actor import Actor
from server.identity.case_workers import list_case_workers
from server.identity.roles import RECRUITERS, SEEKERS, STAFF
from server.kit.operations import Operations, RequestModel
from server.kit.problems import Conflict, NotFound, unusable
from server.reading.access import feedback_of
from server.reading.service import ReadingRefused
from server.recruitment_events.access import event_of
from server.responses import repository, service
from server.responses.answers import (
    EventResponses,
    GivenResponse,
    MyConversationRequest,
    MyResponses,
    event_responses,
    given_response,
    my_response,
)
from server.responses.tables import WORDS_LENGTH_MAX
from server.state import State

operations = Operations("responses")
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


class ResponseNotPossible(Conflict):
    """`reason` says why."""

    title = "That is not possible with this feedback now"


class LaterRequest(RequestModel):
    later: bool


class QuestionRequest(RequestModel):
    text: str = Field(max_length=WORDS_LENGTH_MAX)


class MeetingWishRequest(RequestModel):
    wished: bool


class DisputeRequest(RequestModel):
    """`shared` is whether the staff of the event may read the words; that there is a dispute they are told."""

    words: str = Field(max_length=WORDS_LENGTH_MAX)
    shared: bool


class ConversationRequest(RequestModel):
    words: Words = ""


@operations.add("get", "/api/my/responses", who=SEEKERS)
async def list_my_responses(request: Request[State], session: AsyncSession, actor: Actor) -> MyResponses:
    """What you have done about your feedback: put aside, asked, wished, disputed."""
    return await _mine(session, actor)


@operations.add("put", "/api/my/feedback/{feedback_id}/later", who=SEEKERS, errors=[NotFound])
async def read_later(
    request: Request[State], session: AsyncSession, actor: Actor, feedback_id: UUID, body: LaterRequest
) -> MyResponses:
    """Put a feedback aside to be read another day, or take it up again."""
    found = await feedback_of(session, actor, feedback_id)
    await service.read_later(session, found, later=body.later, now=request.state["now"]())
    return await _mine(session, actor)


@operations.add("post", "/api/my/feedback/{feedback_id}/question", who=SEEKERS, errors=[NotFound, ResponseNotPossible])
async def ask_employer(
    request: Request[State], session: AsyncSession, actor: Actor, feedback_id: UUID, body: QuestionRequest
) -> MyResponses:
    """Ask the employer one thing about what they wrote."""
    found = await feedback_of(session, actor, feedback_id)
    with _refusals():
        await service.ask(session, found, text=body.text, public_url=_public_url(request), now=request.state["now"]())
    return await _mine(session, actor)


@operations.add(
    "put", "/api/my/feedback/{feedback_id}/meeting-wish", who=SEEKERS, errors=[NotFound, ResponseNotPossible]
)
async def wish_to_meet_again(
    request: Request[State], session: AsyncSession, actor: Actor, feedback_id: UUID, body: MeetingWishRequest
) -> MyResponses:
    """Say that you would like to meet the employer again, or no longer."""
    found = await feedback_of(session, actor, feedback_id)
    with _refusals():
        await service.wish_to_meet(session, found, wished=body.wished, now=request.state["now"]())
    return await _mine(session, actor)


@operations.add("put", "/api/my/feedback/{feedback_id}/dispute", who=SEEKERS, errors=[NotFound, ResponseNotPossible])
async def dispute_feedback(
    request: Request[State], session: AsyncSession, actor: Actor, feedback_id: UUID, body: DisputeRequest
) -> MyResponses:
    """Say in your own words what is wrong; the employer's words stay as they are."""
    found = await feedback_of(session, actor, feedback_id)
    with _refusals():
        await service.dispute(session, found, words=body.words, shared=body.shared, now=request.state["now"]())
    return await _mine(session, actor)


@operations.add("delete", "/api/my/feedback/{feedback_id}/dispute", who=SEEKERS, errors=[NotFound])
async def take_back_dispute(
    request: Request[State], session: AsyncSession, actor: Actor, feedback_id: UUID
) -> MyResponses:
    """Dispute it no longer."""
    found = await feedback_of(session, actor, feedback_id)
    await service.take_back_dispute(session, found, now=request.state["now"]())
    return await _mine(session, actor)


@operations.add("post", "/api/my/conversation-request", who=SEEKERS, errors=[ResponseNotPossible])
async def request_conversation(
    request: Request[State], session: AsyncSession, actor: Actor, body: ConversationRequest
) -> MyResponses:
    """Ask to talk to your case worker; they see that you wish it, and your words, nothing of the feedback."""
    with _refusals():
        await service.request_conversation(session, actor.person_id, words=body.words, now=request.state["now"]())
    return await _mine(session, actor)


@operations.add("get", "/api/my/given-responses", who=RECRUITERS)
async def list_given_responses(request: Request[State], session: AsyncSession, actor: Actor) -> list[GivenResponse]:
    """What seekers ask your employer about its feedback, and who would like to meet again."""
    return [given_response(row) for row in await repository.list_to_employers(session, actor.organisation_ids)]


@operations.add(
    "post", "/api/my/given-feedback/{feedback_id}/answer", who=RECRUITERS, errors=[NotFound, ResponseNotPossible]
)
async def answer_question(
    request: Request[State], session: AsyncSession, actor: Actor, feedback_id: UUID, body: QuestionRequest
) -> list[GivenResponse]:
    """Answer what a seeker asked."""
    with _refusals():
        done = await service.answer(
            session,
            feedback_id,
            text=body.text,
            person_id=actor.person_id,
            organisation_ids=actor.organisation_ids,
            public_url=_public_url(request),
            now=request.state["now"](),
        )
    if not done:
        raise NotFound("there is no such feedback of yours")
    await session.flush()
    return [given_response(row) for row in await repository.list_to_employers(session, actor.organisation_ids)]


@operations.add("get", "/api/recruitment-events/{event_id}/responses", who=STAFF, errors=[NotFound])
async def list_event_responses(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID
) -> EventResponses:
    """That feedback is disputed, in the seeker's words only if they share them, and who would like to meet again."""
    event = await event_of(session, actor, event_id)
    return event_responses(list(await repository.list_of_event(session, event.id)))


def _public_url(request: Request[State]) -> str:
    return request.state["settings"].public_url


async def _mine(session: AsyncSession, actor: Actor) -> MyResponses:
    await session.flush()
    asked = await repository.list_open_requests(session, [actor.person_id])
    workers = await list_case_workers(session, [actor.person_id])
    return MyResponses(
        responses=[
            my_response(row)
            for row in await repository.list_mine(session, actor.person_id, scope_event_id=actor.scope_event_id)
        ],
        conversation_request=next(
            (MyConversationRequest(words=one.words, asked_at=one.asked_at) for one in asked), None
        ),
        case_worker=workers[0].name if workers else None,
    )


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except AnswersInvalid as error:
        raise unusable("something cannot be kept as it is", error.problems) from None
    except (service.ResponseRefused, ReadingRefused) as refusal:
        raise ResponseNotPossible.because(refusal) from None
