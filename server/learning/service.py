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
from server.learning.goals import LearningRefused, NoSuchFeedback, NotHeld, held_meetings, tell
from server.learning.tables import ActionRow, ReflectionRow
from server.reading import repository as reading
from server.reading.service import NotAChipOfThis, StillSealed


class NoSuchAction(LearningRefused):
    pass


class TooManyOpen(LearningRefused):
    pass


async def take_from_feedback(
    session: AsyncSession, actor: Actor, feedback_id: UUID, chip: str, *, now: datetime
) -> None:
    """Mean to do what an employer asked for, within a week; a second time changes nothing.

    Raises:
        NoSuchFeedback: there is no such feedback to the seeker.
        StillSealed: they have not opened it.
        NotAChipOfThis: the employer did not ask for that.
        TooManyOpen: there is enough to do already.
    """
    found = await reading.find_released_to(
        session, feedback_id, seeker_id=actor.person_id, scope_event_id=actor.scope_event_id
    )
    if found is None:
        raise NoSuchFeedback("there is no such feedback to you")
    if found.row.opened_at is None:
        raise StillSealed("open the answer first")
    if chip not in found.row.answers.get("do_next", []):
        raise NotAChipOfThis("choose something that this employer asked you to do next")
    waiting = await repository.list_open_actions(session, actor.person_id)
    if any(action.chip == chip for action in waiting):
        return  # another employer has asked for the same
    due_on = first_due(day_of(now))
    await _add(
        session,
        ActionRow(
            person_id=actor.person_id,
            scorecard_id=feedback_id,
            chip=chip,
            due_on=due_on,
            first_due_on=due_on,
            created_at=now,
        ),
        waiting,
    )


async def add_own(session: AsyncSession, person_id: UUID, *, text: str, due_on: date | None, now: datetime) -> None:
    """Mean to do something in words of one's own.

    Raises:
        AnswersInvalid: the text or the day cannot be kept.
        TooManyOpen: there is enough to do already.
    """
    words = parse_action(text)
    check_due(due_on, today=day_of(now))
    row = ActionRow(person_id=person_id, text=words, due_on=due_on, first_due_on=due_on, created_at=now)
    await _add(session, row, await repository.list_open_actions(session, person_id))


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


async def _add(session: AsyncSession, row: ActionRow, waiting: list[ActionRow]) -> None:
    if len(waiting) >= OPEN_ACTIONS_MAX:
        raise TooManyOpen(f"you have {len(waiting)} things to do; finish or let go of one first")
    session.add(row)
    await tell(session, row.person_id, now=row.created_at)
