"""Reading what an employer's page adds up, and what employers say to the agency."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from server.employer_pages.tables import AgencyFeedbackRow
from server.identity.tables import OrganisationRow, PersonRow
from server.kit.rows import Found, list_rows
from server.meetings.tables import MeetingRow
from server.recruitment_events.tables import DeskRow, EventStaffRow, RecruitmentEventRow

_TALK_COLUMNS: tuple[Any, ...] = (
    col(MeetingRow.id),
    col(MeetingRow.seeker_id),
    col(MeetingRow.called_at),
    col(MeetingRow.talk_started_at),
    col(MeetingRow.talk_ends_at),
    col(MeetingRow.closed_at),
    col(MeetingRow.closed_by),
    col(RecruitmentEventRow.zone),
    col(PersonRow.name).label("seeker_name"),
)
_TALKS = (
    select(*_TALK_COLUMNS)
    .join(RecruitmentEventRow, col(RecruitmentEventRow.id) == col(MeetingRow.recruitment_event_id))
    .join(PersonRow, col(PersonRow.id) == col(MeetingRow.seeker_id))
    .where(
        col(MeetingRow.organisation_id) == bindparam("organisation_id"),
        col(MeetingRow.talk_started_at).is_not(None),
        col(RecruitmentEventRow.status) != "draft",
    )
    .order_by(col(MeetingRow.talk_started_at), col(MeetingRow.id))
)
_EVENTS: Any = (
    select(
        col(RecruitmentEventRow.id),
        col(RecruitmentEventRow.name),
        col(RecruitmentEventRow.starts_at),
        col(RecruitmentEventRow.ends_at),
        col(DeskRow.organisation_id),
        col(OrganisationRow.name).label("employer_name"),
    )
    .join(DeskRow, col(DeskRow.recruitment_event_id) == col(RecruitmentEventRow.id))
    .join(OrganisationRow, col(OrganisationRow.id) == col(DeskRow.organisation_id))
    .where(
        col(DeskRow.organisation_id).in_(bindparam("organisation_ids", expanding=True)),
        col(RecruitmentEventRow.status) != "draft",
        col(RecruitmentEventRow.starts_at) <= bindparam("now"),
    )
    .distinct()
    .order_by(col(RecruitmentEventRow.starts_at).desc(), col(RecruitmentEventRow.id))
)
_STAFFS = (
    select(col(RecruitmentEventRow.id), col(RecruitmentEventRow.name), col(RecruitmentEventRow.starts_at))
    .join(EventStaffRow, col(EventStaffRow.recruitment_event_id) == col(RecruitmentEventRow.id))
    .where(col(EventStaffRow.person_id) == bindparam("person_id"), col(RecruitmentEventRow.status) != "draft")
    .order_by(col(RecruitmentEventRow.starts_at).desc(), col(RecruitmentEventRow.id))
)
_ANSWERS = (
    select(*(col(getattr(AgencyFeedbackRow, name)) for name in AgencyFeedbackRow.model_fields))
    .where(col(AgencyFeedbackRow.recruitment_event_id).in_(bindparam("event_ids", expanding=True)))
    .order_by(col(AgencyFeedbackRow.said_at), col(AgencyFeedbackRow.organisation_id))
)


async def list_talks(session: AsyncSession, organisation_id: UUID) -> Sequence[Found]:
    """The talks that an employer has had, oldest first."""
    return await list_rows(session, _TALKS, organisation_id=organisation_id)


async def list_events(session: AsyncSession, organisation_ids: Collection[UUID], *, now: datetime) -> Sequence[Found]:
    """Events that have begun at which these employers have a desk, newest first."""
    return await list_rows(session, _EVENTS, organisation_ids=list(organisation_ids), now=now)


async def list_staffs_events(session: AsyncSession, person_id: UUID) -> Sequence[Found]:
    """The published events of somebody's staff, newest first."""
    return await list_rows(session, _STAFFS, person_id=person_id)


async def list_answers(session: AsyncSession, event_ids: Collection[UUID]) -> dict[UUID, list[Found]]:
    """What employers have said of events, by event in the order given."""
    found: dict[UUID, list[Found]] = {}
    for row in await list_rows(session, _ANSWERS, event_ids=list(event_ids)):
        found.setdefault(row.recruitment_event_id, []).append(row)
    return found


async def lock_event(session: AsyncSession, event_id: UUID) -> None:
    """Let nobody else say something of the event until the commit: answers are counted in their order."""
    event = select(col(RecruitmentEventRow.id)).where(col(RecruitmentEventRow.id) == event_id)
    query = event.with_for_update(key_share=True)
    await (await session.connection()).execute(query)
