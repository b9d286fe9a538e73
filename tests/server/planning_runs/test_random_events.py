from __future__ import annotations

import asyncio
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.tables import PersonRow
from server.kit.db import Database
from server.meetings.tables import MeetingRow
from server.planning.grid import read_grid
from server.planning.repository import TAKES_NO_TIME
from server.planning_runs import laying
from server.planning_runs.job import json_of
from server.planning_runs.making import plan_of
from server.planning_runs.material import Keep, Material, PlanOptions
from server.planning_runs.repository import load_material
from server.planning_runs.tables import PlanningRunRow
from server.recruitment_events.tables import RecruitmentEventRow
from tests.server.planning_runs.materials import materials
from tests.server.planning_runs.stored import Stored

EACH = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],  # to make a smaller example takes minutes of database
)
Lying = dict[object, tuple[object, ...]]


@EACH
@given(material=materials(), keep=st.sampled_from(["pinned", "all"]))
def test_any_event_is_planned_laid_without_a_clash_and_put_back(
    database_url: str, material: Material, keep: Keep
) -> None:
    asyncio.run(plan_lay_undo(database_url, material, PlanOptions(keep=keep)))


async def plan_lay_undo(database_url: str, random: Material, options: PlanOptions) -> None:
    database = Database(database_url)
    try:
        async with database.transaction() as session:
            event = await Stored(random).add(session)
            material = await load_material(session, event, now=random.now)
            made = plan_of(material, options, lambda stage, share: None)
            if "faults" in made:
                assert [fault["path"] for fault in made["faults"]] == ["desks"]
                return
            run = await store_run(session, event, material, options, made)
        async with database.transaction() as session:
            before, musts = await lying(session, event), must_haves(material)
            await laying.lay(session, event, run.id, now=material.now)
        async with database.transaction() as session:
            after = await lying(session, event)
            assert await clashes(session, event, {one for one in after if after[one] != before.get(one)}) == []
            met = {(place[0], place[1]) for place in after.values()}
            told = {(one["seeker_id"], one["organisation_id"]) for one in made["unmet"]}
            assert musts <= {(str(seeker), str(employer)) for seeker, employer in met} | told
            await laying.undo(session, event, run.id, now=material.now)
        async with database.transaction() as session:
            again = await lying(session, event)
            assert sorted(map(str, again.values())) == sorted(map(str, before.values()))
            assert set(again) == set(before)
    finally:
        await database.dispose()


async def store_run(
    session: AsyncSession, event: RecruitmentEventRow, material: Material, options: PlanOptions, made: dict[str, Any]
) -> PlanningRunRow:
    person = PersonRow(name="Karin Lund", created_at=material.now)
    session.add(person)
    await session.flush()
    run = PlanningRunRow(
        recruitment_event_id=event.id,
        person_id=person.id,
        status="done",
        options=json_of(options),
        created_at=material.now,
        heartbeat_at=material.now,
        placements=made["placements"],
        replaced=made["replaced"],
    )
    session.add(run)
    await session.flush()
    return run


async def lying(session: AsyncSession, event: RecruitmentEventRow) -> Lying:
    """Who meets whom where and when, by meeting."""
    rows = await session.exec(
        select(MeetingRow).where(
            col(MeetingRow.recruitment_event_id) == event.id, col(MeetingRow.state).not_in(TAKES_NO_TIME)
        )
    )
    return {
        row.id: (row.seeker_id, row.organisation_id, row.desk_id, row.slot_id, row.starts_at, row.ends_at)
        for row in rows
    }


async def clashes(session: AsyncSession, event: RecruitmentEventRow, changed: set[object]) -> list[str]:
    """Codes of the blocking conflicts in which a meeting takes part that the plan has laid or moved."""
    grid = await read_grid(session, event)
    return [
        conflict["code"]
        for conflict in grid["conflicts"]
        if conflict["severity"] == "blocking" and changed & set(conflict["meeting_ids"])
    ]


def must_haves(material: Material) -> set[tuple[str, str]]:
    seekers = {seeker.id for seeker in material.seekers}
    return {(str(seeker), str(employer)) for seeker, employer in material.musts if seeker in seekers}
