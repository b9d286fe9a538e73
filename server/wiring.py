"""Which parts an application has: its operations, its live layer, the work that time brings."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from realtime.bus import Bus, InProcessBus
from realtime.redis_bus import RedisBus
from realtime.server import LiveServer, create_live
from server.applications import endpoints as applications
from server.bookings import endpoints as bookings
from server.case_work import endpoints as case_work
from server.claims import endpoints as claims
from server.demo import endpoints as demo
from server.demo.jobs import DemoKeeper
from server.desks import chips
from server.desks import endpoints as desks
from server.employer_pages import endpoints as employer_pages
from server.employers import endpoints as employers
from server.enrolments import endpoints as enrolments
from server.identity import endpoints as identity
from server.identity import service as identity_service
from server.identity.jobs import deliveries
from server.imports import endpoints as imports
from server.imports import service as imports_service
from server.kit import idempotency, outbox, streams
from server.kit.db import Database, Notice
from server.kit.operations import Operations
from server.kit.outbox import Deliver, Relay
from server.learning import endpoints as learning
from server.live.adapters import Rooms, Sessions, Streams
from server.live.clock import EventClock
from server.live.presence import PresenceRows
from server.mail import endpoints as mail
from server.mail.delivery import delivery, keeps_mail
from server.my_day import endpoints as my_day
from server.packs import endpoints as packs
from server.packs.shelf import PackKeeper
from server.paths import endpoints as paths
from server.places.runner import PlaceKeeper
from server.planning import endpoints as planning
from server.planning.jobs import deliveries as plan_deliveries
from server.planning_runs import endpoints as planning_runs
from server.planning_runs.runner import Runner
from server.portable import endpoints as portable
from server.preparing import endpoints as preparing
from server.profiles import endpoints as profiles
from server.reading import endpoints as reading
from server.recruitment_events import endpoints as recruitment_events
from server.repairs import endpoints as repairs
from server.responses import endpoints as responses
from server.rooms import endpoints as rooms
from server.scorecards import endpoints as scorecards
from server.scorecards import tone
from server.settings import Settings
from server.staff_live import endpoints as staff_live
from server.support import endpoints as support
from server.support_plans import endpoints as support_plans
from server.taxonomy import endpoints as taxonomy
from server.three_party import endpoints as three_party
from server.vacancies import endpoints as vacancies
from server.vacancy_imports import endpoints as vacancy_imports
from server.wishes import endpoints as wishes

Worker = Callable[[], Awaitable[None]]
Clock = Callable[[], datetime]
HOUSEKEEPING_EVERY_S = 3600


def operations(settings: Settings) -> list[Operations]:
    """The features that are served over HTTP."""
    served = [
        identity.operations,
        recruitment_events.operations,
        employers.operations,
        enrolments.operations,
        imports.operations,
        planning.operations,
        planning_runs.operations,
        wishes.operations,
        bookings.operations,
        my_day.operations,
        desks.operations,
        chips.operations,
        staff_live.operations,
        repairs.operations,
        rooms.operations,
        scorecards.operations,
        tone.operations,
        reading.operations,
        responses.operations,
        profiles.operations,
        learning.operations,
        claims.operations,
        paths.operations,
        preparing.operations,
        support.operations,
        support_plans.operations,
        case_work.operations,
        three_party.operations,
        taxonomy.operations,
        packs.operations,
        portable.operations,
        vacancies.operations,
        applications.operations,
        employer_pages.operations,
        vacancy_imports.operations,
    ]
    if keeps_mail(settings):
        served.append(mail.operations)
    if settings.demo:
        served.append(demo.operations)
    return served


def live_server(settings: Settings, database: Database, *, now: Clock) -> LiveServer:
    """The live layer on this database."""
    bus: Bus = RedisBus(settings.redis_url) if settings.redis_url else InProcessBus()
    return create_live(
        authenticator=Sessions(database, now=now, https=settings.serves_https),
        streams=Streams(database),
        meetings=Rooms(database, now=now),
        presence=PresenceRows(database),
        bus=bus,
        now=now,
    )


def after_commit(live: LiveServer) -> Callable[[list[Notice]], Awaitable[None]]:
    """What says the numbers of committed events on the bus."""

    async def publish(notices: list[Notice]) -> None:
        for stream, seq in notices:
            live.notify(stream, seq)

    return publish


async def prepare(settings: Settings, database: Database, *, now: Clock) -> None:
    """What must be there before the first request."""
    await PackKeeper(database).look()
    if settings.demo:
        await DemoKeeper(database, now=now).look()


def workers(settings: Settings, database: Database, *, now: Clock) -> list[Worker]:
    """What runs beside the requests: the outbox, the clock of the meetings, housekeeping."""
    post = delivery(settings, database)
    kinds: dict[str, Deliver] = {
        "mail": post,
        **deliveries(database, post=post, now=now, public_url=settings.public_url),
        **plan_deliveries(database, post=post, now=now, public_url=settings.public_url, mail_from=settings.mail_from),
    }

    async def keep_house() -> None:
        while True:
            async with database.transaction() as session:
                await idempotency.forget_old(session, now=now())
                await identity_service.forget_ended(session, now=now())
                await outbox.forget_old(session, now=now())
                await streams.forget_old(session, now=now())
                await imports_service.forget_old(session, now=now())
            await asyncio.sleep(HOUSEKEEPING_EVERY_S)

    planner = Runner(database, database_url=settings.database_url, now=now)
    running: list[Worker] = [
        Relay(database, kinds, now=now).run,
        EventClock(database, now=now).run,
        planner.run,
        PackKeeper(database).run,
        PlaceKeeper(database, database_url=settings.database_url, now=now).run,
        keep_house,
    ]
    if settings.demo:
        running.append(DemoKeeper(database, now=now).run)
    return running
