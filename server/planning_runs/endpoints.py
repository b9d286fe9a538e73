"""Plans that staff ask for, and what they choose for them. For the event's staff."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from server.employers.service import tell_plan_changed
from server.identity.actor import Actor
from server.identity.roles import STAFF
from server.kit.operations import Operations, RequestModel
from server.kit.problems import NotFound
from server.planning_runs import repository, service
from server.planning_runs.answers import changes_shown, runs_shown, spots_of
from server.planning_runs.candidates import Matching
from server.planning_runs.figures import Figures, figures_of, laid_now
from server.planning_runs.job import Job
from server.planning_runs.material import Dimension, PlanOptions
from server.planning_runs.planning_rules import PlanningRules
from server.planning_runs.process import working_on
from server.planning_runs.rules import pair_changes
from server.planning_runs.shapes import (
    EmployerMatch,
    EqualityPrices,
    MatchReason,
    NewRun,
    PlanFigures,
    PlanningRun,
    RulesOfPlan,
    RunIsActive,
)
from server.recruitment_events.access import event_of
from server.recruitment_events.tables import RecruitmentEventRow
from server.state import State

operations = Operations("planning_runs")
RUNS = "/api/recruitment-events/{event_id}/planning-runs"
RUN = RUNS + "/{run_id}"


FIGURES_HERE_MAX_SEEKERS = 400
FIGURES_MAX_S = 60


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
        placements = await repository.find_placements(session, event_id, run_id)
        planned = spots_of(placements, await repository.employers_of_desks(session, event_id))
        run.changes = changes_shown(pair_changes(await repository.spots_now(session, event_id), planned))
    return run


@operations.add("post", RUN + "/cancel", who=STAFF, errors=[NotFound])
async def cancel_planning_run(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, run_id: UUID
) -> PlanningRun:
    """Stop making a plan; nothing of it is left."""
    event = await event_of(session, actor, event_id, lock=True)
    await service.cancel(session, event, run_id, now=request.state["now"]())
    return await _run(request, session, event_id, run_id)


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
