"""Roles worth exploring, by HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, StringConstraints
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from feedback.instrument import Text
from feedback.paths import Path, find_path, fits, nearby
from feedback.vocabulary import vocabulary
from server.identity.actor import Actor
from server.identity.roles import SEEKERS
from server.kit.operations import Operations
from server.kit.problems import NotFound
from server.paths import service
from server.paths.service import Named
from server.state import State

operations = Operations("paths")
Code = Annotated[str, StringConstraints(min_length=1, max_length=40)]


class NamedBy(BaseModel):
    """Who said that this role would fit better."""

    feedback_id: UUID
    employer_name: str
    held_at: datetime


class PathBrief(BaseModel):
    """A role that employers have named."""

    pack: str
    occupation: str
    text: Text
    named_by: list[NamedBy]


class Taken(BaseModel):
    """Something that the role takes; `fit`: have, partly (one's own word) or lack (not said yet)."""

    code: str
    text: Text
    fit: str


class NearPath(BaseModel):
    """A role near by, and what both take."""

    pack: str
    occupation: str
    text: Text
    shared: list[Text]


class PathView(PathBrief):
    """What the role takes beside what the seeker has. No sum is made of it."""

    takes: list[Taken]
    near: list[NearPath]


@operations.add("get", "/api/my/paths", who=SEEKERS)
async def list_my_paths(request: Request[State], session: AsyncSession, actor: Actor) -> list[PathBrief]:
    """Other roles that employers have named to you."""
    named = await service.list_named(session, actor, now=request.state["now"]())
    found = {(one.pack, one.occupation): find_path(one.pack, one.occupation) for one in named}
    return [_brief(path, named) for path in found.values() if path is not None]


@operations.add("get", "/api/my/paths/{pack}/{occupation}", who=SEEKERS, errors=[NotFound])
async def get_my_path(
    request: Request[State], session: AsyncSession, actor: Actor, pack: Code, occupation: Code
) -> PathView:
    """What a role takes beside what you have, and what lies near it."""
    path = find_path(pack, occupation)
    if path is None:
        raise NotFound("there is no such role in our lists")
    named = await service.list_named(session, actor, now=request.state["now"]())
    evidence = await service.best_evidence(session, actor.person_id)
    return PathView(
        **_brief(path, named).model_dump(),
        takes=[Taken(code=code, text=_text(code), fit=fit) for code, fit in fits(path, evidence)],
        near=[
            NearPath(
                pack=one.path.pack,
                occupation=one.path.occupation.code,
                text=one.path.occupation.text,
                shared=[_text(code) for code in one.shared],
            )
            for one in nearby(path)
        ],
    )


def _brief(path: Path, named: Sequence[Named]) -> PathBrief:
    return PathBrief(
        pack=path.pack,
        occupation=path.occupation.code,
        text=path.occupation.text,
        named_by=[
            NamedBy(feedback_id=one.feedback_id, employer_name=one.employer_name, held_at=one.held_at)
            for one in named
            if (one.pack, one.occupation) == (path.pack, path.occupation.code)
        ],
    )


def _text(code: str) -> Text:
    return vocabulary().competences[code].text
