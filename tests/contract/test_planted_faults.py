"""Faults planted on purpose: the very code that finds none in the application finds each of these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from feedback.answers import answers_document, parse_answers
from realtime.protocol import LIVE_EVENTS, Declared, Follow, Who
from server.app import all_operations
from server.identity.actor import Actor
from server.kit.db import Database
from server.meetings.tables import ChatMessageRow
from server.reading.repository import list_released_to
from server.scorecards.cards import instrument_of
from tests.contract import oracle, variants
from tests.contract.conftest import House
from tests.contract.figures import note
from tests.contract.forgetful import forgetful
from tests.contract.live_matrix import try_all_live, undeclared_live
from tests.contract.matrix import try_all, undeclared
from tests.contract.serving import served
from tests.contract.test_matrix import BEFORE_WITHDRAWAL
from tests.contract.world import NOW

SEEKERS_FEEDBACK = "GET /api/seekers/{seeker_id}/feedback"
MY_FEEDBACK = "GET /api/my/feedback/{feedback_id}"


@pytest.fixture
def database_url(fresh_sqlite: str) -> str:
    """The faults are not of an engine."""
    return fresh_sqlite


@dataclass
class Fault:
    """One fault: what it changes, the operations to look at, and words of what must be found."""

    found: str
    only: tuple[str, ...]
    change: Callable[[House], variants.Change] | None = None
    around: Callable[[ASGIApp], ASGIApp] = lambda app: app
    state: dict[str, Any] = field(default_factory=dict)


def changed(change: variants.Change) -> Callable[[House], variants.Change]:
    return lambda _: change


async def without_the_door(
    request: Request, session: AsyncSession, actor: Actor, seeker_id: UUID
) -> list[dict[str, Any]]:
    """What a case worker would be shown if `visibility` showed everything."""
    found = await list_released_to(session, seeker_id, scope_event_id=None)
    return [dict(answers_document(parse_answers(one.row.answers, instrument_of(one.row)))) for one in found]


async def without_the_seal(
    request: Request, session: AsyncSession, actor: Actor, feedback_id: UUID
) -> list[dict[str, Any]]:
    """What a seeker would be shown if nothing were ever sealed."""
    return await without_the_door(request, session, actor, actor.person_id)


async def any_chat(request: Request, session: AsyncSession, actor: Actor, meeting_id: UUID) -> list[str]:

    return [row.text for row in await session.exec(select(ChatMessageRow))]


EVENT_SEEKERS = "GET /api/recruitment-events/{event_id}/seekers"
FAULTS: dict[str, Fault] = {
    "an operation for more roles than it says": Fault(
        found="recruiter of the employer got 200, not 403",
        only=("GET /api/employers",),
        change=changed(variants.for_whom("staff", "recruiter")),
    ),
    "an operation for everybody signed in": Fault(
        found="seeker by link got 200, not 403",
        only=("GET /api/templates",),
        change=changed(variants.for_whom("signed_in")),
    ),
    "a desk found without its employer": Fault(
        found="recruiter of another employer was shown question",
        only=("GET /api/desks/{desk_id}",),
        change=changed(variants.of_every_employer),
    ),
    "staff let into the scorecard": Fault(
        found="staff of the event got 200, not 403",
        only=("PUT /api/meetings/{meeting_id}/scorecard",),
        change=changed(
            lambda operation: variants.of_every_employer(variants.for_whom("recruiter", "staff")(operation))
        ),
    ),
    "staff shown what employers have written": Fault(
        found="staff of the event was shown sealed_statement",
        only=("GET /api/my/given-feedback",),
        change=changed(
            lambda operation: variants.of_every_employer(variants.for_whom("recruiter", "staff")(operation))
        ),
    ),
    "an event found without its staff": Fault(
        found="staff of another event was shown access_need",
        only=(EVENT_SEEKERS,),
        change=lambda house: variants.as_somebody(house.world["staff"]),
    ),
    "somebody else's meeting found": Fault(
        found="other seeker of the event was shown check_in_code",
        only=("GET /api/my/meetings/{meeting_id}",),
        change=lambda house: variants.as_somebody(house.world["seeker"]),
    ),
    "somebody else's wishes and needs found": Fault(
        found="other seeker of the event was shown interpreter",
        only=("GET /api/my/events/{event_id}/wishes",),
        change=lambda house: variants.as_somebody(house.world["seeker"]),
    ),
    "an employer's wishes found without the employer": Fault(
        found="recruiter of another employer was shown competence",
        only=("GET /api/desks/{desk_id}/wishes",),
        change=changed(variants.of_every_employer),
    ),
    "seekers looked up for any employer": Fault(
        found="recruiter of another employer got 200, not 404",
        only=("GET /api/desks/{desk_id}/seekers",),
        change=changed(variants.of_every_employer),
    ),
    "case workers shown everything": Fault(
        found="case worker was shown sealed_statement",
        only=(SEEKERS_FEEDBACK,),
        change=changed(variants.instead(without_the_door)),
    ),
    "feedback that is never sealed": Fault(
        found="seeker was shown sealed_statement",
        only=(MY_FEEDBACK,),
        change=changed(variants.instead(without_the_seal)),
    ),
    "chat of every meeting": Fault(
        found="seeker was shown others_chat",
        only=("GET /api/meetings/{meeting_id}/chat",),
        change=changed(variants.instead(any_chat)),
    ),
    "the scope of a personal link ignored": Fault(
        found="seeker by link of another event was shown chat",
        only=("GET /api/meetings/{meeting_id}/chat",),
        state={"authenticate": variants.authenticating(lambda actor: replace(actor, scope_event_id=None))},
    ),
    "sessions that never end": Fault(
        found="expired session got 200, not 401",
        only=("GET /api/my/profile",),
        state={"authenticate": variants.authenticate_without_clock},
    ),
    "every CSRF token taken": Fault(
        found="another's token in a request of",
        only=("PUT /api/my/sharing",),
        state={"authenticate": variants.authenticating(variants.careless)},
    ),
    "writes from other sites taken": Fault(
        found="another site's request of",
        only=("PUT /api/my/sharing",),
        around=variants.from_anywhere,
    ),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_a_planted_fault_is_found(house: House, name: str) -> None:
    fault, app = FAULTS[name], house.app()
    if fault.change is not None:
        [operation] = fault.only
        variants.with_operation(app, operation, all_operations(house.settings), fault.change(house))

    async with forgetful(fault.around(app), house.settings.database_url, **fault.state) as running:
        report = await try_all(running, house.world, house.callers, actors=BEFORE_WITHDRAWAL, only=fault.only)

    assert [finding for finding in report.findings if fault.found in finding] != []
    note(f"planted and found: {name}")


async def test_the_operations_that_faults_are_planted_in_are_sound_without_them(house: House) -> None:
    only = {operation for fault in FAULTS.values() for operation in fault.only}

    async with forgetful(house.app(), house.settings.database_url) as running:
        report = await try_all(running, house.world, house.callers, actors=BEFORE_WITHDRAWAL, only=only)

    assert report.findings == []


def test_a_route_that_nobody_thought_about_is_found(house: House) -> None:
    async def everything(_: Request) -> PlainTextResponse:
        return PlainTextResponse("everything")

    app = house.app()
    app.router.routes.insert(0, Route("/api/everything", everything))
    app.mount("/beside", Starlette())

    assert undeclared(app) == ["GET /api/everything is in no oracle", "something else at /beside is in no oracle"]
    note("planted and found: a route in no oracle")


def test_an_operation_that_got_lost_is_found(house: House) -> None:
    app = house.app()
    app.router.routes[:] = [route for route in app.router.routes if getattr(route, "path", "") != "/api/my/sharing"]

    assert undeclared(app) == ["PUT /api/my/sharing is in the oracle only"]


def test_a_socket_event_that_nobody_thought_about_is_found() -> None:
    declared = {**LIVE_EVENTS, "listen_to_all": Declared(Follow, Who.SIGNED_IN)}

    assert undeclared_live(declared, set(LIVE_EVENTS)) == ["the event listen_to_all is in no oracle"]
    note("planted and found: a socket event in no oracle")


LIVE_FAULTS: dict[str, tuple[str, Callable[[Database], dict[str, Any]]]] = {
    "everybody may follow everything": (
        "desk:desk: other seeker of the event got ok, not not_allowed",
        lambda database: {"streams": variants.EverythingFollowed(database)},
    ),
    "a link follows what a sign-in may": (
        "meeting:meeting: seeker by link of another event got ok",
        lambda database: {"streams": variants.AnyScopeFollowed(database)},
    ),
    "every room lets everybody in": (
        "join meeting: case worker of others got ok",
        lambda database: {"meetings": variants.EverybodyAdmitted(database, now=lambda: NOW)},
    ),
    "sockets of sessions that never end": (
        "connect: expired session was let in",
        lambda database: {"authenticator": variants.EndlessSessions(database)},
    ),
}
LIVE_ACTORS = (oracle.EXPIRED, oracle.SEEKER, oracle.OTHER_SEEKER, oracle.OTHER_LINK, oracle.OTHER_CASE_WORKER)


@pytest.mark.parametrize("name", LIVE_FAULTS)
async def test_a_fault_planted_in_the_live_layer_is_found(house: House, name: str) -> None:
    found, parts = LIVE_FAULTS[name]

    async with served(variants.live_app(house.database, **parts(house.database))) as url:
        report = await try_all_live(url, house.world, house.callers, actors=LIVE_ACTORS)

    assert [finding for finding in report.findings if found in finding] != []
    note(f"planted and found: {name}")


async def test_the_live_layer_is_sound_without_them(house: House) -> None:
    async with served(variants.live_app(house.database)) as url:
        report = await try_all_live(url, house.world, house.callers, actors=LIVE_ACTORS)

    assert report.findings == []
