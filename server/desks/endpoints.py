"""The recruiter's desk by HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from realtime.meeting import MeetingRefused
from server.desks import repository, service
from server.desks.answers import Desk, DeskState, desk_answer
from server.identity.actor import Actor
from server.identity.roles import RECRUITERS
from server.kit.operations import Operations
from server.kit.problems import Conflict, NotFound
from server.meetings import service as meetings
from server.scorecards.repository import find_meeting
from server.state import State

operations = Operations("desks")
KEPT_AFTER_EVENT = timedelta(days=2)


class MeetingCannotDoThat(Conflict):
    title = "The meeting cannot do that now"


@operations.add("get", "/api/my/desks", who=RECRUITERS)
async def list_my_desks(request: Request[State], session: AsyncSession, actor: Actor) -> list[Desk]:
    """Desks of your employer, today's and coming ones."""
    until = request.state["now"]() - KEPT_AFTER_EVENT
    found = await repository.list_desks(session, organisation_ids=actor.organisation_ids, until=until)
    return [desk_answer(desk) for desk in found]


@operations.add("get", "/api/desks/{desk_id}", who=RECRUITERS, errors=[NotFound])
async def get_desk(request: Request[State], session: AsyncSession, actor: Actor, desk_id: UUID) -> DeskState:
    """The desk as it stands: who is here, who is next, which scorecards are left."""
    return await _desk(request, session, actor, desk_id)


@operations.add("post", "/api/desks/{desk_id}/open", who=RECRUITERS, errors=[NotFound])
async def open_desk(request: Request[State], session: AsyncSession, actor: Actor, desk_id: UUID) -> DeskState:
    """I am in place: whoever is ready is taken in, now and from now on."""
    await _desk(request, session, actor, desk_id)
    await meetings.open_desk(session, desk_id, now=request.state["now"]())
    return await _desk(request, session, actor, desk_id)


@operations.add("post", "/api/desks/{desk_id}/close", who=RECRUITERS, errors=[NotFound])
async def close_desk(request: Request[State], session: AsyncSession, actor: Actor, desk_id: UUID) -> DeskState:
    """A break: nobody new is taken in; a meeting that runs goes on."""
    await _desk(request, session, actor, desk_id)
    await meetings.close_desk(session, desk_id, now=request.state["now"]())
    return await _desk(request, session, actor, desk_id)


def _command(path: str, name: str, summary: str, use_case: Callable[..., Awaitable[Any]]) -> None:
    async def endpoint(request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID) -> DeskState:
        found = await find_meeting(session, meeting_id, organisation_ids=actor.organisation_ids)
        if found is None:
            raise NotFound("there is no such meeting at your employer's desks")
        try:
            row = await use_case(session, meeting_id, now=request.state["now"]())
        except MeetingRefused as refusal:
            raise MeetingCannotDoThat(str(refusal), reason=type(refusal).__name__) from None
        return await _desk(request, session, actor, row.desk_id)

    endpoint.__name__, endpoint.__doc__ = name, summary
    operations.add("post", path, who=RECRUITERS, errors=[NotFound, MeetingCannotDoThat])(endpoint)


_MEETING = "/api/meetings/{meeting_id}"
_command(f"{_MEETING}/call", "call_seeker", "Take in somebody who is ready.", meetings.call)
_command(f"{_MEETING}/release", "release_seeker", "Take the call back; the seeker is awaited anew.", meetings.release)
_command(f"{_MEETING}/start", "start_talk", "Both are here: the talk begins.", meetings.start)
_command(f"{_MEETING}/extend", "extend_talk", "Lengthen the talk in one tap, if the next time allows.", meetings.extend)
_command(f"{_MEETING}/end", "end_talk", "Say goodbye: the protected feedback time begins.", meetings.end_talk)
_command(f"{_MEETING}/no-show", "mark_no_show", "The seeker did not come.", meetings.mark_no_show)


async def _desk(request: Request[State], session: AsyncSession, actor: Actor, desk_id: UUID) -> DeskState:
    now = request.state["now"]()
    desk = await service.read_desk(session, desk_id, organisation_ids=actor.organisation_ids, now=now)
    if desk is None:
        raise NotFound("there is no such desk at your employer")
    return desk
