"""The board of an event: every desk's card, from the few rows that a card shows, however many meetings there are."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from realtime.meeting import AT_DESK, WAITING, MeetingState
from server.identity.tables import OrganisationRow, PersonRow
from server.kit.rows import stream_rows
from server.meetings.cards import DeskCard, card_of
from server.meetings.tables import MeetingRow
from server.recruitment_events.tables import DeskRow, StationRow

AT_ONCE = 50
_EVENT_ID: Any = bindparam("event_id")
_DESK_COLUMNS: tuple[Any, ...] = (
    col(DeskRow.id),
    col(DeskRow.number),
    col(DeskRow.form),
    col(DeskRow.opened_at),
    col(OrganisationRow.name).label("employer_name"),
    col(StationRow.name).label("station_name"),
)
_DESKS = (
    select(*_DESK_COLUMNS)
    .join(OrganisationRow, col(OrganisationRow.id) == col(DeskRow.organisation_id))
    .outerjoin(StationRow, col(StationRow.id) == col(DeskRow.station_id))
    .where(col(DeskRow.recruitment_event_id) == _EVENT_ID)
    .order_by(col(DeskRow.number))
)
_COUNTS = (
    select(col(MeetingRow.desk_id), col(MeetingRow.state), func.count().label("number"))
    .where(col(MeetingRow.recruitment_event_id) == _EVENT_ID)
    .group_by(col(MeetingRow.desk_id), col(MeetingRow.state))
)
_is_ready: ColumnElement[bool] = col(MeetingRow.ready_at).is_not(None)
_at_desk: ColumnElement[bool] = col(MeetingRow.state).in_(sorted(AT_DESK))
_begins = func.coalesce(col(MeetingRow.starts_at), col(MeetingRow.ready_at), col(MeetingRow.created_at))
_LIVE_COLUMNS: tuple[Any, ...] = (
    col(MeetingRow.desk_id),
    col(MeetingRow.seeker_id),
    col(MeetingRow.id),
    col(MeetingRow.state),
    col(MeetingRow.form),
    col(MeetingRow.starts_at),
    col(MeetingRow.ends_at),
    col(MeetingRow.ready_at),
    col(MeetingRow.talk_started_at),
    col(MeetingRow.talk_ends_at),
    col(MeetingRow.feedback_ends_at),
    col(MeetingRow.created_at),
    or_(_at_desk, _is_ready, col(MeetingRow.state) == MeetingState.LATE).label("is_shown"),
    func.row_number()
    .over(partition_by=(col(MeetingRow.desk_id), _at_desk, _is_ready), order_by=_begins)
    .label("place"),
)
_LIVE = (
    select(*_LIVE_COLUMNS)
    .where(col(MeetingRow.recruitment_event_id) == _EVENT_ID, col(MeetingRow.state).in_(sorted(WAITING | AT_DESK)))
    .subquery()
)
# Who is at a desk, who waits there, who is late, and of all others who are awaited only whoever comes first.
_SHOWN = (
    select(_LIVE, col(PersonRow.name).label("seeker_name"))
    .join(PersonRow, col(PersonRow.id) == _LIVE.c.seeker_id)
    .where(or_(_LIVE.c.is_shown, _LIVE.c.place == 1))
)


async def list_cards(session: AsyncSession, event_id: UUID) -> list[DeskCard]:
    """The cards of an event's desks by number, the same as each desk's own in the stream."""
    counts: dict[UUID, dict[str, int]] = {}
    async for rows in stream_rows(session, _COUNTS, event_id=event_id):
        for desk_id, state, number in rows:
            counts.setdefault(desk_id, {})[state] = number
    live: dict[UUID, list[tuple[Any, str]]] = {}
    async for rows in stream_rows(session, _SHOWN, event_id=event_id):
        for row in rows:
            live.setdefault(row.desk_id, []).append((row, row.seeker_name))
    cards: list[DeskCard] = []
    async for desks in stream_rows(session, _DESKS, at_once=AT_ONCE, event_id=event_id):
        desk: Any
        for desk in desks:
            shown, number = live.get(desk.id, []), counts.get(desk.id, {})
            cards.append(card_of(desk, desk.employer_name, desk.station_name, shown, number))
    return cards
