"""The rehearsal checklist and the network map. Only the seeker's own requests come here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.rehearsal import CONTACTS_MAX, preparation
from server.preparing.tables import NetworkContactRow, RehearsalTickRow


class PreparingRefused(Exception):
    """What was asked cannot be kept; the message says why."""


class NoSuchPoint(PreparingRefused):
    pass


class NoSuchCircle(PreparingRefused):
    pass


class NoSuchContact(PreparingRefused):
    pass


class TooManyContacts(PreparingRefused):
    pass


@dataclass(frozen=True, slots=True)
class Said:
    """What a seeker writes of somebody they know."""

    name: str
    circle: str
    can_help: str
    asked: bool


async def list_ticks(session: AsyncSession, person_id: UUID) -> set[str]:
    """The points that the seeker has ticked off."""
    query = select(RehearsalTickRow.point).where(col(RehearsalTickRow.person_id) == person_id)
    return set((await session.exec(query)).all())


async def tick(session: AsyncSession, person_id: UUID, point: str, *, done: bool, now: datetime) -> None:
    """Tick off a point, or no longer.

    Raises:
        NoSuchPoint: the checklist has none such.
    """
    if not preparation().has_point(point):
        raise NoSuchPoint("there is no such point")
    row = await session.get(RehearsalTickRow, (person_id, point))
    if done and row is None:
        session.add(RehearsalTickRow(person_id=person_id, point=point, at=now))
    elif not done and row is not None:
        await session.delete(row)


async def begin_again(session: AsyncSession, person_id: UUID) -> None:
    """Take every tick away, before another meeting."""
    await session.exec(delete(RehearsalTickRow).where(col(RehearsalTickRow.person_id) == person_id))


async def list_contacts(session: AsyncSession, person_id: UUID) -> Sequence[NetworkContactRow]:
    """Whom the seeker knows, oldest first."""
    query = select(NetworkContactRow).where(col(NetworkContactRow.person_id) == person_id)
    return (await session.exec(query.order_by(col(NetworkContactRow.created_at), col(NetworkContactRow.id)))).all()


async def add_contact(session: AsyncSession, person_id: UUID, said: Said, *, now: datetime) -> None:
    """Put somebody on the map.

    Raises:
        NoSuchCircle: people are not asked about it.
        TooManyContacts: the map is full.
    """
    _check(said)
    if len(await list_contacts(session, person_id)) >= CONTACTS_MAX:
        raise TooManyContacts(f"a map has room for {CONTACTS_MAX} people")
    session.add(
        NetworkContactRow(
            person_id=person_id,
            name=said.name,
            circle=said.circle,
            can_help=said.can_help,
            asked=said.asked,
            created_at=now,
        )
    )


async def change_contact(session: AsyncSession, person_id: UUID, contact_id: UUID, said: Said) -> None:
    """Write somebody anew.

    Raises:
        NoSuchContact: they are not on the seeker's map.
        NoSuchCircle: people are not asked about it.
    """
    _check(said)
    row = await _own(session, person_id, contact_id)
    row.name, row.circle, row.can_help, row.asked = said.name, said.circle, said.can_help, said.asked
    session.add(row)


async def remove_contact(session: AsyncSession, person_id: UUID, contact_id: UUID) -> None:
    """Take somebody off the map.

    Raises:
        NoSuchContact: they are not on the seeker's map.
    """
    await session.delete(await _own(session, person_id, contact_id))


def _check(said: Said) -> None:
    if not preparation().has_circle(said.circle):
        raise NoSuchCircle("there is no such circle")


async def _own(session: AsyncSession, person_id: UUID, contact_id: UUID) -> NetworkContactRow:
    row = await session.get(NetworkContactRow, contact_id, with_for_update=True)
    if row is None or row.person_id != person_id:
        raise NoSuchContact("there is nobody such on your map")
    return row
