"""What competences are called, by HTTP: those of the packs, and the taxonomy."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from feedback.instrument import Text
from feedback.vocabulary import vocabulary
from server.identity.actor import Actor
from server.identity.roles import STAFF
from server.kit.operations import SIGNED_IN, Operations, RequestModel
from server.state import State
from server.taxonomy import service
from server.taxonomy.rules import TYPE

operations = Operations("taxonomy")


class TaxonomySearch(RequestModel):
    """Words that a label holds, however they are written; `type` such as ``skill`` or ``occupation-name``."""

    q: Annotated[str, Field(min_length=1, max_length=100)]
    type: Annotated[str, Field(max_length=40, pattern=f"^{TYPE.pattern}$")] | None = None
    most: Annotated[int, Field(ge=1, le=service.FOUND_MAX)] = 20


class TaxonomyConcept(BaseModel):
    """A concept of the JobTech Taxonomy; `instead_of` is the label of a former one that it replaced."""

    id: str
    type: str
    label: str
    labels: dict[str, str]
    is_deprecated: bool
    instead_of: str | None


class KnownCompetence(BaseModel):
    """A competence that is understood however it is written; `code` is its name in the packs."""

    code: str
    text: Text


@operations.add("get", "/api/competences", who=SIGNED_IN)
async def list_competences(request: Request[State]) -> list[KnownCompetence]:
    """The competences of every pack, to choose from; other words are as welcome."""
    return [KnownCompetence(code=one.code, text=one.text) for one in vocabulary().competences.values()]


@operations.add("get", "/api/taxonomy/concepts", who=STAFF)
async def search_taxonomy(
    request: Request[State], session: AsyncSession, actor: Actor, query: TaxonomySearch
) -> list[TaxonomyConcept]:
    """Concepts that are called so, the nearest first; empty where no taxonomy has been imported."""
    found = await service.search(session, query.q, type=query.type, most=query.most)
    return [
        TaxonomyConcept(
            id=one.id,
            type=one.type,
            label=one.label,
            labels=one.labels,
            is_deprecated=one.is_deprecated,
            instead_of=one.instead_of,
        )
        for one in found
    ]
