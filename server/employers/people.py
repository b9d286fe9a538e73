"""People whom staff enter: known by their address, never overwritten."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.roles import Role
from server.identity.tables import PersonRow, RoleRow


async def find_person(session: AsyncSession, email: str) -> PersonRow | None:
    """The person with this address."""
    return (await session.exec(select(PersonRow).where(col(PersonRow.email) == email.lower()))).one_or_none()


async def ensure_person(
    session: AsyncSession, *, name: str, email: str | None, phone: str | None, now: datetime
) -> tuple[PersonRow, bool]:
    """The person with this address, and whether they are new. What somebody known has said of themselves stays."""
    known = await find_person(session, email) if email else None
    if known is not None:
        return known, False
    person = PersonRow(name=name, email=email.lower() if email else None, phone=phone, created_at=now)
    try:
        async with session.begin_nested():
            session.add(person)
            await session.flush()
    except IntegrityError:
        known = await find_person(session, email or "")
        if known is None:
            raise
        return known, False
    return person, True


async def ensure_role(
    session: AsyncSession, person: PersonRow, role: Role, *, organisation_id: UUID | None = None
) -> None:
    """Give a person a role unless they have it."""
    query = select(col(RoleRow.id)).where(
        col(RoleRow.person_id) == person.id,
        col(RoleRow.role) == role,
        col(RoleRow.organisation_id) == organisation_id if organisation_id else col(RoleRow.organisation_id).is_(None),
    )
    if (await session.exec(query.limit(1))).first() is None:
        session.add(RoleRow(person_id=person.id, role=role, organisation_id=organisation_id))
        await session.flush()
