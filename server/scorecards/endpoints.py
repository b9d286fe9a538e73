"""The recruiter's scorecard by HTTP, and the instrument it is filled with."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from feedback.answers import AnswersInvalid
from feedback.instrument import Instrument, InstrumentRef, is_code
from feedback.scorecard import Incomplete, Refused, VersionConflict
from realtime.meeting import MeetingRefused
from server.identity.actor import Actor
from server.identity.roles import RECRUITERS
from server.kit.operations import SIGNED_IN, Operations, RequestModel
from server.kit.problems import ApiError, Conflict, FieldProblem, NotFound, unusable
from server.packs import shelf
from server.scorecards import service
from server.scorecards.answers import Scorecard, scorecard_answer
from server.scorecards.tables import ScorecardRow
from server.state import State

operations = Operations("scorecards")


class DraftConflict(Conflict):
    title = "The draft was saved from somewhere else"


class ScorecardIncomplete(ApiError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = "Required questions are unanswered"


class ScorecardRefused(Conflict):
    title = "The scorecard cannot do that now"


class DraftRequest(RequestModel):
    """A whole draft, written against the version last read."""

    version: int = Field(ge=0, le=1_000_000)
    answers: dict[str, Any]


class SkipRequest(RequestModel):
    reason: str = Field(min_length=1, max_length=40)


@operations.add("get", "/api/instruments/{code}/{version}", who=SIGNED_IN, errors=[NotFound])
async def get_instrument(
    request: Request[State], code: str, version: Annotated[int, Field(ge=1, le=9999)]
) -> Instrument:
    """What is asked after a meeting, in every language; a version never changes."""
    try:
        if is_code(code):
            return shelf.instrument(InstrumentRef(code, version))
    except LookupError:
        pass
    raise NotFound("there is no such instrument or version")


@operations.add(
    "put", "/api/meetings/{meeting_id}/scorecard", who=RECRUITERS, errors=[NotFound, DraftConflict, ScorecardRefused]
)
async def save_scorecard(
    request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID, body: DraftRequest
) -> Scorecard:
    """Keep a draft; whole answers each time, against the version last read."""
    with _refusals():
        now = request.state["now"]()
        saved = service.save_draft(
            session, meeting_id, actor=actor, version=body.version, answers=body.answers, now=now
        )
        return await _answer(request, saved)


@operations.add(
    "post",
    "/api/meetings/{meeting_id}/scorecard/send",
    who=RECRUITERS,
    errors=[NotFound, ScorecardIncomplete, ScorecardRefused],
)
async def send_scorecard(request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID) -> Scorecard:
    """Send the scorecard; it can be undone for a while, then the seeker has it, unchanged by anyone."""
    with _refusals():
        return await _answer(request, service.send(session, meeting_id, actor=actor, now=request.state["now"]()))


@operations.add(
    "post", "/api/meetings/{meeting_id}/scorecard/undo", who=RECRUITERS, errors=[NotFound, ScorecardRefused]
)
async def undo_scorecard(request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID) -> Scorecard:
    """Take a sending back while the undo window lasts."""
    with _refusals():
        return await _answer(request, service.undo(session, meeting_id, actor=actor, now=request.state["now"]()))


@operations.add(
    "post", "/api/meetings/{meeting_id}/scorecard/skip", who=RECRUITERS, errors=[NotFound, ScorecardRefused]
)
async def skip_scorecard(
    request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID, body: SkipRequest
) -> Scorecard:
    """Leave no feedback after this meeting, for a reason."""
    with _refusals():
        now = request.state["now"]()
        return await _answer(request, service.skip(session, meeting_id, actor=actor, reason=body.reason, now=now))


@operations.add(
    "post", "/api/meetings/{meeting_id}/scorecard/resume", who=RECRUITERS, errors=[NotFound, ScorecardRefused]
)
async def resume_scorecard(request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID) -> Scorecard:
    """Take a skipped scorecard up again."""
    with _refusals():
        return await _answer(request, service.resume(session, meeting_id, actor=actor, now=request.state["now"]()))


async def _answer(request: Request[State], change: Awaitable[ScorecardRow | None]) -> Scorecard:
    row = await change
    if row is None:
        raise NotFound("there is no such meeting at your employer's desks")
    return scorecard_answer(row, now=request.state["now"]())


@contextmanager
def _refusals() -> Iterator[None]:
    """Refusals of the scorecard and of the meeting as problems."""
    try:
        yield
    except AnswersInvalid as error:
        raise unusable("some answers cannot be kept", error.problems, under="answers.") from None
    except VersionConflict as error:
        raise DraftConflict("read it again and save what you add", version=error.current) from None
    except Incomplete as error:
        fields = [FieldProblem(path=one.code, message="is unanswered") for one in error.missing]
        raise ScorecardIncomplete(str(error), fields=fields) from None
    except (Refused, MeetingRefused) as error:
        raise ScorecardRefused.because(error) from None
