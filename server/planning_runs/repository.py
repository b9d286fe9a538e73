"""Reading what a plan is made of, and the runs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from realtime.meeting import MeetingState
from server.kit.rows import list_rows
from server.meetings.tables import MeetingRow
from server.planning import repository as planning
from server.planning_runs.groups import groups_of
from server.planning_runs.material import Material, Need
from server.planning_runs.planning_rules import PlanningRules
from server.recruitment_events.tables import (
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
_SEEKER_MUSTS = select(col(WishRow.seeker_id), col(WishRow.organisation_id)).where(
    col(WishRow.recruitment_event_id) == _EVENT_ID, col(WishRow.is_must)
)
_EMPLOYER_WISHES = select(
    col(EmployerWishRow.organisation_id),
    col(EmployerWishRow.seeker_id),
    col(EmployerWishRow.rank),
    col(EmployerWishRow.is_must),
).where(col(EmployerWishRow.recruitment_event_id) == _EVENT_ID)
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


async def load_material(session: AsyncSession, event: RecruitmentEventRow, *, now: datetime) -> Material:
    """All that a plan of the event is made of, in a fixed number of statements."""
    needs = await list_rows(session, _NEEDS, event_id=event.id)
    groups = await list_rows(session, _GROUPS, event_id=event.id)
    wishes = await list_rows(session, _EMPLOYER_WISHES, event_id=event.id)
    musts = {(row.seeker_id, row.organisation_id) for row in await list_rows(session, _SEEKER_MUSTS, event_id=event.id)}
    year = event.starts_at.astimezone(ZoneInfo(event.zone)).year
    return Material(
        slots=await planning.list_plan_slots(session, event.id),
        desks=await planning.list_plan_desks(session, event.id),
        seekers=await planning.list_plan_seekers(session, event.id),
        laid=await planning.list_laid(session, event.id),
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
