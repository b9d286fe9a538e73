"""The session cookie: who a request or a socket handshake comes from, and how a browser gets and loses it."""

from __future__ import annotations

from datetime import datetime
from http.cookies import CookieError, SimpleCookie
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from server.identity import service
from server.identity.actor import Actor
from server.identity.rules import SESSION_LIFETIME, browser_name
from server.identity.tables import JoinLinkRow
from server.kit.operations import set_cookie
from server.kit.security import after_answer

HTTPS_COOKIE = "__Host-direktkontakt"
DEVELOPMENT_COOKIE = "direktkontakt_session"
READ_ONLY_OPTIONS = ("read_only", "postgresql_readonly")


def cookie_name(*, https: bool) -> str:
    """The cookie's name. Some browsers refuse a ``__Host-`` cookie over plain http, even on localhost."""
    return HTTPS_COOKIE if https else DEVELOPMENT_COOKIE


async def authenticate(request: Request, session: AsyncSession) -> Actor | None:
    """The caller whose session cookie this is, or None for nobody or an ended session.

    The session's last use is written at most every five minutes: at once where the request writes
    anyway, else in a short transaction of its own once the answer is out.
    """
    token = _token_of(request)
    if token is None:
        return None
    now: datetime = request.state["now"]()
    admission = await service.admit(session, token, now=now)
    if admission is None:
        return None
    if admission.is_due_to_be_seen:
        await _note_use(request, session, admission.actor.session_id, now)
    return admission.actor


async def actor_of_cookie(
    session: AsyncSession, cookie_header: str | None, *, now: datetime, https: bool
) -> Actor | None:
    """The caller of a Cookie header, by the same rules as a request; for socket handshakes and re-checks."""
    try:
        cookie = SimpleCookie(cookie_header or "").get(cookie_name(https=https))
    except CookieError:
        return None
    if cookie is None:
        return None
    admission = await service.admit(session, cookie.value, now=now)
    return None if admission is None else admission.actor


async def sign_in_here(
    request: Request, session: AsyncSession, *, person_id: UUID, join_link: JoinLinkRow | None = None
) -> Actor:
    """Open a session for the person in the browser of `request`, ending the one it had."""
    now: datetime = request.state["now"]()
    https: bool = request.state["settings"].serves_https
    token = await service.open_session(
        session,
        person_id=person_id,
        now=now,
        browser=browser_name(request.headers.get("user-agent", "")),
        replaces=_token_of(request),
        join_link=join_link,
    )
    close_sockets(request, session)
    set_cookie(
        request,
        key=cookie_name(https=https),
        value=token,
        max_age=int(SESSION_LIFETIME.total_seconds()),
        path="/",
        secure=https,
        httponly=True,
        samesite="lax",
    )
    admission = await service.admit(session, token, now=now)
    assert admission is not None, "a session just opened is live"
    return admission.actor


def close_sockets(request: Request, session: AsyncSession) -> None:
    """Once the answer is out, close the sockets of the sessions that this transaction ended, in every process."""
    ended: list[UUID] = session.info.pop(service.ENDED, [])
    if not ended:
        return

    async def close() -> None:
        for session_id in ended:
            request.state["live"].revoke_session(session_id)

    after_answer(request, close)


def forget_cookie(request: Request) -> None:
    """Have the answer to `request` take the session cookie away."""
    https: bool = request.state["settings"].serves_https
    name = cookie_name(https=https)
    set_cookie(request, key=name, value="", max_age=0, path="/", secure=https, httponly=True, samesite="lax")


def _token_of(request: Request) -> str | None:
    return request.cookies.get(cookie_name(https=request.state["settings"].serves_https))


async def _note_use(request: Request, session: AsyncSession, session_id: UUID, now: datetime) -> None:
    connection = (await session.connection()).sync_connection
    assert connection is not None, "a session that found somebody is connected"
    options = connection.get_execution_options()
    if not any(options.get(name) for name in READ_ONLY_OPTIONS):
        await service.touch(session, session_id=session_id, now=now)
        return

    async def touch() -> None:
        # Only now: while the answer is read, this request holds a connection, and waiting for a
        # second one would stall everybody when many come back at once.
        async with request.state["database"].transaction() as writing:
            await service.touch(writing, session_id=session_id, now=now)

    after_answer(request, touch)
