"""Signing in, sessions and personal links over HTTP.

Operations that hand out a cookie open their transaction themselves: a stored answer under an idempotency key
would repeat the body without it, and a refused code must be counted although the answer is a refusal.
"""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from server.identity import people, repository, service
from server.identity.actor import Actor
from server.identity.authentication import close_sockets, forget_cookie, sign_in_here
from server.identity.roles import STAFF
from server.identity.rules import CODE_LIFETIME, JoinLinkExpired, JoinLinkRevoked
from server.identity.views import (
    CodeSent,
    Confirmation,
    JoinLinkRequest,
    JoinLinkView,
    LocaleChoice,
    Me,
    Redemption,
    SessionView,
    SignInRequest,
    me_view,
)
from server.kit.operations import ANYONE, SIGNED_IN, Operations
from server.kit.problems import ApiError, Conflict, NotFound, TooManyRequests
from server.kit.rates import Rate, limiter_of
from server.kit.security import client_address

operations = Operations("identity")

# A whole event may sit behind one address, so the counts for an address are those of a hall, not of a home.
ASK_PER_ADDRESS = Rate("ask_per_address", 120, 600)
ASK_PER_MAIL = Rate("ask_per_mail", 5, 600)
CONFIRM_PER_ADDRESS = Rate("confirm_per_address", 240, 600)
CONFIRM_PER_MAIL = Rate("confirm_per_mail", 10, 600)
REDEEM_PER_ADDRESS = Rate("redeem_per_address", 600, 600)


class SignInRefused(ApiError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = "The code or link is wrong, used or too old"


class LinkUnknown(ApiError):
    status = HTTPStatus.NOT_FOUND
    title = "There is no such personal link"


class LinkExpired(ApiError):
    status = HTTPStatus.GONE
    title = "The personal link has expired"


class LinkRevoked(ApiError):
    status = HTTPStatus.GONE
    title = "The personal link has been taken back"


class PersonHasNoMail(Conflict):
    title = "The person has no e-mail address"


@operations.add("get", "/api/me", who=ANYONE)
async def get_me(request: Request, session: AsyncSession, actor: Actor | None) -> Me:
    """Who calls, with the CSRF token of the session; nobody when not signed in."""
    return await _me(request, session, actor)


@operations.add("post", "/api/sign-in", who=ANYONE, status=HTTPStatus.ACCEPTED, errors=[TooManyRequests])
async def ask_for_sign_in(request: Request, session: AsyncSession, body: SignInRequest) -> CodeSent:
    """Have a sign-in code and link mailed; the answer is the same for every address."""
    limiter = limiter_of(request)
    await limiter.check(ASK_PER_ADDRESS, client_address(request))
    await limiter.check(ASK_PER_MAIL, body.email)
    service.ask_for_sign_in(session, email=body.email, now=request.state["now"]())
    return CodeSent(valid_for_s=int(CODE_LIFETIME.total_seconds()))


@operations.add("post", "/api/sign-in/confirm", who=ANYONE, errors=[SignInRefused, TooManyRequests])
async def confirm_sign_in(request: Request, body: Confirmation) -> Me:
    """Sign in with a mailed code or link, once."""
    limiter, now = limiter_of(request), request.state["now"]()
    await limiter.check(CONFIRM_PER_ADDRESS, client_address(request))
    code_id = None
    if body.code is not None and body.email is not None:
        await limiter.check(CONFIRM_PER_MAIL, body.email)
        code_id = await _matching_code(request, body.email, body.code, now=now)
        if code_id is None:
            raise SignInRefused("check the newest mail, or ask for a new code")
    async with request.state["database"].transaction() as session:
        if code_id is not None:
            person_id = await service.redeem_code(session, code_id=code_id, now=now)
        else:
            person_id = await service.redeem_sign_in_link(session, token=body.token or "", now=now)
        if person_id is None:
            raise SignInRefused("it has been used or is too old; ask for a new code")
        return await _me(request, session, await sign_in_here(request, session, person_id=person_id))


@operations.add(
    "post",
    "/api/join-links/redeem",
    who=ANYONE,
    errors=[LinkUnknown, LinkExpired, LinkRevoked, TooManyRequests],
)
async def redeem_join_link(request: Request, body: Redemption) -> Me:
    """Come in by a personal link, as often as needed while it is valid."""
    await limiter_of(request).check(REDEEM_PER_ADDRESS, client_address(request))
    try:
        async with request.state["database"].transaction() as session:
            link = await service.redeem_join_link(session, token=body.token, now=request.state["now"]())
            if link is None:
                raise LinkUnknown("check that the whole link was copied")
            actor = await sign_in_here(request, session, person_id=link.person_id, join_link=link)
            return await _me(request, session, actor)
    except JoinLinkExpired as refusal:
        raise LinkExpired(str(refusal)) from refusal
    except JoinLinkRevoked as refusal:
        raise LinkRevoked(str(refusal)) from refusal


@operations.add("post", "/api/sign-out", who=SIGNED_IN)
async def sign_out(request: Request, session: AsyncSession, actor: Actor) -> None:
    """End this session."""
    await service.revoke_session(session, actor=actor, session_id=actor.session_id, now=request.state["now"]())
    close_sockets(request, session)
    forget_cookie(request)


@operations.add("get", "/api/sessions", who=SIGNED_IN)
async def list_sessions(request: Request, session: AsyncSession, actor: Actor) -> list[SessionView]:
    """The browsers the caller is signed in with."""
    opened = await service.list_sessions(session, actor=actor, now=request.state["now"]())
    return [SessionView(**asdict(one), is_current=one.id == actor.session_id) for one in opened]


@operations.add("delete", "/api/sessions/{session_id}", who=SIGNED_IN, errors=[NotFound])
async def end_session(request: Request, session: AsyncSession, actor: Actor, session_id: UUID) -> None:
    """Sign one of the caller's browsers out."""
    now: datetime = request.state["now"]()
    if not await service.revoke_session(session, actor=actor, session_id=session_id, now=now):
        raise NotFound(f"session {session_id}")
    close_sockets(request, session)
    if session_id == actor.session_id:
        forget_cookie(request)


@operations.add("put", "/api/me/locale", who=SIGNED_IN)
async def set_locale(request: Request, session: AsyncSession, actor: Actor, body: LocaleChoice) -> Me:
    """Choose the language of pages and mails."""
    await repository.set_locale(session, actor.person_id, body.locale)
    return await _me(request, session, actor)


@operations.add(
    "post",
    "/api/recruitment-events/{recruitment_event_id}/join-links",
    who=STAFF,
    status=HTTPStatus.CREATED,
    errors=[NotFound, PersonHasNoMail],
)
async def send_join_link(
    request: Request, session: AsyncSession, actor: Actor, recruitment_event_id: UUID, body: JoinLinkRequest
) -> JoinLinkView:
    """Make a personal link for a seeker of the event and mail it."""
    try:
        link = await service.send_join_link(
            session,
            staff_id=actor.person_id,
            recruitment_event_id=recruitment_event_id,
            person_id=body.person_id,
            now=request.state["now"](),
        )
    except service.NoMailAddress as refusal:
        raise PersonHasNoMail(str(refusal)) from refusal
    if link is None:
        raise NotFound("the event is not yours, or the person is not enrolled in it")
    return _link_view(link)


@operations.add("get", "/api/recruitment-events/{recruitment_event_id}/join-links", who=STAFF, errors=[NotFound])
async def list_join_links(
    request: Request, session: AsyncSession, actor: Actor, recruitment_event_id: UUID
) -> list[JoinLinkView]:
    """The event's personal links that still let somebody in."""
    links = await service.list_join_links(
        session,
        staff_id=actor.person_id,
        recruitment_event_id=recruitment_event_id,
        now=request.state["now"](),
    )
    if links is None:
        raise NotFound(f"recruitment event {recruitment_event_id}")
    return [_link_view(link) for link in links]


@operations.add("delete", "/api/join-links/{join_link_id}", who=STAFF, errors=[NotFound])
async def revoke_join_link(request: Request, session: AsyncSession, actor: Actor, join_link_id: UUID) -> None:
    """Take a personal link back; who came in by it is signed out."""
    now: datetime = request.state["now"]()
    if not await service.revoke_join_link(session, staff_id=actor.person_id, join_link_id=join_link_id, now=now):
        raise NotFound(f"join link {join_link_id}")
    close_sockets(request, session)


async def _matching_code(request: Request, email: str, code: str, *, now: datetime) -> UUID | None:
    """The id of the code that `code` is; the try is committed before it is compared."""
    async with request.state["database"].transaction() as session:
        attempt = await service.take_try(session, email=email, now=now)
    return attempt.code_id if await asyncio.to_thread(attempt.matches, code) else None


async def _me(request: Request, session: AsyncSession, actor: Actor | None) -> Me:
    person = None if actor is None else await people.describe(session, actor)
    return me_view(actor, person, demo=request.state["settings"].demo)


def _link_view(link: service.JoinLink) -> JoinLinkView:
    return JoinLinkView(**asdict(link))
