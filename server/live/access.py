"""Who may follow which stream and enter which room; asked again at every follow and replay."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, exists, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from realtime.meeting import AT_DESK, WAITING
from realtime.ports import Actor
from server.identity.roles import Role
from server.identity.tables import JoinLinkRow, RoleRow, SessionRow
from server.meetings.tables import MeetingRow
from server.recruitment_events.tables import DeskRow, EventStaffRow, RecruitmentEventRow

MeetingParty = tuple[MeetingRow, str]
NOT_SCOPED = None


async def may_follow(session: AsyncSession, actor: Actor, stream: str) -> bool:
    """Whether the person may follow `stream` now."""
    kind, _, name = stream.partition(":")
    try:
        subject = UUID(name)
    except ValueError:
        return False
    rule = _RULES.get(kind)
    return rule is not None and await rule(session, actor, subject)


async def find_party(session: AsyncSession, actor: Actor, meeting_id: UUID) -> MeetingParty | None:
    """The meeting with the person's part in it, ``seeker`` or ``recruiter``; None for anybody else, and in a draft."""
    query = (
        select(MeetingRow)
        .join(RecruitmentEventRow, col(RecruitmentEventRow.id) == col(MeetingRow.recruitment_event_id))
        .where(col(MeetingRow.id) == meeting_id, col(RecruitmentEventRow.status) != "draft")
    )
    meeting = (await session.exec(query)).one_or_none()
    if meeting is None:
        return None
    scope = await _scope(session, actor)
    if meeting.seeker_id == actor.person_id and scope in (NOT_SCOPED, meeting.recruitment_event_id):
        return meeting, Role.SEEKER.value
    if scope is NOT_SCOPED and await _recruits_for(session, actor, meeting.organisation_id):
        return meeting, Role.RECRUITER.value
    return None


async def find_ended(session: AsyncSession, session_ids: Collection[UUID], *, now: datetime) -> set[UUID]:
    """Sessions that were revoked, have expired or are gone, with the join link that opened them.

    An open socket is use, so idling does not end it.
    """
    link_lives = and_(col(JoinLinkRow.revoked_at).is_(None), col(JoinLinkRow.expires_at) > now)
    live = (
        select(SessionRow.id)
        .outerjoin(JoinLinkRow, col(JoinLinkRow.id) == col(SessionRow.join_link_id))
        .where(
            col(SessionRow.id).in_(session_ids),
            col(SessionRow.revoked_at).is_(None),
            col(SessionRow.expires_at) > now,
            or_(col(SessionRow.join_link_id).is_(None), link_lives),
        )
    )
    return set(session_ids) - set((await session.exec(live)).all())


async def _person(_: AsyncSession, actor: Actor, subject: UUID) -> bool:
    return actor.person_id == subject


async def _desk(session: AsyncSession, actor: Actor, subject: UUID) -> bool:
    if await _scope(session, actor) is not NOT_SCOPED:
        return False
    recruits = exists().where(
        col(RoleRow.person_id) == actor.person_id,
        col(RoleRow.role) == Role.RECRUITER,
        col(RoleRow.organisation_id) == col(DeskRow.organisation_id),
        col(RecruitmentEventRow.id) == col(DeskRow.recruitment_event_id),
        col(RecruitmentEventRow.status) != "draft",
    )
    runs = exists().where(
        col(EventStaffRow.person_id) == actor.person_id,
        col(EventStaffRow.recruitment_event_id) == col(DeskRow.recruitment_event_id),
    )
    query = select(DeskRow.id).where(col(DeskRow.id) == subject, or_(recruits, runs))
    return (await session.exec(query)).first() is not None


async def _queue(session: AsyncSession, actor: Actor, subject: UUID) -> bool:
    scope = await _scope(session, actor)
    query = (
        select(MeetingRow.id)
        .join(RecruitmentEventRow, col(RecruitmentEventRow.id) == col(MeetingRow.recruitment_event_id))
        .where(
            col(MeetingRow.desk_id) == subject,
            col(MeetingRow.seeker_id) == actor.person_id,
            col(MeetingRow.state).in_(sorted(WAITING | AT_DESK)),
            col(RecruitmentEventRow.status) != "draft",
        )
    )
    if scope is not NOT_SCOPED:
        query = query.where(col(MeetingRow.recruitment_event_id) == scope)
    return (await session.exec(query.limit(1))).first() is not None


async def _meeting(session: AsyncSession, actor: Actor, subject: UUID) -> bool:
    return await find_party(session, actor, subject) is not None


async def _event(session: AsyncSession, actor: Actor, subject: UUID) -> bool:
    if await _scope(session, actor) is not NOT_SCOPED:
        return False
    runs = and_(
        col(EventStaffRow.recruitment_event_id) == subject,
        col(EventStaffRow.person_id) == actor.person_id,
    )
    return (await session.exec(select(EventStaffRow.person_id).where(runs))).first() is not None


async def _scope(session: AsyncSession, actor: Actor) -> UUID | None:
    """The one event that the sign-in is for, or NOT_SCOPED."""
    query = select(SessionRow.recruitment_event_id).where(col(SessionRow.id) == actor.session_id)
    return (await session.exec(query)).one_or_none()


async def _recruits_for(session: AsyncSession, actor: Actor, organisation_id: UUID) -> bool:
    query = select(RoleRow.id).where(
        col(RoleRow.person_id) == actor.person_id,
        col(RoleRow.role) == Role.RECRUITER,
        col(RoleRow.organisation_id) == organisation_id,
    )
    return (await session.exec(query)).first() is not None


Rule = Callable[[AsyncSession, Actor, UUID], Awaitable[bool]]
_RULES: dict[str, Rule] = {
    "person": _person,
    "desk": _desk,
    "queue": _queue,
    "meeting": _meeting,
    "event": _event,
}
