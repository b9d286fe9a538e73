"""Queries of identity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, bindparam, or_, select, update
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.rules import CODE_TRIES_MAX
from server.identity.tables import JoinLinkRow, OrganisationRow, PersonRow, RoleRow, SessionRow, SignInCodeRow
from server.kit.rows import Found, list_rows

LIST_MAX = 100

_people: Table = PersonRow.__table__  # type: ignore[attr-defined]
_roles: Table = RoleRow.__table__  # type: ignore[attr-defined]
_organisations: Table = OrganisationRow.__table__  # type: ignore[attr-defined]
_sessions: Table = SessionRow.__table__  # type: ignore[attr-defined]
_codes: Table = SignInCodeRow.__table__  # type: ignore[attr-defined]
_links: Table = JoinLinkRow.__table__  # type: ignore[attr-defined]


_SESSION_ROLES = (
    select(
        _sessions,
        _links.c.expires_at.label("link_expires_at"),
        _links.c.revoked_at.label("link_revoked_at"),
        _roles.c.role,
        _roles.c.organisation_id,
    )
    .outerjoin(_links, _links.c.id == _sessions.c.join_link_id)
    .outerjoin(_roles, _roles.c.person_id == _sessions.c.person_id)
    .where(_sessions.c.token_hash == bindparam("token_hash"))
)


def _other(name: str) -> Table:
    """A table of a feature that stands on this one, and so cannot be imported from here."""
    return SQLModel.metadata.tables[name]


async def list_session_roles(session: AsyncSession, token_hash: str) -> Sequence[Found]:
    """The session of a token with its join link, one row a role of the person (one without, if none)."""
    return await list_rows(session, _SESSION_ROLES, token_hash=token_hash)


async def set_seen(session: AsyncSession, session_id: UUID, *, now: datetime) -> None:
    """Note that the session was used at `now`."""
    change = update(_sessions).where(_sessions.c.id == session_id).values(last_seen_at=now)
    await (await session.connection()).execute(change)


async def list_sessions(
    session: AsyncSession, person_id: UUID, *, scope_event_id: UUID | None, now: datetime
) -> Sequence[Found]:
    """Sessions neither revoked nor expired, newest use first; with a scope only those of that event."""
    query = select(_sessions).where(
        _sessions.c.person_id == person_id, _sessions.c.revoked_at.is_(None), _sessions.c.expires_at > now
    )
    if scope_event_id is not None:
        query = query.where(_sessions.c.recruitment_event_id == scope_event_id)
    query = query.order_by(_sessions.c.last_seen_at.desc(), _sessions.c.id).limit(LIST_MAX)
    return (await (await session.connection()).execute(query)).all()


async def revoke_sessions(session: AsyncSession, *conditions: Any, now: datetime) -> list[tuple[UUID, UUID]]:
    """Revoke the live sessions that meet `conditions`; their ids and people come back."""
    change = update(_sessions).where(_sessions.c.revoked_at.is_(None), *conditions).values(revoked_at=now)
    rows = await (await session.connection()).execute(change.returning(_sessions.c.id, _sessions.c.person_id))
    return [(row.id, row.person_id) for row in rows]


def is_session(session_id: UUID) -> Any:
    """Condition: the session of this id."""
    return _sessions.c.id == session_id


def has_token(token_hash: str) -> Any:
    """Condition: the session of this token."""
    return _sessions.c.token_hash == token_hash


def is_of_person(person_id: UUID) -> Any:
    """Condition: a session of this person."""
    return _sessions.c.person_id == person_id


def is_in_event(recruitment_event_id: UUID) -> Any:
    """Condition: a session narrowed to this event."""
    return _sessions.c.recruitment_event_id == recruitment_event_id


def is_of_link(join_link_id: UUID) -> Any:
    """Condition: a session this join link opened."""
    return _sessions.c.join_link_id == join_link_id


async def find_person_by_email(session: AsyncSession, email: str) -> Found | None:
    """The person with this address, which is in normal form."""
    query = select(_people.c.id, _people.c.name, _people.c.email, _people.c.locale).where(_people.c.email == email)
    return (await (await session.connection()).execute(query)).first()


async def find_person(session: AsyncSession, person_id: UUID) -> Found | None:
    """A person's name, address and language."""
    query = select(_people.c.id, _people.c.name, _people.c.email, _people.c.locale).where(_people.c.id == person_id)
    return (await (await session.connection()).execute(query)).first()


async def lock_person(session: AsyncSession, person_id: UUID) -> None:
    """Until commit nobody else has this lock, so that what one person does in two places comes one at a time."""
    query = select(_people.c.id).where(_people.c.id == person_id).with_for_update(key_share=True)
    await (await session.connection()).execute(query)


async def list_roles(session: AsyncSession, person_id: UUID) -> Sequence[Found]:
    """A person's roles with the names of their organisations."""
    query = (
        select(_roles.c.role, _roles.c.organisation_id, _organisations.c.name)
        .outerjoin(_organisations, _organisations.c.id == _roles.c.organisation_id)
        .where(_roles.c.person_id == person_id)
        .order_by(_roles.c.role, _organisations.c.name)
    )
    return (await (await session.connection()).execute(query)).all()


async def find_sharing_choice(session: AsyncSession, person_id: UUID) -> bool | None:
    """The newest sharing choice, or None if the person was never asked."""
    choices = _other("sharing_choice")
    query = select(choices.c.shares).where(choices.c.person_id == person_id)
    query = query.order_by(choices.c.at.desc()).limit(1)
    return (await (await session.connection()).execute(query)).scalar_one_or_none()


async def set_locale(session: AsyncSession, person_id: UUID, locale: str) -> None:
    """Change the language a person reads."""
    change = update(_people).where(_people.c.id == person_id).values(locale=locale)
    await (await session.connection()).execute(change)


async def take_try(session: AsyncSession, email: str, *, now: datetime) -> Found | None:
    """Use up one of the tries of the newest code sent to `email`; None when there is no live one or no try left.

    One UPDATE: of two tries at the same moment each counts.
    """
    newest = (
        select(_codes.c.id)
        .where(_codes.c.email == email, _codes.c.tries < CODE_TRIES_MAX)
        .order_by(_codes.c.created_at.desc(), _codes.c.id)
        .limit(1)
        .scalar_subquery()
    )
    change = (
        update(_codes)
        .where(
            _codes.c.id == newest,
            _codes.c.used_at.is_(None),
            _codes.c.expires_at > now,
            _codes.c.tries < CODE_TRIES_MAX,
        )
        .values(tries=_codes.c.tries + 1)
        .returning(_codes.c.id, _codes.c.code_hash)
    )
    return (await (await session.connection()).execute(change)).first()


async def spend_tries(session: AsyncSession, email: str) -> None:
    """Leave the codes sent to `email` so far without a try."""
    change = update(_codes).where(_codes.c.email == email, _codes.c.used_at.is_(None)).values(tries=CODE_TRIES_MAX)
    await (await session.connection()).execute(change)


async def use_code(session: AsyncSession, code_id: UUID, *, now: datetime) -> str | None:
    """Mark a live code as used and return its address; None when another was faster."""
    return await _use(session, _codes.c.id == code_id, now=now)


async def use_link(session: AsyncSession, link_hash: str, *, now: datetime) -> str | None:
    """Mark the live code of a mailed link as used and return its address; None when it is not live."""
    return await _use(session, _codes.c.link_hash == link_hash, now=now)


async def _use(session: AsyncSession, condition: Any, *, now: datetime) -> str | None:
    change = (
        update(_codes)
        .where(condition, _codes.c.used_at.is_(None), _codes.c.expires_at > now)
        .values(used_at=now)
        .returning(_codes.c.email)
    )
    email: str | None = (await (await session.connection()).execute(change)).scalar_one_or_none()
    return email


async def use_all_codes(session: AsyncSession, email: str, *, now: datetime) -> None:
    """End what else was mailed to `email`: a sign-in uses up every code and link sent before it."""
    change = update(_codes).where(_codes.c.email == email, _codes.c.used_at.is_(None)).values(used_at=now)
    await (await session.connection()).execute(change)


async def find_link(session: AsyncSession, token_hash: str) -> Found | None:
    """The join link of a token, also an ended one."""
    query = select(_links).where(_links.c.token_hash == token_hash)
    return (await (await session.connection()).execute(query)).first()


async def get_link(session: AsyncSession, join_link_id: UUID) -> Found:
    """The join link of this id."""
    return (await (await session.connection()).execute(select(_links).where(_links.c.id == join_link_id))).one()


async def set_link_token(session: AsyncSession, join_link_id: UUID, token_hash: str) -> None:
    """Give a join link the token that is about to be mailed."""
    change = update(_links).where(_links.c.id == join_link_id).values(token_hash=token_hash)
    await (await session.connection()).execute(change)


async def revoke_link(session: AsyncSession, join_link_id: UUID, *, staff_id: UUID, now: datetime) -> bool:
    """Revoke a link of an event this person is staff of; False if there is none that still holds."""
    staff = _other("event_staff")
    of_their_events = select(staff.c.recruitment_event_id).where(staff.c.person_id == staff_id)
    change = update(_links).where(
        _links.c.id == join_link_id,
        _links.c.revoked_at.is_(None),
        _links.c.recruitment_event_id.in_(of_their_events),
    )
    return bool((await (await session.connection()).execute(change.values(revoked_at=now))).rowcount)


async def list_links(session: AsyncSession, recruitment_event_id: UUID, *, now: datetime) -> Sequence[Found]:
    """The links of an event that still let somebody in, newest first."""
    query = (
        select(_links)
        .where(
            _links.c.recruitment_event_id == recruitment_event_id,
            _links.c.revoked_at.is_(None),
            _links.c.expires_at > now,
        )
        .order_by(_links.c.created_at.desc(), _links.c.id)
    )
    return (await (await session.connection()).execute(query)).all()


async def find_staffed_event(session: AsyncSession, recruitment_event_id: UUID, *, staff_id: UUID) -> Found | None:
    """Name, place, zone, start and end of an event, if this person is staff of it."""
    events, staff = _other("recruitment_event"), _other("event_staff")
    query = (
        select(events.c.id, events.c.name, events.c.place, events.c.zone, events.c.starts_at, events.c.ends_at)
        .join(staff, staff.c.recruitment_event_id == events.c.id)
        .where(events.c.id == recruitment_event_id, staff.c.person_id == staff_id)
    )
    return (await (await session.connection()).execute(query)).first()


async def find_event(session: AsyncSession, recruitment_event_id: UUID) -> Found | None:
    """Name, place, zone and start of an event."""
    events = _other("recruitment_event")
    columns = select(events.c.name, events.c.place, events.c.zone, events.c.starts_at)
    return (await (await session.connection()).execute(columns.where(events.c.id == recruitment_event_id))).first()


async def find_enrolled(session: AsyncSession, recruitment_event_id: UUID, person_id: UUID) -> Found | None:
    """The person, if they are enrolled as a seeker in the event."""
    enrolments = _other("enrolment")
    query = (
        select(_people.c.id, _people.c.email)
        .join(enrolments, enrolments.c.seeker_id == _people.c.id)
        .where(enrolments.c.recruitment_event_id == recruitment_event_id, _people.c.id == person_id)
    )
    return (await (await session.connection()).execute(query)).first()


async def delete_ended(session: AsyncSession, *, before: datetime) -> int:
    """Delete sign-in codes and sessions that ended before `before`; their number comes back."""
    connection = await session.connection()
    codes = await connection.execute(_codes.delete().where(_codes.c.expires_at < before))
    ended = or_(_sessions.c.expires_at < before, _sessions.c.revoked_at < before)
    return int(codes.rowcount) + int((await connection.execute(_sessions.delete().where(ended))).rowcount)


async def find_organisation(session: AsyncSession, *, kind: str, name: str) -> UUID | None:
    """An organisation by its kind and exact name."""
    query = select(_organisations.c.id).where(_organisations.c.kind == kind, _organisations.c.name == name)
    return (await (await session.connection()).execute(query)).scalars().first()
