"""The seeker's goal, actions and reflections by HTTP; each write answers with the whole loop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, model_validator
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from feedback.actions import ACTION_LENGTH_MAX, ActionState
from feedback.answers import AnswersInvalid
from feedback.goals import OWN_GOAL_LENGTH_MAX, GoalOutcome
from feedback.reflection import REFLECTION_LENGTH_MAX
from server.identity.actor import Actor
from server.identity.roles import CASE_WORKERS, SEEKERS
from server.kit.clock import day_of
from server.kit.operations import Operations, RequestModel
from server.kit.problems import Conflict, NotFound, unusable
from server.learning import goals, repository, service
from server.learning.answers import Learning, learning_answer
from server.learning.goals import Chosen
from server.learning.sharing import SharedLearning, shared_with_case_worker
from server.reading.service import ReadingRefused
from server.state import State
from server.support import repository as support

operations = Operations("learning")
ChipCode = Annotated[str, StringConstraints(min_length=1, max_length=60)]
_NOT_THERE = (goals.NoSuchGoal, service.NoSuchAction, goals.NotHeld)


class SharedOfLearning(BaseModel):
    """What a seeker shares of their learning; None while they do not share."""

    learning: SharedLearning | None


class LearningConflict(Conflict):
    title = "That is not possible just now"


class _FromChipOrOwn(RequestModel):
    feedback_id: UUID | None = None
    chip: ChipCode | None = None
    text: str | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> _FromChipOrOwn:
        if (self.feedback_id is None) != (self.chip is None) or (self.chip is None) == (self.text is None):
            raise ValueError("either feedback_id and chip, or text")
        return self

    @property
    def chosen(self) -> Chosen:
        return Chosen(self.feedback_id, self.chip, self.text)


class GoalChosen(_FromChipOrOwn):
    """What an employer asked for, or words of one's own."""

    text: Annotated[str, Field(max_length=OWN_GOAL_LENGTH_MAX)] | None = None


class GoalShown(RequestModel):
    shown: bool


class GoalCheckRequest(RequestModel):
    """What became of the goal; `instead` only where it is changed, and then needed."""

    outcome: GoalOutcome
    instead: GoalChosen | None = None

    @model_validator(mode="after")
    def _instead_of_what(self) -> GoalCheckRequest:
        if (self.outcome is GoalOutcome.CHANGED) != (self.instead is not None):
            raise ValueError("a goal that is changed, and no other, has another instead")
        return self


class ReflectionRequest(RequestModel):
    answers: dict[ChipCode, Annotated[str, Field(max_length=REFLECTION_LENGTH_MAX)]] = Field(max_length=10)
    shared: bool = False


class ActionRequest(_FromChipOrOwn):
    """What an employer asked for, with a week for it; or words of one's own, with any day or none."""

    text: Annotated[str, Field(max_length=ACTION_LENGTH_MAX)] | None = None
    due_on: date | None = None


class ActionChange(RequestModel):
    state: ActionState
    due_on: date | None


@operations.add("get", "/api/my/learning", who=SEEKERS)
async def get_my_learning(request: Request[State], session: AsyncSession, actor: Actor) -> Learning:
    """Your goal and its story, what you mean to do, and what you wrote to yourself."""
    return await _answer(request, session, actor)


@operations.add("get", "/api/seekers/{seeker_id}/learning", who=CASE_WORKERS, errors=[NotFound])
async def read_shared_learning(
    request: Request[State], session: AsyncSession, actor: Actor, seeker_id: UUID
) -> SharedOfLearning:
    """What one of your seekers shares of goal, actions and claims; nothing while they do not share."""
    if await support.find_assigned(session, actor.person_id, seeker_id) is None:
        raise NotFound("there is no such seeker among yours")
    return SharedOfLearning(learning=await shared_with_case_worker(session, seeker_id, now=request.state["now"]()))


@operations.add("put", "/api/my/goal", who=SEEKERS, errors=[NotFound, LearningConflict])
async def choose_goal(request: Request[State], session: AsyncSession, actor: Actor, body: GoalChosen) -> Learning:
    """Choose what to work on: something an employer asked for, or words of your own."""
    with _refusals():
        await goals.choose(session, actor, body.chosen, now=request.state["now"]())
    return await _answer(request, session, actor)


@operations.add("put", "/api/my/goal/shown", who=SEEKERS, errors=[LearningConflict])
async def show_goal(request: Request[State], session: AsyncSession, actor: Actor, body: GoalShown) -> Learning:
    """Let employers whom you meet see your goal, or no longer."""
    with _refusals():
        await goals.show(session, actor.person_id, shown=body.shown, now=request.state["now"]())
    return await _answer(request, session, actor)


@operations.add("post", "/api/my/goal/reached", who=SEEKERS, errors=[LearningConflict])
async def reach_goal(request: Request[State], session: AsyncSession, actor: Actor) -> Learning:
    """Say that you have reached your goal."""
    with _refusals():
        await goals.reach(session, actor.person_id, now=request.state["now"]())
    return await _answer(request, session, actor)


@operations.add("post", "/api/my/goals/{goal_id}/resume", who=SEEKERS, errors=[NotFound])
async def resume_goal(request: Request[State], session: AsyncSession, actor: Actor, goal_id: UUID) -> Learning:
    """Take up an earlier goal again."""
    with _refusals():
        await goals.resume(session, actor.person_id, goal_id, now=request.state["now"]())
    return await _answer(request, session, actor)


@operations.add("post", "/api/my/meetings/{meeting_id}/goal-check", who=SEEKERS, errors=[NotFound, LearningConflict])
async def check_goal(
    request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID, body: GoalCheckRequest
) -> Learning:
    """Say how it went with your goal in a meeting; asked once."""
    instead = body.instead.chosen if body.instead else None
    with _refusals():
        await goals.answer_check(session, actor, meeting_id, body.outcome, instead=instead, now=request.state["now"]())
    return await _answer(request, session, actor)


@operations.add("put", "/api/my/meetings/{meeting_id}/reflection", who=SEEKERS, errors=[NotFound])
async def write_reflection(
    request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID, body: ReflectionRequest
) -> Learning:
    """Write to yourself after a meeting; your case worker sees it only if you share it."""
    with _refusals():
        await service.reflect(
            session,
            actor,
            meeting_id,
            answers=body.answers,
            shared=body.shared,
            now=request.state["now"](),
        )
    return await _answer(request, session, actor)


@operations.add("post", "/api/my/actions", who=SEEKERS, status=HTTPStatus.CREATED, errors=[NotFound, LearningConflict])
async def add_action(request: Request[State], session: AsyncSession, actor: Actor, body: ActionRequest) -> Learning:
    """Mean to do something: what an employer asked for, or words of your own."""
    with _refusals():
        await service.add_action(session, actor, body.chosen, due_on=body.due_on, now=request.state["now"]())
    return await _answer(request, session, actor)


@operations.add("put", "/api/my/actions/{action_id}", who=SEEKERS, errors=[NotFound])
async def change_action(
    request: Request[State], session: AsyncSession, actor: Actor, action_id: UUID, body: ActionChange
) -> Learning:
    """Say that it is done, not done or moved, or take that back."""
    with _refusals():
        await service.change_action(
            session, actor.person_id, action_id, state=body.state, due_on=body.due_on, now=request.state["now"]()
        )
    return await _answer(request, session, actor)


async def _answer(request: Request[State], session: AsyncSession, actor: Actor) -> Learning:
    await session.flush()
    now, person_id = request.state["now"](), actor.person_id
    return learning_answer(
        goals=await repository.list_goals(session, person_id),
        checks=await repository.list_checks(session, person_id),
        held=await repository.list_held(session, person_id, scope_event_id=actor.scope_event_id),
        actions=await repository.list_actions(session, person_id),
        today=day_of(now),
        now=now,
    )


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except AnswersInvalid as error:
        raise unusable("something cannot be kept as it is", error.problems) from None
    except _NOT_THERE as refusal:
        raise NotFound(str(refusal)) from None
    except (goals.LearningRefused, ReadingRefused) as refusal:
        raise LearningConflict.because(refusal) from None
