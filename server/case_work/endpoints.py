"""Case work by HTTP: what is to be done, what a seeker needs, handing over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from server.case_work import repository, service
from server.case_work.answers import colleague, hand_over, inbox, seeker_needs
from server.case_work.rules import HandOverRefused, TaskRefused
from server.case_work.shapes import (
    HandOverRequest,
    HandOvers,
    Inbox,
    MyCaseWork,
    OwnTask,
    SeekerNeeds,
    TaskChange,
    TaskRequest,
)
from server.identity.actor import Actor, check_whole
from server.identity.case_workers import list_case_workers, list_colleagues
from server.identity.roles import CASE_WORKERS, SEEKERS
from server.kit.operations import Operations
from server.kit.problems import Conflict, NotFound
from server.state import State

operations = Operations("case_work")
Key = Annotated[str, StringConstraints(max_length=80)]


class TaskNotPossible(Conflict):
    """`reason` says why, by the name of the rule."""

    title = "That cannot be done with the task"


class HandOverNotPossible(Conflict):
    """`reason` says why, by the name of the rule."""

    title = "That hand-over is not possible"


@operations.add("get", "/api/case-tasks", who=CASE_WORKERS)
async def list_tasks(request: Request[State], session: AsyncSession, actor: Actor) -> Inbox:
    """What you have to do about your job seekers, soonest first."""
    return await _inbox(request, session, actor)


@operations.add("post", "/api/seekers/{seeker_id}/tasks", who=CASE_WORKERS, errors=[NotFound], again=list_tasks)
async def add_task(
    request: Request[State], session: AsyncSession, actor: Actor, seeker_id: UUID, body: TaskRequest
) -> Inbox:
    """Write down something to do about one of your job seekers, who can read it."""
    row = await service.add_task(session, seeker_id, body, by=actor.person_id, now=request.state["now"]())
    if row is None:
        raise NotFound("there is no such seeker among yours")
    return await _inbox(request, session, actor)


@operations.add(
    "put",
    "/api/seekers/{seeker_id}/tasks/{task_key}",
    who=CASE_WORKERS,
    errors=[NotFound, TaskNotPossible],
    again=list_tasks,
)
async def change_task(
    request: Request[State], session: AsyncSession, actor: Actor, seeker_id: UUID, task_key: Key, body: TaskChange
) -> Inbox:
    """Do a task, put it off, give it to a colleague, or take any of that back."""
    now = request.state["now"]()
    with _refusals():
        row = await service.change_task(session, seeker_id, task_key, body, by=actor.person_id, now=now)
    if row is None:
        raise NotFound("there is no such task about a seeker of yours")
    return await _inbox(request, session, actor)


@operations.add("get", "/api/seekers/{seeker_id}/needs", who=CASE_WORKERS, errors=[NotFound])
async def read_needs(request: Request[State], session: AsyncSession, actor: Actor, seeker_id: UUID) -> SeekerNeeds:
    """What employers say would make hiring one of your job seekers possible, as far as that is shared."""
    now, me = request.state["now"](), actor.person_id
    load = await service.read_case_load(session, me, now=now, only=seeker_id)
    if not load.people:
        raise NotFound("there is no such seeker among yours")
    return seeker_needs(load, load.people[0], me=me, now=now)


@operations.add("get", "/api/hand-overs", who=CASE_WORKERS)
async def list_hand_overs(request: Request[State], session: AsyncSession, actor: Actor) -> HandOvers:
    """Job seekers that you hand over or are handed, and colleagues you can ask."""
    return await _hand_overs(session, actor)


@operations.add(
    "post", "/api/hand-overs", who=CASE_WORKERS, errors=[NotFound, HandOverNotPossible], again=list_hand_overs
)
async def ask_to_take_over(
    request: Request[State], session: AsyncSession, actor: Actor, body: HandOverRequest
) -> HandOvers:
    """Ask a colleague to take job seekers over; they stay yours until the colleague accepts."""
    with _refusals():
        rows = await service.hand_over(session, body, by=actor.person_id, now=request.state["now"]())
    if not rows:
        raise NotFound("one of them is not your job seeker")
    return await _hand_overs(session, actor)


@operations.add(
    "post",
    "/api/hand-overs/{hand_over_id}/accept",
    who=CASE_WORKERS,
    errors=[NotFound, HandOverNotPossible],
    again=list_hand_overs,
)
async def accept_hand_over(
    request: Request[State], session: AsyncSession, actor: Actor, hand_over_id: UUID
) -> HandOvers:
    """Take the job seeker over; from now on they are yours and no longer your colleague's."""
    return await _answer(request, session, actor, hand_over_id, "accepted")


@operations.add(
    "post",
    "/api/hand-overs/{hand_over_id}/decline",
    who=CASE_WORKERS,
    errors=[NotFound, HandOverNotPossible],
    again=list_hand_overs,
)
async def decline_hand_over(
    request: Request[State], session: AsyncSession, actor: Actor, hand_over_id: UUID
) -> HandOvers:
    """Say no; the job seeker stays with your colleague."""
    return await _answer(request, session, actor, hand_over_id, "declined")


@operations.add(
    "post",
    "/api/hand-overs/{hand_over_id}/withdraw",
    who=CASE_WORKERS,
    errors=[NotFound, HandOverNotPossible],
    again=list_hand_overs,
)
async def withdraw_hand_over(
    request: Request[State], session: AsyncSession, actor: Actor, hand_over_id: UUID
) -> HandOvers:
    """Take back what you asked, before it is answered."""
    return await _answer(request, session, actor, hand_over_id, "withdrawn")


@operations.add("get", "/api/my/case-work", who=SEEKERS, errors=[NotFound])
async def read_about_me(request: Request[State], session: AsyncSession, actor: Actor) -> MyCaseWork:
    """What case workers have written about you beside the plan: tasks by hand, hand-overs."""
    check_whole(actor)
    mine = actor.person_id
    by_hand = await repository.list_by_hand(session, mine)
    return MyCaseWork(
        case_workers=[one.name for one in await list_case_workers(session, [mine])],
        tasks=[OwnTask.model_validate(one, from_attributes=True) for one in by_hand],
        hand_overs=[hand_over(one) for one in await repository.list_hand_overs_of_seeker(session, mine)],
    )


async def _inbox(request: Request[State], session: AsyncSession, actor: Actor) -> Inbox:
    await session.flush()
    now, me = request.state["now"](), actor.person_id
    load = await service.read_case_load(session, me, now=now)
    return inbox(load, await repository.list_waiting_for(session, me), me=me, now=now)


async def _hand_overs(session: AsyncSession, actor: Actor) -> HandOvers:
    await session.flush()
    me = actor.person_id
    return HandOvers(
        me=me,
        hand_overs=[hand_over(one) for one in await repository.list_hand_overs_of_case_worker(session, me)],
        colleagues=[colleague(one) for one in await list_colleagues(session, me)],
    )


async def _answer(
    request: Request[State], session: AsyncSession, actor: Actor, hand_over_id: UUID, state: str
) -> HandOvers:
    with _refusals():
        row = await service.answer_hand_over(
            session, hand_over_id, state=state, by=actor.person_id, now=request.state["now"]()
        )
    if row is None:
        raise NotFound("there is no such hand-over for you to answer")
    return await _hand_overs(session, actor)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except TaskRefused as refusal:
        raise TaskNotPossible.because(refusal) from None
    except HandOverRefused as refusal:
        raise HandOverNotPossible.because(refusal) from None
