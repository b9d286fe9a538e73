"""What seekers of the matrix's world mean to do, and what they keep to themselves."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.claims.tables import InventoryAnswerRow
from server.learning.tables import ActionRow, ReflectionRow
from server.preparing.tables import NetworkContactRow
from server.profiles.tables import CompetenceRow
from server.reading.tables import GoalRow
from tests.contract.canaries import TEXTS


async def add_learning(session: AsyncSession, ids: dict[str, Any], *, now: datetime) -> None:
    """A goal each, and of the first seeker an action, a reflection, and a claim; known as they are called."""
    seeker, other = UUID(str(ids["seeker"])), UUID(str(ids["other_seeker"]))
    before = now - timedelta(days=1)
    goal = GoalRow(person_id=seeker, text=TEXTS["goal"], set_at=before)
    action = ActionRow(person_id=seeker, text=TEXTS["action"], created_at=before)
    session.add_all([goal, action, GoalRow(person_id=other, text="Läsa på", set_at=before)])
    opened = UUID(str(ids["opened"]))
    session.add(ReflectionRow(meeting_id=opened, person_id=seeker, answers={"went_well": TEXTS["reflection"]}, at=now))
    claim = CompetenceRow(person_id=seeker, position=1, label="Bokföring", example=TEXTS["example"])
    told = InventoryAnswerRow(person_id=seeker, situation="helped", answers={"what": TEXTS["inventory"]}, at=now)
    contact = NetworkContactRow(person_id=seeker, name=TEXTS["contact"], circle="friends", created_at=before)
    session.add_all([claim, told, contact])
    await session.flush()
    ids |= {"goal": str(goal.id), "action": str(action.id), "claim": str(claim.id), "contact": str(contact.id)}
    ids |= {"situation": "helped", "occupation": "tester", "point": "own_part"}
