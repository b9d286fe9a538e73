"""Planning steps with a seeker, and the seeker's word on them. Inside the caller's transaction.

Whether the seeker is the case worker's own is for the caller to know. Everybody whose page shows the plan hears
of each change.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.case_workers import tell_case_workers
from server.identity.repository import lock_person
from server.kit import streams
from server.support_plans import repository, rules
from server.support_plans.catalogue import Pathway, find_measure, valid_on
from server.support_plans.rules import Change
from server.support_plans.shapes import CommentRequest, StepChange, StepRequest
from server.support_plans.tables import PlanCommentRow, PlanStepRow

PLAN_CHANGED = "support_plan.changed"
SaidBy = Literal["agency", "seeker"]


class MeasureNotValid(rules.StepRefused):
    """There is no such measure on that day."""


class FeedbackNotShared(rules.StepRefused):
    """A step rests on feedback that the seeker shares."""


async def add_step(
    session: AsyncSession, seeker_id: UUID, given: StepRequest, *, visible: Collection[UUID], by: UUID, now: datetime
) -> PlanStepRow:
    """Plan a step; the seeker is asked about it.

    Args:
        visible: the feedback of the seeker's that the case worker may see now.

    Raises:
        StepRefused: the step cannot be like that.
    """
    await lock_person(session, seeker_id)
    await _check_room(session, seeker_id)
    _check_measure(given.measure, given.starts_on)
    rules.check_change(_change(given, "proposed"), before=None, answer=None)
    step = PlanStepRow(
        seeker_id=seeker_id,
        position=await repository.next_position(session, seeker_id),
        **given.model_dump(exclude={"feedback_ids"}),
        made_by=by,
        made_at=now,
    )
    session.add(step)
    await session.flush()
    await repository.replace_sources(session, step.id, _checked(given.feedback_ids, visible))
    await _tell(session, seeker_id, now=now)
    return step


async def add_pathway(
    session: AsyncSession,
    seeker_id: UUID,
    pathway: Pathway,
    *,
    starts_on: date,
    feedback_ids: Sequence[UUID],
    visible: Collection[UUID],
    locale: str,
    by: UUID,
    now: datetime,
) -> None:
    """Plan each step of a pathway, so many days after `starts_on`; own words in the language of `locale`.

    The feedback lies behind each step that is a measure.

    Raises:
        StepRefused: the plan has no room, or a measure is not to be had then.
    """
    for step in pathway.steps:
        first = starts_on + timedelta(days=step.after_days)
        given = StepRequest(
            measure=step.measure,
            title="" if step.measure else (step.title.en if locale == "en" else step.title.sv),
            starts_on=first,
            ends_on=rules.last_day(first, step.weeks),
            responsible=step.responsible,
            feedback_ids=tuple(feedback_ids) if step.measure else (),
        )
        await add_step(session, seeker_id, given, visible=visible, by=by, now=now)


async def change_step(
    session: AsyncSession,
    seeker_id: UUID,
    step_id: UUID,
    given: StepChange,
    *,
    visible: Collection[UUID],
    now: datetime,
) -> PlanStepRow | None:
    """Make a step what `given` says, None if it is not in the seeker's plan. Hidden feedback stays behind it.

    Raises:
        WasChanged: it is another version.
        StepRefused: the step cannot be like that.
    """
    await lock_person(session, seeker_id)
    step = await repository.find_step(session, step_id, seeker_id=seeker_id)
    if step is None or step.removed_at is not None:
        return None
    if step.version != given.version:
        raise rules.WasChanged("somebody has changed this step")
    if (given.measure, given.starts_on) != (step.measure, step.starts_on):
        _check_measure(given.measure, given.starts_on)
    before, after = _change(step, step.status), _change(given, given.status)
    rules.check_change(after, before=before, answer=step.answer)
    if rules.needs_new_answer(before, after):
        step.answer, step.answered_at = None, None
    for name, value in given.model_dump(exclude={"feedback_ids", "version"}).items():
        setattr(step, name, value)
    step.version += 1
    session.add(step)
    hidden = (await repository.list_sources(session, [seeker_id]))[step.id] - set(visible)
    await repository.replace_sources(session, step.id, _checked(given.feedback_ids, visible) | hidden)
    await _tell(session, seeker_id, now=now)
    return step


async def set_removed(
    session: AsyncSession, seeker_id: UUID, step_id: UUID, *, removed: bool, now: datetime
) -> PlanStepRow | None:
    """Take a step out of the plan, or put it back where it lay; None if it never was there.

    Raises:
        TooManySteps: there is no room for it any more.
    """
    await lock_person(session, seeker_id)
    step = await repository.find_step(session, step_id, seeker_id=seeker_id)
    if step is None:
        return None
    if not removed and step.removed_at is not None:
        await _check_room(session, seeker_id)
    step.removed_at = now if removed else None
    step.version += 1
    session.add(step)
    await _tell(session, seeker_id, now=now)
    return step


async def put_in_order(session: AsyncSession, seeker_id: UUID, step_ids: Sequence[UUID], *, now: datetime) -> None:
    """Let the plan's steps stand in this order.

    Raises:
        NotTheSameSteps: the order does not name each step once.
    """
    await lock_person(session, seeker_id)
    steps = {step.id: step for step in await repository.list_steps(session, [seeker_id])}
    rules.check_order(step_ids, steps)
    for position, step_id in enumerate(step_ids, start=1):
        steps[step_id].position = position
        session.add(steps[step_id])
    await _tell(session, seeker_id, now=now)


async def comment(
    session: AsyncSession, seeker_id: UUID, given: CommentRequest, *, said_by: SaidBy, by: UUID, now: datetime
) -> PlanCommentRow | None:
    """Say something about the plan or a step; None if that step is not in it. Both sides read it at once."""
    if given.step_id is not None:
        step = await repository.find_step(session, given.step_id, seeker_id=seeker_id)
        if step is None or step.removed_at is not None:
            return None
    row = PlanCommentRow(
        seeker_id=seeker_id, step_id=given.step_id, author_id=by, said_by=said_by, text=given.text, at=now
    )
    session.add(row)
    await _tell(session, seeker_id, now=now)
    return row


async def answer_step(
    session: AsyncSession, seeker_id: UUID, step_id: UUID, *, answer: str | None, now: datetime
) -> PlanStepRow | None:
    """The seeker says yes or no to a step, or takes their word back; None if it is not in their plan.

    Raises:
        HasBegun: it is too late.
    """
    await lock_person(session, seeker_id)
    step = await repository.find_step(session, step_id, seeker_id=seeker_id)
    if step is None or step.removed_at is not None:
        return None
    rules.check_answerable(step.status)
    step.answer, step.answered_at = answer, now if answer else None
    step.version += 1
    session.add(step)
    await _tell(session, seeker_id, now=now)
    return step


async def _check_room(session: AsyncSession, seeker_id: UUID) -> None:
    rules.check_room(len(await repository.list_steps(session, [seeker_id])))


def _change(step: StepRequest | PlanStepRow, status: str) -> Change:
    return Change(measure=step.measure, title=step.title, starts_on=step.starts_on, ends_on=step.ends_on, status=status)


def _check_measure(code: str | None, day: date) -> None:
    if code is not None and find_measure(code) not in valid_on(day):
        raise MeasureNotValid("there is no such measure on that day")


def _checked(given: Sequence[UUID], visible: Collection[UUID]) -> set[UUID]:
    if not set(given) <= set(visible):
        raise FeedbackNotShared("a step rests on feedback that the seeker shares")
    return set(given)


async def _tell(session: AsyncSession, seeker_id: UUID, *, now: datetime) -> None:
    await session.flush()
    await streams.append(session, f"person:{seeker_id}", PLAN_CHANGED, {}, now=now)
    await tell_case_workers(session, seeker_id, now=now)
