"""Case work as its readers see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from feedback.instrument import Text
from server.case_work import rules
from server.case_work.deriving import Task, planned_for
from server.case_work.needs import Mention, Need, needs_of
from server.case_work.service import CaseLoad
from server.case_work.shapes import (
    CaseTask,
    Colleague,
    HandOver,
    Inbox,
    NeedMeasure,
    NeedSource,
    NeedStep,
    SeekerNeed,
    SeekerNeeds,
    TaskEmployer,
    TaskMeeting,
    TaskNeed,
    TaskSeeker,
    TaskStep,
)
from server.identity.tables import PersonRow
from server.kit.clock import day_of
from server.kit.rows import Found
from server.kit.words import initials
from server.support_plans.catalogue import LocalText, find_measure, valid_on
from server.support_plans.tables import PlanStepRow

DONE_SHOWN = timedelta(days=7)


def inbox(load: CaseLoad, waiting: Sequence[Found], *, me: UUID, now: datetime) -> Inbox:
    """The case worker's list, soonest first, and the hand-overs that wait for their yes."""
    today = day_of(now)
    tasks = [_task(one, today=today) for one in load.tasks]
    by_day = sorted((one for one in tasks if one.done_at is None), key=lambda one: (one.due_on, one.since, one.key))
    lately = now - DONE_SHOWN
    done = [one for one in tasks if one.done_at is not None and one.done_at >= lately]
    released = [one.found.row.released_at for sharing in load.sharing.values() for one in sharing.feedback]
    return Inbox(
        me=me,
        today=today,
        tasks=by_day,
        done=sorted(done, key=lambda one: one.done_at or now, reverse=True),
        seekers=[task_seeker(load, one, me=me) for one in load.people],
        to_accept=[hand_over(one) for one in waiting],
        released_lately=sum(at >= lately for at in released),
    )


def task_seeker(load: CaseLoad, person: PersonRow, *, me: UUID) -> TaskSeeker:
    """A seeker with the other case workers who have them."""
    return TaskSeeker(
        id=person.id,
        name=person.name,
        initials=initials(person.name),
        shares=load.sharing[person.id].shares,
        case_workers=[colleague(one) for one in load.case_workers[person.id] if one.id != me],
    )


def seeker_needs(load: CaseLoad, person: PersonRow, *, me: UUID, now: datetime) -> SeekerNeeds:
    """A seeker's needs, each with its sources, what is planned for it and what could be."""
    sharing, steps = load.sharing[person.id], load.steps[person.id]
    today = day_of(now)
    return SeekerNeeds(
        seeker=task_seeker(load, person, me=me),
        asked=sharing.asked,
        employers=len({one.found.row.organisation_id for one in sharing.feedback}),
        needs=[_need(one, steps, today) for one in needs_of(sharing.feedback)],
    )


def colleague(found: Found) -> Colleague:
    """Another case worker."""
    return Colleague(id=found.id, name=found.name, initials=initials(found.name))


def hand_over(found: Found) -> HandOver:
    """A hand-over with everybody's name."""
    return HandOver(
        id=found.id,
        seeker_id=found.seeker_id,
        seeker_name=found.seeker_name,
        seeker_initials=initials(found.seeker_name),
        from_id=found.from_id,
        from_name=found.from_name,
        to_id=found.to_id,
        to_name=found.to_name,
        note=found.note,
        state=found.state,
        made_at=found.made_at,
        ended_at=found.ended_at,
    )


def step_title(step: PlanStepRow) -> LocalText:
    """What a step is called: its own words, else its measure."""
    measure = find_measure(step.measure) if step.measure else None
    if step.title or measure is None:
        own = step.title or step.measure or "–"
        return LocalText(sv=own, en=own)
    return measure.title


def _task(task: Task, *, today: date) -> CaseTask:
    day = rules.effective_due(task.due_on, task.snoozed_until, today=today)
    done = task.done_at is not None
    need, step = task.need, task.step
    return CaseTask(
        key=task.key,
        kind=task.kind,
        seeker_id=task.seeker_id,
        when=rules.when(due=task.due_on, snoozed_until=task.snoozed_until, done=done, today=today),
        due_on=day,
        days_late=0 if done else max(0, (today - day).days),
        since=task.since,
        title=task.title,
        need=TaskNeed(code=need.choice.code, text=_local(need.choice.text)) if need else None,
        employers=[_employer(one) for one in _mentions(task)],
        feedback_id=task.mention.feedback_id if task.mention else None,
        step=None if step is None else _step(step),
        meeting=None if task.meeting is None else _meeting(task.meeting),
        assigned_to=task.assigned_to,
        snoozed_until=task.snoozed_until,
        done_at=task.done_at,
    )


def _mentions(task: Task) -> Sequence[Mention]:
    if task.need is not None:
        return task.need.mentions
    return [task.mention] if task.mention is not None else []


def _step(step: PlanStepRow) -> TaskStep:
    return TaskStep.model_validate(
        {"id": step.id, "title": step_title(step), "status": step.status, "answer": step.answer}
    )


def _meeting(found: Found) -> TaskMeeting:
    return TaskMeeting(employer_name=found.employer_name, state=found.state, starts_at=found.starts_at)


def _need(need: Need, steps: Sequence[PlanStepRow], today: date) -> SeekerNeed:
    code = need.choice.code
    return SeekerNeed(
        code=code,
        text=_local(need.choice.text),
        about=_local(need.choice.about),
        sources=[_source(one) for one in need.mentions],
        steps=[
            NeedStep(
                id=step.id,
                title=step_title(step),
                status=step.status,
                starts_on=step.starts_on,
                ends_on=step.ends_on,
            )
            for step in planned_for(code, steps)
        ],
        measures=[
            NeedMeasure(code=one.code, title=one.title, about=one.about)
            for one in valid_on(today)
            if code in one.answers
        ],
    )


def _source(mention: Mention) -> NeedSource:
    return NeedSource(
        feedback_id=mention.feedback_id,
        employer_name=mention.employer_name,
        employer_initials=initials(mention.employer_name),
        held_at=mention.held_at,
    )


def _employer(mention: Mention) -> TaskEmployer:
    return TaskEmployer(id=mention.employer_id, name=mention.employer_name, initials=initials(mention.employer_name))


def _local(text: Text) -> LocalText:
    return LocalText(sv=text.sv, en=text.en)
