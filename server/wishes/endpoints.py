"""Wishes and availability before an event, by HTTP: the seekers' own, and an employer's at its desks."""

from __future__ import annotations

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from server.identity.actor import Actor
from server.identity.roles import RECRUITERS, SEEKERS
from server.kit.operations import Operations
from server.kit.problems import Conflict, FieldProblem, Invalid, NotFound
from server.state import State
from server.wishes import service
from server.wishes.shapes import (
    DeskWishes,
    DeskWishesBrief,
    DeskWishesChange,
    MyWishes,
    MyWishesBrief,
    MyWishesChange,
    SeekerSearch,
    WishableSeekers,
)

operations = Operations("wishes")


class WishesClosed(Conflict):
    """`reason` says why: ``published`` or ``over``."""

    title = "The plan is made; wishes can no longer be changed"


class WishesHaveChanged(Conflict):
    """`current` holds what is stored now, in the form of a reading."""

    title = "These wishes have been changed elsewhere"


@operations.add("get", "/api/my/wishes", who=SEEKERS)
async def list_my_wishes(request: Request[State], session: AsyncSession, actor: Actor) -> list[MyWishesBrief]:
    """Events that are not planned yet and would like to know your wishes."""
    return await service.list_mine(
        session, person_id=actor.person_id, scope=actor.scope_event_id, now=request.state["now"]()
    )


@operations.add("get", "/api/my/events/{event_id}/wishes", who=SEEKERS, errors=[NotFound])
async def get_my_wishes(request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID) -> MyWishes:
    """When you can come, and whom you would like to meet."""
    _check_scope(actor, event_id)
    found = await service.read_mine(session, event_id, person_id=actor.person_id, now=request.state["now"]())
    if found is None:
        raise NotFound(f"event {event_id}")
    return found


@operations.add(
    "put", "/api/my/events/{event_id}/wishes", who=SEEKERS, errors=[NotFound, WishesClosed, WishesHaveChanged]
)
async def put_my_wishes(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, body: MyWishesChange
) -> MyWishes:
    """Say when you can come, and whom you would like to meet."""
    _check_scope(actor, event_id)
    try:
        written = await service.write_mine(
            session, event_id, body, person_id=actor.person_id, now=request.state["now"]()
        )
    except service.WishesRefused as refusal:
        raise _refused(refusal) from None
    if written is None:
        raise NotFound(f"event {event_id}")
    return written


@operations.add("get", "/api/my/desk-wishes", who=RECRUITERS)
async def list_my_desk_wishes(request: Request[State], session: AsyncSession, actor: Actor) -> list[DeskWishesBrief]:
    """Desks of your employer at events that are not planned yet."""
    return await service.list_at_desks(
        session, organisation_ids=actor.organisation_ids, person_id=actor.person_id, now=request.state["now"]()
    )


@operations.add("get", "/api/desks/{desk_id}/wishes", who=RECRUITERS, errors=[NotFound])
async def get_desk_wishes(request: Request[State], session: AsyncSession, actor: Actor, desk_id: UUID) -> DeskWishes:
    """When the desk's recruiter is away, and whom your employer would like to meet."""
    found = await service.read_at_desk(
        session,
        desk_id,
        organisation_ids=actor.organisation_ids,
        person_id=actor.person_id,
        now=request.state["now"](),
    )
    if found is None:
        raise NotFound("there is no such desk at your employer")
    return found


@operations.add(
    "put", "/api/desks/{desk_id}/wishes", who=RECRUITERS, errors=[NotFound, WishesClosed, WishesHaveChanged]
)
async def put_desk_wishes(
    request: Request[State], session: AsyncSession, actor: Actor, desk_id: UUID, body: DeskWishesChange
) -> DeskWishes:
    """Say when the desk's recruiter is away, and whom your employer would like to meet."""
    try:
        written = await service.write_at_desk(
            session,
            desk_id,
            body,
            organisation_ids=actor.organisation_ids,
            person_id=actor.person_id,
            now=request.state["now"](),
        )
    except service.WishesRefused as refusal:
        raise _refused(refusal) from None
    if written is None:
        raise NotFound("there is no such desk at your employer")
    return written


@operations.add("get", "/api/desks/{desk_id}/seekers", who=RECRUITERS, errors=[NotFound, WishesClosed])
async def search_seekers(
    request: Request[State], session: AsyncSession, actor: Actor, desk_id: UUID, query: SeekerSearch
) -> WishableSeekers:
    """Seekers of the event whom your employer may wish for, by name or by what they can."""
    try:
        found = await service.search_seekers(
            session,
            desk_id,
            text=query.q,
            page=query.page,
            organisation_ids=actor.organisation_ids,
            now=request.state["now"](),
        )
    except service.AreClosed as refusal:
        raise _refused(refusal) from None
    if found is None:
        raise NotFound("there is no such desk at your employer")
    return found


def _check_scope(actor: Actor, event_id: UUID) -> None:
    if actor.scope_event_id not in (None, event_id):
        raise NotFound(f"event {event_id}")


def _refused(refusal: service.WishesRefused) -> Conflict | Invalid:
    match refusal:
        case service.AreClosed():
            return WishesClosed(str(refusal), reason=refusal.reason)
        case service.HaveChanged():
            return WishesHaveChanged(str(refusal), current=refusal.current.model_dump(mode="json"))
        case service.AreFaulty():
            fields = [FieldProblem(path=fault.path, message=fault.message) for fault in refusal.faults]
            return Invalid(str(refusal), fields=fields)
    raise TypeError(f"no answer to {refusal!r}")
