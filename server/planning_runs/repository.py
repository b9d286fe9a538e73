"""Reading what a plan is made of, and the runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from realtime.meeting import MeetingState
from server.identity.tables import OrganisationRow, PersonRow
from server.kit.rows import Found, find_row, list_rows, stream_rows
from server.meetings.tables import MeetingRow
from server.planning import repository as planning
from server.planning_runs.groups import groups_of
from server.planning_runs.material import Material, Need, Tick, unheard
from server.planning_runs.planning_rules import PlanningRules
from server.planning_runs.rules import Pair, Spot
from server.planning_runs.tables import PlanningRunRow
from server.recruitment_events.tables import (
    DeskRow,
    EmployerWishRow,
    EnrolmentRow,
    RecruitmentEventRow,
    SchedulingNeedRow,
    WishRow,
)

HELD = (MeetingState.TALKING, MeetingState.FEEDBACK, MeetingState.CLOSED)

_EVENT_ID: Any = bindparam("event_id")
_NEEDS = select(
    col(SchedulingNeedRow.seeker_id),
    col(SchedulingNeedRow.extra_time),
    col(SchedulingNeedRow.accessible_station),
    col(SchedulingNeedRow.interpreter),
).where(col(SchedulingNeedRow.recruitment_event_id) == _EVENT_ID)
_GROUPS = select(col(EnrolmentRow.seeker_id), col(EnrolmentRow.gender), col(EnrolmentRow.birth_year)).where(
    col(EnrolmentRow.recruitment_event_id) == _EVENT_ID
)
_GROUPS_OF_ONE = _GROUPS.where(col(EnrolmentRow.seeker_id) == bindparam("seeker_id"))
_SEEKER_MUSTS = select(col(WishRow.seeker_id), col(WishRow.organisation_id)).where(
    col(WishRow.recruitment_event_id) == _EVENT_ID, col(WishRow.is_must)
)
_EMPLOYER_WISHES = select(
    col(EmployerWishRow.organisation_id),
    col(EmployerWishRow.seeker_id),
    col(EmployerWishRow.rank),
    col(EmployerWishRow.is_must),
).where(col(EmployerWishRow.recruitment_event_id) == _EVENT_ID)
_EMPLOYER_WISHES_OF_ONE = _EMPLOYER_WISHES.where(col(EmployerWishRow.seeker_id) == bindparam("seeker_id"))
_MET_BEFORE = (
    select(col(MeetingRow.seeker_id), col(MeetingRow.organisation_id))
    .join(EnrolmentRow, col(EnrolmentRow.seeker_id) == col(MeetingRow.seeker_id))
    .where(
        col(EnrolmentRow.recruitment_event_id) == _EVENT_ID,
        col(MeetingRow.recruitment_event_id) != _EVENT_ID,
        col(MeetingRow.state).in_(HELD),
    )
    .distinct()
)
_MET_BEFORE_BY_ONE = _MET_BEFORE.where(col(MeetingRow.seeker_id) == bindparam("seeker_id"))
_RUN_COLUMNS: tuple[Any, ...] = tuple(
    column
    for column in PlanningRunRow.__table__.c  # type: ignore[attr-defined]
    if column.name not in {"placements", "replaced"}
)
_RUNS = (
    select(*_RUN_COLUMNS)
    .where(col(PlanningRunRow.recruitment_event_id) == _EVENT_ID)
    .order_by(col(PlanningRunRow.created_at).desc(), col(PlanningRunRow.id))
)
_PLACEMENTS = select(col(PlanningRunRow.placements)).where(
    col(PlanningRunRow.id) == bindparam("run_id"), col(PlanningRunRow.recruitment_event_id) == _EVENT_ID
)
_SPOTS = select(
    col(MeetingRow.seeker_id), col(MeetingRow.organisation_id), col(MeetingRow.desk_id), col(MeetingRow.slot_id)
).where(
    col(MeetingRow.recruitment_event_id) == _EVENT_ID,
    col(MeetingRow.state).not_in(planning.TAKES_NO_TIME),
    col(MeetingRow.slot_id).is_not(None),
)
_SEEKERS = select(func.count()).where(col(EnrolmentRow.recruitment_event_id) == _EVENT_ID)
_DESKS = select(col(DeskRow.id), col(DeskRow.organisation_id)).where(col(DeskRow.recruitment_event_id) == _EVENT_ID)
_NAMES = select(col(PersonRow.id), col(PersonRow.name)).where(col(PersonRow.id).in_(bindparam("ids", expanding=True)))
_EMPLOYER_NAMES = (
    select(col(OrganisationRow.id), col(OrganisationRow.name))
    .join(DeskRow, col(DeskRow.organisation_id) == col(OrganisationRow.id))
    .where(col(DeskRow.recruitment_event_id) == _EVENT_ID)
    .distinct()
)


async def list_runs(session: AsyncSession, event_id: UUID) -> Sequence[Found]:
    """The runs of an event, newest first, without their placements."""
    return await list_rows(session, _RUNS, event_id=event_id)


async def find_placements(session: AsyncSession, event_id: UUID, run_id: UUID) -> list[list[str]]:
    """The placements of a run, each seeker, desk and slot; none if there is no such run."""
    found = await find_row(session, _PLACEMENTS, event_id=event_id, run_id=run_id)
    return found.placements if found is not None else []


async def spots_now(session: AsyncSession, event_id: UUID) -> dict[Pair, Spot]:
    """Who meets whom where, as it lies now."""
    found: dict[Pair, Spot] = {}
    async for rows in stream_rows(session, _SPOTS, event_id=event_id):
        found.update({(row.seeker_id, row.organisation_id): (row.desk_id, row.slot_id) for row in rows})
    return found


async def employers_of_desks(session: AsyncSession, event_id: UUID) -> dict[UUID, UUID]:
    """The organisation of each desk of an event."""
    return {row.id: row.organisation_id for row in await list_rows(session, _DESKS, event_id=event_id)}


async def count_seekers(session: AsyncSession, event_id: UUID) -> int:
    """How many are enrolled in an event."""
    return int((await list_rows(session, _SEEKERS, event_id=event_id))[0][0])


async def names_of_people(session: AsyncSession, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of some people, by id."""
    return {row.id: row.name for row in await list_rows(session, _NAMES, ids=list(ids))}


async def names_of_employers(session: AsyncSession, event_id: UUID) -> dict[UUID, str]:
    """Names of the employers that have a desk at an event."""
    return {row.id: row.name for row in await list_rows(session, _EMPLOYER_NAMES, event_id=event_id)}


async def load_material(
    session: AsyncSession, event: RecruitmentEventRow, *, now: datetime, tick: Tick = unheard
) -> Material:
    """All that a plan of the event is made of, in a fixed number of statements; `tick` hears how far it is read."""
    needs = await list_rows(session, _NEEDS, event_id=event.id)
    groups = await list_rows(session, _GROUPS, event_id=event.id)
    tick(0.1)
    wishes = await list_rows(session, _EMPLOYER_WISHES, event_id=event.id)
    musts = {(row.seeker_id, row.organisation_id) for row in await list_rows(session, _SEEKER_MUSTS, event_id=event.id)}
    tick(0.25)
    slots = await planning.list_plan_slots(session, event.id)
    desks = await planning.list_plan_desks(session, event.id)
    tick(0.3)
    seekers = await planning.list_plan_seekers(session, event.id)
    tick(0.8)
    laid = await planning.list_laid(session, event.id)
    tick(0.95)
    year = event.starts_at.astimezone(ZoneInfo(event.zone)).year
    return Material(
        slots=slots,
        desks=desks,
        seekers=seekers,
        laid=laid,
        now=now,
        meetings_max=event.meetings_max,
        is_told=event.status != "draft",
        needs={row.seeker_id: Need(row.extra_time, row.accessible_station, row.interpreter) for row in needs},
        groups={row.seeker_id: groups_of(row.gender, row.birth_year, year=year) for row in groups},
        musts=frozenset(musts | {(row.seeker_id, row.organisation_id) for row in wishes if row.is_must}),
        employer_wishes={(row.organisation_id, row.seeker_id): row.rank for row in wishes},
        met_before=frozenset(
            (row.seeker_id, row.organisation_id) for row in await list_rows(session, _MET_BEFORE, event_id=event.id)
        ),
        rules=PlanningRules.model_validate(event.planning_rules),
    )


async def load_material_of_one(
    session: AsyncSession, event: RecruitmentEventRow, seeker_id: UUID, *, now: datetime
) -> Material:
    """What the matches of one seeker are made of; no seekers if they are not enrolled."""
    of_one = {"event_id": event.id, "seeker_id": seeker_id}
    groups = await list_rows(session, _GROUPS_OF_ONE, **of_one)
    wishes = await list_rows(session, _EMPLOYER_WISHES_OF_ONE, **of_one)
    met = await list_rows(session, _MET_BEFORE_BY_ONE, **of_one)
    year = event.starts_at.astimezone(ZoneInfo(event.zone)).year
    return Material(
        slots=(),
        desks=await planning.list_plan_desks(session, event.id),
        seekers=await planning.list_plan_seekers(session, event.id, only=seeker_id),
        laid=(),
        now=now,
        groups={row.seeker_id: groups_of(row.gender, row.birth_year, year=year) for row in groups},
        employer_wishes={(row.organisation_id, row.seeker_id): row.rank for row in wishes},
        met_before=frozenset((row.seeker_id, row.organisation_id) for row in met),
        rules=PlanningRules.model_validate(event.planning_rules),
    )
