"""What a mail or a calendar says of a meeting."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from realtime.meeting import MeetingState
from server.identity.tables import OrganisationRow, PersonRow
from server.meetings.tables import MeetingRow
from server.planning.calendar_file import CalendarEntry
from server.recruitment_events.tables import RecruitmentEventRow, StationRow
from server.recruitment_events.texts import text

SEEKER, RECRUITER = "seeker", "recruiter"
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A booked meeting with the names around it."""

    meeting: MeetingRow
    event: RecruitmentEventRow
    employer: OrganisationRow
    seeker: PersonRow
    recruiter: PersonRow | None
    station: StationRow | None

    @property
    def starts_at(self) -> datetime:
        assert self.meeting.starts_at is not None, "only booked meetings are told of"
        return self.meeting.starts_at

    @property
    def ends_at(self) -> datetime:
        assert self.meeting.ends_at is not None, "only booked meetings are told of"
        return self.meeting.ends_at


async def list_facts(session: AsyncSession, meeting_ids: Collection[UUID]) -> Sequence[MeetingFacts]:
    """Facts of these meetings, earliest first; a portion at a time, since there may be thousands."""
    ids, found = list(meeting_ids), list[MeetingFacts]()
    for start in range(0, len(ids), AT_ONCE):
        found += await _list(session, col(MeetingRow.id).in_(ids[start : start + AT_ONCE]))
        await asyncio.sleep(0)
    if len(ids) > AT_ONCE:
        found.sort(key=lambda each: each.starts_at)
    return found


async def list_facts_of_event(session: AsyncSession, event_id: UUID) -> Sequence[MeetingFacts]:
    """Facts of every meeting of an event that is expected, earliest first."""
    query = select(MeetingRow.id).where(col(MeetingRow.starts_at).is_not(None), *_expected_at(event_id))
    return await list_facts(session, (await session.exec(query)).all())


async def count_facts_of_event(session: AsyncSession, event_id: UUID) -> int:
    """How many meetings of an event are expected."""
    query = select(func.count(col(MeetingRow.id))).where(
        col(MeetingRow.starts_at).is_not(None), *_expected_at(event_id)
    )
    return (await session.exec(query)).one()


def _expected_at(event_id: UUID) -> tuple[ColumnElement[bool], ...]:
    expected = (MeetingState.BOOKED, MeetingState.LATE, MeetingState.CHECKED_IN)
    return col(MeetingRow.recruitment_event_id) == event_id, col(MeetingRow.state).in_(expected)


async def list_facts_of_person(
    session: AsyncSession, person_id: UUID, *, role: str, event_id: UUID | None = None
) -> Sequence[MeetingFacts]:
    """Facts of somebody's meetings in published events, cancelled ones too, earliest first."""
    mine = MeetingRow.seeker_id if role == SEEKER else MeetingRow.recruiter_id
    conditions = [col(mine) == person_id, col(RecruitmentEventRow.status) != "draft"]
    if event_id is not None:
        conditions.append(col(MeetingRow.recruitment_event_id) == event_id)
    return await _list(session, *conditions)


def calendar_entry(facts: MeetingFacts, *, role: str, locale: str, is_cancelled: bool | None = None) -> CalendarEntry:
    """The meeting as it stands in the calendar of its seeker or its recruiter."""
    if is_cancelled is None:
        is_cancelled = facts.meeting.state in (MeetingState.CANCELLED, MeetingState.MOVED, MeetingState.HANDED_OVER)
    other = {"employer": facts.employer.name, "seeker": facts.seeker.name}
    about = "calendar.about_code" if role == SEEKER else "calendar.about"
    return CalendarEntry(
        meeting_id=facts.meeting.id,
        sequence=facts.meeting.sequence,
        starts_at=facts.starts_at,
        ends_at=facts.ends_at,
        zone=facts.event.zone,
        summary=text(locale, f"calendar.{role}", **other),
        location=where(facts, locale=locale),
        description=text(
            locale,
            about,
            event=facts.event.name,
            place=facts.event.place,
            how=text(locale, f"form.{facts.meeting.form}"),
            code=facts.meeting.check_in_code,
        ),
        is_cancelled=is_cancelled,
    )


def where(facts: MeetingFacts, *, locale: str) -> str:
    """Where to go: the station and the event's place, or the video."""
    if facts.meeting.form == "video":
        return text(locale, "place.video")
    return f"{facts.station.name}, {facts.event.place}" if facts.station else facts.event.place


async def _list(session: AsyncSession, *conditions: ColumnElement[bool]) -> Sequence[MeetingFacts]:
    seeker, recruiter = aliased(PersonRow), aliased(PersonRow)
    query = (
        select(MeetingRow, RecruitmentEventRow, OrganisationRow, seeker)
        .add_columns(recruiter, StationRow)
        .join(RecruitmentEventRow, col(RecruitmentEventRow.id) == col(MeetingRow.recruitment_event_id))
        .join(OrganisationRow, col(OrganisationRow.id) == col(MeetingRow.organisation_id))
        .join(seeker, col(seeker.id) == col(MeetingRow.seeker_id))
        .outerjoin(recruiter, col(recruiter.id) == col(MeetingRow.recruiter_id))
        .outerjoin(StationRow, col(StationRow.id) == col(MeetingRow.station_id))
        .where(col(MeetingRow.starts_at).is_not(None), *conditions)
        .order_by(col(MeetingRow.starts_at), col(MeetingRow.id))
    )
    # sqlmodel types at most four columns
    rows = (await session.exec(query)).all()  # type: ignore[call-overload]
    return [MeetingFacts(*row) for row in rows]
