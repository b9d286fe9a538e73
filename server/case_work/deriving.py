"""The tasks that follow from what there is to see now. Pure.

None of them is stored: what a seeker stops sharing is in no task from that moment on. A row says only what was
made of a task, under its key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from server.case_work import rules
from server.case_work.needs import Mention, Need, mention_of, needs_of
from server.case_work.rules import Kind
from server.case_work.tables import CaseTaskRow
from server.kit.clock import day_of
from server.kit.rows import Found
from server.reading.shared import Sharing
from server.support_plans.catalogue import find_measure
from server.support_plans.rules import due_on as step_due_on
from server.support_plans.tables import PlanStepRow


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do about a seeker. `since` is when it came; newer news than `done_at` brings it back."""

    seeker_id: UUID
    kind: Kind
    key: str
    since: datetime
    newest: datetime
    due_on: date
    title: str = ""
    need: Need | None = None
    mention: Mention | None = None
    step: PlanStepRow | None = None
    meeting: Found | None = None
    row: CaseTaskRow | None = None

    @property
    def done_at(self) -> datetime | None:
        """When it was done, None if it is to be done."""
        done_at = self.row.done_at if self.row else None
        return done_at if rules.is_done(done_at, newest=self.newest) else None

    @property
    def snoozed_until(self) -> date | None:
        """The day it was put off to."""
        return self.row.snoozed_until if self.row else None

    @property
    def assigned_to(self) -> UUID | None:
        """The one case worker who does it; None for whoever has the seeker."""
        return self.row.assigned_to if self.row else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """All of one seeker that tasks follow from; `rows` by their key, of `unanswered` words at most one row."""

    seeker_id: UUID
    sharing: Sharing
    steps: Sequence[PlanStepRow]
    unanswered: Sequence[Found]
    requests: Sequence[Found]
    meetings: Sequence[Found]
    rows: Mapping[str, CaseTaskRow]


def tasks_of(seen: Seen, *, today: date) -> list[Task]:
    """Every task about one seeker, done ones too."""
    return [
        *_by_hand(seen),
        *_feedback(seen),
        *_needs(seen),
        *_steps(seen, today),
        *_answers(seen),
        *_comments(seen),
        *_requests(seen),
        *_meetings(seen, today),
    ]


def planned_for(need: str, steps: Sequence[PlanStepRow]) -> list[PlanStepRow]:
    """The steps, not refused or given up, whose measure answers a need."""
    return [step for step in steps if _stands(step) and need in _answered_by(step)]


def _stands(step: PlanStepRow) -> bool:
    return step.status != "cancelled" and step.answer != "no"


def _answered_by(step: PlanStepRow) -> tuple[str, ...]:
    measure = find_measure(step.measure) if step.measure else None
    return measure.answers if measure else ()


def _by_hand(seen: Seen) -> Iterator[Task]:
    for key, row in seen.rows.items():
        if row.due_on is not None:
            yield Task(seen.seeker_id, Kind.OWN, key, row.made_at, row.made_at, row.due_on, title=row.title, row=row)


def _task(seen: Seen, kind: Kind, name: str, *, since: datetime, newest: datetime, due: date) -> Task:
    key = f"{kind}:{name}"
    return Task(seen.seeker_id, kind, key, since, newest, due, row=seen.rows.get(key))


def _feedback(seen: Seen) -> Iterator[Task]:
    for shared in seen.sharing.feedback:
        mention = mention_of(shared)
        at = mention.released_at
        due = rules.due_on(Kind.FEEDBACK, day_of(at))
        task = _task(seen, Kind.FEEDBACK, str(mention.feedback_id), since=at, newest=at, due=due)
        yield replace(task, mention=mention)


def _needs(seen: Seen) -> Iterator[Task]:
    for need in needs_of(seen.sharing.feedback):
        if not planned_for(need.choice.code, seen.steps):
            due = rules.due_on(Kind.NEED, day_of(need.first_at))
            name, newest = need.choice.code, need.newest_at
            yield replace(_task(seen, Kind.NEED, name, since=need.first_at, newest=newest, due=due), need=need)


def _steps(seen: Seen, today: date) -> Iterator[Task]:
    for step in seen.steps:
        due = step_due_on(status=step.status, answer=step.answer, starts_on=step.starts_on, ends_on=step.ends_on)
        if due is not None and rules.shows_step(due, today=today):
            name = f"{step.id}:{step.status}:{due}"
            task = _task(seen, Kind.STEP, name, since=step.made_at, newest=step.made_at, due=due)
            yield replace(task, step=step)


def _answers(seen: Seen) -> Iterator[Task]:
    for step in seen.steps:
        if step.answered_at is not None and step.status == "proposed":
            at = step.answered_at
            due = rules.due_on(Kind.ANSWER, day_of(at))
            yield replace(_task(seen, Kind.ANSWER, str(step.id), since=at, newest=at, due=due), step=step)


def _comments(seen: Seen) -> Iterator[Task]:
    """The seeker's words that the agency has not answered."""
    for said in seen.unanswered:
        due = rules.due_on(Kind.COMMENT, day_of(said.since))
        yield _task(seen, Kind.COMMENT, str(seen.seeker_id), since=said.since, newest=said.newest, due=due)


def _requests(seen: Seen) -> Iterator[Task]:
    """That the seeker would like to talk, in the words they said it with."""
    for asked in seen.requests:
        due = rules.due_on(Kind.TALK, day_of(asked.asked_at))
        task = _task(seen, Kind.TALK, str(asked.id), since=asked.asked_at, newest=asked.asked_at, due=due)
        yield replace(task, title=asked.words)


def _meetings(seen: Seen, today: date) -> Iterator[Task]:
    """Three-party meetings that lie ahead, and those that somebody said no to, while it is shared who that is about."""
    for meeting in seen.meetings:
        if meeting.state == "fixed" and day_of(meeting.starts_at) >= today:
            at, due = meeting.made_at, day_of(meeting.starts_at)
        elif meeting.state == "declined" and seen.sharing.shares:
            at, due = meeting.ended_at, rules.due_on(Kind.MEETING, day_of(meeting.ended_at))
        else:
            continue
        name = f"{meeting.id}:{meeting.state}"
        yield replace(_task(seen, Kind.MEETING, name, since=at, newest=at, due=due), meeting=meeting)
