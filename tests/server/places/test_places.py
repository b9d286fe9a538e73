"""Bands in the product: made at night and after opening, for the seeker and whoever they share with."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pydantic import SecretStr
from sqlmodel import col, select, update

from feedback.severity import MODEL_VERSION
from server.app import create_app
from server.demo.ids import demo_id
from server.identity.service import issue_join_link
from server.kit.db import Database
from server.places.runner import PlaceKeeper
from server.places.tables import CalibrationRow, PlaceFitRow
from server.scorecards.tables import ScorecardRow
from server.settings import Settings
from tests.server.hall import Hall
from tests.server.harness import App, Browser, Clock, lifespan

ROOT = Path(__file__).parents[3]
LEILA = demo_id("person", "leila")
WORDS = {"Place", "SharedPlace", "Band", "Making", "Awaits"}


@pytest.fixture
async def demo(database_url: str, database: Database) -> AsyncIterator[App]:
    settings = Settings(
        database_url=database_url,
        relay=False,
        demo=True,
        demo_cast_secret=SecretStr("s"),
        redis_url=None,
        smtp_url=None,
    )
    clock = Clock(datetime(2026, 5, 12, 7, 3, tzinfo=UTC))
    async with lifespan(create_app(settings, now=clock)) as running:
        app = App(running, database=database, settings=settings, clock=clock)
        yield app
        await app.aclose()


def keeper(app: App) -> PlaceKeeper:
    return PlaceKeeper(app.database, database_url=app.settings.database_url, now=app.clock)


async def as_role(app: App, role: str) -> Browser:
    browser = app.browser()
    browser.keep_csrf((await browser.post("/api/demo/sign-in", json={"role": role})).json())
    return browser


async def items(browser: Browser) -> dict[str, dict[str, Any]]:
    profile = (await browser.get("/api/my/profile")).json()
    return {one["item"]["code"]: one for one in profile["items"]}


async def test_bands_come_from_what_was_opened_and_move_when_more_is(demo: App) -> None:
    leila = await as_role(demo, "seeker")
    newest = (await leila.get("/api/my/feedback")).json()[0]["id"]
    async with demo.database.transaction() as session:
        row = (await session.exec(select(ScorecardRow).where(col(ScorecardRow.seeker_id) == LEILA))).all()
        await session.exec(update(ScorecardRow).where(col(ScorecardRow.id).in_([UUID(newest)])).values(opened_at=None))
    assert len(row) == 6
    before = await items(leila)

    await keeper(demo).look()
    sealed = await items(leila)
    await leila.post(f"/api/my/feedback/{newest}/open")
    await keeper(demo).look()
    opened = await items(leila)

    assert [one["awaits"] for one in before.values()] == ["grounds"] * 4
    assert (sealed["item_1"]["place"]["meetings"], sealed["item_1"]["place"]["direction"]) == (5, None)
    place = opened["item_1"]["place"]
    assert (place["meetings"], place["direction"]) == (6, "probably_up")
    assert place["first"]["low"] < place["now"]["low"] < place["now"]["high"]
    assert opened["item_1"]["place"]["now"] != opened["item_2"]["place"]["now"]
    assert (opened["item_4"]["place"]["meetings"], opened["item_4"]["place"]["direction"]) == (4, None)
    made = (await leila.get("/api/my/profile")).json()["places_made"]
    assert made["model_version"] == "severity-1"


async def test_the_profile_reads_across_meetings(demo: App) -> None:
    across = (await (await as_role(demo, "seeker")).get("/api/my/profile")).json()["across"]

    assert [(one["code"], one["employers"]) for one in across["do_next"]] == [("tell_own_part", 4)]
    assert [(one["item"]["code"], one["low"], one["high"]) for one in across["agree"]] == [
        ("item_2", 2, 3),
        ("item_4", 3, 3),
    ]
    assert [(one["item"]["code"], one["lowest"]["value"], one["highest"]["value"]) for one in across["differ"]] == [
        ("item_1", 3, 5),
        ("item_3", 3, 5),
    ]
    assert [(one["item"]["code"], one["is_up"]) for one in across["moved"]] == [("item_2", True), ("item_3", True)]


async def test_the_case_worker_sees_the_same_bands_exactly_while_they_are_shared(demo: App) -> None:
    leila, petra = await as_role(demo, "seeker"), await as_role(demo, "case_worker")
    path = f"/api/seekers/{LEILA}/feedback"
    await keeper(demo).look()

    shared = (await petra.get(path)).json()["places"]
    await leila.put("/api/my/sharing", json={"shares": False})
    withdrawn = (await petra.get(path)).json()["places"]

    own = await items(leila)
    assert [(one["item"], one["place"]) for one in shared] == [(code, one["place"]) for code, one in own.items()]
    assert withdrawn == []


async def test_a_personal_link_to_one_event_shows_no_band_of_all_of_them(demo: App) -> None:
    await keeper(demo).look()
    async with demo.database.transaction() as session:
        event = (await session.exec(select(ScorecardRow.recruitment_event_id).limit(1))).one()
        ends = demo.clock() + timedelta(hours=1)
        token = await issue_join_link(
            session, person_id=LEILA, recruitment_event_id=event, now=demo.clock(), expires_at=ends
        )
    by_link = demo.browser()
    by_link.keep_csrf((await by_link.post("/api/join-links/redeem", json={"token": token})).json())

    found = await items(by_link)

    assert [(one["place"], one["awaits"]) for one in found.values()] == [(None, "sign_in")] * 4
    assert (await by_link.get("/api/my/profile")).json()["places_made"] is None


async def test_one_fit_a_night_is_enough_and_a_new_one_comes_the_next(demo: App) -> None:
    async def fits() -> list[tuple[str, str, int]]:
        async with demo.database.read() as session:
            rows = await session.exec(select(PlaceFitRow).order_by(col(PlaceFitRow.night)))
            return [(row.night, row.status, row.ratings) for row in rows]

    await keeper(demo).look()
    [first] = await fits()
    demo.clock.advance(hours=17)
    await keeper(demo).look()
    assert await fits() == [first]
    demo.clock.advance(hours=2)
    await keeper(demo).look()

    assert (first[:2], first[2] > 400) == (("2026-05-12", "done"), True)
    assert [one[0] for one in await fits()] == ["2026-05-12", "2026-05-13"]


async def test_one_meeting_has_words_and_says_how_many_more_there_must_be(hall: Hall) -> None:
    seeker = await hall.meet()
    await seeker.post(f"/api/my/feedback/{await hall.give_feedback()}/open")
    await keeper(hall.app).look()

    found = await items(seeker)

    assert [(one["place"], one["awaits"], one["ratings_left"]) for one in found.values()] == [
        (None, "ratings", 2),
        (None, "ratings", 2),
        (None, "ratings", 2),
        (None, "ratings", 3),
    ]


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    printed = subprocess.run(
        [sys.executable, "-m", "server.cli", "openapi"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    described: dict[str, Any] = json.loads(printed.stdout)
    return described


def reachable(document: dict[str, Any], part: Any) -> Iterator[str]:
    """The names of all schemas that an answer may hold, however deep, and of their properties."""
    waiting, seen = [part], set()
    while waiting:
        match waiting.pop():
            case {"$ref": ref} if ref not in seen:
                seen.add(ref)
                name = ref.rpartition("/")[2]
                yield name
                waiting.append(document["components"]["schemas"][name])
            case dict() as found:
                yield from found.get("properties", {})
                waiting.extend(found.values())
            case list() as found:
                waiting.extend(found)


def test_no_answer_to_an_employer_or_to_staff_can_hold_a_band(document: dict[str, Any]) -> None:
    holds: dict[str, set[str]] = {}
    for methods in document["paths"].values():
        for operation in methods.values():
            names = set(reachable(document, operation["responses"]))
            if names & (WORDS | {"place_now", "direction", "model_version"}):
                holds[operation["operationId"]] = set(operation["x-who"])

    assert holds == {"get_my_profile": {"seeker"}, "read_shared_feedback": {"case_worker"}}


async def test_no_answer_to_an_employer_or_to_staff_names_one(demo: App) -> None:
    await keeper(demo).look()
    recruiter, staff = await as_role(demo, "recruiter"), await as_role(demo, "staff")
    [desk] = (await recruiter.get("/api/my/desks")).json()[:1]
    [event] = (await staff.get("/api/recruitment-events")).json()[:1]

    answers = [
        *[
            await recruiter.get(path)
            for path in ("/api/my/desks", f"/api/desks/{desk['id']}", "/api/my/given-feedback")
        ],
        *[await staff.get(f"/api/recruitment-events/{event['id']}{rest}") for rest in ("", "/grid", "/live")],
    ]

    shown = json.dumps((await (await as_role(demo, "seeker")).get("/api/my/profile")).json())
    assert '"first": {"low"' in shown
    assert not any('"high"' in one.text or "severity-1" in one.text for one in answers)


async def begun(app: App, **values: Any) -> PlaceFitRow:
    """Tonight's fit as another process left it, looked at again after this one has looked."""
    night = app.clock().date().isoformat()
    given: dict[str, Any] = {"night": night, "model_version": MODEL_VERSION, "started_at": app.clock()} | values
    async with app.database.transaction() as session:
        session.add(PlaceFitRow(**given))
    await keeper(app).look()
    async with app.database.read() as session:
        return await session.get_one(PlaceFitRow, night)


@pytest.mark.parametrize(
    ("left", "status"),
    [
        ({}, "running"),
        ({"started_at": datetime(2026, 5, 12, 4, 59, tzinfo=UTC)}, "done"),
        ({"status": "done", "model_version": "severity-0"}, "done"),
    ],
)
async def test_a_fit_is_left_to_whoever_is_at_it_until_they_are_lost(
    app: App, left: dict[str, Any], status: str
) -> None:
    found = await begun(app, **left)

    assert (found.status, found.model_version) == (status, MODEL_VERSION)
    assert (found.finished_at is not None) == (status == "done")


async def test_a_fit_that_fails_is_said_to_have_and_leaves_what_was_there(app: App) -> None:
    lost = PlaceKeeper(app.database, database_url="sqlite+aiosqlite:////nowhere/at_all.db", now=app.clock)
    known = {"pack": "it", "item": "item_1", "model_version": MODEL_VERSION, "known": "{}"}
    async with app.database.transaction() as session:
        session.add(CalibrationRow(**known, ratings=90, seekers=30, employers=6, at=app.clock()))

    await lost.look()
    await lost.look()

    async with app.database.read() as session:
        [row] = (await session.exec(select(PlaceFitRow))).all()
        [kept] = (await session.exec(select(CalibrationRow))).all()
    assert (row.status, row.ratings, row.finished_at) == ("failed", 0, app.clock())
    assert (kept.known, kept.ratings) == ("{}", 90)
