"""Employers at an event, their desks, and the bank they come from."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from feedback.vocabulary import vocabulary
from server.employers import repository, service
from server.employers.service import NewEmployer, NewPerson
from server.employers.shapes import (
    BankEmployer,
    EventDesk,
    EventEmployer,
    NewDesk,
    NewEmployerRequest,
    NewRecruiter,
    Recruiter,
    RequirementProfile,
    RequirementProfileChange,
)
from server.employers.tables import RequirementProfileRow
from server.identity.actor import Actor
from server.identity.roles import RECRUITERS, STAFF
from server.identity.tables import PersonRow
from server.kit.operations import Operations, RequestModel
from server.kit.problems import Conflict, NotFound
from server.recruitment_events.access import event_of
from server.recruitment_events.repository import find_station
from server.recruitment_events.tables import DeskRow
from server.state import State

operations = Operations("employers")


class EmployerNotAsAsked(Conflict):
    title = "The employer cannot be added as asked"


class EmployerIsThere(Conflict):
    title = "The employer is at this event already"


class DeskInUse(Conflict):
    title = "Meetings are laid at this desk"


class BankSearch(RequestModel):
    q: Annotated[str, Field(max_length=80)] = ""


@operations.add("get", "/api/employers", who=STAFF)
async def search_employers(
    request: Request[State], session: AsyncSession, actor: Actor, query: BankSearch
) -> list[BankEmployer]:
    """Employers of the bank whose name holds the words asked for, at most 50."""
    wanted = query.q.casefold()
    known = [one for one in await repository.list_known(session) if wanted in one.name.casefold()][:50]
    profiles = await repository.list_profiles(session, [one.id for one in known])
    blank = RequirementProfileRow(organisation_id=UUID(int=0))
    return [
        BankEmployer(
            id=one.id,
            name=one.name,
            number=one.number,
            about=profiles.get(one.id, blank).about,
            competences_wanted=profiles.get(one.id, blank).competences_wanted,
        )
        for one in known
    ]


@operations.add("get", "/api/recruitment-events/{event_id}/employers", who=STAFF, errors=[NotFound])
async def list_event_employers(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID
) -> list[EventEmployer]:
    """Employers at the event with recruiters and desks."""
    event = await event_of(session, actor, event_id)
    return await _employers(session, event.id)


@operations.add(
    "post",
    "/api/recruitment-events/{event_id}/employers",
    who=STAFF,
    status=HTTPStatus.CREATED,
    errors=[NotFound, EmployerIsThere, EmployerNotAsAsked],
)
async def add_employer(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, body: NewEmployerRequest
) -> EventEmployer:
    """Bring an employer to the event, with a desk for each recruiter."""
    event = await event_of(session, actor, event_id, lock=True)
    me = await session.get_one(PersonRow, actor.person_id)
    now = request.state["now"]()
    new = NewEmployer(**body.model_dump(exclude={"recruiters"}), recruiters=_people(body.recruiters))
    try:
        brought = await service.bring_employer(session, event, new, locale=me.locale, now=now)
    except service.EmployerIsThere as refusal:
        raise EmployerIsThere(str(refusal)) from refusal
    except service.EmployerRefused as refusal:
        raise EmployerNotAsAsked(str(refusal)) from refusal
    await service.tell_plan_changed(session, event, now=now)
    return (await _employers(session, event.id, only=brought.organisation.id))[0]


@operations.add(
    "post",
    "/api/recruitment-events/{event_id}/employers/{organisation_id}/recruiters",
    who=STAFF,
    status=HTTPStatus.CREATED,
    errors=[NotFound],
)
async def add_recruiter(
    request: Request[State],
    session: AsyncSession,
    actor: Actor,
    event_id: UUID,
    organisation_id: UUID,
    body: NewRecruiter,
) -> EventEmployer:
    """Add a recruiter to an employer at the event."""
    event = await event_of(session, actor, event_id, lock=True)
    if not await repository.list_desks(session, event.id, organisation_id):
        raise NotFound(f"employer {organisation_id} at this event")
    await service.add_recruiters(session, organisation_id, _people([body]), now=request.state["now"]())
    return (await _employers(session, event.id, only=organisation_id))[0]


@operations.add(
    "post",
    "/api/recruitment-events/{event_id}/desks",
    who=STAFF,
    status=HTTPStatus.CREATED,
    errors=[NotFound, EmployerNotAsAsked],
)
async def add_desk(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, body: NewDesk
) -> EventDesk:
    """Add a desk to an employer that is at the event."""
    event = await event_of(session, actor, event_id, lock=True)
    if not await repository.list_desks(session, event.id, body.organisation_id):
        raise NotFound(f"employer {body.organisation_id} at this event")
    if body.station_id and await find_station(session, body.station_id, event_id=event.id) is None:
        raise NotFound(f"station {body.station_id}")
    try:
        desk = await service.add_desk(session, event, **body.model_dump())
    except service.EmployerRefused as refusal:
        raise EmployerNotAsAsked(str(refusal)) from refusal
    await service.tell_plan_changed(session, event, now=request.state["now"]())
    return desk_shown(desk)


@operations.add("delete", "/api/recruitment-events/{event_id}/desks/{desk_id}", who=STAFF, errors=[NotFound, DeskInUse])
async def delete_desk(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, desk_id: UUID
) -> None:
    """Take away a desk at which no meeting was ever laid."""
    event = await event_of(session, actor, event_id, lock=True)
    desk = await repository.find_desk(session, desk_id, event_id=event.id)
    if desk is None:
        raise NotFound(f"desk {desk_id}")
    if not await service.delete_desk(session, desk):
        raise DeskInUse("move or take away its meetings first")
    await service.tell_plan_changed(session, event, now=request.state["now"]())


@operations.add(
    "put", "/api/employers/{organisation_id}/requirement-profile", who=RECRUITERS | STAFF, errors=[NotFound]
)
async def write_requirement_profile(
    request: Request[State],
    session: AsyncSession,
    actor: Actor,
    organisation_id: UUID,
    body: RequirementProfileChange,
) -> RequirementProfile:
    """Say what seekers read of an employer: by its recruiters, or staff who arrange an event with it."""
    mine = organisation_id in actor.organisation_ids
    if not mine and not await repository.is_arranged_by(session, organisation_id, person_id=actor.person_id):
        raise NotFound(f"employer {organisation_id}")
    profile = await session.get(RequirementProfileRow, organisation_id)
    profile = profile or RequirementProfileRow(organisation_id=organisation_id)
    profile.about, profile.roles = body.about, list(body.roles)
    profile.competences_wanted = list(vocabulary().distinct(body.competences_wanted))
    session.add(profile)
    await session.flush()
    return RequirementProfile(about=profile.about, roles=profile.roles, competences_wanted=profile.competences_wanted)


def desk_shown(desk: DeskRow) -> EventDesk:
    """The desk as staff plan it."""
    return EventDesk(
        id=desk.id,
        number=desk.number,
        organisation_id=desk.organisation_id,
        recruiter_id=desk.recruiter_id,
        station_id=desk.station_id,
        form=desk.form,
        on_duty_from=desk.on_duty_from,
        on_duty_until=desk.on_duty_until,
    )


def _people(recruiters: Sequence[NewRecruiter]) -> tuple[NewPerson, ...]:
    return tuple(NewPerson(name=one.name, email=one.email, phone=one.phone) for one in recruiters)


async def _employers(session: AsyncSession, event_id: UUID, *, only: UUID | None = None) -> list[EventEmployer]:
    desks = await repository.list_desks(session, event_id, only)
    known = [one for one in await repository.list_known(session, event_id=event_id) if only in (None, one.id)]
    ids = [one.id for one in known]
    profiles = await repository.list_profiles(session, ids)
    recruiters = await repository.list_recruiters(session, ids)
    blank = RequirementProfileRow(organisation_id=UUID(int=0))
    return [
        EventEmployer(
            id=one.id,
            name=one.name,
            number=one.number,
            about=profiles.get(one.id, blank).about,
            roles=profiles.get(one.id, blank).roles,
            competences_wanted=profiles.get(one.id, blank).competences_wanted,
            recruiters=[
                Recruiter(id=person.id, name=person.name, email=person.email, phone=person.phone)
                for person in recruiters.get(one.id, [])
            ],
            desks=[desk_shown(desk) for desk in desks if desk.organisation_id == one.id],
        )
        for one in known
    ]
