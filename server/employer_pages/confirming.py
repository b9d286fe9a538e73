"""What an employer may confirm of somebody it has met: their claims, and which of them it has confirmed."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from server.claims import repository as claims
from server.claims import service
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
    confirmed = await claims.list_confirmed_by(session, meeting.seeker_id, meeting.organisation_id)
    return [
        ClaimOfMet(id=row.id, label=row.label, confirmed=key_of(row.label) in confirmed)
        for row in await claims.list_claims(session, meeting.seeker_id)
    ]


async def set_confirmed(
    session: AsyncSession, meeting: MeetingRow, claim_id: UUID, *, confirmed: bool, recruiter_id: UUID, now: datetime
) -> bool:
    """Confirm a claim of whom one has met, or take that back; twice is once. False if they claim no such thing."""
    if claim_id not in {row.id for row in await claims.list_claims(session, meeting.seeker_id)}:
        return False
    if confirmed:
        await service.confirm(
            session, claim_id, organisation_id=meeting.organisation_id, recruiter_id=recruiter_id, now=now
        )
    else:
        with suppress(service.NoSuchClaim):  # it was taken back before
            await service.withdraw(session, claim_id, organisation_id=meeting.organisation_id, now=now)
    await session.flush()
    return True
