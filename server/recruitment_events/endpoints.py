"""Templates, recruitment events, their stations and staff."""

from __future__ import annotations

import datetime as dt
from functools import cache
from http import HTTPStatus
from typing import Annotated, Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, Field, StringConstraints
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from server.identity.actor import Actor
from server.identity.roles import STAFF
from server.identity.tables import PersonRow
from server.kit.operations import Operations, RequestModel
from server.kit.problems import Conflict, NotFound
from server.recruitment_events import repository, rules, service
from server.recruitment_events.access import event_of
from server.recruitment_events.tables import RecruitmentEventRow, StationRow
from server.recruitment_events.templates import Pause, Template, find_template, templates
from server.state import State

operations = Operations("recruitment events")


class EventNotAsAsked(Conflict):
    title = "The event cannot be as asked"


class EventIsPublished(Conflict):
    title = "People have been told these times"


class SlotsInUse(Conflict):
    title = "Meetings are laid in the slots that would change"


class UnknownTemplate(NotFound):
    title = "There is no such template"


class StationInUse(Conflict):
    title = "The station is in use"


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _known_zone(name: str) -> str:
    if name not in _zones():
        raise ValueError("not a time zone such as Europe/Stockholm")
    return name


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Zone = Annotated[str, StringConstraints(max_length=40), AfterValidator(_known_zone)]
Day = Annotated[dt.date, Field(ge=dt.date(2020, 1, 1), le=dt.date(2100, 1, 1))]
Form = Literal["video", "on_site", "hybrid"]
Slots = Annotated[int, Field(ge=1, le=rules.SLOTS_MAX)]
Talk = Annotated[int, Field(ge=60, le=7200)]
Feedback = Annotated[int, Field(ge=30, le=3600)]
Seconds = Annotated[int, Field(ge=0, le=7200)]
Pauses = Annotated[list[Pause], Field(max_length=10)]


class EventChanges(RequestModel):
    """What may be changed of an event; what is left out stays."""

    name: Name | None = None
    place: Name | None = None
    zone: Zone | None = None
    date: Day | None = None
    first_start: dt.time | None = None
    slots: Slots | None = None
    pauses: Pauses | None = None
    form: Form | None = None
    talk_s: Talk | None = None
    feedback_s: Feedback | None = None
    undo_s: Annotated[int, Field(ge=0, le=600)] | None = None
    extension_s: Annotated[int, Field(ge=30, le=1800)] | None = None
    early_start_s: Seconds | None = None
    late_after_s: Seconds | None = None
    no_show_after_s: Seconds | None = None
    booking_closes_s: Annotated[int, Field(ge=0, le=604800)] | None = None
    meetings_max: Annotated[int, Field(ge=1, le=50)] | None = None
    is_open: bool | None = None
    relay_only: bool | None = None

    def changes(self) -> dict[str, Any]:
        """The fields that were given, as `service.EventPlan` has them."""
        given = {name: getattr(self, name) for name in self.model_fields_set - {"template"}}
        given = {name: value for name, value in given.items() if value is not None}
        if self.pauses is not None:
            given["pauses"] = tuple((_local(pause.starts), _local(pause.ends)) for pause in self.pauses)
        if self.first_start is not None:
            given["first_start"] = _local(self.first_start)
        return given


class NewEvent(EventChanges):
    """A new event: its template says everything that is left out."""

    template: Annotated[str, Field(max_length=40)]
    name: Name
    place: Name
    date: Day
    zone: Zone = "Europe/Stockholm"


class NewStation(RequestModel):
    number: Annotated[int, Field(ge=1, le=9999)] | None = None
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)] | None = None
    is_accessible: bool = True


class NewStaff(RequestModel):
    email: Annotated[str, Field(max_length=254)]


class Slot(BaseModel):
    id: UUID
    number: int
    starts_at: dt.datetime
    ends_at: dt.datetime


class Station(BaseModel):
    id: UUID
    number: int
    name: str
    is_accessible: bool


class StaffMember(BaseModel):
    id: UUID
    name: str


class EventBrief(BaseModel):
    """An event in a list."""

    id: UUID
    name: str
    place: str
    zone: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    status: str
    form: str
    is_demo: bool
    employers: int
    desks: int
    seekers: int


class RecruitmentEvent(BaseModel):
    """An event as its staff see it. Durations are seconds, `first_start` and `pauses` local clock times."""

    id: UUID
    name: str
    place: str
    zone: str
    date: dt.date
    first_start: dt.time
    template: str
    form: str
    status: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    published_at: dt.datetime | None
    pauses: list[Pause]
    talk_s: int
    feedback_s: int
    undo_s: int
    extension_s: int
    early_start_s: int
    late_after_s: int
    no_show_after_s: int
    booking_closes_s: int
    meetings_max: int
    is_open: bool
    relay_only: bool
    is_demo: bool
    slots: list[Slot]
    stations: list[Station]
    staff: list[StaffMember]


@operations.add("get", "/api/templates", who=STAFF)
async def list_templates(request: Request[State]) -> list[Template]:
    """Templates that a new event can start from."""
    return list(templates())


@operations.add("get", "/api/recruitment-events", who=STAFF)
async def list_recruitment_events(request: Request[State], session: AsyncSession, actor: Actor) -> list[EventBrief]:
    """The events that you are of the staff of, the latest first."""
    return [
        EventBrief(
            **_named(found.event, EventBrief),
            employers=found.employers,
            desks=found.desks,
            seekers=found.seekers,
        )
        for found in await repository.list_events_of_staff(session, actor.person_id)
    ]


@operations.add(
    "post",
    "/api/recruitment-events",
    who=STAFF,
    status=HTTPStatus.CREATED,
    errors=[EventNotAsAsked, UnknownTemplate],
)
async def create_recruitment_event(
    request: Request[State], session: AsyncSession, actor: Actor, body: NewEvent
) -> RecruitmentEvent:
    """Create a draft from a template."""
    template = find_template(body.template)
    if template is None:
        raise UnknownTemplate(f"no template is called {body.template!r}")
    values = template.model_dump(exclude={"code", "name", "about", "pack"})
    values["pauses"] = tuple((pause.starts, pause.ends) for pause in template.pauses)
    values |= {"zone": body.zone} | body.changes()
    now = request.state["now"]()
    try:
        event = await service.create_event(
            session, service.EventPlan(**values), template=template.code, person_id=actor.person_id, now=now
        )
    except rules.EventRefused as refusal:
        raise EventNotAsAsked(str(refusal)) from refusal
    return await _shown(session, event)


@operations.add("get", "/api/recruitment-events/{event_id}", who=STAFF, errors=[NotFound])
async def read_recruitment_event(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID
) -> RecruitmentEvent:
    """One of your events with its slots and stations."""
    return await _shown(session, await event_of(session, actor, event_id))


@operations.add(
    "patch",
    "/api/recruitment-events/{event_id}",
    who=STAFF,
    errors=[NotFound, EventIsPublished, SlotsInUse, EventNotAsAsked],
)
async def change_recruitment_event(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, body: EventChanges
) -> RecruitmentEvent:
    """Change an event; its times only while it is a draft without meetings."""
    event = await event_of(session, actor, event_id, lock=True)
    try:
        await service.change_event(session, event, body.changes(), now=request.state["now"]())
    except rules.EventIsPublished as refusal:
        raise EventIsPublished(str(refusal)) from refusal
    except service.SlotsInUse as refusal:
        raise SlotsInUse(str(refusal)) from refusal
    except rules.EventRefused as refusal:
        raise EventNotAsAsked(str(refusal)) from refusal
    return await _shown(session, event)


@operations.add(
    "post",
    "/api/recruitment-events/{event_id}/stations",
    who=STAFF,
    status=HTTPStatus.CREATED,
    errors=[NotFound, StationInUse],
)
async def add_station(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, body: NewStation
) -> Station:
    """Add a table or booth."""
    event = await event_of(session, actor, event_id, lock=True)
    me = await session.get_one(PersonRow, actor.person_id)
    station = await service.add_station(session, event, **body.model_dump(), locale=me.locale)
    if station is None:
        raise StationInUse(f"there is already a station {body.number}")
    return Station(**_named(station, Station))


@operations.add(
    "delete", "/api/recruitment-events/{event_id}/stations/{station_id}", who=STAFF, errors=[NotFound, StationInUse]
)
async def delete_station(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, station_id: UUID
) -> None:
    """Take away a station that nobody uses."""
    event = await event_of(session, actor, event_id, lock=True)
    station = await repository.find_station(session, station_id, event_id=event.id)
    if station is None:
        raise NotFound(f"station {station_id}")
    if not await service.delete_station(session, station):
        raise StationInUse("move its desks and meetings first")


@operations.add("post", "/api/recruitment-events/{event_id}/staff", who=STAFF, errors=[NotFound])
async def add_staff(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, body: NewStaff
) -> list[StaffMember]:
    """Let a colleague plan and run the event too; everybody of its staff comes back."""
    event = await event_of(session, actor, event_id, lock=True)
    if not await service.add_staff(session, event, email=body.email):
        raise NotFound("nobody of the staff has this address")
    return await _staff(session, event)


async def _shown(session: AsyncSession, event: RecruitmentEventRow) -> RecruitmentEvent:
    slots = await repository.list_slots(session, event.id)
    first = event.starts_at.astimezone(ZoneInfo(event.zone))
    return RecruitmentEvent(
        **_named(event, RecruitmentEvent)
        | {
            "date": first.date(),
            "first_start": first.time(),
            "pauses": [Pause(starts=starts, ends=ends) for starts, ends in event.pauses],  # type: ignore[arg-type]
            "slots": [Slot(**_named(slot, Slot)) for slot in slots],
            "stations": [
                Station(**_named(station, Station)) for station in await repository.list_stations(session, event.id)
            ],
            "staff": await _staff(session, event),
        }
    )


async def _staff(session: AsyncSession, event: RecruitmentEventRow) -> list[StaffMember]:
    return [StaffMember(id=person.id, name=person.name) for person in await repository.list_staff(session, event.id)]


def _named(row: RecruitmentEventRow | StationRow | Any, model: type[BaseModel]) -> dict[str, Any]:
    """The values of `row` that `model` names."""
    return {name: getattr(row, name) for name in model.model_fields if hasattr(row, name)}


def _local(clock: dt.time) -> dt.time:
    return clock.replace(tzinfo=None, second=0, microsecond=0)
