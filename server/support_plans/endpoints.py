"""Plans by HTTP: a case worker plans, the seeker reads, answers and comments."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from feedback import visibility
from feedback.visibility import Viewer
from server.identity.actor import Actor, check_whole
from server.identity.case_workers import list_case_workers
from server.identity.roles import CASE_WORKERS, SEEKERS
from server.identity.tables import PersonRow
from server.kit.clock import day_of
from server.kit.operations import Operations
from server.kit.problems import Conflict, NotFound
from server.kit.words import initials
from server.reading import repository as reading
from server.reading.answers import shown_to
from server.reading.repository import FoundFeedback
from server.reading.shared import list_shared
from server.state import State
from server.support.repository import find_assigned
from server.support_plans import repository, service
from server.support_plans.answers import support_plan
from server.support_plans.catalogue import find_pathway, pathways, valid_on
from server.support_plans.rules import StepRefused
from server.support_plans.shapes import (
    Catalogue,
    CommentRequest,
    OrderRequest,
    PathwayRequest,
    PlanOwner,
    StepAnswer,
    StepChange,
    StepRequest,
    SupportPlan,
)

operations = Operations("support_plans")


class StepNotPossible(Conflict):
    """`reason` says why, by the name of the rule."""

    title = "The plan cannot be changed like that"


@operations.add("get", "/api/measures", who=CASE_WORKERS)
async def list_measures(request: Request[State], session: AsyncSession, actor: Actor) -> Catalogue:
    """Measures and pathways that can be planned today, with where each is described."""
    today = day_of(request.state["now"]())
    return Catalogue(measures=valid_on(today), pathways=list(pathways()))


@operations.add("get", "/api/seekers/{seeker_id}/plan", who=CASE_WORKERS, errors=[NotFound])
async def get_plan(request: Request[State], session: AsyncSession, actor: Actor, seeker_id: UUID) -> SupportPlan:
    """The plan of one of your seekers, with the feedback behind each step that they share."""
    person = await _own(session, actor, seeker_id)
    return await _plan_for_case_worker(session, actor, person, now=request.state["now"]())


@operations.add(
    "post",
    "/api/seekers/{seeker_id}/plan/steps",
    who=CASE_WORKERS,
    errors=[NotFound, StepNotPossible],
    again=get_plan,
)
async def add_step(
    request: Request[State], session: AsyncSession, actor: Actor, seeker_id: UUID, body: StepRequest
) -> SupportPlan:
    """Plan a step; the seeker is asked about it."""
    person, now = await _own(session, actor, seeker_id), request.state["now"]()
    visible = await _visible_ids(session, actor, seeker_id, now=now)
    with _refusals():
        await service.add_step(session, seeker_id, body, visible=visible, by=actor.person_id, now=now)
    return await _plan_for_case_worker(session, actor, person, now=now)


@operations.add(
    "post",
    "/api/seekers/{seeker_id}/plan/pathways",
    who=CASE_WORKERS,
    errors=[NotFound, StepNotPossible],
    again=get_plan,
)
async def add_pathway(
    request: Request[State], session: AsyncSession, actor: Actor, seeker_id: UUID, body: PathwayRequest
) -> SupportPlan:
    """Plan the steps of a pathway from a day on."""
    person, now = await _own(session, actor, seeker_id), request.state["now"]()
    pathway = find_pathway(body.code)
    if pathway is None:
        raise NotFound("there is no such pathway")
    visible = await _visible_ids(session, actor, seeker_id, now=now)
    with _refusals():
        await service.add_pathway(
            session,
            seeker_id,
            pathway,
            starts_on=body.starts_on,
            feedback_ids=body.feedback_ids,
            visible=visible,
            locale=person.locale,
            by=actor.person_id,
            now=now,
        )
    return await _plan_for_case_worker(session, actor, person, now=now)


@operations.add(
    "put",
    "/api/seekers/{seeker_id}/plan/steps/{step_id}",
    who=CASE_WORKERS,
    errors=[NotFound, StepNotPossible],
    again=get_plan,
)
async def change_step(
    request: Request[State], session: AsyncSession, actor: Actor, seeker_id: UUID, step_id: UUID, body: StepChange
) -> SupportPlan:
    """Change a step: when, who, how it goes, what it rests on."""
    person, now = await _own(session, actor, seeker_id), request.state["now"]()
    visible = await _visible_ids(session, actor, seeker_id, now=now)
    with _refusals():
        _found(await service.change_step(session, seeker_id, step_id, body, visible=visible, now=now))
    return await _plan_for_case_worker(session, actor, person, now=now)


@operations.add(
    "post",
    "/api/seekers/{seeker_id}/plan/steps/{step_id}/remove",
    who=CASE_WORKERS,
    errors=[NotFound],
    again=get_plan,
)
async def remove_step(
    request: Request[State], session: AsyncSession, actor: Actor, seeker_id: UUID, step_id: UUID
) -> SupportPlan:
    """Take a step out of the plan; it can be put back."""
    person, now = await _own(session, actor, seeker_id), request.state["now"]()
    _found(await service.set_removed(session, seeker_id, step_id, removed=True, now=now))
    return await _plan_for_case_worker(session, actor, person, now=now)


@operations.add(
    "post",
    "/api/seekers/{seeker_id}/plan/steps/{step_id}/restore",
    who=CASE_WORKERS,
    errors=[NotFound, StepNotPossible],
    again=get_plan,
)
async def restore_step(
    request: Request[State], session: AsyncSession, actor: Actor, seeker_id: UUID, step_id: UUID
) -> SupportPlan:
    """Put a step back that was taken out."""
    person, now = await _own(session, actor, seeker_id), request.state["now"]()
    with _refusals():
        _found(await service.set_removed(session, seeker_id, step_id, removed=False, now=now))
    return await _plan_for_case_worker(session, actor, person, now=now)


@operations.add(
    "put",
    "/api/seekers/{seeker_id}/plan/order",
    who=CASE_WORKERS,
    errors=[NotFound, StepNotPossible],
    again=get_plan,
)
async def order_steps(
    request: Request[State], session: AsyncSession, actor: Actor, seeker_id: UUID, body: OrderRequest
) -> SupportPlan:
    """Put the steps in another order."""
    person, now = await _own(session, actor, seeker_id), request.state["now"]()
    with _refusals():
        await service.put_in_order(session, seeker_id, body.step_ids, now=now)
    return await _plan_for_case_worker(session, actor, person, now=now)


@operations.add("post", "/api/seekers/{seeker_id}/plan/comments", who=CASE_WORKERS, errors=[NotFound], again=get_plan)
async def comment_as_agency(
    request: Request[State], session: AsyncSession, actor: Actor, seeker_id: UUID, body: CommentRequest
) -> SupportPlan:
    """Say something in the agency's name; the seeker reads it at the same moment."""
    person, now = await _own(session, actor, seeker_id), request.state["now"]()
    _found(await service.comment(session, seeker_id, body, said_by="agency", by=actor.person_id, now=now))
    return await _plan_for_case_worker(session, actor, person, now=now)


@operations.add("get", "/api/my/plan", who=SEEKERS, errors=[NotFound])
async def get_my_plan(request: Request[State], session: AsyncSession, actor: Actor) -> SupportPlan:
    """Your own plan: every step and every word in it."""
    return await _my_plan(request, session, actor)


@operations.add("put", "/api/my/plan/steps/{step_id}/answer", who=SEEKERS, errors=[NotFound, StepNotPossible])
async def answer_step(
    request: Request[State], session: AsyncSession, actor: Actor, step_id: UUID, body: StepAnswer
) -> SupportPlan:
    """Say yes or no to a step before it begins."""
    check_whole(actor)
    now = request.state["now"]()
    with _refusals():
        _found(await service.answer_step(session, actor.person_id, step_id, answer=body.answer, now=now))
    return await _my_plan(request, session, actor)


@operations.add("post", "/api/my/plan/comments", who=SEEKERS, errors=[NotFound])
async def comment_on_my_plan(
    request: Request[State], session: AsyncSession, actor: Actor, body: CommentRequest
) -> SupportPlan:
    """Say what you think of your plan."""
    check_whole(actor)
    now, mine = request.state["now"](), actor.person_id
    _found(await service.comment(session, mine, body, said_by="seeker", by=mine, now=now))
    return await _my_plan(request, session, actor)


async def _own(session: AsyncSession, actor: Actor, seeker_id: UUID) -> PersonRow:
    person = await find_assigned(session, actor.person_id, seeker_id)
    if person is None:
        raise NotFound("there is no such seeker among yours")
    return person


async def _visible_ids(session: AsyncSession, actor: Actor, seeker_id: UUID, *, now: datetime) -> set[UUID]:
    shared = await list_shared(session, actor.person_id, [seeker_id], now=now)
    return {one.found.row.id for one in shared[seeker_id].feedback}


async def _plan_for_case_worker(
    session: AsyncSession, actor: Actor, person: PersonRow, *, now: datetime
) -> SupportPlan:
    shared = (await list_shared(session, actor.person_id, [person.id], now=now))[person.id]
    visible = [one.found for one in shared.feedback]
    return await _answer(session, person.id, person.name, shares=shared.shares, visible=visible)


async def _my_plan(request: Request[State], session: AsyncSession, actor: Actor) -> SupportPlan:
    check_whole(actor)
    now, mine = request.state["now"](), actor.person_id
    viewer = Viewer(visibility.Role.SEEKER, mine)
    ledger = await reading.read_ledger(session, mine)
    found = await reading.list_released_to(session, mine, scope_event_id=None)
    visible = [one for one in found if shown_to(one, viewer, now=now)[0].author]
    person = await session.get_one(PersonRow, mine)
    return await _answer(session, mine, person.name, shares=ledger.shares_at(now), visible=visible)


async def _answer(
    session: AsyncSession, seeker_id: UUID, name: str, *, shares: bool, visible: list[FoundFeedback]
) -> SupportPlan:
    await session.flush()
    return support_plan(
        PlanOwner(id=seeker_id, name=name, initials=initials(name), shares=shares),
        case_workers=[one.name for one in await list_case_workers(session, [seeker_id])],
        steps=await repository.list_steps(session, [seeker_id]),
        sources=await repository.list_sources(session, [seeker_id]),
        visible=visible,
        comments=await repository.list_comments(session, [seeker_id]),
    )


def _found(row: object | None) -> None:
    if row is None:
        raise NotFound("there is no such step in this plan")


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except StepRefused as refusal:
        raise StepNotPossible.because(refusal) from None
