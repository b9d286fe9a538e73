"""The plan as staff see it: slots across, desks down, meetings in the cells, and what does not fit.

Rows go from the database to the answer as plain dictionaries: a grid holds hundreds of meetings.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession
from typing_extensions import TypedDict

from server.identity.tables import OrganisationRow, PersonRow
from server.kit.rendering import Json
from server.kit.rows import id_text, list_rows, stream_rows
from server.meetings.tables import MeetingRow
from server.planning import repository
from server.planning.conflicts import GridConflict, find_conflicts, shown
from server.planning.unplaced import HIDDEN, GridSeeker, count_enrolled, write_unplaced
from server.recruitment_events.tables import DeskRow, RecruitmentEventRow, StationRow

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
_IDS = (col(MeetingRow.id), col(MeetingRow.desk_id), col(MeetingRow.slot_id), col(MeetingRow.seeker_id))
_CELL_COLUMNS: tuple[Any, ...] = (
    col(PersonRow.name).label("seeker_name"),
    col(MeetingRow.form),
    col(MeetingRow.state),
    col(MeetingRow.ends_at),
    col(MeetingRow.is_pinned),
)


def _cells_of(ids: Iterable[Any]) -> Select[Any]:
    cells = select(*ids, *_CELL_COLUMNS).join(PersonRow, col(PersonRow.id) == col(MeetingRow.seeker_id))
    return cells.order_by(col(MeetingRow.starts_at), col(MeetingRow.id))


_SOME_CELLS = _cells_of(_IDS).where(col(MeetingRow.id).in_(bindparam("meeting_ids", expanding=True)))
_SHOWN_CELLS = _cells_of(map(id_text, _IDS)).where(
    col(MeetingRow.recruitment_event_id) == _EVENT_ID, col(MeetingRow.state).not_in(HIDDEN)
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


class _CellText(TypedDict):
    """The same with ids as text."""

    id: str
    desk_id: str
    slot_id: str | None
    seeker_id: str
    seeker_name: str
    form: str
    state: str
    ends_at: datetime | None
    is_pinned: bool


_CELLS = Json(list[_CellText])


class GridAbsence(TypedDict):
    """A time in which a recruiter or a seeker cannot meet."""

    person_id: UUID
    starts_at: datetime
    ends_at: datetime


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
    """The grid of an event, in a fixed number of statements and a portion at a time, however large it is.

    What may be thousands, the meetings and whoever is left, is written already.
    """
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
        "desks": await _desks(session, event.id),
        "meetings": cast(list[GridMeeting], await _CELLS.write_list(_cells_shown(session, event.id))),
        "unplaced": cast(list[GridSeeker], await write_unplaced(session, event.id)),
        "conflicts": await shown(session, await find_conflicts(session, event)),
        "absences": await _absences(session, event.id),
        "seekers": await count_enrolled(session, event.id),
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
    rows = await list_rows(session, _SOME_CELLS, meeting_ids=list(meeting_ids))
    return [GridMeeting(**row._mapping) for row in rows]  # type: ignore[typeddict-item]


async def _desks(session: AsyncSession, event_id: UUID) -> list[GridDesk]:
    found: list[GridDesk] = []
    async for rows in stream_rows(session, _DESKS, event_id=event_id):
        found += [GridDesk(**row._mapping) for row in rows]  # type: ignore[typeddict-item]
    return found


async def _cells_shown(session: AsyncSession, event_id: UUID) -> AsyncIterator[list[Any]]:
    async for rows in stream_rows(session, _SHOWN_CELLS, event_id=event_id):
        yield [dict(row._mapping) for row in rows]
