"""Plans that staff ask for, and what they choose for them. For the event's staff."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Literal
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from server.employers.service import tell_plan_changed
from server.identity.actor import Actor
from server.identity.roles import STAFF
from server.kit.memory import uncollected
from server.kit.operations import Operations, RequestModel
from server.kit.problems import NotFound
from server.planning_runs import laying, repository, service
from server.planning_runs.answers import changes_shown, compared, differences, runs_shown, spots_of
from server.planning_runs.candidates import Matching
from server.planning_runs.figures import Figures, figures_of, laid_now
from server.planning_runs.job import Job
from server.planning_runs.material import Dimension, PlanOptions
from server.planning_runs.planning_rules import PlanningRules
from server.planning_runs.process import working_on
from server.planning_runs.rules import Pair, Spot
from server.planning_runs.shapes import (
    Comparison,
    EmployerMatch,
    EqualityPrices,
    LaidPlan,
    MatchReason,
    NewRun,
    PlanFigures,
    PlanHasChanged,
    PlanningRun,
    RulesOfPlan,
    RunIsActive,
    RunNotDone,
    RunNotLaid,
)
from server.recruitment_events.access import event_of
from server.recruitment_events.tables import RecruitmentEventRow
from server.state import State

operations = Operations("planning_runs")
RUNS = "/api/recruitment-events/{event_id}/planning-runs"
RUN = RUNS + "/{run_id}"


FIGURES_HERE_MAX_SEEKERS = 400
FIGURES_MAX_S = 60
OBSTACLES_SHOWN_MAX = 20


class ComparedWith(RequestModel):
    """The plan to compare with: another run's, or the one that lies now."""

    other: UUID | Literal["current"] = "current"


class OfDimension(RequestModel):
    dimension: Dimension


@operations.add("post", RUNS, who=STAFF, status=HTTPStatus.ACCEPTED, errors=[NotFound, RunIsActive])
async def ask_for_plan(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, body: NewRun
) -> PlanningRun:
    """Ask for a plan; the same one that is being made already comes back."""
    event = await event_of(session, actor, event_id, lock=True)
    now = request.state["now"]()
    options = PlanOptions(
        seed=body.seed,
        meetings_max=body.meetings_max,
        meetings_min=body.meetings_min,
        keep=body.keep,
        parity=(body.parity.dimension, body.parity.strength) if body.parity else None,
    )
    try:
        run_id = await service.ask(session, event, options, person_id=actor.person_id, now=now)
    except service.OtherRunIsActive as refusal:
        raise RunIsActive(str(refusal), run_id=str(refusal.run_id)) from refusal
    return await _run(request, session, event_id, run_id)


@operations.add("get", RUNS, who=STAFF, errors=[NotFound])
async def list_planning_runs(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID
) -> list[PlanningRun]:
    """The plans that have been asked for, newest first."""
    await event_of(session, actor, event_id)
    return await runs_shown(session, event_id, now=request.state["now"]())


@operations.add("get", RUN, who=STAFF, errors=[NotFound])
async def get_planning_run(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, run_id: UUID
) -> PlanningRun:
    """How far a plan has come, or the plan: what is proven of it, how it treats people, what it would change."""
    await event_of(session, actor, event_id)
    run = await _run(request, session, event_id, run_id)
    if run.status == "done":
        with uncollected():
            planned = await spots_of(session, event_id, run_id, await repository.employers_of_desks(session, event_id))
            run.changes = changes_shown(await differences(await repository.spots_now(session, event_id), planned))
    return run


@operations.add("post", RUN + "/cancel", who=STAFF, errors=[NotFound])
async def cancel_planning_run(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, run_id: UUID
) -> PlanningRun:
    """Stop making a plan; nothing of it is left."""
    event = await event_of(session, actor, event_id, lock=True)
    await service.cancel(session, event, run_id, now=request.state["now"]())
    return await _run(request, session, event_id, run_id)


@operations.add("post", RUN + "/lay", who=STAFF, errors=[NotFound, RunNotDone, PlanHasChanged])
async def lay_planned_meetings(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, run_id: UUID
) -> LaidPlan:
    """Lay a plan in place of what was booked when it was made; of a published event everybody concerned is told."""
    event = await event_of(session, actor, event_id, lock=True)
    await _run(request, session, event_id, run_id)
    try:
        with uncollected():
            return _laid(await laying.lay(session, event, run_id, now=request.state["now"]()))
    except laying.NotDone as refusal:
        raise RunNotDone(str(refusal)) from refusal
    except laying.HasChanged as refusal:
        raise await _has_changed(session, event_id, refusal) from refusal


@operations.add("post", RUN + "/undo", who=STAFF, errors=[NotFound, RunNotLaid, PlanHasChanged])
async def take_planned_meetings_back(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, run_id: UUID
) -> LaidPlan:
    """Take a plan back: what lay before it lies again."""
    event = await event_of(session, actor, event_id, lock=True)
    await _run(request, session, event_id, run_id)
    try:
        with uncollected():
            return _laid(await laying.undo(session, event, run_id, now=request.state["now"]()))
    except laying.NotCurrent as refusal:
        raise RunNotLaid(str(refusal)) from refusal
    except laying.HasChanged as refusal:
        raise await _has_changed(session, event_id, refusal) from refusal


@operations.add("get", RUN + "/comparison", who=STAFF, errors=[NotFound, RunNotDone])
async def compare_plans(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, run_id: UUID, query: ComparedWith
) -> Comparison:
    """Two plans side by side: a run's, and another's or what lies now."""
    event = await event_of(session, actor, event_id)
    employers = await repository.employers_of_desks(session, event_id)
    one = await _figures_and_spots(request, session, event, run_id, employers)
    other = await _figures_and_spots(request, session, event, query.other, employers)
    return await compared(session, event_id, one[0], other[0], await differences(other[1], one[1]))


@operations.add("get", "/api/recruitment-events/{event_id}/planning-rules", who=STAFF, errors=[NotFound])
async def get_planning_rules(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID
) -> PlanningRules:
    """What has been chosen for every plan of the event."""
    event = await event_of(session, actor, event_id)
    return PlanningRules.model_validate(event.planning_rules)


@operations.add("put", "/api/recruitment-events/{event_id}/planning-rules", who=STAFF, errors=[NotFound])
async def change_planning_rules(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, body: RulesOfPlan
) -> PlanningRules:
    """Choose for every plan of the event; what is left out goes back to what is usual."""
    event = await event_of(session, actor, event_id, lock=True)
    event.planning_rules = body.model_dump(mode="json", exclude_defaults=True)
    session.add(event)
    await tell_plan_changed(session, event, now=request.state["now"]())
    return body


@operations.add("get", "/api/recruitment-events/{event_id}/plan-figures", who=STAFF, errors=[NotFound])
async def get_plan_figures(request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID) -> PlanFigures:
    """How the plan that lies now treats people."""
    event = await event_of(session, actor, event_id)
    return PlanFigures.model_validate(await _figures(request, session, event))


@operations.add("get", "/api/recruitment-events/{event_id}/matches/{seeker_id}", who=STAFF, errors=[NotFound])
async def list_matches(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, seeker_id: UUID
) -> list[EmployerMatch]:
    """What it is worth that a seeker meets each employer, and why, the dearest first."""
    event = await event_of(session, actor, event_id)
    material = await repository.load_material_of_one(session, event, seeker_id, now=request.state["now"]())
    if not material.seekers:
        raise NotFound(f"seeker {seeker_id} at this event")
    names, matching = await repository.names_of_employers(session, event_id), Matching(material)
    found = []
    for employer in matching.employers:
        match = matching.match(material.seekers[0], employer)
        reasons = [MatchReason(code=reason.code, params=reason.params) for reason in match.reasons]
        found.append(
            EmployerMatch(organisation_id=employer, employer_name=names[employer], value=match.value, reasons=reasons)
        )
    return sorted(found, key=lambda one: (-one.value, one.employer_name))


@operations.add("get", "/api/recruitment-events/{event_id}/equality-prices", who=STAFF, errors=[NotFound])
async def get_equality_prices(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, query: OfDimension
) -> EqualityPrices:
    """What more equal shares of meetings would cost, by the newest plan that was made with it in mind."""
    await event_of(session, actor, event_id)
    for run in await repository.list_runs(session, event_id):
        points = (run.figures or {}).get("prices", {}).get(query.dimension) if run.status == "done" else None
        if points:
            return EqualityPrices(dimension=query.dimension, run_id=run.id, points=points)
    return EqualityPrices(dimension=query.dimension, run_id=None, points=[])


async def _figures_and_spots(
    request: Request[State],
    session: AsyncSession,
    event: RecruitmentEventRow,
    plan: UUID | Literal["current"],
    employers: Mapping[UUID, UUID],
) -> tuple[PlanFigures, dict[Pair, Spot]]:
    if plan == "current":
        figures = PlanFigures.model_validate(await _figures(request, session, event))
        return figures, await repository.spots_now(session, event.id)
    run = await _run(request, session, event.id, plan)
    if run.figures is None:
        raise RunNotDone("only a plan that is done can be compared")
    return run.figures, await spots_of(session, event.id, plan, employers)


def _laid(outcome: laying.Outcome) -> LaidPlan:
    return LaidPlan(laid=outcome.laid, moved=outcome.moved, taken_away=outcome.taken_away, told=outcome.told)


async def _has_changed(session: AsyncSession, event_id: UUID, refusal: laying.HasChanged) -> PlanHasChanged:
    """The refusal with the first things that stand in the way, by name."""
    shown = refusal.obstacles[:OBSTACLES_SHOWN_MAX]
    people = await repository.names_of_people(session, {one.seeker_id for one in shown})
    employers = await repository.names_of_employers(session, event_id)
    in_the_way = [
        {
            "code": one.code,
            "seeker_id": str(one.seeker_id),
            "seeker_name": people.get(one.seeker_id, ""),
            "organisation_id": str(one.organisation_id),
            "employer_name": employers.get(one.organisation_id, ""),
        }
        for one in shown
    ]
    return PlanHasChanged(str(refusal), in_the_way=in_the_way, number=len(refusal.obstacles))


async def _figures(request: Request[State], session: AsyncSession, event: RecruitmentEventRow) -> Figures:
    """The figures of what lies now; a large event's are worked out elsewhere, so that nobody waits for them."""
    now, settings = request.state["now"](), request.state["settings"]
    if await repository.count_seekers(session, event.id) <= FIGURES_HERE_MAX_SEEKERS:
        material = await repository.load_material(session, event, now=now)
        return figures_of(material, laid_now(material))
    job = Job(task="figures", database_url=settings.database_url, event_id=event.id, now=now)
    async with working_on(job) as process:
        return await process.result(timeout_s=FIGURES_MAX_S)


async def _run(request: Request[State], session: AsyncSession, event_id: UUID, run_id: UUID) -> PlanningRun:
    for run in await runs_shown(session, event_id, now=request.state["now"]()):
        if run.id == run_id:
            return run
    raise NotFound(f"planning run {run_id}")
