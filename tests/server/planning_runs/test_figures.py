from __future__ import annotations

from uuid import UUID

import pytest

from server.kit.db import Database
from server.planning_runs.job import Job
from server.planning_runs.process import working_on
from server.recruitment_events.tables import EmployerWishRow
from tests.server.expo import Expo
from tests.server.harness import App


async def test_figures_of_what_lies_now_count_people_and_withhold_small_groups(expo: Expo) -> None:
    desks = [(await expo.employer(name))["desks"][0] for name in ("Nordkod AB", "Fjällnät AB")]
    women = [await expo.seeker(f"Kvinna {number}", gender="woman", birth_year=1990) for number in range(5)]
    await expo.seeker("Man Ett", gender="man", birth_year=1991)
    await expo.laid(desks[0], 0, women[0])
    await expo.laid(desks[1], 3, women[0])
    await expo.laid(desks[1], 0, women[1])

    figures = (await expo.staff.get(expo.url("/plan-figures"))).json()

    assert figures == {
        "meetings": 3,
        "seekers": 6,
        "by_meetings": [4, 1, 1, 0],
        "breaks": 1,
        "mean_value": 25.0,
        "groups": [
            {
                "dimension": "gender",
                "groups": [{"label": "women", "seekers": 5, "mean": 0.6, "without": 3}],
                "groups_withheld": 1,
            },
            {
                "dimension": "age_band",
                "groups": [{"label": "25_39", "seekers": 6, "mean": 0.5, "without": 4}],
                "groups_withheld": 0,
            },
        ],
    }


async def test_figures_are_the_same_from_the_process_of_its_own(expo_with_people: Expo, real_app: App) -> None:
    here = (await expo_with_people.staff.get(expo_with_people.url("/plan-figures"))).json()
    url = real_app.settings.database_url
    job = Job(task="figures", database_url=url, event_id=UUID(expo_with_people.id), now=real_app.clock())

    async with working_on(job) as process:
        there = await process.result(timeout_s=30)

    assert there == here


async def test_matches_say_what_a_meeting_is_worth_and_why(expo: Expo, database: Database) -> None:
    nordkod = await expo.employer("Nordkod AB", competences_wanted=["Python", "Svenska", "SQL", "Linux"])
    vard = await expo.employer("Vård i Väst")
    competences = [{"label": label} for label in ("python", "SVENSKA ", "Linux")]
    seeker = await expo.seeker(wishes=[nordkod["id"]], competences=[one["label"] for one in competences])
    async with database.transaction() as session:
        session.add(
            EmployerWishRow(
                recruitment_event_id=UUID(expo.id),
                organisation_id=UUID(nordkod["id"]),
                seeker_id=UUID(seeker["id"]),
                rank=2,
            )
        )

    matches = (await expo.staff.get(expo.url(f"/matches/{seeker['id']}"))).json()

    assert matches == [
        {
            "organisation_id": nordkod["id"],
            "employer_name": "Nordkod AB",
            "value": 88,
            "reasons": [
                {"code": "competences", "params": {"had": 3, "of": 4}},
                {"code": "wished_by_both", "params": {}},
                {"code": "first_choice", "params": {}},
            ],
        },
        {
            "organisation_id": vard["id"],
            "employer_name": "Vård i Väst",
            "value": 25,
            "reasons": [{"code": "nothing_known", "params": {}}],
        },
    ]


@pytest.mark.parametrize("rest", ["/matches/00000000-0000-4000-8000-000000000000"])
async def test_who_is_not_enrolled_has_no_matches(expo: Expo, rest: str) -> None:
    assert (await expo.staff.get(expo.url(rest))).status_code == 404


async def test_prices_of_equality_come_from_a_run_that_has_them(expo: Expo) -> None:
    prices = (await expo.staff.get(expo.url("/equality-prices?dimension=gender"))).json()

    assert prices == {"dimension": "gender", "run_id": None, "points": []}
    assert (await expo.staff.get(expo.url("/equality-prices?dimension=shoes"))).status_code == 422
