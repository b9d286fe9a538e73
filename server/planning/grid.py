"""The plan as staff see it: slots across, desks down, meetings in the cells, and what does not fit.

Rows go from the database to the answer as plain dictionaries: a grid holds hundreds of meetings.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession
from typing_extensions import TypedDict

from realtime.meeting import MeetingState
from server.identity.tables import OrganisationRow, PersonRow
from server.kit.memory import uncollected
from server.kit.rows import Found, list_rows, stream_rows
from server.meetings.tables import MeetingRow
from server.planning import repository
from server.planning.conflicts import GridConflict, Timed, find_conflicts, grid_conflict
from server.planning.ports import PlanSeeker
from server.recruitment_events.tables import DeskRow, EnrolmentRow, RecruitmentEventRow, StationRow

AT_ONCE = 500
HIDDEN = (MeetingState.CANCELLED, MeetingState.MOVED, MeetingState.HANDED_OVER)
_EVENT_ID: Any = bindparam("event_id")
_DESK_COLUMNS: tuple[Any, ...] = (
    col(DeskRow.id),
    col(DeskRow.number),
    col(DeskRow.organisation_id),
    col(OrganisationRow.name).label("employer_name"),
    col(DeskRow.recruiter_id),
    col(PersonRow.name).label("recruiter_name"),
    col(DeskRow.station_id),
    col(StationRow.name).label("station_name"),
    col(DeskRow.form),
    col(DeskRow.on_duty_from),
    col(DeskRow.on_duty_until),
    col(DeskRow.is_locked),
)
_DESKS = (
    select(*_DESK_COLUMNS)
    .join(OrganisationRow, col(OrganisationRow.id) == col(DeskRow.organisation_id))
    .outerjoin(PersonRow, col(PersonRow.id) == col(DeskRow.recruiter_id))
    .outerjoin(StationRow, col(StationRow.id) == col(DeskRow.station_id))
    .where(col(DeskRow.recruitment_event_id) == _EVENT_ID)
    .order_by(col(DeskRow.number))
)
_CELL_COLUMNS: tuple[Any, ...] = (
    col(MeetingRow.id),
    col(MeetingRow.desk_id),
    col(MeetingRow.slot_id),
    col(MeetingRow.seeker_id),
    col(PersonRow.name).label("seeker_name"),
    col(MeetingRow.form),
    col(MeetingRow.state),
    col(MeetingRow.ends_at),
    col(MeetingRow.is_pinned),
)
_CELLS = (
    select(*_CELL_COLUMNS)
    .join(PersonRow, col(PersonRow.id) == col(MeetingRow.seeker_id))
    .order_by(col(MeetingRow.starts_at), col(MeetingRow.id))
)
_SOME_CELLS = _CELLS.where(col(MeetingRow.id).in_(bindparam("meeting_ids", expanding=True)))
_SHOWN_CELLS = _CELLS.where(col(MeetingRow.recruitment_event_id) == _EVENT_ID, col(MeetingRow.state).not_in(HIDDEN))
_NAMES = (
    select(col(PersonRow.id), col(PersonRow.name))
    .join(EnrolmentRow, col(EnrolmentRow.seeker_id) == col(PersonRow.id))
    .where(col(EnrolmentRow.recruitment_event_id) == _EVENT_ID)
)


class GridEvent(TypedDict):
    id: UUID
    name: str
    place: str
    zone: str
    status: str
    starts_at: datetime
    ends_at: datetime
    meetings_max: int


class GridSlot(TypedDict):
    id: UUID
    starts_at: datetime
    ends_at: datetime


class GridDesk(TypedDict):
    """A row of the grid; a planner leaves a locked one as it is."""

    id: UUID
    number: int
    organisation_id: UUID
    employer_name: str
    recruiter_id: UUID | None
    recruiter_name: str | None
    station_id: UUID | None
    station_name: str | None
    form: str
    on_duty_from: datetime
    on_duty_until: datetime
    is_locked: bool


class GridMeeting(TypedDict):
    """A cell of the grid, or two that follow each other; `slot_id` is empty for a drop-in."""

    id: UUID
    desk_id: UUID
    slot_id: UUID | None
    seeker_id: UUID
    seeker_name: str
    form: str
    state: str
    ends_at: datetime | None
    is_pinned: bool


class GridAbsence(TypedDict):
    """A time in which a recruiter or a seeker cannot meet."""

    person_id: UUID
    starts_at: datetime
    ends_at: datetime


class GridSeeker(TypedDict):
    """A seeker with no meeting yet, or with wishes left, dearest first; each meeting may take two slots in a row."""

    id: UUID
    name: str
    form: str | None
    available_from: datetime | None
    available_until: datetime | None
    takes_two: bool
    meetings: int
    wishes_left: list[UUID]


class Grid(TypedDict):
    event: GridEvent
    slots: list[GridSlot]
    desks: list[GridDesk]
    meetings: list[GridMeeting]
    unplaced: list[GridSeeker]
    conflicts: list[GridConflict]
    absences: list[GridAbsence]
    seekers: int


async def read_grid(session: AsyncSession, event: RecruitmentEventRow) -> Grid:
    """The grid of an event, in a fixed number of statements and a portion at a time, however large it is."""
    with uncollected():
        return await _read_grid(session, event)


async def _read_grid(session: AsyncSession, event: RecruitmentEventRow) -> Grid:
    desks = await _desks(session, event.id)
    meetings = await _meetings(session, event.id)
    seekers = await repository.list_wishing_seekers(session, event.id)
    names = await _names(session, event.id)
    found = await find_conflicts(session, event, seekers)
    return {
        "event": {
            "id": event.id,
            "name": event.name,
            "place": event.place,
            "zone": event.zone,
            "status": event.status,
            "starts_at": event.starts_at,
            "ends_at": event.ends_at,
            "meetings_max": event.meetings_max,
        },
        "slots": [
            {"id": slot.id, "starts_at": slot.starts_at, "ends_at": slot.ends_at}
            for slot in await repository.list_plan_slots(session, event.id)
        ],
        "desks": desks,
        "meetings": meetings,
        "unplaced": await _unplaced(seekers, meetings, desks, names),
        "conflicts": _shown(found, meetings, desks),
        "absences": await _absences(session, event.id),
        "seekers": len(seekers),
    }


async def _absences(session: AsyncSession, event_id: UUID) -> list[GridAbsence]:
    return [
        {"person_id": person_id, "starts_at": starts_at, "ends_at": ends_at}
        for person_id, spans in (await repository.list_absences(session, event_id)).items()
        for starts_at, ends_at in spans
        if person_id is not None
    ]


async def read_meetings(session: AsyncSession, meeting_ids: Iterable[UUID]) -> list[GridMeeting]:
    """Cells of some meetings, by id, cancelled ones too."""
    return _cells(await list_rows(session, _SOME_CELLS, meeting_ids=list(meeting_ids)))


async def _desks(session: AsyncSession, event_id: UUID) -> list[GridDesk]:
    rows = await list_rows(session, _DESKS, event_id=event_id)
    return [GridDesk(**row._mapping) for row in rows]  # type: ignore[typeddict-item]


async def _meetings(session: AsyncSession, event_id: UUID) -> list[GridMeeting]:
    found: list[GridMeeting] = []
    async for rows in stream_rows(session, _SHOWN_CELLS, event_id=event_id):
        found += _cells(rows)
    return found


def _cells(rows: Sequence[Found]) -> list[GridMeeting]:
    return [GridMeeting(**row._mapping) for row in rows]  # type: ignore[typeddict-item]


async def _names(session: AsyncSession, event_id: UUID) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    async for rows in stream_rows(session, _NAMES, event_id=event_id):
        found.update((row.id, row.name) for row in rows)
    return found


async def _unplaced(
    seekers: Sequence[PlanSeeker],
    meetings: Sequence[GridMeeting],
    desks: Sequence[GridDesk],
    names: dict[UUID, str],
) -> list[GridSeeker]:
    employer_of = {desk["id"]: desk["organisation_id"] for desk in desks}
    met = {(meeting["seeker_id"], employer_of[meeting["desk_id"]]) for meeting in meetings}
    number = Counter(meeting["seeker_id"] for meeting in meetings)
    found: list[GridSeeker] = []
    for place, seeker in enumerate(seekers, 1):
        if place % AT_ONCE == 0:
            await asyncio.sleep(0)
        left = [wish for wish in seeker.wishes if (seeker.id, wish) not in met]
        if left or not number[seeker.id]:
            found.append(
                {
                    "id": seeker.id,
                    "name": names[seeker.id],
                    "form": seeker.form,
                    "available_from": seeker.available_from,
                    "available_until": seeker.available_until,
                    "takes_two": seeker.takes_two,
                    "meetings": number[seeker.id],
                    "wishes_left": left,
                }
            )
    return sorted(found, key=lambda each: (each["meetings"], each["name"], each["id"]))


def _shown(found: Sequence[Timed], meetings: Sequence[GridMeeting], desks: Sequence[GridDesk]) -> list[GridConflict]:
    cells = {meeting["id"]: meeting for meeting in meetings} if found else {}
    employers = {desk["id"]: desk["employer_name"] for desk in desks}
    firsts = [(conflict, starts_at, cells[conflict.meeting_ids[0]]) for conflict, starts_at in found]
    return [
        grid_conflict(conflict, starts_at, seeker_name=first["seeker_name"], employer_name=employers[first["desk_id"]])
        for conflict, starts_at, first in firsts
    ]
