"""The seeker's own meetings by HTTP: the day, the waiting room, *I am ready*."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from realtime.meeting import AT_DESK, WAITING, MeetingRefused
from realtime.queueing import line
from server.identity.actor import Actor
from server.identity.roles import SEEKERS
from server.kit.operations import Operations
from server.kit.problems import Conflict, NotFound
from server.meetings import repository as meetings
from server.meetings import service
from server.meetings.machine import plan_of
from server.my_day import repository
from server.my_day.answers import MyMeeting, my_meeting
from server.profiles.repository import list_competences
from server.state import State

operations = Operations("my day")


class MeetingNotPossible(Conflict):
    title = "That is not possible with this meeting now"


@operations.add("get", "/api/my/meetings", who=SEEKERS)
async def list_my_meetings(request: Request[State], session: AsyncSession, actor: Actor) -> list[MyMeeting]:
    """Your meetings, soonest first."""
    now, had = request.state["now"](), await _competences(session, actor)
    return [my_meeting(found, had=had, now=now) for found in await repository.list_mine(session, actor)]


@operations.add("get", "/api/my/meetings/{meeting_id}", who=SEEKERS, errors=[NotFound])
async def get_my_meeting(request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID) -> MyMeeting:
    """One of your meetings, with your place in the line."""
    return await _mine(request, session, actor, meeting_id)


@operations.add("post", "/api/my/meetings/{meeting_id}/ready", who=SEEKERS, errors=[NotFound, MeetingNotPossible])
async def say_ready(request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID) -> MyMeeting:
    """I am ready: you are taken in by yourself when it is your turn."""
    return await _command(request, session, actor, meeting_id, service.check_in)


@operations.add("post", "/api/my/meetings/{meeting_id}/not-ready", who=SEEKERS, errors=[NotFound, MeetingNotPossible])
async def say_not_ready(request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID) -> MyMeeting:
    """I need a moment: you are not taken in until you say that you are ready again."""
    return await _command(request, session, actor, meeting_id, service.withdraw)


async def _command(
    request: Request[State],
    session: AsyncSession,
    actor: Actor,
    meeting_id: UUID,
    use_case: Callable[..., Awaitable[Any]],
) -> MyMeeting:
    if await repository.find_mine(session, actor, meeting_id) is None:
        raise NotFound("there is no such meeting among yours")
    try:
        await use_case(session, meeting_id, now=request.state["now"]())
    except MeetingRefused as refusal:
        raise MeetingNotPossible(str(refusal), reason=type(refusal).__name__) from None
    return await _mine(request, session, actor, meeting_id)


async def _mine(request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID) -> MyMeeting:
    found = await repository.find_mine(session, actor, meeting_id)
    if found is None:
        raise NotFound("there is no such meeting among yours")
    now, had = request.state["now"](), await _competences(session, actor)
    if found.state not in WAITING:
        return my_meeting(found, had=had, now=now)
    entries = [entry for _, entry in await meetings.list_line(session, found.desk_id)]
    places = line(entries, desk_open=found.desk_opened_at is not None, plan=plan_of(found), now=now)
    running = any(entry.state in AT_DESK for entry in entries)
    return my_meeting(found, had=had, now=now, places=places, meeting_running=running)


async def _competences(session: AsyncSession, actor: Actor) -> list[str]:
    return [row.label for row in await list_competences(session, actor.person_id)]
