"""Use cases of identity: sessions, sign-in by mail and personal join links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity import repository
from server.identity.actor import Actor
from server.identity.roles import Role
from server.identity.rules import (
    CODE_LIFETIME,
    SESSION_IDLE_MAX,
    check_join_link,
    is_due_to_be_seen,
    join_link_end,
    session_end,
    session_is_live,
)
from server.identity.tables import JoinLinkRow, SessionRow, SignInCodeRow
from server.kit import outbox, streams
from server.kit.tokens import code_hash, new_code, new_token, token_hash

TOKEN_CHARACTERS = len(new_token())
SIGN_IN_MAIL = "sign_in"
JOIN_LINK_MAIL = "join_link"
SESSION_ENDED = "session.ended"
ENDED = "ended_sessions"


@dataclass(frozen=True, slots=True)
class Admission:
    """A caller let in by a session; `is_due_to_be_seen` when the use of the session should be noted."""

    actor: Actor
    is_due_to_be_seen: bool


async def admit(session: AsyncSession, token: str, *, now: datetime) -> Admission | None:
    """Whoever a session token lets in at `now`; None for nobody or an ended session.

    A session opened by a join link is that seeker in that event and nothing else, whatever roles the
    person has besides; it ends with its link.
    """
    if len(token) != TOKEN_CHARACTERS:
        return None
    rows = await repository.list_session_roles(session, token_hash(token))
    if not rows:
        return None
    first = rows[0]
    if not session_is_live(
        expires_at=first.expires_at, last_seen_at=first.last_seen_at, revoked_at=first.revoked_at, now=now
    ):
        return None
    is_scoped = first.recruitment_event_id is not None
    if is_scoped and (first.link_revoked_at is not None or (first.link_expires_at or now) <= now):
        return None
    held = [row for row in rows if row.role is not None and not is_scoped]
    actor = Actor(
        person_id=first.person_id,
        session_id=first.id,
        roles=frozenset({str(Role.SEEKER)}) if is_scoped else frozenset(row.role for row in held),
        organisation_ids=frozenset(
            row.organisation_id for row in held if row.role == Role.RECRUITER and row.organisation_id is not None
        ),
        csrf_token=first.csrf_token,
        scope_event_id=first.recruitment_event_id,
    )
    return Admission(actor, is_due_to_be_seen(last_seen_at=first.last_seen_at, now=now))


async def touch(session: AsyncSession, *, session_id: UUID, now: datetime) -> None:
    """Note that a session is in use, so that it does not end as idle."""
    await repository.set_seen(session, session_id, now=now)


async def open_session(
    session: AsyncSession,
    *,
    person_id: UUID,
    now: datetime,
    browser: str = "",
    replaces: str | None = None,
    join_link: JoinLinkRow | None = None,
) -> str:
    """Sign a person in and return the token of the new session, the only time it is known.

    `replaces` is the token the browser held before: that session ends, so nobody who planted or kept it
    follows the person in. `join_link` narrows the session to its event.
    """
    if replaces is not None:
        await end_sessions(session, repository.has_token(token_hash(replaces)), now=now)
    token = new_token()
    session.add(
        SessionRow(
            token_hash=token_hash(token),
            csrf_token=new_token(),
            person_id=person_id,
            recruitment_event_id=join_link.recruitment_event_id if join_link else None,
            join_link_id=join_link.id if join_link else None,
            browser=browser,
            created_at=now,
            last_seen_at=now,
            expires_at=session_end(now=now, link_expires_at=join_link.expires_at if join_link else None),
        )
    )
    await session.flush()
    return token


async def end_sessions(session: AsyncSession, *conditions: object, now: datetime) -> int:
    """Revoke the live sessions that meet `conditions` and tell their people's streams; their number comes back.

    Their ids are also left in ``session.info[ENDED]``, for the edge to close their sockets after the commit.
    """
    ended = await repository.revoke_sessions(session, *conditions, now=now)
    session.info.setdefault(ENDED, []).extend(session_id for session_id, _ in ended)
    for person_id in sorted({person_id for _, person_id in ended}):
        ids = [str(session_id) for session_id, owner in ended if owner == person_id]
        await streams.append(session, f"person:{person_id}", SESSION_ENDED, {"session_ids": ids}, now=now)
    return len(ended)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser somebody is signed in with."""

    id: UUID
    browser: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    scope_event_id: UUID | None


async def list_sessions(session: AsyncSession, *, actor: Actor, now: datetime) -> list[OpenSession]:
    """The actor's live sessions, newest use first; through a join link only those of its event."""
    rows = await repository.list_sessions(session, actor.person_id, scope_event_id=actor.scope_event_id, now=now)
    return [
        OpenSession(r.id, r.browser, r.created_at, r.last_seen_at, r.expires_at, r.recruitment_event_id)
        for r in rows
        if session_is_live(expires_at=r.expires_at, last_seen_at=r.last_seen_at, revoked_at=r.revoked_at, now=now)
    ]


async def revoke_session(session: AsyncSession, *, actor: Actor, session_id: UUID, now: datetime) -> bool:
    """End one of the actor's own sessions; False if there is no such one in their reach."""
    conditions = [repository.is_session(session_id), repository.is_of_person(actor.person_id)]
    if actor.scope_event_id is not None:
        conditions.append(repository.is_in_event(actor.scope_event_id))
    return await end_sessions(session, *conditions, now=now) > 0


def ask_for_sign_in(session: AsyncSession, *, email: str, now: datetime) -> None:
    """Have a code and link mailed to `email` if somebody here has that address.

    Whether somebody has is looked up by the relay: the request does the same work for every address, so
    neither its answer nor its time tells, and the code itself is never stored, not even in the outbox.
    """
    outbox.enqueue(session, SIGN_IN_MAIL, {"email": email, "asked_at": now.isoformat()}, now=now)


@dataclass(frozen=True, slots=True)
class CodeMail:
    """A code and link, on their way into a mail."""

    code: str
    link_token: str
    locale: str


async def issue_code(session: AsyncSession, *, email: str, asked_at: datetime, now: datetime) -> CodeMail | None:
    """Make a code and link for the person with this address; None for nobody, and for whom they come too late.

    Codes sent before end with it, so that tries do not add up; their links stay.
    """
    person = await repository.find_person_by_email(session, email)
    if person is None or now - asked_at >= CODE_LIFETIME:
        return None
    await repository.spend_tries(session, email)
    made = CodeMail(code=new_code(), link_token=new_token(), locale=person.locale)
    row_id = uuid4()
    session.add(
        SignInCodeRow(
            id=row_id,
            email=email,
            code_hash=code_hash(made.code, salt=str(row_id)),
            link_hash=token_hash(made.link_token),
            created_at=now,
            expires_at=now + CODE_LIFETIME,
        )
    )
    await session.flush()
    return made


@dataclass(frozen=True, slots=True)
class Try:
    """A try at a code that was counted; `matches` is slow on purpose and needs no transaction."""

    code_id: UUID
    code_hash: str

    def matches(self, code: str) -> bool:
        """Whether `code` is the one that was mailed."""
        return code_hash(code, salt=str(self.code_id)) == self.code_hash


async def take_try(session: AsyncSession, *, email: str, now: datetime) -> Try:
    """Count a try at the newest code mailed to `email`; one that nothing matches if there is none to try."""
    row = await repository.take_try(session, email, now=now)
    return Try(uuid4(), "no code has this hash") if row is None else Try(row.id, row.code_hash)


async def redeem_code(session: AsyncSession, *, code_id: UUID, now: datetime) -> UUID | None:
    """The person a matching code signs in, once; None when it has been used or has expired."""
    return await _signed_in_by(session, await repository.use_code(session, code_id, now=now), now=now)


async def redeem_sign_in_link(session: AsyncSession, *, token: str, now: datetime) -> UUID | None:
    """The person a mailed sign-in link signs in, once; None for any link that is not live."""
    return await _signed_in_by(session, await repository.use_link(session, token_hash(token), now=now), now=now)


async def _signed_in_by(session: AsyncSession, email: str | None, *, now: datetime) -> UUID | None:
    if email is None:
        return None
    await repository.use_all_codes(session, email, now=now)
    person = await repository.find_person_by_email(session, email)
    return None if person is None else person.id


async def redeem_join_link(session: AsyncSession, *, token: str, now: datetime) -> JoinLinkRow | None:
    """The join link of a token, which stays usable; None if there is no such link.

    Raises:
        JoinLinkRefused: it was revoked or has expired.
    """
    row = await repository.find_link(session, token_hash(token))
    if row is None:
        return None
    check_join_link(expires_at=row.expires_at, revoked_at=row.revoked_at, now=now)
    return JoinLinkRow(**row._mapping)


async def issue_join_link(
    session: AsyncSession, *, person_id: UUID, recruitment_event_id: UUID, now: datetime, expires_at: datetime
) -> str:
    """Make a personal link for a seeker to an event and return its token, the only time it is known."""
    token = new_token()
    session.add(
        JoinLinkRow(
            token_hash=token_hash(token),
            person_id=person_id,
            recruitment_event_id=recruitment_event_id,
            created_at=now,
            expires_at=expires_at,
        )
    )
    await session.flush()
    return token


@dataclass(frozen=True, slots=True)
class JoinLink:
    """A personal link as staff see it: never its token."""

    id: UUID
    person_id: UUID
    recruitment_event_id: UUID
    created_at: datetime
    expires_at: datetime


class NoMailAddress(Exception):
    """The person has no address a link could be sent to."""


async def send_join_link(
    session: AsyncSession, *, staff_id: UUID, recruitment_event_id: UUID, person_id: UUID, now: datetime
) -> JoinLink | None:
    """Make a personal link and have it mailed; None if the event or the seeker in it is not this staff's.

    The token is made when the mail is sent: until then nobody holds one, and it is stored nowhere.

    Raises:
        NoMailAddress: the seeker has none.
    """
    event = await repository.find_staffed_event(session, recruitment_event_id, staff_id=staff_id)
    seeker = await repository.find_enrolled(session, recruitment_event_id, person_id)
    if event is None or seeker is None:
        return None
    if seeker.email is None:
        raise NoMailAddress("the seeker has no e-mail address")
    row = JoinLinkRow(
        token_hash=token_hash(new_token()),
        person_id=person_id,
        recruitment_event_id=recruitment_event_id,
        created_at=now,
        expires_at=join_link_end(event.ends_at),
    )
    session.add(row)
    await session.flush()
    outbox.enqueue(session, JOIN_LINK_MAIL, {"join_link_id": str(row.id)}, now=now)
    return JoinLink(row.id, person_id, recruitment_event_id, row.created_at, row.expires_at)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A personal link on its way into a mail."""

    email: str
    name: str
    locale: str
    token: str
    event: str
    place: str
    starts_at: datetime
    zone: str


async def invite(session: AsyncSession, *, join_link_id: UUID, now: datetime) -> Invitation | None:
    """Give a join link the token its mail will hold; None when the link has ended meanwhile."""
    link = await repository.get_link(session, join_link_id)
    person = await repository.find_person(session, link.person_id)
    event = await repository.find_event(session, link.recruitment_event_id)
    if person is None or person.email is None or event is None or link.revoked_at or link.expires_at <= now:
        return None
    token = new_token()
    await repository.set_link_token(session, join_link_id, token_hash(token))
    return Invitation(
        email=person.email,
        name=person.name,
        locale=person.locale,
        token=token,
        event=event.name,
        place=event.place,
        starts_at=event.starts_at,
        zone=event.zone,
    )


async def list_join_links(
    session: AsyncSession, *, staff_id: UUID, recruitment_event_id: UUID, now: datetime
) -> list[JoinLink] | None:
    """The live links of an event, newest first; None if this person is not its staff."""
    if await repository.find_staffed_event(session, recruitment_event_id, staff_id=staff_id) is None:
        return None
    rows = await repository.list_links(session, recruitment_event_id, now=now)
    return [JoinLink(r.id, r.person_id, r.recruitment_event_id, r.created_at, r.expires_at) for r in rows]


async def revoke_join_link(session: AsyncSession, *, staff_id: UUID, join_link_id: UUID, now: datetime) -> bool:
    """Take a link back and end the sessions it opened; False if there is none in this staff's events."""
    if not await repository.revoke_link(session, join_link_id, staff_id=staff_id, now=now):
        return False
    await end_sessions(session, repository.is_of_link(join_link_id), now=now)
    return True


async def forget_ended(session: AsyncSession, *, now: datetime) -> int:
    """Delete codes and sessions that ended more than the idle time ago; their number comes back."""
    return await repository.delete_ended(session, before=now - SESSION_IDLE_MAX)
