"""Reading claims with what employers confirmed, and the answers of the inventory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.claims.tables import CompetenceConfirmationRow, InventoryAnswerRow
from server.identity.repository import lock_person
from server.identity.tables import OrganisationRow, PersonRow
from server.kit.rows import Found, list_rows
from server.meetings.tables import MeetingRow
from server.profiles.tables import CompetenceRow

_CLAIM_COLUMNS: tuple[Any, ...] = (
    col(CompetenceRow.id),
    col(CompetenceRow.label),
    col(CompetenceRow.detail),
    col(CompetenceRow.evidence),
    col(CompetenceRow.own_evidence),
    col(CompetenceRow.example),
)
_CLAIMS = (
    select(*_CLAIM_COLUMNS)
    .where(col(CompetenceRow.person_id) == bindparam("person_id"))
    .order_by(col(CompetenceRow.position), col(CompetenceRow.id))
)
_CONFIRMATION_COLUMNS: tuple[Any, ...] = (
    col(CompetenceConfirmationRow.key),
    col(CompetenceConfirmationRow.at),
    col(OrganisationRow.name).label("employer_name"),
    col(PersonRow.name).label("recruiter_name"),
)
_CONFIRMATIONS = (
    select(*_CONFIRMATION_COLUMNS)
    .join(OrganisationRow, col(OrganisationRow.id) == col(CompetenceConfirmationRow.organisation_id))
    .join(PersonRow, col(PersonRow.id) == col(CompetenceConfirmationRow.recruiter_id))
    .where(
        col(CompetenceConfirmationRow.person_id) == bindparam("person_id"),
        col(CompetenceConfirmationRow.withdrawn_at).is_(None),
    )
    .order_by(col(CompetenceConfirmationRow.at))
)


async def list_claims(session: AsyncSession, person_id: UUID) -> Sequence[Found]:
    """The seeker's claims in their own order."""
    return await list_rows(session, _CLAIMS, person_id=person_id)


async def list_confirmations(session: AsyncSession, person_id: UUID) -> Sequence[Found]:
    """What employers confirm of a seeker, oldest first; nothing that was withdrawn."""
    return await list_rows(session, _CONFIRMATIONS, person_id=person_id)


async def list_confirmed_by(session: AsyncSession, person_id: UUID, organisation_id: UUID) -> set[str]:
    """The keys of what one employer confirms of a seeker."""
    query = select(CompetenceConfirmationRow.key).where(
        col(CompetenceConfirmationRow.person_id) == person_id,
        col(CompetenceConfirmationRow.organisation_id) == organisation_id,
        col(CompetenceConfirmationRow.withdrawn_at).is_(None),
    )
    return set((await session.exec(query)).all())


async def lock_claims(session: AsyncSession, person_id: UUID) -> list[CompetenceRow]:
    """The seeker's claims, to be changed; whoever else would add to them waits until this is over."""
    await lock_person(session, person_id)
    mine = select(CompetenceRow).where(col(CompetenceRow.person_id) == person_id)
    return list((await session.exec(mine.order_by(col(CompetenceRow.position)).with_for_update())).all())


async def find_confirmation(
    session: AsyncSession, person_id: UUID, key: str, organisation_id: UUID
) -> CompetenceConfirmationRow | None:
    """One employer's word of one competence, withdrawn or not."""
    query = select(CompetenceConfirmationRow).where(
        col(CompetenceConfirmationRow.person_id) == person_id,
        col(CompetenceConfirmationRow.key) == key,
        col(CompetenceConfirmationRow.organisation_id) == organisation_id,
    )
    return (await session.exec(query)).first()


async def has_met(session: AsyncSession, person_id: UUID, organisation_id: UUID) -> bool:
    """Whether an employer has talked with a seeker."""
    query = select(func.count(col(MeetingRow.id))).where(
        col(MeetingRow.seeker_id) == person_id,
        col(MeetingRow.organisation_id) == organisation_id,
        col(MeetingRow.talk_started_at).is_not(None),
    )
    return (await session.exec(query)).one() > 0


async def list_inventory(session: AsyncSession, person_id: UUID) -> list[InventoryAnswerRow]:
    """What a seeker has told of the situations of the inventory."""
    query = select(InventoryAnswerRow).where(col(InventoryAnswerRow.person_id) == person_id)
    return list((await session.exec(query)).all())
