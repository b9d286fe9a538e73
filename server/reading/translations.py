"""A translation beside the employer's own sentence: by whom and when. The original is never touched."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from feedback import visibility
from feedback.visibility import Viewer
from server.identity.actor import Actor
from server.identity.roles import RECRUITERS
from server.kit import streams
from server.kit.operations import Operations, RequestModel
from server.kit.problems import Conflict, NotFound
from server.reading import repository
from server.reading.answers import GivenFeedback, given_feedback
from server.scorecards.tables import StatementTranslationRow
from server.state import State

operations = Operations("translations")
GIVEN_MAX = 500


class NothingToTranslate(Conflict):
    title = "There is no sentence to translate"


class TranslationRequest(RequestModel):
    """`language` is the one translated into; a text written again takes the place of the one before."""

    language: Literal["sv", "en"]
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


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
    found = await _find(session, actor, meeting_id)
    if not found.row.answers.get("worked_statement"):
        raise NothingToTranslate("this scorecard has no sentence of its own")
    known = await session.get(StatementTranslationRow, found.row.id)
    row = known or StatementTranslationRow(
        scorecard_id=found.row.id, language=body.language, text=body.text, translator_id=actor.person_id, at=now
    )
    row.language, row.text, row.translator_id, row.at = body.language, body.text, actor.person_id, now
    session.add(row)
    await session.flush()
    if found.row.released_at is not None:
        fact = {"scorecard_id": str(found.row.id)}
        await streams.append(session, f"person:{found.row.seeker_id}", "scorecard.translated", fact, now=now)
    viewer = Viewer(visibility.Role.RECRUITER, actor.person_id, organisation_id=found.row.organisation_id)
    return given_feedback(await _find(session, actor, meeting_id), viewer, now=now)


async def _find(session: AsyncSession, actor: Actor, meeting_id: UUID) -> repository.FoundFeedback:
    given = await repository.list_given_by(session, actor.organisation_ids, limit=GIVEN_MAX)
    found = next((one for one in given if one.row.meeting_id == meeting_id), None)
    if found is None:
        raise NotFound("your employer has sent no feedback after this meeting")
    return found
