"""The live board and the door, for the event's staff."""

from __future__ import annotations

from typing import Annotated, cast
from uuid import UUID

from pydantic import Field, model_validator
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from realtime.meeting import MeetingRefused
from server.identity.actor import Actor
from server.identity.roles import STAFF
from server.kit.operations import Operations, RequestModel
from server.kit.problems import Conflict, NotFound
from server.recruitment_events.access import event_of
from server.staff_live import repository, service
from server.staff_live.answers import Arrival, CheckedIn, LiveBoard, LiveCounts, LiveEvent
from server.staff_live.board import list_cards
from server.state import State

operations = Operations("staff live")


class CodeUnknown(NotFound):
    title = "No meeting at this event has that code"


class CheckInNotPossible(Conflict):
    """`reason` says why; the arrival says whose meeting it is."""

    title = "They cannot be checked in for this meeting"


class WhoArrives(RequestModel):
    """`q` is a part of their name; left out, everybody."""

    q: Annotated[str, Field(max_length=80)] = ""


class CheckInRequest(RequestModel):
    """Whom to check in: by the code on their page, or by the meeting that staff picked from the list."""

    code: Annotated[str, Field(min_length=1, max_length=20)] | None = None
    meeting_id: UUID | None = None

    @model_validator(mode="after")
    def one_of_both(self) -> CheckInRequest:
        """Exactly one way to say who it is."""
        if (self.code is None) == (self.meeting_id is None):
            raise ValueError("either code or meeting_id")
        return self


@operations.add("get", "/api/recruitment-events/{event_id}/live", who=STAFF, errors=[NotFound])
async def get_live_board(request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID) -> LiveBoard:
    """Every desk as it stands, whom to call, and how the day goes."""
    event = await event_of(session, actor, event_id)
    now = request.state["now"]()
    return LiveBoard(
        server_time=now,
        event=LiveEvent(**{name: getattr(event, name) for name in LiveEvent.model_fields}),
        desks=await list_cards(session, event.id),
        contacts=await repository.list_contacts(session, event.id),
        counts=await repository.count_day(session, event.id),
    )


@operations.add("get", "/api/recruitment-events/{event_id}/live/counts", who=STAFF, errors=[NotFound])
async def get_live_counts(request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID) -> LiveCounts:
    """How the day goes, without the desks: what a board that hears of each desk asks for now and then."""
    event = await event_of(session, actor, event_id)
    return await repository.count_day(session, event.id)


@operations.add("get", "/api/recruitment-events/{event_id}/arrivals", who=STAFF, errors=[NotFound])
async def list_arrivals(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, query: WhoArrives
) -> list[Arrival]:
    """Everybody who is expected or here, or those of a name, soonest first."""
    event = await event_of(session, actor, event_id)
    return cast(list[Arrival], await repository.write_arrivals(session, event.id, name=query.q))


@operations.add(
    "post",
    "/api/recruitment-events/{event_id}/check-in",
    who=STAFF,
    errors=[NotFound, CodeUnknown, CheckInNotPossible],
)
async def check_in(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, body: CheckInRequest
) -> CheckedIn:
    """Somebody has come: by code or by meeting."""
    event = await event_of(session, actor, event_id)
    row = await service.find_meeting(session, event.id, code=body.code, meeting_id=body.meeting_id)
    if row is None and body.code is not None:
        raise CodeUnknown("compare it with the code on their page")
    if row is None:
        raise NotFound(f"meeting {body.meeting_id}")
    try:
        return await service.check_in(session, row, now=request.state["now"]())
    except MeetingRefused as refusal:
        arrival = await repository.find_arrival(session, row.id)
        raise CheckInNotPossible(
            str(refusal), reason=type(refusal).__name__, arrival=arrival.model_dump(mode="json")
        ) from None
