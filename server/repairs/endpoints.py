"""Live repair, for the event's staff: at most three options for what has happened, and the one that is chosen."""

from __future__ import annotations

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from server.identity.actor import Actor
from server.identity.roles import STAFF
from server.kit.operations import Operations
from server.kit.problems import ApiError, FieldProblem, Invalid, NotFound, TryAgain
from server.recruitment_events.access import event_of
from server.recruitment_events.tables import RecruitmentEventRow
from server.repairs import service
from server.repairs.carrying import HasChanged, carry_out
from server.repairs.helper import Helper, HelperFailed
from server.repairs.repository import count_enrolled
from server.repairs.shapes import (
    ConfirmRequest,
    EventNotRunning,
    MeetingHasBegun,
    PlanHasChanged,
    Repaired,
    RepairRequest,
    Repairs,
    TellPerson,
)
from server.repairs.understanding import HasBegun, NotUnderstood
from server.state import State

operations = Operations("repairs")
LOOKED_AT_HERE_MAX = 400
"""Seekers of an event; at more, others would feel that the server thinks."""


@operations.add(
    "post",
    "/api/recruitment-events/{event_id}/repairs",
    who=STAFF,
    errors=[NotFound, EventNotRunning, MeetingHasBegun],
)
async def find_repairs(request: Request[State], actor: Actor, event_id: UUID, body: RepairRequest) -> Repairs:
    """What could be done about what has happened; nothing is changed."""
    async with request.state["database"].read() as session:
        event = await event_of(session, actor, event_id)
    return await _look(request, event, body)


async def _with_new_options(
    request: Request[State], refusal: ApiError, event_id: UUID, body: ConfirmRequest
) -> ApiError:
    """A refusal because the plan has changed, with what can be done now, if that is known.

    It is looked for when the transaction is over, so that nobody who writes waits for it.
    """
    if not isinstance(refusal, PlanHasChanged) or body.happening is None:
        return refusal
    try:
        async with request.state["database"].read() as session:
            event = await session.get_one(RecruitmentEventRow, event_id)
        repairs = await _look(request, event, body.happening, is_fresh=True)
    except (Invalid, MeetingHasBegun, EventNotRunning, TryAgain):
        return refusal
    return PlanHasChanged(refusal.detail, repairs=repairs.model_dump(mode="json"))


@operations.add(
    "post",
    "/api/recruitment-events/{event_id}/repairs/confirm",
    who=STAFF,
    errors=[NotFound, EventNotRunning, PlanHasChanged],
    refused=_with_new_options,
)
async def confirm_repair(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, body: ConfirmRequest
) -> Repaired:
    """Carry an option out, or take it back; everybody concerned is told. If the plan has changed: the new options."""
    event = await event_of(session, actor, event_id, lock=True)
    now = request.state["now"]()
    try:
        service.check_running(event, now=now)
        carried = await carry_out(session, event, body, now=now)
    except service.NotRunning as refusal:
        raise EventNotRunning(str(refusal)) from refusal
    except HasChanged as refusal:
        raise PlanHasChanged(str(refusal), repairs=None) from refusal
    return Repaired(
        changes=len(body.changes) + len(body.desks),
        told=[
            TellPerson(person_id=one.person_id, name=one.name, role=one.role, by_mail=one.by_mail)
            for one in {(one.person_id, one.role): one for one in carried.told}.values()
        ],
        undo=carried.back,
    )


async def _look(
    request: Request[State], event: RecruitmentEventRow, body: RepairRequest, *, is_fresh: bool = False
) -> Repairs:
    database, now = request.state["database"], request.state["now"]()
    try:
        service.check_running(event, now=now)
        async with database.read() as session:
            is_large = await count_enrolled(session, event.id) > LOOKED_AT_HERE_MAX
        if is_large:
            helper, is_gone = request.state["repair_helper"], request.is_disconnected
            assert isinstance(helper, Helper)
            return await helper.look(event.id, body, now=now, is_fresh=is_fresh, is_gone=is_gone)
        return await service.look(database, event, body, now=now)
    except HelperFailed as failure:
        raise TryAgain("the ways out were not found in time; ask again") from failure
    except service.NotRunning as refusal:
        raise EventNotRunning(str(refusal)) from refusal
    except HasBegun as refusal:
        raise MeetingHasBegun(str(refusal)) from refusal
    except NotUnderstood as refusal:
        field = FieldProblem(path=refusal.path, message=str(refusal))
        raise Invalid(f"1 field(s) need another value: {refusal.path}", fields=[field]) from refusal
