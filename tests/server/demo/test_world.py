"""The demo world: always live, four people to be, a cast for whoever knows the secret, never in production."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr, ValidationError
from sqlmodel import col, select, update

from server.app import create_app
from server.demo.world import ensure_world, find_event
from server.kit.db import Database
from server.planner.plan import make_plan
from server.planning_runs.adapter import problem_of
from server.planning_runs.figures import figures_of
from server.planning_runs.material import PlanOptions
from server.planning_runs.repository import load_material
from server.recruitment_events.tables import RecruitmentEventRow
from server.settings import Settings
from tests.server.harness import App, Clock, lifespan


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(
        database_url=database_url,
        relay=False,
        demo=True,
        demo_cast_secret=SecretStr("s"),
        redis_url=None,
        smtp_url=None,
    )


@pytest.fixture
async def demo(settings: Settings, database: Database) -> AsyncIterator[App]:
    clock = Clock(datetime(2026, 5, 12, 7, 3, tzinfo=UTC))
    async with lifespan(create_app(settings, now=clock)) as running:
        app = App(running, database=database, settings=settings, clock=clock)
        yield app
        await app.aclose()


async def test_there_is_an_event_now_from_the_first_request_on(demo: App) -> None:
    shown = (await demo.browser().get("/api/demo")).json()

    assert [one["role"] for one in shown["roles"]] == ["seeker", "recruiter", "staff", "case_worker"]
    assert shown["event"]["starts_at"] < shown["server_time"] < shown["event"]["ends_at"]


async def test_it_is_made_once_and_rolls_forward_after_a_night(demo: App) -> None:
    now = demo.clock()
    async with demo.database.transaction() as session:
        again = await ensure_world(session, now=now + timedelta(minutes=1))
        first = await find_event(session, now=now)
    async with demo.database.transaction() as session:
        made = await ensure_world(session, now=now + timedelta(hours=11))
        second = await find_event(session, now=now + timedelta(hours=11))

    assert first is not None and second is not None
    assert (again, made, first.id == second.id) == (False, True, False)
    assert second.starts_at <= now + timedelta(hours=11) < second.ends_at


async def test_each_of_the_four_can_sign_in_and_finds_their_first_page(demo: App) -> None:
    pages = {
        "seeker": "/api/my/meetings",
        "recruiter": "/api/my/desks",
        "staff": "/api/recruitment-events",
        "case_worker": "/api/seekers",
    }
    for role, path in pages.items():
        browser = demo.browser()
        me = (await browser.post("/api/demo/sign-in", json={"role": role})).json()

        assert [one["role"] for one in me["roles"]] == [role]
        assert (await browser.get(path)).json() != []


async def test_an_event_ahead_waits_for_wishes_and_for_its_plan(demo: App) -> None:
    seeker, recruiter, staff = [demo.browser() for _ in range(3)]
    for browser, role in ((seeker, "seeker"), (recruiter, "recruiter"), (staff, "staff")):
        browser.keep_csrf((await browser.post("/api/demo/sign-in", json={"role": role})).json())

    [mine] = (await seeker.get("/api/my/wishes")).json()
    [theirs] = (await recruiter.get("/api/my/desk-wishes")).json()
    grid = (await staff.get(f"/api/recruitment-events/{mine['event']['id']}/grid")).json()

    assert theirs["event"] == mine["event"]
    assert (mine["employers"], mine["wishes"], theirs["seekers"], theirs["wishes"]) == (6, 0, 61, 0)
    assert (grid["event"]["status"], len(grid["slots"]), len(grid["desks"])) == ("draft", 24, 6)


async def test_once_it_is_published_another_comes_on_another_day(demo: App) -> None:
    async def coming() -> list[RecruitmentEventRow]:
        query = select(RecruitmentEventRow).where(col(RecruitmentEventRow.starts_at) > demo.clock())
        async with demo.database.read() as session:
            return list((await session.exec(query.order_by(col(RecruitmentEventRow.starts_at)))).all())

    [first] = await coming()
    async with demo.database.transaction() as session:
        await session.exec(update(RecruitmentEventRow).values(status="published"))
        assert await ensure_world(session, now=demo.clock())

    days = [event.starts_at.date() for event in await coming()]
    assert days == [first.starts_at.date(), first.starts_at.date() + timedelta(days=1)]


async def test_the_case_worker_sees_what_leila_shares_and_not_what_others_keep(demo: App) -> None:
    browser = demo.browser()
    await browser.post("/api/demo/sign-in", json={"role": "case_worker"})

    seekers = {one["name"]: one for one in (await browser.get("/api/seekers")).json()}

    assert (seekers["Leila Påhittsdotter"]["shares"], seekers["Leila Påhittsdotter"]["feedback_count"]) == (True, 6)
    assert (seekers["Olga Testberg"]["shares"], seekers["Olga Testberg"]["feedback_count"]) == (False, None)


async def test_the_cast_is_given_to_nobody_without_the_secret(demo: App) -> None:
    browser = demo.browser()

    refused = await browser.post("/api/demo/cast", headers={"X-Demo-Cast-Secret": "guess"})
    hired = await browser.post("/api/demo/cast", headers={"X-Demo-Cast-Secret": "s"})

    assert refused.status_code == 403
    assert (len(hired.json()["seekers"]), len(hired.json()["recruiters"])) == (12, 4)


def test_production_refuses_the_demo() -> None:
    with pytest.raises(ValidationError, match="cannot be switched on in production"):
        Settings(production=True, demo=True, public_url="https://x.example", smtp_url=SecretStr("smtp://localhost"))


async def test_the_event_ahead_has_fewer_seats_than_people_wish_for_and_groups_to_compare(demo: App) -> None:
    ahead = select(RecruitmentEventRow).where(col(RecruitmentEventRow.starts_at) > demo.clock())
    async with demo.database.read() as session:
        [event] = (await session.exec(ahead)).all()
        material = await load_material(session, event, now=demo.clock())
    plan = make_plan(problem_of(material, PlanOptions()))

    assert 100 < len(plan.meetings) < event.meetings_max * len(material.seekers)
    groups = figures_of(material, [])["groups"]
    assert [(one["dimension"], len(one["groups"])) for one in groups] == [("gender", 2), ("age_band", 4)]
