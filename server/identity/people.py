"""Use cases about people: making one, and what somebody sees of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity import repository
from server.identity.actor import Actor
from server.identity.roles import Role
from server.identity.rules import normal_email
from server.identity.tables import OrganisationRow, PersonRow, RoleRow

ORGANISATION_KIND = {Role.RECRUITER: "employer", Role.STAFF: "agency"}


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role of a person, with the organisation it is held in."""

    role: str
    organisation_id: UUID | None
    organisation_name: str | None


@dataclass(frozen=True, slots=True)
class Self:
    """What a signed-in person sees of themselves."""

    id: UUID
    name: str
    email: str | None
    locale: str
    roles: list[HeldRole]
    shares_with_case_worker: bool | None


async def create_person(
    session: AsyncSession,
    *,
    name: str,
    email: str | None,
    role: Role,
    now: datetime,
    organisation_name: str | None = None,
    locale: str = "sv",
) -> UUID:
    """Make a person with a role, or give the role to whoever has that address; the person's id comes back.

    An organisation is found by its exact name and made if there is none.

    Raises:
        ValueError: the address is none, or a recruiter or staff has no organisation.
    """
    if role in ORGANISATION_KIND and not organisation_name:
        raise ValueError(f"{role} needs an organisation")
    address = None if email is None else normal_email(email)
    found = None if address is None else await repository.find_person_by_email(session, address)
    person_id: UUID | None = None if found is None else found.id
    if person_id is None:
        person = PersonRow(name=name.strip(), email=address, locale=locale, created_at=now)
        session.add(person)
        await session.flush()
        person_id = person.id
    organisation_id = None
    if role in ORGANISATION_KIND and organisation_name:
        organisation_id = await _organisation(session, ORGANISATION_KIND[role], organisation_name.strip(), now=now)
    held = await repository.list_roles(session, person_id)
    if not any(row.role == role and row.organisation_id == organisation_id for row in held):
        session.add(RoleRow(person_id=person_id, role=role, organisation_id=organisation_id))
        await session.flush()
    return person_id


async def _organisation(session: AsyncSession, kind: str, name: str, *, now: datetime) -> UUID:
    found = await repository.find_organisation(session, kind=kind, name=name)
    if found is not None:
        return found
    organisation = OrganisationRow(kind=kind, name=name, created_at=now)
    session.add(organisation)
    await session.flush()
    return organisation.id


async def describe(session: AsyncSession, actor: Actor) -> Self | None:
    """What the actor sees of themselves; through a join link only the seeker's part."""
    person = await repository.find_person(session, actor.person_id)
    if person is None:
        return None
    if actor.scope_event_id is None:
        rows = await repository.list_roles(session, actor.person_id)
        roles = [HeldRole(row.role, row.organisation_id, row.name) for row in rows]
    else:
        roles = [HeldRole(str(Role.SEEKER), None, None)]
    return Self(
        id=person.id,
        name=person.name,
        email=person.email,
        locale=person.locale,
        roles=roles,
        shares_with_case_worker=await repository.find_sharing_choice(session, actor.person_id),
    )
