"""The demo's next event, not planned yet: people say whom they would like to meet, and staff plan it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.vocabulary import vocabulary
from server.demo.crowd import add_crowd
from server.demo.ids import demo_id
from server.recruitment_events.rules import slot_times
from server.recruitment_events.tables import (
    DeskRow,
    EmployerWishRow,
    EnrolmentRow,
    EventStaffRow,
    RecruitmentEventRow,
    SlotRow,
    StationRow,
    WishRow,
)

AHEAD = timedelta(days=14)
SLOTS, TALK_S, FEEDBACK_S = 24, 720, 180
FIRST_START, LUNCH = time(9), (time(12), time(13))
FRIDAY = 4


async def ensure_coming(session: AsyncSession, cast: dict[str, Any], *, zone: str, now: datetime) -> bool:
    """Make an event two weeks ahead if none waits to be planned; whether it was made."""
    theirs = select(RecruitmentEventRow).where(
        col(RecruitmentEventRow.is_demo).is_(True), col(RecruitmentEventRow.starts_at) > now
    )
    coming = (await session.exec(theirs)).all()
    if any(event.status == "draft" for event in coming):
        return False
    taken = {event.starts_at.astimezone(ZoneInfo(zone)).date() for event in coming}
    day = _workday((now + AHEAD).astimezone(ZoneInfo(zone)).date(), taken)
    await _add_event(session, cast, day, zone=zone, now=now)
    return True


def _workday(day: date, taken: set[date]) -> date:
    while day.weekday() > FRIDAY or day in taken:
        day += timedelta(days=1)
    return day


async def _add_event(session: AsyncSession, cast: dict[str, Any], day: date, *, zone: str, now: datetime) -> None:
    times = slot_times(
        day=day,
        first_start=FIRST_START,
        zone=ZoneInfo(zone),
        slots=SLOTS,
        length=timedelta(seconds=TALK_S + FEEDBACK_S),
        pauses=[LUNCH],
    )
    event = RecruitmentEventRow(
        organisation_id=demo_id("organisation", "agency"),
        **cast["coming"],
        zone=zone,
        template="it_expo_15",
        starts_at=times[0].starts_at,
        ends_at=times[-1].ends_at,
        talk_s=TALK_S,
        feedback_s=FEEDBACK_S,
        pauses=[[f"{clock:%H:%M}" for clock in LUNCH]],
        is_demo=True,
        created_at=now,
    )
    session.add(event)
    await session.flush()
    session.add(EventStaffRow(recruitment_event_id=event.id, person_id=demo_id("person", cast["staff"])))
    for number, interval in enumerate(times, start=1):
        slot = SlotRow(
            recruitment_event_id=event.id, number=number, starts_at=interval.starts_at, ends_at=interval.ends_at
        )
        session.add(slot)
    await _add_desks(session, cast, event)
    await _add_seekers(session, cast, event, now=now)
    await add_crowd(session, cast, event, now=now)


async def _add_desks(session: AsyncSession, cast: dict[str, Any], event: RecruitmentEventRow) -> None:
    recruiters = {employer["key"]: employer["recruiter"] for employer in cast["employers"]}
    for desk in cast["desks"]:
        station = None
        if "station" in desk:
            station = StationRow(recruitment_event_id=event.id, number=desk["number"], name=desk["station"])
            session.add(station)
            await session.flush()
        session.add(
            DeskRow(
                recruitment_event_id=event.id,
                organisation_id=demo_id("organisation", desk["employer"]),
                recruiter_id=demo_id("person", recruiters[desk["employer"]]),
                station_id=station.id if station else None,
                number=desk["number"],
                form=desk["form"],
                on_duty_from=event.starts_at,
                on_duty_until=event.ends_at,
            )
        )
    await session.flush()


async def _add_seekers(
    session: AsyncSession, cast: dict[str, Any], event: RecruitmentEventRow, *, now: datetime
) -> None:
    """Everybody but those whom visitors play has said what they wish: who fits, and one more."""
    employers = {employer["key"]: employer["wanted"] for employer in cast["employers"]}
    organisations = {key: demo_id("organisation", key) for key in employers}
    keys = list(employers)
    here: dict[str, Any] = {"recruitment_event_id": event.id}
    session.add(EnrolmentRow(**here, seeker_id=demo_id("person", "leila"), created_at=now))
    for number, seeker in enumerate(cast["seekers"]):
        seeker_id = demo_id("person", seeker["name"])
        session.add(EnrolmentRow(**here, seeker_id=seeker_id, created_at=now))
        fitting = [key for key in keys if vocabulary().matching(employers[key], seeker["competences"])]
        wished = list(dict.fromkeys([*fitting, keys[number % len(keys)]]))
        for rank, key in enumerate(wished, start=1):
            must = rank == 1 and number % 4 == 0
            session.add(
                WishRow(**here, seeker_id=seeker_id, organisation_id=organisations[key], rank=rank, is_must=must)
            )
        if fitting and fitting[0] != keys[0]:
            pair: dict[str, Any] = {"organisation_id": organisations[fitting[0]], "seeker_id": seeker_id}
            session.add(EmployerWishRow(**here, **pair, rank=number + 1))
    await session.flush()
