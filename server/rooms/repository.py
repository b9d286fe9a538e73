"""Finding a meeting's room for one of its two parties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.actor import Actor
from server.identity.tables import OrganisationRow, PersonRow
from server.meetings.tables import ChatMessageRow, MeetingRow
from server.recruitment_events.tables import DeskRow, EnrolmentRow, RecruitmentEventRow

Part = Literal["seeker", "recruiter"]


@dataclass(frozen=True, slots=True)
class FoundRoom:
    """A meeting with both parties' names; `relay_only` for the event or for the seeker."""

    meeting: MeetingRow
    event: RecruitmentEventRow
    employer_name: str
    recruiter_name: str | None
    seeker_name: str
    relay_only: bool
    part: Part


async def find_room(session: AsyncSession, meeting_id: UUID, actor: Actor) -> FoundRoom | None:
    """The room, if the actor is the seeker of the meeting or recruits for its employer."""
    recruiter, seeker = aliased(PersonRow), aliased(PersonRow)
    enrolled = and_(
        col(EnrolmentRow.recruitment_event_id) == col(MeetingRow.recruitment_event_id),
        col(EnrolmentRow.seeker_id) == col(MeetingRow.seeker_id),
    )
    query = (
        select(MeetingRow, RecruitmentEventRow)
        .add_columns(col(OrganisationRow.name), col(recruiter.name), col(seeker.name), col(EnrolmentRow.relay_only))
        .join(RecruitmentEventRow, col(RecruitmentEventRow.id) == col(MeetingRow.recruitment_event_id))
        .join(OrganisationRow, col(OrganisationRow.id) == col(MeetingRow.organisation_id))
        .join(DeskRow, col(DeskRow.id) == col(MeetingRow.desk_id))
        .join(seeker, col(seeker.id) == col(MeetingRow.seeker_id))
        .outerjoin(recruiter, col(recruiter.id) == col(DeskRow.recruiter_id))
        .outerjoin(EnrolmentRow, enrolled)
        .where(
            col(MeetingRow.id) == meeting_id,
            col(RecruitmentEventRow.status) != "draft",
            or_(
                col(MeetingRow.seeker_id) == actor.person_id,
                col(MeetingRow.organisation_id).in_(actor.organisation_ids),
            ),
        )
    )
    if actor.scope_event_id is not None:
        query = query.where(col(MeetingRow.recruitment_event_id) == actor.scope_event_id)
    rows: Any = await session.exec(query)  # type: ignore[call-overload]  # sqlmodel types four columns at the most
    found = rows.one_or_none()
    if found is None:
        return None
    meeting, event, employer, recruiter_name, seeker_name, relay = found
    part: Part = "seeker" if meeting.seeker_id == actor.person_id else "recruiter"
    relay_only = bool(relay) or event.relay_only
    return FoundRoom(meeting, event, employer, recruiter_name, seeker_name, relay_only, part)


async def list_chat(session: AsyncSession, meeting_id: UUID) -> list[ChatMessageRow]:
    """What has been written, oldest first."""
    query = select(ChatMessageRow).where(col(ChatMessageRow.meeting_id) == meeting_id)
    return list((await session.exec(query.order_by(col(ChatMessageRow.sent_at), col(ChatMessageRow.id)))).all())
