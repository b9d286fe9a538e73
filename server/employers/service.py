"""Bringing employers, their recruiters and desks to an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.vocabulary import vocabulary
from server.employers import people, repository
from server.employers.rules import same_organisation
from server.employers.tables import RequirementProfileRow
from server.identity.roles import Role
from server.identity.tables import OrganisationRow, PersonRow
from server.kit import streams
from server.recruitment_events.service import add_station
from server.recruitment_events.tables import DeskRow, RecruitmentEventRow, StationRow


class EmployerRefused(Exception):
    """What was asked of an employer cannot be; the message says why."""


class EmployerIsThere(EmployerRefused):
    """The employer has desks at the event already."""


class NotARecruiter(EmployerRefused):
    """The person does not recruit for this employer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """A recruiter to bring; known by address."""

    name: str
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEmployer:
    """An employer to bring to an event. Hours are None for the whole day; `desks` is at least the recruiters'."""

    name: str
    number: str | None = None
    organisation_id: UUID | None = None
    about: str = ""
    roles: tuple[str, ...] = ()
    competences_wanted: tuple[str, ...] = ()
    recruiters: tuple[NewPerson, ...] = ()
    form: str
    desks: int = 1
    station: str | None = None
    on_duty_from: datetime | None = None
    on_duty_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """What bringing an employer made."""

    organisation: OrganisationRow
    organisation_is_new: bool
    recruiters_new: int
    desks: tuple[DeskRow, ...]
    stations: int


async def bring_employer(
    session: AsyncSession, event: RecruitmentEventRow, new: NewEmployer, *, locale: str = "sv", now: datetime
) -> Brought:
    """Bring an employer with one desk a recruiter; one that the bank knows by number or name is the same.

    Raises:
        EmployerIsThere: it has desks at the event already.
        EmployerRefused: its hours end before they begin, or the chosen organisation is no employer.
    """
    organisation, is_new = await _organisation(session, new, now=now)
    if not is_new and await repository.list_desks(session, event.id, organisation.id):
        raise EmployerIsThere(f"{organisation.name} is at this event already; add a desk instead")
    await describe(session, organisation.id, new)
    recruiters, recruiters_new = await add_recruiters(session, organisation.id, new.recruiters, now=now)
    desks: list[DeskRow] = []
    stations = 0
    for place in range(max(new.desks, len(recruiters), 1)):
        station = None
        if new.form != "video" or (new.station and place == 0):
            name = new.station if place == 0 else None
            station = await ensure_station(session, event, name=name, locale=locale)
            stations += 1
        desks.append(
            await add_desk(
                session,
                event,
                organisation_id=organisation.id,
                recruiter_id=recruiters[place].id if place < len(recruiters) else None,
                station_id=station.id if station else None,
                form=new.form,
                on_duty_from=new.on_duty_from,
                on_duty_until=new.on_duty_until,
            )
        )
    return Brought(organisation, is_new, recruiters_new, tuple(desks), stations)


async def describe(session: AsyncSession, organisation_id: UUID, new: NewEmployer) -> None:
    """Write what an employer tells of itself; what is not given stays as it was."""
    profile = await session.get(RequirementProfileRow, organisation_id)
    profile = profile or RequirementProfileRow(organisation_id=organisation_id)
    profile.about = new.about or profile.about
    profile.roles = list(new.roles) or profile.roles
    profile.competences_wanted = list(vocabulary().distinct(new.competences_wanted)) or profile.competences_wanted
    session.add(profile)
    await session.flush()


async def add_recruiters(
    session: AsyncSession, organisation_id: UUID, recruiters: tuple[NewPerson, ...], *, now: datetime
) -> tuple[list[PersonRow], int]:
    """The recruiters in the order given, each once, and how many of them are new people."""
    found: dict[UUID, PersonRow] = {}
    new = 0
    for recruiter in recruiters:
        person, is_new = await people.ensure_person(
            session, name=recruiter.name, email=recruiter.email, phone=recruiter.phone, now=now
        )
        await people.ensure_role(session, person, Role.RECRUITER, organisation_id=organisation_id)
        found[person.id] = person
        new += is_new
    return list(found.values()), new


async def add_desk(
    session: AsyncSession,
    event: RecruitmentEventRow,
    *,
    organisation_id: UUID,
    recruiter_id: UUID | None,
    station_id: UUID | None,
    form: str,
    on_duty_from: datetime | None = None,
    on_duty_until: datetime | None = None,
) -> DeskRow:
    """Add a desk under the next number; hours left out are the event's.

    Raises:
        NotARecruiter: the recruiter is not this employer's.
        EmployerRefused: the hours end before they begin.
    """
    if recruiter_id is not None:
        known = await repository.list_recruiters(session, [organisation_id])
        if recruiter_id not in {person.id for person in known.get(organisation_id, [])}:
            raise NotARecruiter("the person does not recruit for this employer")
    starts, ends = on_duty_from or event.starts_at, on_duty_until or event.ends_at
    if ends <= starts:
        raise EmployerRefused("the hours of a desk end after they begin")
    numbers = [desk.number for desk in await repository.list_desks(session, event.id)]
    desk = DeskRow(
        recruitment_event_id=event.id,
        organisation_id=organisation_id,
        recruiter_id=recruiter_id,
        station_id=station_id,
        number=max(numbers, default=0) + 1,
        form=form,
        on_duty_from=starts,
        on_duty_until=ends,
    )
    session.add(desk)
    await session.flush()
    return desk


async def delete_desk(session: AsyncSession, desk: DeskRow) -> bool:
    """Delete a desk; False if meetings are laid there."""
    try:
        async with session.begin_nested():
            await session.delete(desk)
            await session.flush()
    except IntegrityError:
        return False
    return True


async def ensure_station(
    session: AsyncSession, event: RecruitmentEventRow, *, name: str | None, locale: str
) -> StationRow:
    """A new station; `name` such as *Bord 4* gives its number when that is free."""
    digits = "".join(character for character in name or "" if character in "0123456789")
    number = int(digits) if 0 < len(digits) <= 4 and int(digits) > 0 else None
    station = await add_station(session, event, number=number, name=name, locale=locale)
    if station is None:
        station = await add_station(session, event, name=name, locale=locale)
    assert station is not None, "the next number is free"
    return station


async def tell_plan_changed(session: AsyncSession, event: RecruitmentEventRow, *, now: datetime) -> None:
    """Have staff's pages read the plan again."""
    await streams.append(session, f"event:{event.id}", "plan.changed", {"meeting_ids": []}, now=now)


async def _organisation(session: AsyncSession, new: NewEmployer, *, now: datetime) -> tuple[OrganisationRow, bool]:
    chosen = new.organisation_id
    if chosen is None:
        known = same_organisation(await repository.list_known(session), name=new.name, number=new.number)
        chosen = known.id if known else None
    if chosen is not None:
        organisation = await session.get(OrganisationRow, chosen)
        if organisation is None or organisation.kind != "employer":
            raise EmployerRefused("there is no such employer in the bank")
        organisation.number = organisation.number or new.number
        session.add(organisation)
        return organisation, False
    organisation = OrganisationRow(kind="employer", name=new.name, number=new.number, created_at=now)
    session.add(organisation)
    await session.flush()
    return organisation, True
