"""Plans as their readers see them; the feedback behind a step has passed the door for this very reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from server.kit.rows import Found
from server.kit.words import initials
from server.reading.repository import FoundFeedback
from server.support_plans.catalogue import find_measure
from server.support_plans.shapes import PlanComment, PlanOwner, PlanStep, StepMeasure, StepSource, SupportPlan
from server.support_plans.tables import PlanStepRow


def support_plan(
    owner: PlanOwner,
    *,
    case_workers: Iterable[str],
    steps: Sequence[PlanStepRow],
    sources: Mapping[UUID, set[UUID]],
    visible: Sequence[FoundFeedback],
    comments: Sequence[Found],
) -> SupportPlan:
    """The plan; `visible` is the feedback that this reader may know of."""
    return SupportPlan(
        seeker=owner,
        case_workers=list(case_workers),
        steps=[_step(row, sources.get(row.id, set()), visible, comments) for row in steps],
        comments=[_comment(one) for one in comments if one.step_id is None],
    )


def step_measure(code: str | None) -> StepMeasure | None:
    """The measure with this code; None for a step in own words, and for a code that is no more."""
    measure = find_measure(code) if code else None
    if measure is None:
        return None
    return StepMeasure(
        code=measure.code,
        title=measure.title,
        about=measure.about,
        note=measure.note,
        source_text=measure.source.text,
        source_url=measure.source.url,
        source_read_on=measure.source.read_on,
        case_worker_only=measure.case_worker_only,
    )


def _step(
    row: PlanStepRow, sources: set[UUID], visible: Sequence[FoundFeedback], comments: Sequence[Found]
) -> PlanStep:
    return PlanStep.model_validate(
        {
            **row.model_dump(include={"id", "title", "starts_on", "ends_on", "status", "responsible"}),
            **row.model_dump(include={"answer", "answered_at", "version"}),
            "measure": step_measure(row.measure),
            "sources": [_source(one) for one in visible if one.row.id in sources],
            "comments": [_comment(one) for one in comments if one.step_id == row.id],
        }
    )


def _source(found: FoundFeedback) -> StepSource:
    return StepSource(
        feedback_id=found.row.id,
        employer_name=found.row.employer_name,
        employer_initials=initials(found.row.employer_name),
        held_at=found.held_at,
    )


def _comment(found: Found) -> PlanComment:
    return PlanComment(id=found.id, said_by=found.said_by, author_name=found.author_name, text=found.text, at=found.at)
