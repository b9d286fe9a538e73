"""What the demo's landing page and its simulated participants are told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from realtime.meeting import WAITING, MeetingState
from server.demo.answers import (
    Cast,
    CastRecruiter,
    CastSeeker,
    Demo,
    DemoCounts,
    DemoEvent,
    DemoStand,
    RoleNow,
)
from server.demo.ids import demo_id
from server.demo.world import CAST, STANDS, find_event
from server.identity import service as identity
from server.identity.roles import Role
from server.identity.tables import OrganisationRow, PersonRow
from server.meetings.cards import DeskCard, desk_cards
from server.meetings.tables import MeetingRow
from server.recruitment_events.tables import DeskRow, RecruitmentEventRow
from server.scorecards.tables import ScorecardRow

TALK_S = 90
NEEDS_HAND = timedelta(minutes=5)


async def describe(session: AsyncSession, *, now: datetime) -> Demo:
    """The demo world as the landing page shows it."""
    event = await find_event(session, now=now)
    if event is None:
        return Demo(enabled=True, server_time=now, roles=[], event=None, counts=None)
    desks = (await session.exec(select(DeskRow).where(col(DeskRow.recruitment_event_id) == event.id))).all()
    cards = await desk_cards(session, desks, now=now)
    names = {
        person_id: name
        for person_id, name in await session.exec(
            select(PersonRow.id, PersonRow.name).where(
                col(PersonRow.id).in_([stand.person_id for stand in STANDS.values()])
            )
        )
    }
    employers = {one["key"]: one["name"] for one in CAST["employers"]}
    organisations = {Role.RECRUITER: employers[CAST["desks"][0]["employer"]], Role.STAFF: CAST["agency"]}
    nows = {
        Role.SEEKER: await _seeker_now(session, event, now=now),
        Role.RECRUITER: _recruiter_now(cards),
        Role.STAFF: _staff_now(cards, now=now),
        Role.CASE_WORKER: await _case_worker_now(session),
    }
    return Demo(
        enabled=True,
        server_time=now,
        roles=[
            DemoStand.model_validate(
                {
                    "role": role,
                    "person_name": names[stand.person_id],
                    "organisation_name": organisations.get(role),
                    "now": nows[role],
                }
            )
            for role, stand in STANDS.items()
        ],
        event=DemoEvent.model_validate({name: getattr(event, name) for name in DemoEvent.model_fields}),
        counts=await _counts(session, event, cards, now=now),
    )


async def hire(session: AsyncSession, *, now: datetime, until: timedelta) -> Cast:
    """Fresh join links and sign-ins for everybody whom no human plays."""
    event = await find_event(session, now=now)
    if event is None:
        return Cast(seekers=[], recruiters=[])
    seekers = [
        CastSeeker(
            person_id=(person_id := demo_id("person", seeker["name"])),
            name=seeker["name"],
            join_token=await identity.issue_join_link(
                session, person_id=person_id, recruitment_event_id=event.id, now=now, expires_at=now + until
            ),
            media=True,
        )
        for seeker in CAST["seekers"]
    ]
    return Cast(seekers=seekers, recruiters=await _recruiters(session, event, now=now))


async def _recruiters(session: AsyncSession, event: RecruitmentEventRow, *, now: datetime) -> list[CastRecruiter]:
    rows = await session.exec(select(DeskRow).where(col(DeskRow.recruitment_event_id) == event.id))
    desks = {desk.number: desk for desk in rows}
    hired = []
    for desk in CAST["desks"]:
        if desk.get("human") or desk.get("absent"):
            continue
        name = next(one["recruiter"] for one in CAST["employers"] if one["key"] == desk["employer"])
        person = await session.get_one(PersonRow, demo_id("person", name))
        made = await identity.issue_code(session, email=person.email or "", asked_at=now, now=now)
        if made is not None:
            hired.append(
                CastRecruiter(
                    person_id=person.id,
                    name=name,
                    sign_in_token=made.link_token,
                    desk_ids=[desks[desk["number"]].id],
                    media=desk.get("media", True),
                    talk_s=desk.get("talk_s", TALK_S),
                )
            )
    return hired


async def _seeker_now(session: AsyncSession, event: RecruitmentEventRow, *, now: datetime) -> RoleNow:
    query = (
        select(MeetingRow, OrganisationRow.name)
        .join(OrganisationRow, col(OrganisationRow.id) == col(MeetingRow.organisation_id))
        .where(
            col(MeetingRow.seeker_id) == STANDS[Role.SEEKER].person_id,
            col(MeetingRow.recruitment_event_id) == event.id,
            col(MeetingRow.state).in_(sorted(WAITING)),
        )
        .order_by(col(MeetingRow.starts_at))
    )
    found = (await session.exec(query)).first()
    if found is None:
        return RoleNow(code="book_meeting")
    meeting, employer = found
    minutes = round(((meeting.starts_at or now) - now) / timedelta(minutes=1))
    return RoleNow(code="meeting_soon" if minutes > 0 else "meeting_now", minutes=max(minutes, 0), name=employer)


def _recruiter_now(cards: list[DeskCard]) -> RoleNow:
    mine = next(card for card in cards if card.number == 1)
    if mine.waiting and mine.next:
        return RoleNow(code="seeker_waits", name=mine.next.seeker_name, count=mine.waiting)
    return RoleNow(code="desk_free")


def _staff_now(cards: list[DeskCard], *, now: datetime) -> RoleNow:
    in_need = sum(card.waiting_since is not None and now - card.waiting_since > NEEDS_HAND for card in cards)
    return RoleNow(code="desks_need_hand" if in_need else "all_calm", count=in_need)


async def _case_worker_now(session: AsyncSession) -> RoleNow:
    released = col(ScorecardRow.state) == "released"
    shared = [demo_id("person", name) for name in ("leila", "Amir Övningsö", "Rana Låtsaskvist")]
    query = select(func.count()).where(released, col(ScorecardRow.seeker_id).in_(shared))
    return RoleNow(code="needs_to_plan", count=(await session.exec(query)).one())


async def _counts(
    session: AsyncSession, event: RecruitmentEventRow, cards: list[DeskCard], *, now: datetime
) -> DemoCounts:
    waits = [now - card.waiting_since for card in cards if card.waiting_since]
    released: Any = select(func.count()).where(
        col(ScorecardRow.recruitment_event_id) == event.id, col(ScorecardRow.state) == "released"
    )
    return DemoCounts(
        talking=_number(cards, MeetingState.TALKING),
        waiting=sum(card.waiting for card in cards),
        writing=_number(cards, MeetingState.FEEDBACK),
        feedback_today=(await session.exec(released)).one(),
        longest_wait_s=round(max(waits, default=timedelta()).total_seconds()),
    )


def _number(cards: list[DeskCard], state: MeetingState) -> int:
    return sum(card.current is not None and card.current.state == state for card in cards)
