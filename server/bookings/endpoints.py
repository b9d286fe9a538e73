"""Booking by the seekers themselves, and everybody's own calendar file."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parseaddr
from http import HTTPStatus
from uuid import UUID

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from server.bookings import repository, rules, service
from server.bookings.openings import Openings, read_openings
from server.identity.actor import Actor
from server.identity.roles import RECRUITERS, SEEKERS, Role
from server.identity.tables import PersonRow
from server.kit.operations import Operations, RequestModel
from server.kit.problems import Conflict, NotFound
from server.meetings.tables import MeetingRow
from server.planning import service as planning
from server.planning.alternatives import Elsewhere, look_elsewhere
from server.planning.calendar_file import calendar_file
from server.planning.facts import RECRUITER, SEEKER, MeetingFacts, calendar_entry, list_facts, list_facts_of_person
from server.planning.shapes import MeetingNotMovable, SlotTaken, TakesTwoTimes, WasPlace, place_refused
from server.recruitment_events.tables import RecruitmentEventRow
from server.state import State

operations = Operations("bookings")


class BookingRefused(Conflict):
    title = "This cannot be booked"


class BookingClosed(BookingRefused):
    title = "Booking has closed for this time"


class PairHasMet(BookingRefused):
    title = "You have a meeting with this employer already"


class TooManyMeetings(BookingRefused):
    title = "You have as many meetings as the event allows"


class DeskOffDuty(BookingRefused):
    title = "Nobody is at the desk at that time"


class SeekerIsAway(BookingRefused):
    title = "You have said that you cannot come at that time"


REFUSALS = [BookingClosed, PairHasMet, TooManyMeetings, DeskOffDuty, SeekerIsAway]


class CalendarResponse(Response):
    """An iCalendar file."""

    media_type = "text/calendar"


class NewBooking(RequestModel):
    desk_id: UUID
    slot_id: UUID
    recruitment_event_id: UUID | None = None


class NewTime(RequestModel):
    """Where to move to; the desk is the same when left out."""

    slot_id: UUID
    desk_id: UUID | None = None


class BookableEvent(BaseModel):
    """A published event in which you may book."""

    id: UUID
    name: str
    place: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    meetings_max: int


class Booking(BaseModel):
    """A meeting you have booked, and where it was before you moved it."""

    id: UUID
    recruitment_event_id: UUID
    desk_id: UUID
    slot_id: UUID | None
    state: str
    form: str
    starts_at: datetime | None
    ends_at: datetime | None
    employer_name: str
    recruiter_name: str | None
    station_name: str | None
    check_in_code: str
    was: WasPlace | None


@operations.add("get", "/api/my/events", who=SEEKERS)
async def list_my_events(request: Request[State], session: AsyncSession, actor: Actor) -> list[BookableEvent]:
    """Published events that you are enrolled in, and those open to everybody."""
    events = await repository.list_bookable_events(session, actor.person_id, scope=actor.scope_event_id)
    return [
        BookableEvent(
            id=event.id,
            name=event.name,
            place=event.place,
            zone=event.zone,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            meetings_max=event.meetings_max,
        )
        for event in events
    ]


@operations.add("get", "/api/events/{event_id}/openings", who=SEEKERS, errors=[NotFound])
async def get_openings(request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID) -> Openings:
    """Employers at an event, what they look for, and the times you can book."""
    event = await _event(session, actor, event_id)
    return await read_openings(session, event, person_id=actor.person_id, now=request.state["now"]())


@operations.add(
    "post",
    "/api/my/bookings",
    who=SEEKERS,
    status=HTTPStatus.CREATED,
    errors=[NotFound, SlotTaken, TakesTwoTimes, *REFUSALS],
)
async def book_meeting(request: Request[State], session: AsyncSession, actor: Actor, body: NewBooking) -> Booking:
    """Book a meeting."""
    event_id = await repository.find_event_of_desk(session, body.desk_id)
    if event_id is None or body.recruitment_event_id not in (None, event_id):
        raise NotFound(f"desk {body.desk_id}")
    event = await _event(session, actor, event_id)
    now = request.state["now"]()
    try:
        change = await service.book(
            session, event, desk_id=body.desk_id, slot_id=body.slot_id, person_id=actor.person_id, now=now
        )
    except planning.NotInEvent as refusal:
        raise NotFound(str(refusal)) from refusal
    except rules.BookingRefused as refusal:
        raise _refused(refusal) from refusal
    except (planning.SlotIsTaken, planning.NoSecondSlot) as refusal:
        found = await _elsewhere(session, event, actor, desk_id=body.desk_id, slot_id=body.slot_id, now=now)
        raise place_refused(refusal, found) from refusal
    return await _booking(session, change)


@operations.add(
    "post",
    "/api/my/meetings/{meeting_id}/move",
    who=SEEKERS,
    errors=[NotFound, SlotTaken, TakesTwoTimes, MeetingNotMovable, *REFUSALS],
)
async def move_my_meeting(
    request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID, body: NewTime
) -> Booking:
    """Move your meeting to another time; the employer is told."""
    event, row = await _mine(session, actor, meeting_id)
    now, desk_id = request.state["now"](), body.desk_id or row.desk_id
    try:
        change = await service.move(session, event, row, desk_id=desk_id, slot_id=body.slot_id, now=now)
    except planning.NotInEvent as refusal:
        raise NotFound(str(refusal)) from refusal
    except planning.NotMovable as refusal:
        raise MeetingNotMovable(str(refusal)) from refusal
    except rules.BookingRefused as refusal:
        raise _refused(refusal) from refusal
    except (planning.SlotIsTaken, planning.NoSecondSlot) as refusal:
        found = await _elsewhere(
            session, event, actor, desk_id=desk_id, slot_id=body.slot_id, now=now, moving=meeting_id
        )
        raise place_refused(refusal, found) from refusal
    return await _booking(session, change)


@operations.add("post", "/api/my/meetings/{meeting_id}/cancel", who=SEEKERS, errors=[NotFound, MeetingNotMovable])
async def cancel_my_meeting(request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID) -> Booking:
    """Cancel your meeting; the employer is told."""
    event, row = await _mine(session, actor, meeting_id)
    try:
        change = await planning.cancel(session, event, row, now=request.state["now"]())
    except planning.NotMovable as refusal:
        raise MeetingNotMovable(str(refusal)) from refusal
    return await _booking(session, change)


@operations.add("get", "/api/my/calendar.ics", who=SEEKERS | RECRUITERS)
async def get_my_calendar(request: Request[State], session: AsyncSession, actor: Actor) -> CalendarResponse:
    """Your meetings as a calendar file."""
    found = []
    for role, name in ((Role.SEEKER, SEEKER), (Role.RECRUITER, RECRUITER)):
        if actor.has(role):
            found += [
                (facts, name)
                for facts in await list_facts_of_person(
                    session, actor.person_id, role=name, event_id=actor.scope_event_id
                )
            ]
    return await _calendar(request, session, actor, found)


@operations.add("get", "/api/my/meetings/{meeting_id}/calendar.ics", who=SEEKERS | RECRUITERS, errors=[NotFound])
async def get_meeting_calendar(
    request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID
) -> CalendarResponse:
    """One of your meetings as a calendar file."""
    for facts in await list_facts(session, [meeting_id]):
        in_scope = actor.scope_event_id in (None, facts.event.id) and facts.event.status != "draft"
        if in_scope and facts.seeker.id == actor.person_id and actor.has(Role.SEEKER):
            return await _calendar(request, session, actor, [(facts, SEEKER)])
        if in_scope and facts.recruiter and facts.recruiter.id == actor.person_id and actor.has(Role.RECRUITER):
            return await _calendar(request, session, actor, [(facts, RECRUITER)])
    raise NotFound(f"meeting {meeting_id}")


async def _event(session: AsyncSession, actor: Actor, event_id: UUID) -> RecruitmentEventRow:
    event = await repository.find_bookable_event(
        session, event_id, person_id=actor.person_id, scope=actor.scope_event_id
    )
    if event is None:
        raise NotFound(f"event {event_id}")
    return event


async def _mine(session: AsyncSession, actor: Actor, meeting_id: UUID) -> tuple[RecruitmentEventRow, MeetingRow]:
    row = await repository.find_my_meeting(session, meeting_id, person_id=actor.person_id)
    if row is None:
        raise NotFound(f"meeting {meeting_id}")
    return await _event(session, actor, row.recruitment_event_id), row


async def _elsewhere(
    session: AsyncSession,
    event: RecruitmentEventRow,
    actor: Actor,
    *,
    desk_id: UUID,
    slot_id: UUID,
    now: datetime,
    moving: UUID | None = None,
) -> Elsewhere:
    return await look_elsewhere(
        session,
        event,
        desk_id=desk_id,
        slot_id=slot_id,
        seeker_id=actor.person_id,
        not_before=now + timedelta(seconds=event.booking_closes_s),
        moving=moving,
    )


def _refused(refusal: rules.BookingRefused) -> BookingRefused:
    problems = {each.__name__: each for each in REFUSALS}
    return problems[type(refusal).__name__](str(refusal))


async def _booking(session: AsyncSession, change: planning.Change) -> Booking:
    row, was = change.meeting, change.was
    facts = (await list_facts(session, [row.id]))[0]
    return Booking(
        id=row.id,
        recruitment_event_id=row.recruitment_event_id,
        desk_id=row.desk_id,
        slot_id=row.slot_id,
        state=row.state,
        form=row.form,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        employer_name=facts.employer.name,
        recruiter_name=facts.recruiter.name if facts.recruiter else None,
        station_name=facts.station.name if facts.station else None,
        check_in_code=row.check_in_code,
        was=WasPlace(desk_id=was.desk_id, slot_id=was.slot_id, state=was.state) if was else None,
    )


async def _calendar(
    request: Request[State], session: AsyncSession, actor: Actor, found: list[tuple[MeetingFacts, str]]
) -> CalendarResponse:
    me = await session.get_one(PersonRow, actor.person_id)
    entries = [calendar_entry(facts, role=role, locale=me.locale) for facts, role in found]
    organizer = parseaddr(request.state["settings"].mail_from)[1]
    content = calendar_file(entries, method="PUBLISH", organizer=organizer, now=request.state["now"]())
    return CalendarResponse(content, headers={"content-disposition": 'attachment; filename="direktkontakt.ics"'})
