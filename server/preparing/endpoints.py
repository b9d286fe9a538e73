"""The rehearsal checklist and the network map by HTTP: the seeker's own, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, StringConstraints
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from feedback.instrument import Option, Text
from feedback.rehearsal import preparation
from server.identity.actor import Actor
from server.identity.roles import SEEKERS
from server.kit.operations import Operations, RequestModel
from server.kit.problems import Conflict, NotFound
from server.preparing import service
from server.preparing.service import Said
from server.state import State

operations = Operations("preparing")
Code = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
CanHelp = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class MapIsFull(Conflict):
    title = "There is no more room on the map"


class RehearsalPoint(BaseModel):
    code: str
    text: Text
    how: Text
    done: bool


class Rehearsal(BaseModel):
    """The checklist for presenting one's merits."""

    points: list[RehearsalPoint]


class TickRequest(RequestModel):
    done: bool


class ContactRequest(RequestModel):
    """Somebody one knows: no more of them than a name and what they could help with."""

    name: Name
    circle: Code
    can_help: CanHelp = ""
    asked: bool = False

    @property
    def said(self) -> Said:
        return Said(self.name, self.circle, self.can_help, self.asked)


class Contact(BaseModel):
    id: UUID
    name: str
    circle: str
    can_help: str
    asked: bool


class Network(BaseModel):
    """Whom one knows who could help; seen by oneself alone."""

    circles: list[Option]
    contacts: list[Contact]


@operations.add("get", "/api/my/rehearsal", who=SEEKERS)
async def get_my_rehearsal(request: Request[State], session: AsyncSession, actor: Actor) -> Rehearsal:
    """What to have ready before a meeting, and what you have."""
    return await _rehearsal(session, actor)


@operations.add("put", "/api/my/rehearsal/{point}", who=SEEKERS, errors=[NotFound])
async def tick_point(
    request: Request[State], session: AsyncSession, actor: Actor, point: Code, body: TickRequest
) -> Rehearsal:
    """Tick off a point, or no longer."""
    with _refusals():
        await service.tick(session, actor.person_id, point, done=body.done, now=request.state["now"]())
    return await _rehearsal(session, actor)


@operations.add("delete", "/api/my/rehearsal", who=SEEKERS)
async def begin_rehearsal_again(request: Request[State], session: AsyncSession, actor: Actor) -> Rehearsal:
    """Begin anew before another meeting."""
    await service.begin_again(session, actor.person_id)
    return await _rehearsal(session, actor)


@operations.add("get", "/api/my/network", who=SEEKERS)
async def get_my_network(request: Request[State], session: AsyncSession, actor: Actor) -> Network:
    """Whom you know who could help; nobody but you sees this."""
    return await _network(session, actor)


@operations.add("post", "/api/my/network", who=SEEKERS, status=HTTPStatus.CREATED, errors=[NotFound, MapIsFull])
async def add_contact(request: Request[State], session: AsyncSession, actor: Actor, body: ContactRequest) -> Network:
    """Put somebody on your map."""
    with _refusals():
        await service.add_contact(session, actor.person_id, body.said, now=request.state["now"]())
    return await _network(session, actor)


@operations.add("put", "/api/my/network/{contact_id}", who=SEEKERS, errors=[NotFound])
async def change_contact(
    request: Request[State], session: AsyncSession, actor: Actor, contact_id: UUID, body: ContactRequest
) -> Network:
    """Write somebody on your map anew."""
    with _refusals():
        await service.change_contact(session, actor.person_id, contact_id, body.said)
    return await _network(session, actor)


@operations.add("delete", "/api/my/network/{contact_id}", who=SEEKERS, errors=[NotFound])
async def remove_contact(request: Request[State], session: AsyncSession, actor: Actor, contact_id: UUID) -> Network:
    """Take somebody off your map."""
    with _refusals():
        await service.remove_contact(session, actor.person_id, contact_id)
    return await _network(session, actor)


async def _rehearsal(session: AsyncSession, actor: Actor) -> Rehearsal:
    await session.flush()
    done = await service.list_ticks(session, actor.person_id)
    return Rehearsal(
        points=[
            RehearsalPoint(code=one.code, text=one.text, how=one.how, done=one.code in done)
            for one in preparation().points
        ]
    )


async def _network(session: AsyncSession, actor: Actor) -> Network:
    await session.flush()
    return Network(
        circles=list(preparation().circles),
        contacts=[
            Contact(id=row.id, name=row.name, circle=row.circle, can_help=row.can_help, asked=row.asked)
            for row in await service.list_contacts(session, actor.person_id)
        ],
    )


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except service.TooManyContacts as refusal:
        raise MapIsFull(str(refusal)) from None
    except service.PreparingRefused as refusal:
        raise NotFound(str(refusal)) from None
