"""What a seeker's case worker may see of goal, actions and claims: all of it while the seeker shares, else nothing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from server.claims import repository as claims
from server.claims.answers import Confirmation, claim_answers
from server.kit.clock import day_of
from server.learning import repository
from server.learning.answers import (
    LearningAction,
    LearningGoal,
    Reflection,
    action_answers,
    goal_answer,
    reflection_answer,
)
from server.reading import repository as reading


class SharedClaim(BaseModel):
    """A claim without the seeker's own example, which stays theirs."""

    label: str
    detail: str
    evidence: str
    confirmations: list[Confirmation]


class SharedLearning(BaseModel):
    """What a seeker shares of their learning; reflections only those that they share one by one."""

    goal: LearningGoal | None
    goals_before: list[LearningGoal]
    actions: list[LearningAction]
    claims: list[SharedClaim]
    reflections: list[Reflection]


async def shared_with_case_worker(session: AsyncSession, seeker_id: UUID, *, now: datetime) -> SharedLearning | None:
    """Goal, actions, claims and shared reflections of a seeker, or None while they do not share.

    The caller has made sure that the seeker is the case worker's own (`server.support.repository.find_assigned`);
    whether anything is shared is asked of the sharing ledger here, at `now`, and takes effect at once. The network
    map, the inventory's answers and examples are never among it.
    """
    if not (await reading.read_ledger(session, seeker_id)).shares_at(now):
        return None
    goals = await repository.list_goals(session, seeker_id)
    checks = await repository.list_checks(session, seeker_id)
    answers = [goal_answer(row, checks) for row in goals]
    held = await repository.list_held(session, seeker_id, scope_event_id=None)
    told = claim_answers(
        await claims.list_claims(session, seeker_id), await claims.list_confirmations(session, seeker_id)
    )
    return SharedLearning(
        goal=next((one for one in answers if one.status == "current"), None),
        goals_before=[one for one in answers if one.status != "current"],
        actions=action_answers(await repository.list_actions(session, seeker_id), today=day_of(now)),
        claims=[
            SharedClaim(label=one.label, detail=one.detail, evidence=one.evidence, confirmations=one.confirmations)
            for one in told
        ],
        reflections=[reflection_answer(row) for row in held if row.answers and row.shared],
    )
