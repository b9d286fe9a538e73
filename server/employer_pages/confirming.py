"""What an employer may confirm of somebody it has met: their claims, and which of them it has confirmed."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from server.claims import repository as claims
from server.claims.service import key_of
from server.meetings.tables import MeetingRow


class ClaimOfMet(BaseModel):
    """A competence that somebody met has told of, and whether your employer has confirmed it."""

    id: UUID
    label: str
    confirmed: bool


async def find_held(
    session: AsyncSession, meeting_id: UUID, *, organisation_ids: Collection[UUID]
) -> MeetingRow | None:
    """A talk that one of these employers has had, or None."""
    meeting = await session.get(MeetingRow, meeting_id)
    if meeting is None or meeting.talk_started_at is None or meeting.organisation_id not in organisation_ids:
        return None
    return meeting


async def list_claims(session: AsyncSession, meeting: MeetingRow) -> list[ClaimOfMet]:
    """What the seeker of a talk has told that they can, in their own order."""
    found = []
    for row in await claims.list_claims(session, meeting.seeker_id):
        word = await claims.find_confirmation(session, meeting.seeker_id, key_of(row.label), meeting.organisation_id)
        confirmed = word is not None and word.withdrawn_at is None
        found.append(ClaimOfMet(id=row.id, label=row.label, confirmed=confirmed))
    return found
