"""Reading an event's day."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, func
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from realtime.meeting import AT_DESK, MeetingState
from server.identity.tables import OrganisationRow, PersonRow
from server.kit.rendering import Json, Written
from server.kit.rows import list_rows, stream_rows
from server.kit.searching import WORDS_MAX, contains
from server.meetings.tables import MeetingRow
from server.recruitment_events.tables import DeskRow, EnrolmentRow, StationRow
from server.scorecards.tables import ScorecardRow
from server.staff_live.answers import Arrival, DeskContact, LiveCounts

GIVEN_UP = (MeetingState.CANCELLED, MeetingState.MOVED, MeetingState.HANDED_OVER)
HELD = (MeetingState.FEEDBACK, MeetingState.CLOSED)
SENT = ("sent", "released")
AT_ONCE = 100
_SHOWN = Json(list[Arrival])
_ARRIVAL_COLUMNS: tuple[Any, ...] = (
    col(MeetingRow.id).label("meeting_id"),
    col(MeetingRow.check_in_code),
    col(MeetingRow.seeker_id),
    col(PersonRow.name).label("seeker_name"),
    col(MeetingRow.state),
    col(MeetingRow.form),
    col(MeetingRow.starts_at),
    col(MeetingRow.ready_at),
    col(DeskRow.number).label("desk_number"),
    col(StationRow.name).label("station_name"),
    col(OrganisationRow.name).label("employer_name"),
)
_ARRIVALS = (
    select_columns(*_ARRIVAL_COLUMNS)
    .join(PersonRow, col(PersonRow.id) == col(MeetingRow.seeker_id))
    .join(DeskRow, col(DeskRow.id) == col(MeetingRow.desk_id))
    .join(OrganisationRow, col(OrganisationRow.id) == col(DeskRow.organisation_id))
    .outerjoin(StationRow, col(StationRow.id) == col(MeetingRow.station_id))
    .order_by(col(MeetingRow.starts_at), col(DeskRow.number), col(MeetingRow.id))
)
_ARRIVAL = _ARRIVALS.where(col(MeetingRow.id) == bindparam("meeting_id"))
_EXPECTED = _ARRIVALS.where(
    col(MeetingRow.recruitment_event_id) == bindparam("event_id"), col(MeetingRow.state).not_in(GIVEN_UP)
)


async def list_contacts(session: AsyncSession, event_id: UUID) -> list[DeskContact]:
    """The recruiter of each desk that has one."""
    query = (
        select(DeskRow.id, PersonRow.name, PersonRow.phone, PersonRow.email)
        .join(PersonRow, col(PersonRow.id) == col(DeskRow.recruiter_id))
        .where(col(DeskRow.recruitment_event_id) == event_id)
        .order_by(col(DeskRow.number))
    )
    return [
        DeskContact(desk_id=desk_id, recruiter_name=name, phone=phone, email=email)
        for desk_id, name, phone, email in await session.exec(query)
    ]


async def count_day(session: AsyncSession, event_id: UUID) -> LiveCounts:
    """How the day goes, in one statement."""
    here = col(MeetingRow.recruitment_event_id) == event_id
    kept = col(MeetingRow.state).not_in(GIVEN_UP)

    def number(what: Any, *conditions: ColumnElement[bool]) -> Any:
        return select_columns(func.count(what)).where(*conditions).scalar_subquery()

    query: Any = select_columns(
        number(col(EnrolmentRow.seeker_id), col(EnrolmentRow.recruitment_event_id) == event_id),
        number(col(MeetingRow.seeker_id).distinct(), here, col(MeetingRow.ready_at).is_not(None)),
        number(col(MeetingRow.id), here, kept),
        number(col(MeetingRow.id), here, col(MeetingRow.state).in_(HELD)),
        number(col(MeetingRow.id), here, col(MeetingRow.state) == MeetingState.NO_SHOW),
        number(
            col(ScorecardRow.id),
            col(ScorecardRow.recruitment_event_id) == event_id,
            col(ScorecardRow.state).in_(SENT),
        ),
    )
    row = (await (await session.connection()).execute(query)).one()
    return LiveCounts(**dict(zip(LiveCounts.model_fields, row, strict=True)))


async def write_arrivals(session: AsyncSession, event_id: UUID, *, name: str = "") -> Written:
    """The meetings of an event that are or were to be held, of people with `name` in theirs, soonest first, as JSON."""
    statement = _EXPECTED
    for word in name.split()[:WORDS_MAX]:
        statement = statement.where(contains(col(PersonRow.name), word))
    return await _SHOWN.write_list(_arrivals(session, statement, event_id))


async def _arrivals(session: AsyncSession, statement: Select[Any], event_id: UUID) -> AsyncIterator[list[Arrival]]:
    async for rows in stream_rows(session, statement, at_once=AT_ONCE, event_id=event_id):
        yield [Arrival(**row._mapping) for row in rows]


async def find_arrival(session: AsyncSession, meeting_id: UUID) -> Arrival:
    """The meeting as the door sees it; it exists."""
    row = (await list_rows(session, _ARRIVAL, meeting_id=meeting_id))[0]
    return Arrival(**row._mapping)


async def list_of_code(session: AsyncSession, event_id: UUID, code: str) -> Sequence[MeetingRow]:
    """Meetings of the event with this code; codes are drawn at random, so that there is rarely more than one."""
    query = (
        select(MeetingRow)
        .where(col(MeetingRow.recruitment_event_id) == event_id, col(MeetingRow.check_in_code) == code)
        .order_by(col(MeetingRow.starts_at))
    )
    return (await session.exec(query)).all()


async def find_meeting(session: AsyncSession, event_id: UUID, meeting_id: UUID) -> MeetingRow | None:
    """A meeting of the event."""
    query = select(MeetingRow).where(col(MeetingRow.recruitment_event_id) == event_id, col(MeetingRow.id) == meeting_id)
    return (await session.exec(query)).one_or_none()


async def count_ahead(session: AsyncSession, row: MeetingRow) -> int:
    """How many at the same desk are there before `row`: at the desk now, or ready with an earlier time."""
    here = col(MeetingRow.desk_id) == row.desk_id
    others = col(MeetingRow.id) != row.id
    before: ColumnElement[bool] = col(MeetingRow.state).in_(sorted(AT_DESK))
    if row.starts_at is not None:
        ready = (col(MeetingRow.state) == MeetingState.CHECKED_IN) & (col(MeetingRow.starts_at) < row.starts_at)
        before = before | ready
    return int((await session.exec(select(func.count(col(MeetingRow.id))).where(here, others, before))).one())
