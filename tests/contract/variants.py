"""Applications that differ from the real one in one part: what the matrix must catch.

Each is made of the real parts through the same seams as the real one: an operation replaced in the list of
routes, another function in the state, a subclass behind a port. Nothing is patched.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from realtime.bus import InProcessBus
from realtime.ports import Actor as LiveActor
from realtime.ports import Participant
from realtime.server import LiveServer, create_live
from server.identity.actor import Actor
from server.identity.authentication import authenticate
from server.identity.tables import OrganisationRow
from server.kit.db import Database
from server.kit.operations import Operation, Operations
from server.kit.rendering import Json
from server.live.adapters import Rooms, Sessions, Streams
from server.live.presence import PresenceRows
from tests.contract.world import NOW

Change = Callable[[Operation], Operation]


def with_operation(app: Starlette, name: str, operations: list[Operation], change: Change) -> Starlette:
    """`app` with one operation changed; `name` is as in the oracle."""
    method, path = name.split(" ")
    [operation] = [one for one in operations if (one.method.upper(), one.path) == (method, path)]
    group = Operations("changed")
    group.all.append(change(operation))
    routes: list[BaseRoute] = app.router.routes
    [place] = [
        number
        for number, route in enumerate(routes)
        if isinstance(route, Route) and route.path == path and method in (route.methods or ())
    ]
    routes[place] = group.routes()[0]
    return app


def for_whom(*roles: str) -> Change:
    """Declared for other roles."""
    return lambda operation: replace(operation, who=frozenset(roles))


def of_every_employer(operation: Operation) -> Operation:
    """The filter by employer gone: the caller counts as everybody's recruiter."""

    async def endpoint(request: Request, *, session: AsyncSession, actor: Actor, **more: Any) -> Any:
        everywhere = frozenset((await session.exec(select(OrganisationRow.id))).all())
        return await operation.endpoint(
            request, session=session, actor=replace(actor, organisation_ids=everywhere), **more
        )

    return replace(operation, endpoint=endpoint)


def as_somebody(person_id: UUID) -> Change:
    """The check of whose it is gone: everybody is taken for the one whose it is."""

    def change(operation: Operation) -> Operation:
        async def endpoint(request: Request, *, actor: Actor, **more: Any) -> Any:
            return await operation.endpoint(request, actor=replace(actor, person_id=person_id), **more)

        return replace(operation, endpoint=endpoint)

    return change


def instead(answer: Callable[..., Awaitable[Any]]) -> Change:
    """Another endpoint, whose answer is sent as it is."""
    return lambda operation: replace(operation, endpoint=answer, result=Json(Any))


Authenticating = Callable[[Request, AsyncSession], Awaitable[Actor | None]]


def authenticating(change: Callable[[Actor], Actor]) -> Authenticating:
    """Signing in as it is, with something changed about who comes out."""

    async def changed(request: Request, session: AsyncSession) -> Actor | None:
        actor = await authenticate(request, session)
        return None if actor is None else change(actor)

    return changed


async def authenticate_without_clock(request: Request, session: AsyncSession) -> Actor | None:
    """A session that never ends: its time is never looked at."""
    now = request.state["now"]
    request.scope["state"]["now"] = lambda: NOW - timedelta(hours=13)
    try:
        return await authenticate(request, session)
    finally:
        request.scope["state"]["now"] = now


@dataclass(frozen=True, slots=True)
class Careless(Actor):
    """Takes any CSRF token."""

    def may_write(self, request: Request) -> bool:
        return True


def careless(actor: Actor) -> Actor:
    return Careless(
        actor.person_id,
        actor.session_id,
        actor.roles,
        actor.organisation_ids,
        actor.csrf_token,
        actor.scope_event_id,
    )


def from_anywhere(app: ASGIApp) -> ASGIApp:
    """Where a write comes from is never seen."""
    hidden = (b"origin", b"sec-fetch-site")

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["headers"] = [(name, value) for name, value in scope["headers"] if name not in hidden]
        await app(scope, receive, send)

    return serve


class EverythingFollowed(Streams):
    """Lets everybody hear everything."""

    async def may_follow(self, actor: LiveActor, stream: str) -> bool:
        return True


class AnyScopeFollowed(Streams):
    """Takes a link of another event for a whole sign-in."""

    async def may_follow(self, actor: LiveActor, stream: str) -> bool:
        return await super().may_follow(replace(actor, session_id=UUID(int=0)), stream)


class EverybodyAdmitted(Rooms):
    """Lets everybody into every room."""

    async def admit(self, actor: LiveActor, meeting_id: UUID) -> Participant | None:
        return Participant(person_id=actor.person_id, role="recruiter")


class EndlessSessions(Sessions):
    """Never looks at a session's time."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, now=lambda: NOW - timedelta(hours=13), https=False)


def live_app(database: Database, **parts: Any) -> Starlette:
    """The live layer alone, with some of its ports replaced."""

    def now() -> datetime:
        return NOW

    ports: dict[str, Any] = {
        "authenticator": Sessions(database, now=now, https=False),
        "streams": Streams(database),
        "meetings": Rooms(database, now=now),
        "presence": PresenceRows(database),
    }
    live: LiveServer = create_live(**ports | parts, bus=InProcessBus(), now=now)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await live.start()
        yield
        await live.stop()

    return Starlette(routes=[Mount("/socket.io", app=live.asgi)], lifespan=lifespan)
