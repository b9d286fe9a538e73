"""The seeker's goal: chosen, shown or not, and what became of it in a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.goals import GoalOutcome, HeldMeeting, meeting_to_ask_about, parse_own_goal
from server.identity.actor import Actor
from server.identity.case_workers import tell_of_feedback
from server.kit import streams
from server.learning import repository
from server.learning.tables import GoalCheckRow
from server.reading import service as reading
from server.reading.access import feedback_of
from server.reading.repository import lock_current_goal
from server.reading.tables import GoalRow


class LearningRefused(Exception):
    """What was asked cannot be done now; the message says why."""


class NoGoalNow(LearningRefused):
    pass


class NotAskedAbout(LearningRefused):
    pass


class NoSuchGoal(LearningRefused):
    pass


class NotHeld(LearningRefused):
    pass


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a goal or an action is to be: a chip of some feedback, or words of one's own."""

    feedback_id: UUID | None = None
    chip: str | None = None
    text: str | None = None


async def choose(session: AsyncSession, actor: Actor, chosen: Chosen, *, now: datetime) -> None:
    """Make this the seeker's goal; the one before counts as changed.

    Raises:
        NotFound: there is no such feedback to the seeker.
        ReadingRefused: it is sealed, or the employer did not ask for that.
        AnswersInvalid: the own words are empty, too long or cannot be shown.
    """
    if chosen.feedback_id is not None and chosen.chip is not None:
        found = await feedback_of(session, actor, chosen.feedback_id)
        await reading.choose_goal(session, found, chip=chosen.chip, now=now)
        return
    text = parse_own_goal(chosen.text)
    current = await lock_current_goal(session, actor.person_id)
    if current is not None and current.text == text:
        return
    if current is not None:
        _end(session, current, "changed", now=now)
    session.add(GoalRow(person_id=actor.person_id, text=text, set_at=now))
    await tell(session, actor.person_id, now=now)


async def show(session: AsyncSession, person_id: UUID, *, shown: bool, now: datetime) -> None:
    """Let the employers whom the seeker meets see the goal, or no longer.

    Raises:
        NoGoalNow: there is none.
    """
    goal = await _current(session, person_id)
    goal.shown = shown
    session.add(goal)
    await tell(session, person_id, now=now)


async def reach(session: AsyncSession, person_id: UUID, *, now: datetime) -> None:
    """Close the goal, since it is reached.

    Raises:
        NoGoalNow: there is none.
    """
    _end(session, await _current(session, person_id), "closed", now=now)
    await tell(session, person_id, now=now)


async def resume(session: AsyncSession, person_id: UUID, goal_id: UUID, *, now: datetime) -> None:
    """Take up a goal again; the one that there is now counts as changed.

    Raises:
        NoSuchGoal: the seeker never had it.
    """
    current = await lock_current_goal(session, person_id)
    goal = await repository.lock_goal(session, goal_id, person_id)
    if goal is None:
        raise NoSuchGoal("you have had no such goal")
    if current is not None and current.id != goal.id:
        _end(session, current, "changed", now=now)
    goal.status, goal.ended_at = "current", None
    session.add(goal)
    await tell(session, person_id, now=now)


async def answer_check(
    session: AsyncSession,
    actor: Actor,
    meeting_id: UUID,
    outcome: GoalOutcome,
    *,
    instead: Chosen | None,
    now: datetime,
) -> None:
    """Keep what became of the goal in a meeting; reached closes it, changed puts `instead` in its place.

    Raises:
        NotHeld: the meeting is not the seeker's, or has not been held.
        NotAskedAbout: there is no goal, or this meeting has been answered for or is not the newest.
        LearningRefused, ReadingRefused, AnswersInvalid: the new goal cannot be chosen.
    """
    meetings = await held_meetings(session, actor)
    goal = await lock_current_goal(session, actor.person_id)
    asked = None
    if goal is not None:
        checked = {row.meeting_id for row in await repository.list_checks(session, actor.person_id)}
        asked = meeting_to_ask_about(goal.set_at, meetings, checked)
    if meeting_id not in {meeting.id for meeting in meetings}:
        raise NotHeld("you have had no such meeting")
    if goal is None or asked is None or asked.id != meeting_id:
        raise NotAskedAbout("this meeting is not asked about, or is answered for already")
    session.add(GoalCheckRow(goal_id=goal.id, meeting_id=meeting_id, outcome=outcome, at=now))
    if outcome is GoalOutcome.REACHED:
        _end(session, goal, "closed", now=now)
    await session.flush()
    if outcome is GoalOutcome.CHANGED:
        await choose(session, actor, instead or Chosen(), now=now)
    await tell(session, actor.person_id, now=now)


async def held_meetings(session: AsyncSession, actor: Actor) -> list[HeldMeeting]:
    """The meetings that the seeker has had, newest first; within one event for a personal link."""
    found = await repository.list_held(session, actor.person_id, scope_event_id=actor.scope_event_id)
    return [HeldMeeting(row.id, row.held_at) for row in found]


async def tell(session: AsyncSession, person_id: UUID, *, now: datetime) -> None:
    """The seeker's open pages hear that their profile is another, and their case workers' while they share it."""
    await streams.append(session, f"person:{person_id}", "profile.changed", {}, now=now)
    await tell_of_feedback(session, person_id, now=now)


async def _current(session: AsyncSession, person_id: UUID) -> GoalRow:
    goal = await lock_current_goal(session, person_id)
    if goal is None:
        raise NoGoalNow("you have no goal just now")
    return goal


def _end(session: AsyncSession, goal: GoalRow, status: str, *, now: datetime) -> None:
    goal.status, goal.ended_at = status, now
    session.add(goal)
