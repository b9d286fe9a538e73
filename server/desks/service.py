"""Putting together what a desk shows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from realtime.meeting import AT_DESK, WAITING
from realtime.queueing import line
from server.desks import repository
from server.desks.answers import DeskMeeting, DeskState, InstrumentRef, desk_state, meeting_answer, seeker_answer
from server.meetings import repository as meetings
from server.meetings.machine import plan_of
from server.meetings.tables import MeetingRow
from server.scorecards.cards import current_instrument
from server.scorecards.repository import list_by_meetings
from server.scorecards.tables import ScorecardRow

SHOWN_IN_LINE = 6


async def read_desk(
    session: AsyncSession, desk_id: UUID, *, organisation_ids: Collection[UUID], now: datetime
) -> DeskState | None:
    """The desk as its recruiter sees it at `now`, or None if it is not theirs."""
    found = await repository.find_desk(session, desk_id, organisation_ids=organisation_ids)
    if found is None:
        return None
    plan = plan_of(found.event)
    in_line = {row.id: (row, busy) for row, busy in await meetings.list_in_line(session, desk_id)}
    entries = [meetings.entry_of(row, busy_elsewhere=busy) for row, busy in in_line.values()]
    places = line(entries, desk_open=found.desk.opened_at is not None, plan=plan, now=now)
    shown = [in_line[place.meeting_id] for place in places[:SHOWN_IN_LINE]]
    current = next((row for row, _ in in_line.values() if row.state in AT_DESK), None)
    open_cards = await repository.list_open_scorecards(session, desk_id, now=now)
    rows = [row for row, _ in shown] + [row for row, _ in open_cards] + ([current] if current else [])
    seekers = await repository.find_seekers(session, {row.seeker_id for row in rows})
    cards = await list_by_meetings(session, [current.id]) if current else {}
    present = await repository.list_present(session, [row.id for row in rows], now=now)
    next_start = _next_start(in_line.values())

    def answer(row: MeetingRow, scorecard: ScorecardRow | None = None, **more: object) -> DeskMeeting:
        return meeting_answer(
            row,
            seeker_answer(seekers[row.seeker_id]),
            plan=plan,
            now=now,
            scorecard=scorecard,
            present=(row.id, row.seeker_id) in present,
            **more,  # type: ignore[arg-type]
        )

    return desk_state(
        found,
        server_time=now,
        instrument=InstrumentRef(code=current_instrument().code, version=current_instrument().version),
        now=answer(current, cards.get(current.id), next_starts_at=next_start) if current else None,
        next=[
            answer(row, place=place, busy_elsewhere=busy)
            for (row, busy), place in zip(shown, places[:SHOWN_IN_LINE], strict=True)
        ],
        waiting=sum(row.ready_at is not None and row.state in WAITING for row, _ in in_line.values()),
        unsent=[answer(row, card) for row, card in open_cards if card is None or card.state == "draft"],
        undoable=[answer(row, card) for row, card in open_cards if card is not None and card.state == "sent"],
    )


def _next_start(in_line: Collection[tuple[MeetingRow, bool]]) -> datetime | None:
    return min((row.starts_at for row, _ in in_line if row.state in WAITING and row.starts_at), default=None)
