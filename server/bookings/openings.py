"""What a seeker can book: employers with what they look for, and each desk's times.

Rows go from the database to the answer as plain dictionaries: a large event has thousands of times.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession
from typing_extensions import TypedDict

from feedback.vocabulary import vocabulary
from server.bookings import rules
from server.employers.tables import RequirementProfileRow
from server.identity.tables import OrganisationRow, PersonRow
from server.kit.rows import Found, list_rows
from server.kit.words import initials
from server.planning.ports import PlanMeeting, PlanSlot
from server.planning.repository import list_absences, list_laid, list_plan_slots, takes_two
from server.planning.rules import overlaps, two_in_a_row
from server.profiles.repository import list_competences
from server.recruitment_events.tables import DeskRow, RecruitmentEventRow, StationRow

_DESK_COLUMNS: tuple[Any, ...] = (
    col(DeskRow.id),
    col(DeskRow.number),
    col(DeskRow.form),
    col(DeskRow.organisation_id),
    col(DeskRow.recruiter_id),
    col(DeskRow.station_id),
    col(DeskRow.on_duty_from),
    col(DeskRow.on_duty_until),
    col(OrganisationRow.name).label("employer_name"),
    col(RequirementProfileRow.about),
    col(RequirementProfileRow.roles),
    col(RequirementProfileRow.competences_wanted),
    col(PersonRow.name).label("recruiter_name"),
    col(StationRow.name).label("station_name"),
)
_DESKS = (
    select(*_DESK_COLUMNS)
    .join(OrganisationRow, col(OrganisationRow.id) == col(DeskRow.organisation_id))
    .outerjoin(RequirementProfileRow, col(RequirementProfileRow.organisation_id) == col(DeskRow.organisation_id))
    .outerjoin(PersonRow, col(PersonRow.id) == col(DeskRow.recruiter_id))
    .outerjoin(StationRow, col(StationRow.id) == col(DeskRow.station_id))
    .where(col(DeskRow.recruitment_event_id) == bindparam("event_id"))
    .order_by(col(OrganisationRow.name), col(DeskRow.number))
)


class OpenEvent(TypedDict):
    id: UUID
    name: str
    place: str
    zone: str
    starts_at: datetime
    ends_at: datetime


class OpenEmployer(TypedDict):
    """What a seeker may read of an employer before booking; `matching` is what of it the seeker has."""

    id: UUID
    name: str
    initials: str
    about: str
    roles: list[str]
    competences_wanted: list[str]
    matching: list[str]


class Opening(TypedDict):
    """A time of a desk, as long as a meeting with this seeker; `free` when they could book it now."""

    slot_id: UUID
    starts_at: datetime
    ends_at: datetime
    free: bool


class DeskOpenings(TypedDict):
    """A desk with its times; `my_meeting_id` when the seeker meets this employer already."""

    desk_id: UUID
    number: int
    employer: OpenEmployer
    recruiter_name: str | None
    form: str
    station: str | None
    my_meeting_id: UUID | None
    openings: list[Opening]


class Openings(TypedDict):
    event: OpenEvent
    closes_before_s: int
    meetings_max: int
    meetings_booked: int
    employers: list[DeskOpenings]


async def read_openings(
    session: AsyncSession, event: RecruitmentEventRow, *, person_id: UUID, now: datetime
) -> Openings:
    """The times of an event as this seeker sees them, in a fixed number of statements."""
    slots = await list_plan_slots(session, event.id)
    if await takes_two(session, event.id, person_id):
        slots = two_in_a_row(slots)
    laid = await list_laid(session, event.id, also_of=person_id)
    desks = await list_rows(session, _DESKS, event_id=event.id)
    here = {desk.id for desk in desks}
    had = [row.label for row in await list_competences(session, person_id)]
    mine = {
        meeting.organisation_id: meeting.id
        for meeting in laid
        if meeting.seeker_id == person_id and meeting.desk_id in here
    }
    taken = taken_slots(laid, slots)
    closes = timedelta(seconds=event.booking_closes_s)
    open_slots = [slot for slot in slots if rules.is_open(starts_at=slot.starts_at, now=now, closes=closes)]
    away = await _slots_away(session, event, slots)
    not_free = {slot.id for slot in slots} - {slot.id for slot in open_slots} | taken[person_id] | away[person_id]
    return {
        "event": _event(event),
        "closes_before_s": event.booking_closes_s,
        "meetings_max": event.meetings_max,
        "meetings_booked": sum(meeting.seeker_id == person_id and meeting.desk_id in here for meeting in laid),
        "employers": [
            {
                "desk_id": desk.id,
                "number": desk.number,
                "employer": {
                    "id": desk.organisation_id,
                    "name": desk.employer_name,
                    "initials": initials(desk.employer_name),
                    "about": desk.about or "",
                    "roles": desk.roles or [],
                    "competences_wanted": desk.competences_wanted or [],
                    "matching": vocabulary().matching(desk.competences_wanted or [], had),
                },
                "recruiter_name": desk.recruiter_name,
                "form": desk.form,
                "station": desk.station_name,
                "my_meeting_id": mine.get(desk.organisation_id),
                "openings": _openings(desk, slots, taken, not_free | away[desk.recruiter_id]),
            }
            for desk in desks
        ],
    }


def _event(event: RecruitmentEventRow) -> OpenEvent:
    return {
        "id": event.id,
        "name": event.name,
        "place": event.place,
        "zone": event.zone,
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
    }


async def _slots_away(
    session: AsyncSession, event: RecruitmentEventRow, slots: Sequence[PlanSlot]
) -> defaultdict[UUID | None, set[UUID]]:
    """The slots in which people have said that they cannot meet, by person."""
    found: defaultdict[UUID | None, set[UUID]] = defaultdict(set)
    for other_id, spans in (await list_absences(session, event.id)).items():
        found[other_id] = {slot.id for slot in slots if overlaps(spans, slot.starts_at, slot.ends_at)}
    return found


def taken_slots(laid: Iterable[PlanMeeting], slots: Sequence[PlanSlot]) -> defaultdict[UUID, set[UUID]]:
    """For each party (seeker, desk, recruiter or station) the slots in which it is taken."""
    known: dict[tuple[datetime, datetime], set[UUID]] = {}
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for meeting in laid:
        starts, ends = time = meeting.starts_at, meeting.ends_at
        if time not in known:
            known[time] = {slot.id for slot in slots if slot.starts_at < ends and starts < slot.ends_at}
        for party in (meeting.seeker_id, meeting.desk_id, meeting.recruiter_id, meeting.station_id):
            if party is not None:
                found[party] |= known[time]
    return found


def _openings(
    desk: Found, slots: Sequence[PlanSlot], taken: defaultdict[UUID, set[UUID]], not_free: set[UUID]
) -> list[Opening]:
    not_free = not_free.union(*(taken[party] for party in (desk.id, desk.recruiter_id, desk.station_id) if party))
    return [
        {
            "slot_id": slot.id,
            "starts_at": slot.starts_at,
            "ends_at": slot.ends_at,
            "free": slot.id not in not_free,
        }
        for slot in slots
        if desk.on_duty_from <= slot.starts_at and slot.ends_at <= desk.on_duty_until
    ]
