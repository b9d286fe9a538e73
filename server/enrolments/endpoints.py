"""Seekers of an event, for its staff."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from server.employers.service import tell_plan_changed
from server.enrolments import repository, service
from server.enrolments.refusals import EnrolmentRefused
from server.enrolments.shapes import (
    EventSeeker,
    EventSeekers,
    NewSeekerRequest,
    SeekerChange,
    SeekersSought,
    event_seeker,
)
from server.identity.actor import Actor
from server.identity.roles import STAFF
from server.kit.operations import Operations
from server.kit.problems import Conflict, NotFound
from server.recruitment_events.access import event_of
from server.recruitment_events.tables import EnrolmentRow, RecruitmentEventRow
from server.state import State

operations = Operations("enrolments")


class SeekerNotAsAsked(Conflict):
    title = "The seeker cannot be enrolled as asked"


class SeekerHasMeetings(Conflict):
    title = "Meetings are laid for the seeker"


@operations.add("get", "/api/recruitment-events/{event_id}/seekers", who=STAFF, errors=[NotFound])
async def list_event_seekers(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, query: SeekersSought
) -> EventSeekers:
    """The seekers of your event with wishes, hours and what is to be arranged; fifty at a time, or those of a name."""
    event = await event_of(session, actor, event_id)
    now = request.state["now"]()
    found = await repository.list_page(session, event.id, text=query.q, page=query.page, now=now)
    return EventSeekers(
        seekers=[event_seeker(one) for one in found.seekers],
        total=found.found,
        enrolled=found.enrolled,
        page=query.page,
        pages=found.pages,
    )


@operations.add(
    "post",
    "/api/recruitment-events/{event_id}/seekers",
    who=STAFF,
    status=HTTPStatus.CREATED,
    errors=[NotFound, SeekerNotAsAsked],
)
async def enrol_seeker(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, body: NewSeekerRequest
) -> EventSeeker:
    """Enrol a seeker; one who is enrolled already is renewed."""
    event = await event_of(session, actor, event_id, lock=True)
    now = request.state["now"]()
    try:
        enrolled = await service.enrol(session, event, body.seeker(), now=now)
    except EnrolmentRefused as refusal:
        raise SeekerNotAsAsked(str(refusal)) from refusal
    await tell_plan_changed(session, event, now=now)
    return await _seeker(session, event, enrolled.person_id, now=now)


@operations.add(
    "patch",
    "/api/recruitment-events/{event_id}/seekers/{seeker_id}",
    who=STAFF,
    errors=[NotFound, SeekerNotAsAsked],
)
async def change_seeker(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, seeker_id: UUID, body: SeekerChange
) -> EventSeeker:
    """Change a seeker's hours, form, wishes, must-haves or needs."""
    event, enrolment = await _enrolled(session, actor, event_id, seeker_id)
    try:
        await service.change(session, event, enrolment, body.changes())
    except EnrolmentRefused as refusal:
        raise SeekerNotAsAsked(str(refusal)) from refusal
    now = request.state["now"]()
    await tell_plan_changed(session, event, now=now)
    return await _seeker(session, event, seeker_id, now=now)


@operations.add(
    "delete",
    "/api/recruitment-events/{event_id}/seekers/{seeker_id}",
    who=STAFF,
    errors=[NotFound, SeekerHasMeetings],
)
async def withdraw_seeker(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, seeker_id: UUID
) -> None:
    """Take a seeker out of the event."""
    event, enrolment = await _enrolled(session, actor, event_id, seeker_id)
    try:
        await service.withdraw(session, event, enrolment)
    except service.HasMeetings as refusal:
        raise SeekerHasMeetings(str(refusal)) from refusal
    await tell_plan_changed(session, event, now=request.state["now"]())


async def _enrolled(
    session: AsyncSession, actor: Actor, event_id: UUID, seeker_id: UUID
) -> tuple[RecruitmentEventRow, EnrolmentRow]:
    event = await event_of(session, actor, event_id, lock=True)
    enrolment = await session.get(EnrolmentRow, (event.id, seeker_id))
    if enrolment is None:
        raise NotFound(f"seeker {seeker_id} at this event")
    return event, enrolment


async def _seeker(session: AsyncSession, event: RecruitmentEventRow, seeker_id: UUID, *, now: datetime) -> EventSeeker:
    return event_seeker((await repository.list_some(session, event.id, [seeker_id], now=now))[0])
