"""The learning loop by HTTP. Each field that leaves the server is named here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from feedback.actions import Action, ActionState, in_order, standing
from feedback.goals import HeldMeeting, meeting_to_ask_about
from feedback.instrument import Chip, Text
from feedback.reflection import Prompt, asks_to_reflect, prompts
from server.kit.rows import Found
from server.reading.chosen import chip_of, text_of
from server.scorecards.cards import instrument_of


class GoalChecked(BaseModel):
    """What became of a goal in one meeting: kept, reached, changed, or passed over."""

    meeting_id: UUID
    employer_name: str
    outcome: str
    at: datetime


class LearningGoal(BaseModel):
    """A goal: current, closed (reached) or changed; in own words it comes from no employer."""

    id: UUID
    text: Text
    practise: Text | None
    chip: str | None
    feedback_id: UUID | None
    employer_name: str | None
    shown: bool
    status: str
    set_at: datetime
    ended_at: datetime | None
    checks: list[GoalChecked]


class AskedAbout(BaseModel):
    """A meeting that something is asked about."""

    meeting_id: UUID
    employer_name: str
    held_at: datetime


class LearningAction(BaseModel):
    """Something to do; `standing`: overdue, today, soon, later or undated, None once it is ended."""

    id: UUID
    text: Text
    practise: Text | None
    competence: Text | None
    chip: str | None
    feedback_id: UUID | None
    employer_name: str | None
    state: str
    standing: str | None
    due_on: date | None
    was_moved: bool
    ended_at: datetime | None


class Reflection(BaseModel):
    """What the seeker wrote to themselves, by prompt."""

    meeting_id: UUID
    employer_name: str
    held_at: datetime
    answers: dict[str, str]
    shared: bool
    at: datetime


class Learning(BaseModel):
    """The seeker's learning loop. `question` is the meeting after which to ask about the goal, once."""

    goal: LearningGoal | None
    question: AskedAbout | None
    to_reflect: AskedAbout | None
    prompts: list[Prompt]
    actions: list[LearningAction]
    history: list[LearningGoal]
    reflections: list[Reflection]


def learning_answer(
    *,
    goals: Sequence[Found],
    checks: Sequence[Found],
    held: Sequence[Found],
    actions: Sequence[Found],
    today: date,
    now: datetime,
) -> Learning:
    """The loop as its seeker sees it."""
    current = next((row for row in goals if row.status == "current"), None)
    by_id = {row.id: row for row in held}
    asked = None
    if current is not None:
        meetings = [HeldMeeting(row.id, row.held_at) for row in held]
        asked = meeting_to_ask_about(current.set_at, meetings, {row.meeting_id for row in checks})
    newest = held[0] if held else None
    thinks = newest is not None and newest.answers is None and asks_to_reflect(newest.held_at, now=now)
    return Learning(
        goal=goal_answer(current, checks) if current is not None else None,
        question=_asked(by_id[asked.id]) if asked is not None else None,
        to_reflect=_asked(newest) if newest is not None and thinks else None,
        prompts=list(prompts()),
        actions=action_answers(actions, today=today),
        history=[goal_answer(row, checks) for row in goals],
        reflections=[reflection_answer(row) for row in held if row.answers],
    )


def goal_answer(row: Found, checks: Sequence[Found]) -> LearningGoal:
    """A goal with what became of it, oldest first."""
    chip = chip_of(row)
    return LearningGoal(
        id=row.id,
        text=text_of(row),
        practise=chip.practise if chip else None,
        chip=row.chip,
        feedback_id=row.scorecard_id,
        employer_name=row.employer_name,
        shown=row.shown,
        status=row.status,
        set_at=row.set_at,
        ended_at=row.ended_at,
        checks=[
            GoalChecked(meeting_id=one.meeting_id, employer_name=one.employer_name, outcome=one.outcome, at=one.at)
            for one in checks
            if one.goal_id == row.id
        ],
    )


def action_answers(rows: Sequence[Found], *, today: date) -> list[LearningAction]:
    """Actions as they are shown: what waits by its day, then what is ended."""
    by_id: dict[Any, Found] = {row.id: row for row in rows}
    found = [Action(row.id, ActionState(row.state), row.due_on, row.created_at, row.ended_at) for row in rows]
    return [_action(by_id[action.id], today=today) for action in in_order(found)]


def reflection_answer(row: Found) -> Reflection:
    """What was written after a meeting."""
    return Reflection(
        meeting_id=row.id,
        employer_name=row.employer_name,
        held_at=row.held_at,
        answers=row.answers,
        shared=row.shared,
        at=row.at,
    )


def _action(row: Found, *, today: date) -> LearningAction:
    chip = chip_of(row)
    waits = row.state == ActionState.OPEN
    return LearningAction(
        id=row.id,
        text=text_of(row),
        practise=chip.practise if chip else None,
        competence=_competence(row, chip),
        chip=row.chip,
        feedback_id=row.scorecard_id,
        employer_name=row.employer_name,
        state=row.state,
        standing=standing(row.due_on, today=today) if waits else None,
        due_on=row.due_on,
        was_moved=row.due_on != row.first_due_on,
        ended_at=row.ended_at,
    )


def _competence(row: Found, chip: Chip | None) -> Text | None:
    if chip is None or chip.competence is None:
        return None
    return next(one.text for one in instrument_of(row).competences if one.code == chip.competence)


def _asked(row: Found) -> AskedAbout:
    return AskedAbout(meeting_id=row.id, employer_name=row.employer_name, held_at=row.held_at)
