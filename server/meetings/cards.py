"""A desk as staff see it live: one small card, the same by HTTP and in the event's stream."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from realtime.meeting import AT_DESK, WAITING, MeetingState
from server.identity.tables import OrganisationRow, PersonRow
from server.meetings.tables import MeetingRow
from server.recruitment_events.tables import DeskRow, StationRow

DeskActivity = Literal["talking", "feedback", "called", "employer_waits", "seeker_waits", "closed"]


class DeskMeetingCard(BaseModel):
    """Who is at the desk, or next. Staff see names and times, never an answer."""

    meeting_id: UUID
    seeker_name: str
    state: str
    form: str
    starts_at: datetime | None
    ends_at: datetime | None
    ready_at: datetime | None
    talk_started_at: datetime | None
    talk_ends_at: datetime | None
    feedback_ends_at: datetime | None


class DeskCard(BaseModel):
    """One desk on the staff's board. `missing` is whoever is late first; counts are of this desk's meetings."""

    desk_id: UUID
    number: int
    employer_name: str
    form: str
    station_name: str | None
    is_open: bool
    activity: DeskActivity
    current: DeskMeetingCard | None
    next: DeskMeetingCard | None
    missing: DeskMeetingCard | None
    waiting: int
    waiting_since: datetime | None
    late: int
    counts: dict[str, int]


async def desk_card(session: AsyncSession, desk: DeskRow, *, now: datetime) -> DeskCard:
    """The card of `desk` as it stands in this transaction."""
    return (await desk_cards(session, [desk], now=now))[0]


async def desk_cards(session: AsyncSession, desks: Sequence[DeskRow], *, now: datetime) -> list[DeskCard]:
    """Cards of some desks, in four statements however many they are."""
    ids = [desk.id for desk in desks]
    live = await _live_meetings(session, ids)
    counts = await _counts(session, ids)
    names = dict(
        (
            await session.exec(
                select(OrganisationRow.id, OrganisationRow.name).where(
                    col(OrganisationRow.id).in_({desk.organisation_id for desk in desks})
                )
            )
        ).all()
    )
    station_ids = {desk.station_id for desk in desks if desk.station_id}
    stations = (
        dict(
            (
                await session.exec(select(StationRow.id, StationRow.name).where(col(StationRow.id).in_(station_ids)))
            ).all()
        )
        if station_ids
        else {}
    )
    return [
        card_of(
            desk,
            names[desk.organisation_id],
            stations.get(desk.station_id) if desk.station_id else None,
            live.get(desk.id, []),
            counts.get(desk.id, {}),
        )
        for desk in desks
    ]


async def _live_meetings(session: AsyncSession, desk_ids: Sequence[UUID]) -> dict[UUID, list[tuple[MeetingRow, str]]]:
    query = (
        select(MeetingRow, PersonRow.name)
        .join(PersonRow, col(PersonRow.id) == col(MeetingRow.seeker_id))
        .where(col(MeetingRow.desk_id).in_(desk_ids), col(MeetingRow.state).in_(sorted(WAITING | AT_DESK)))
    )
    found: dict[UUID, list[tuple[MeetingRow, str]]] = {}
    for row, name in await session.exec(query):
        found.setdefault(row.desk_id, []).append((row, name))
    return found


async def _counts(session: AsyncSession, desk_ids: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    query = (
        select(MeetingRow.desk_id, MeetingRow.state, func.count())
        .where(col(MeetingRow.desk_id).in_(desk_ids))
        .group_by(col(MeetingRow.desk_id), col(MeetingRow.state))
    )
    found: dict[UUID, dict[str, int]] = {}
    for desk_id, state, number in await session.exec(query):
        found.setdefault(desk_id, {})[state] = number
    return found


def card_of(
    desk: DeskRow, employer: str, station: str | None, live: list[tuple[MeetingRow, str]], counts: dict[str, int]
) -> DeskCard:
    """The card of a desk: `live` are its meetings that are waited for or under way, each with the seeker's name."""
    current = next((pair for pair in live if pair[0].state in AT_DESK), None)
    waiting = [pair for pair in live if pair[0].state in WAITING]
    waiting.sort(
        key=lambda pair: (pair[0].ready_at is None, pair[0].starts_at or pair[0].ready_at or pair[0].created_at)
    )
    late = [pair for pair in waiting if pair[0].state == MeetingState.LATE]
    ready = [row.ready_at for row, _ in waiting if row.ready_at]
    return DeskCard(
        desk_id=desk.id,
        number=desk.number,
        employer_name=employer,
        form=desk.form,
        station_name=station,
        is_open=desk.opened_at is not None,
        activity=_activity(desk, current[0].state if current else None, waiting=len(ready)),
        current=_meeting_card(*current) if current else None,
        next=_meeting_card(*waiting[0]) if waiting else None,
        missing=_meeting_card(*late[0]) if late else None,
        waiting=len(ready),
        waiting_since=min(ready, default=None),
        late=len(late),
        counts=counts,
    )


def _activity(desk: DeskRow, state: str | None, *, waiting: int) -> DeskActivity:
    match state:
        case MeetingState.TALKING:
            return "talking"
        case MeetingState.FEEDBACK:
            return "feedback"
        case MeetingState.CALLED:
            return "called"
    if waiting:
        return "seeker_waits"
    return "employer_waits" if desk.opened_at else "closed"


def _meeting_card(row: MeetingRow, seeker_name: str) -> DeskMeetingCard:
    return DeskMeetingCard(
        meeting_id=row.id,
        seeker_name=seeker_name,
        state=row.state,
        form=row.form,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        ready_at=row.ready_at,
        talk_started_at=row.talk_started_at,
        talk_ends_at=row.talk_ends_at,
        feedback_ends_at=row.feedback_ends_at,
    )
