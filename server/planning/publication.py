"""Publishing a plan: telling everybody, each by one mail, and their pages."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.kit import streams
from server.kit.rows import Found, stream_rows
from server.meetings.telling import tell_desk, tell_meeting
from server.planning.announcements import AT_ONCE, Told, tell_recruiter, tell_seeker
from server.planning.facts import RECRUITER, SEEKER, MeetingFacts, list_facts_of_event
from server.planning.readiness import PEOPLE, readiness
from server.recruitment_events.repository import list_desks
from server.recruitment_events.tables import RecruitmentEventRow

TELL = {SEEKER: tell_seeker, RECRUITER: tell_recruiter}


class PublishingRefused(Exception):
    """The plan cannot be published; the message says why."""


class IsPublished(PublishingRefused):
    """It is published already."""


class PlanHasConflicts(PublishingRefused):
    """Blocking conflicts are left."""


async def publish(session: AsyncSession, event: RecruitmentEventRow, *, now: datetime) -> list[Told]:
    """Publish the event and tell every seeker and recruiter, each by one mail.

    Raises:
        IsPublished: that has been done.
        PlanHasConflicts: something must be mended first.
    """
    if event.status != "draft":
        raise IsPublished("the event is published already; changes are told as they are made")
    blocking = (await readiness(session, event)).blocking
    if blocking:
        raise PlanHasConflicts(f"{len(blocking)} conflict(s) must be mended first")
    event.status, event.published_at = "published", now
    event.sequence += 1
    session.add(event)
    facts = await list_facts_of_event(session, event.id)
    told = await _mail_everybody(session, event, facts, now=now)
    await _stream(session, event, facts, now=now)
    return told


async def _mail_everybody(
    session: AsyncSession, event: RecruitmentEventRow, facts: Sequence[MeetingFacts], *, now: datetime
) -> list[Told]:
    """One mail each, some people at a time: each mail has a calendar file, and there may be thousands."""
    mine: dict[tuple[str, UUID], list[MeetingFacts]] = defaultdict(list)
    for place, each in enumerate(facts, 1):
        if place % AT_ONCE == 0:
            await asyncio.sleep(0)
        mine[SEEKER, each.seeker.id].append(each)
        if each.recruiter is not None:
            mine[RECRUITER, each.recruiter.id].append(each)
    told: list[Told] = []
    for role, tell in TELL.items():
        for person in await _people(session, event, role):
            told.append(tell(session, event, person, mine[role, person.id], "published", now=now))
            if len(told) % AT_ONCE == 0:
                await session.flush()
            await asyncio.sleep(0)
    await session.flush()
    return told


async def _people(session: AsyncSession, event: RecruitmentEventRow, role: str) -> list[Found]:
    found: list[Found] = []
    async for rows in stream_rows(session, PEOPLE[role], event_id=event.id):
        found += rows
    return found


async def _stream(
    session: AsyncSession, event: RecruitmentEventRow, facts: Sequence[MeetingFacts], *, now: datetime
) -> None:
    """People, desks and the event; streams are numbered in the order of their names whatever is said first."""
    for place, each in enumerate(facts, 1):
        await tell_meeting(session, each.meeting, now=now)
        if place % AT_ONCE == 0:
            await asyncio.sleep(0)
    for desk in await list_desks(session, event.id):
        await tell_desk(session, desk, now=now)
    await streams.append(session, f"event:{event.id}", "plan.published", {}, now=now)
