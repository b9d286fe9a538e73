"""Publishing a plan: what stands in the way, who will be told, and telling them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.tables import PersonRow
from server.kit import streams
from server.meetings.telling import tell_desk, tell_meeting
from server.planning import repository
from server.planning.announcements import Told, tell_recruiter, tell_seeker
from server.planning.facts import MeetingFacts, count_facts_of_event, list_facts_of_event
from server.planning.grid import find_conflicts
from server.planning.rules import Conflict
from server.recruitment_events.repository import list_desks
from server.recruitment_events.tables import EnrolmentRow, RecruitmentEventRow


class PublishingRefused(Exception):
    """The plan cannot be published; the message says why."""


class IsPublished(PublishingRefused):
    """It is published already."""


class PlanHasConflicts(PublishingRefused):
    """Blocking conflicts are left."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether an event can be published, and whom it reaches. `unreachable` have no e-mail address."""

    blocking: Sequence[Conflict]
    warnings: int
    meetings: int
    seekers: Sequence[PersonRow]
    recruiters: Sequence[PersonRow]
    desks_without_recruiter: int

    @property
    def unreachable(self) -> list[PersonRow]:
        """Those whom no mail reaches."""
        return [person for person in (*self.seekers, *self.recruiters) if not person.email]


async def readiness(session: AsyncSession, event: RecruitmentEventRow) -> Readiness:
    """What publishing would do now."""
    found = await find_conflicts(session, event, await repository.list_plan_seekers(session, event.id))
    blocking = [conflict for conflict, _ in found if conflict.severity == "blocking"]
    desks = await list_desks(session, event.id)
    return Readiness(
        blocking=blocking,
        warnings=len(found) - len(blocking),
        meetings=await count_facts_of_event(session, event.id),
        seekers=await _seekers(session, event),
        recruiters=await _recruiters(session, event),
        desks_without_recruiter=sum(desk.recruiter_id is None for desk in desks),
    )


async def publish(session: AsyncSession, event: RecruitmentEventRow, *, now: datetime) -> list[Told]:
    """Publish the event and tell every seeker and recruiter, each by one mail.

    Raises:
        IsPublished: that has been done.
        PlanHasConflicts: something must be mended first.
    """
    if event.status != "draft":
        raise IsPublished("the event is published already; changes are told as they are made")
    ready = await readiness(session, event)
    if ready.blocking:
        raise PlanHasConflicts(f"{len(ready.blocking)} conflict(s) must be mended first")
    event.status, event.published_at = "published", now
    event.sequence += 1
    session.add(event)
    facts = await list_facts_of_event(session, event.id)
    of_seeker: dict[UUID, list[MeetingFacts]] = defaultdict(list)
    of_recruiter: dict[UUID, list[MeetingFacts]] = defaultdict(list)
    for each in facts:
        of_seeker[each.seeker.id].append(each)
        if each.recruiter is not None:
            of_recruiter[each.recruiter.id].append(each)
    told = []
    for seeker in ready.seekers:
        told.append(tell_seeker(session, event, seeker, of_seeker[seeker.id], "published", now=now))
        await asyncio.sleep(0)  # each mail has a calendar file, and there may be thousands
    for person in ready.recruiters:
        told.append(tell_recruiter(session, event, person, of_recruiter[person.id], "published", now=now))
        await asyncio.sleep(0)
    await session.flush()
    await _stream(session, event, facts, now=now)
    return told


async def _stream(
    session: AsyncSession, event: RecruitmentEventRow, facts: Sequence[MeetingFacts], *, now: datetime
) -> None:
    """People before desks before the event, the order in which every transaction takes streams."""
    for each in sorted(facts, key=lambda each: (each.seeker.id, each.meeting.id)):
        await tell_meeting(session, each.meeting, now=now)
    for desk in sorted(await list_desks(session, event.id), key=lambda desk: desk.id):
        await tell_desk(session, desk, now=now)
    await streams.append(session, f"event:{event.id}", "plan.published", {}, now=now)


async def _seekers(session: AsyncSession, event: RecruitmentEventRow) -> Sequence[PersonRow]:
    query = (
        select(PersonRow)
        .join(EnrolmentRow, col(EnrolmentRow.seeker_id) == col(PersonRow.id))
        .where(col(EnrolmentRow.recruitment_event_id) == event.id)
        .order_by(col(PersonRow.name), col(PersonRow.id))
    )
    return (await session.exec(query)).all()


async def _recruiters(session: AsyncSession, event: RecruitmentEventRow) -> Sequence[PersonRow]:
    ids = {desk.recruiter_id for desk in await list_desks(session, event.id) if desk.recruiter_id}
    query = select(PersonRow).where(col(PersonRow.id).in_(ids)).order_by(col(PersonRow.name), col(PersonRow.id))
    return (await session.exec(query)).all()
