"""A meeting's room by HTTP: what is needed to connect, and the chat. Signals go over the socket."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from realtime.meeting import AT_DESK, warns_at
from server.identity.actor import Actor
from server.identity.roles import RECRUITERS, SEEKERS
from server.kit import streams
from server.kit.operations import Operations, RequestModel
from server.kit.problems import Conflict, NotFound
from server.meetings.machine import meeting_of, plan_of
from server.meetings.tables import ChatMessageRow
from server.rooms import repository
from server.rooms.ice import IceServer, ice_servers
from server.rooms.repository import FoundRoom
from server.state import State

operations = Operations("rooms")
PARTIES = SEEKERS | RECRUITERS
CHAT_MAX = 500


class RoomClosed(Conflict):
    title = "The room is not open now"


class RoomParty(BaseModel):
    """Somebody in the room, as the other sees them."""

    name: str
    role: Literal["seeker", "recruiter"]
    organisation_name: str | None


class RoomMe(BaseModel):
    person_id: UUID
    role: Literal["seeker", "recruiter"]
    name: str


class Room(BaseModel):
    """What a page needs to connect. `polite` says which side yields when both offer at once."""

    meeting_id: UUID
    server_time: datetime
    form: str
    state: str
    me: RoomMe
    other: RoomParty
    ice_servers: list[IceServer]
    ice_transport_policy: Literal["all", "relay"]
    polite: bool
    talk_started_at: datetime | None
    talk_ends_at: datetime | None
    feedback_ends_at: datetime | None
    warns_at: list[datetime]


class ChatMessage(BaseModel):
    id: UUID
    role: Literal["seeker", "recruiter"]
    mine: bool
    text: str
    sent_at: datetime


class ChatRequest(RequestModel):
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)] = Field()


@operations.add("get", "/api/meetings/{meeting_id}/room", who=PARTIES, errors=[NotFound])
async def get_room(request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID) -> Room:
    """How to reach the other one in this meeting."""
    found = await _find(session, meeting_id, actor)
    now, meeting, plan = request.state["now"](), found.meeting, plan_of(found.event)
    recruiter = RoomParty(
        name=found.recruiter_name or found.employer_name, role="recruiter", organisation_name=found.employer_name
    )
    seeker = RoomParty(name=found.seeker_name, role="seeker", organisation_name=None)
    mine, other = (seeker, recruiter) if found.part == "seeker" else (recruiter, seeker)
    return Room(
        meeting_id=meeting.id,
        server_time=now,
        form=meeting.form,
        state=meeting.state,
        me=RoomMe(person_id=actor.person_id, role=found.part, name=mine.name),
        other=other,
        ice_servers=ice_servers(request.state["settings"], person_id=actor.person_id, now=now),
        ice_transport_policy="relay" if found.relay_only else "all",
        polite=found.part == "seeker",
        talk_started_at=meeting.talk_started_at,
        talk_ends_at=meeting.talk_ends_at,
        feedback_ends_at=meeting.feedback_ends_at,
        warns_at=list(warns_at(meeting_of(meeting), plan=plan)),
    )


@operations.add("get", "/api/meetings/{meeting_id}/chat", who=PARTIES, errors=[NotFound])
async def list_chat(
    request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID
) -> list[ChatMessage]:
    """What has been written in this meeting, oldest first."""
    found = await _find(session, meeting_id, actor)
    return [_message(row, found, actor) for row in await repository.list_chat(session, meeting_id)]


@operations.add(
    "post",
    "/api/meetings/{meeting_id}/chat",
    who=PARTIES,
    status=HTTPStatus.CREATED,
    errors=[NotFound, RoomClosed],
)
async def send_chat(
    request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID, body: ChatRequest
) -> ChatMessage:
    """Write to the other one; kept with the meeting."""
    found = await _find(session, meeting_id, actor)
    if found.meeting.state not in AT_DESK:
        raise RoomClosed("one can write from when the seeker is called until the meeting is closed")
    if len(await repository.list_chat(session, meeting_id)) >= CHAT_MAX:
        raise RoomClosed(f"a meeting keeps at most {CHAT_MAX} messages")
    now = request.state["now"]()
    row = ChatMessageRow(meeting_id=meeting_id, person_id=actor.person_id, text=body.text, sent_at=now)
    session.add(row)
    fact = {"id": str(row.id), "role": found.part, "text": row.text, "sent_at": now.isoformat()}
    await streams.append(session, f"meeting:{meeting_id}", "chat.sent", fact, now=now)
    return _message(row, found, actor)


async def _find(session: AsyncSession, meeting_id: UUID, actor: Actor) -> FoundRoom:
    found = await repository.find_room(session, meeting_id, actor)
    if found is None:
        raise NotFound("there is no such meeting of yours")
    return found


def _message(row: ChatMessageRow, found: FoundRoom, actor: Actor) -> ChatMessage:
    by_seeker = row.person_id == found.meeting.seeker_id
    return ChatMessage(
        id=row.id,
        role="seeker" if by_seeker else "recruiter",
        mine=row.person_id == actor.person_id,
        text=row.text,
        sent_at=row.sent_at,
    )
