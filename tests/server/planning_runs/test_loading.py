"""While an event is read and its pairs are weighed, the run tells how far that is."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from server.planning.ports import PlanSeeker
from server.planning_runs.adapter import problem_of
from server.planning_runs.job import Job
from server.planning_runs.making import plan_of
from server.planning_runs.material import READING, PlanOptions
from server.planning_runs.worker import work
from tests.server.expo import Expo
from tests.server.planning_runs.materials import an_id
from tests.server.planning_runs.test_adapter import a_desk, an_event


async def test_loading_is_told_as_it_goes_on(expo_with_people: Expo) -> None:
    expo, said = expo_with_people, list[tuple[str, float]]()
    job = Job(
        task="plan",
        database_url=expo.app.settings.database_url,
        event_id=UUID(expo.id),
        now=expo.app.clock() - timedelta(hours=1),
        options=PlanOptions(),
    )

    result = await asyncio.to_thread(work, job, lambda stage, share: said.append((stage, share)))

    loading = [share for stage, share in said if stage == "load"]
    assert len(result["placements"]) == 12
    assert said[: len(loading)] == [("load", share) for share in loading]
    assert loading == sorted(loading)
    assert len([share for share in loading if 0 < share < READING]) >= 5
    assert loading[-1] >= READING


def test_weighing_thousands_is_told_a_portion_at_a_time() -> None:
    desks = [a_desk(number) for number in range(3)]
    seekers = tuple(PlanSeeker(id=an_id("s", number)) for number in range(2000))
    heard: list[float] = []

    problem_of(replace(an_event(*desks), seekers=seekers), PlanOptions(), tick=heard.append)

    assert heard == [number / 20 for number in range(20)]


def test_what_is_weighed_for_a_plan_is_the_second_half_of_loading() -> None:
    said: list[tuple[str, float]] = []

    plan_of(an_event(), PlanOptions(), lambda stage, share: said.append((stage, share)))

    assert said[0] == ("load", READING)
    assert [share for stage, share in said if stage == "load"] == [READING]
