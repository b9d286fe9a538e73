"""What a seeker means to do by when, and what they write to themselves after a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.actions import OPEN_ACTIONS_MAX, ActionState, check_due, first_due, parse_action
from feedback.reflection import parse_reflection
from server.identity.actor import Actor
from server.kit.clock import day_of
from server.learning import repository
from server.learning.goals import Chosen, LearningRefused, NotHeld, held_meetings, tell
from server.learning.tables import ActionRow, ReflectionRow
from server.reading.access import feedback_of
from server.reading.service import check_asked_for


class NoSuchAction(LearningRefused):
    pass


class TooManyOpen(LearningRefused):
    pass


async def add_action(
    session: AsyncSession, actor: Actor, chosen: Chosen, *, due_on: date | None, now: datetime
) -> None:
    """Mean to do something: what an employer asked for, within a week and only once, or words of one's own.

    Raises:
        NotFound: there is no such feedback to the seeker.
        ReadingRefused: it is sealed, or the employer did not ask for that.
        AnswersInvalid: the own words or the day cannot be kept.
        TooManyOpen: there is enough to do already.
    """
    row = ActionRow(person_id=actor.person_id, due_on=due_on, created_at=now)
    if chosen.feedback_id is not None and chosen.chip is not None:
        check_asked_for(await feedback_of(session, actor, chosen.feedback_id), chosen.chip)
        row.scorecard_id, row.chip, row.due_on = chosen.feedback_id, chosen.chip, first_due(day_of(now))
    else:
        row.text = parse_action(chosen.text)
        check_due(due_on, today=day_of(now))
    row.first_due_on = row.due_on
    waiting = await repository.lock_open_actions(session, actor.person_id)
    if row.chip is not None and any(action.chip == row.chip for action in waiting):
        return  # another employer has asked for the same
    if len(waiting) >= OPEN_ACTIONS_MAX:
        raise TooManyOpen(f"you have {len(waiting)} things to do; finish or let go of one first")
    session.add(row)
    await tell(session, actor.person_id, now=now)


async def change_action(
    session: AsyncSession, person_id: UUID, action_id: UUID, *, state: ActionState, due_on: date | None, now: datetime
) -> None:
    """Say that an action is done, not done, open again, moved, or was a mistake; each can be taken back.

    Raises:
        NoSuchAction: it is not the seeker's.
        AnswersInvalid: it cannot be moved to that day.
    """
    row = await repository.lock_action(session, action_id, person_id)
    if row is None:
        raise NoSuchAction("there is no such action of yours")
    if due_on not in (row.due_on, row.first_due_on):
        check_due(due_on, today=day_of(now))
    if state != row.state:
        row.ended_at = None if state is ActionState.OPEN else now
    row.state, row.due_on = state, due_on
    session.add(row)
    await tell(session, person_id, now=now)


async def reflect(
    session: AsyncSession, actor: Actor, meeting_id: UUID, *, answers: Mapping[str, str], shared: bool, now: datetime
) -> None:
    """Keep what the seeker writes to themselves after a meeting, in place of what stood there.

    Raises:
        NotHeld: the meeting is not the seeker's, or has not been held.
        AnswersInvalid: something cannot be kept.
    """
    if meeting_id not in {meeting.id for meeting in await held_meetings(session, actor)}:
        raise NotHeld("you have had no such meeting")
    written = parse_reflection(answers)
    row = await session.get(ReflectionRow, meeting_id) or ReflectionRow(
        meeting_id=meeting_id, person_id=actor.person_id, at=now
    )
    row.answers, row.shared, row.at = dict(written), shared, now
    session.add(row)
    await tell(session, actor.person_id, now=now)
