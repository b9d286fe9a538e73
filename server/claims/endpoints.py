"""The seeker's claims and the inventory by HTTP; each write answers with the whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from feedback.answers import AnswersInvalid
from feedback.competences import EXAMPLE_LENGTH_MAX, NOTE_LENGTH_MAX, OWN_COMPETENCES_MAX, EvidenceKind
from feedback.situations import ANSWER_LENGTH_MAX
from server.claims import inventory, repository, service
from server.claims.answers import Inventory, MyClaims, claims_answer, inventory_answer
from server.identity.actor import Actor
from server.identity.roles import SEEKERS
from server.kit.operations import Operations, RequestModel
from server.kit.problems import Conflict, NotFound, unusable
from server.profiles.answers import Competence, competence_answers
from server.state import State

operations = Operations("claims")
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Detail = Annotated[str, StringConstraints(strip_whitespace=True, max_length=NOTE_LENGTH_MAX)]
Example = Annotated[str, StringConstraints(strip_whitespace=True, max_length=EXAMPLE_LENGTH_MAX)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Own = Literal["self", "informal", "credential"]


class ClaimConflict(Conflict):
    title = "That is not possible with this claim now"


class ClaimChange(RequestModel):
    """On what it rests, and an example of one's own; nobody confirms themselves."""

    evidence: Own
    detail: Detail = ""
    example: Example | None = None


class NewClaim(ClaimChange):
    label: Label


class CompetenceClaim(RequestModel):
    label: Label
    detail: Detail = ""


class CompetencesRequest(RequestModel):
    """The whole list each time. What is new in it counts as one's own word for it."""

    competences: list[CompetenceClaim] = Field(max_length=OWN_COMPETENCES_MAX)


class Told(RequestModel):
    """What is told of a situation; once it is `done`, what is `kept` becomes claims."""

    answers: dict[Code, Annotated[str, Field(max_length=ANSWER_LENGTH_MAX)]] = Field(max_length=5)
    proof: Code | None = None
    kept: list[Code] = Field(default=[], max_length=12)
    state: inventory.State


@operations.add("get", "/api/my/claims", who=SEEKERS)
async def list_my_claims(request: Request[State], session: AsyncSession, actor: Actor) -> MyClaims:
    """What you can do, on what it rests, and who has confirmed it."""
    return await _claims(session, actor)


@operations.add("post", "/api/my/claims", who=SEEKERS, status=HTTPStatus.CREATED, errors=[ClaimConflict])
async def add_claim(request: Request[State], session: AsyncSession, actor: Actor, body: NewClaim) -> MyClaims:
    """Say that you can do something."""
    with _refusals():
        await service.add(
            session,
            actor.person_id,
            label=body.label,
            evidence=EvidenceKind(body.evidence),
            detail=body.detail,
            example=body.example,
            now=request.state["now"](),
        )
    return await _claims(session, actor)


@operations.add("put", "/api/my/claims/{claim_id}", who=SEEKERS, errors=[NotFound])
async def change_claim(
    request: Request[State], session: AsyncSession, actor: Actor, claim_id: UUID, body: ClaimChange
) -> MyClaims:
    """Say on what it rests, and give an example."""
    with _refusals():
        await service.change(
            session,
            actor.person_id,
            claim_id,
            evidence=EvidenceKind(body.evidence),
            detail=body.detail,
            example=body.example,
            now=request.state["now"](),
        )
    return await _claims(session, actor)


@operations.add("delete", "/api/my/claims/{claim_id}", who=SEEKERS, errors=[NotFound])
async def remove_claim(request: Request[State], session: AsyncSession, actor: Actor, claim_id: UUID) -> MyClaims:
    """Take it out of your list; said anew, it is confirmed as before."""
    with _refusals():
        await service.remove(session, actor.person_id, claim_id, now=request.state["now"]())
    return await _claims(session, actor)


@operations.add("put", "/api/my/competences", who=SEEKERS)
async def save_competences(
    request: Request[State], session: AsyncSession, actor: Actor, body: CompetencesRequest
) -> list[Competence]:
    """What you know, in your own words and order."""
    said = [(one.label, one.detail) for one in body.competences]
    await service.replace(session, actor.person_id, said, now=request.state["now"]())
    await session.flush()
    return competence_answers(await repository.list_claims(session, actor.person_id))


@operations.add("get", "/api/my/inventory", who=SEEKERS)
async def get_my_inventory(request: Request[State], session: AsyncSession, actor: Actor) -> Inventory:
    """The conversation about what you have learnt outside jobs, as far as you have come."""
    return inventory_answer(await repository.list_inventory(session, actor.person_id))


@operations.add("put", "/api/my/inventory/{situation}", who=SEEKERS, errors=[NotFound, ClaimConflict])
async def tell_of_situation(
    request: Request[State], session: AsyncSession, actor: Actor, situation: Code, body: Told
) -> Inventory:
    """Tell of a situation, and keep what you recognise."""
    with _refusals():
        await inventory.tell(
            session,
            actor.person_id,
            situation,
            answers=body.answers,
            proof=body.proof,
            kept=body.kept,
            state=body.state,
            now=request.state["now"](),
        )
    await session.flush()
    return inventory_answer(await repository.list_inventory(session, actor.person_id))


async def _claims(session: AsyncSession, actor: Actor) -> MyClaims:
    await session.flush()
    return claims_answer(
        await repository.list_claims(session, actor.person_id),
        await repository.list_confirmations(session, actor.person_id),
        await repository.list_inventory(session, actor.person_id),
    )


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except AnswersInvalid as error:
        raise unusable("something cannot be kept as it is", error.problems) from None
    except (service.NoSuchClaim, inventory.NoSuchSituation) as refusal:
        raise NotFound(str(refusal)) from None
    except service.ClaimRefused as refusal:
        raise ClaimConflict.because(refusal) from None
