"""Putting together what a desk shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from realtime.meeting import AT_DESK, WAITING
from realtime.queueing import QueueEntry, line
from server.desks import repository
from server.desks.answers import DeskMeeting, DeskState, InstrumentRef, desk_state, meeting_answer, seeker_answer
from server.kit.rows import Found
from server.meetings import repository as meetings
from server.meetings.machine import meeting_of, plan_of
from server.scorecards.cards import current_instrument
from server.scorecards.repository import list_by_meetings

SHOWN_IN_LINE = 6


async def read_desk(
    session: AsyncSession, desk_id: UUID, *, organisation_ids: Collection[UUID], now: datetime
) -> DeskState | None:
    """The desk as its recruiter sees it at `now`, or None if it is not theirs."""
    found = await repository.find_desk(session, desk_id, organisation_ids=organisation_ids)
    if found is None:
        return None
    plan, instrument = plan_of(found), current_instrument(found.template, now=now)
    in_line = {row.id: (row, entry) for row, entry in await meetings.list_line(session, desk_id)}
    entries = [entry for _, entry in in_line.values()]
    places = line(entries, desk_open=found.opened_at is not None, plan=plan, now=now)
    shown = [in_line[place.meeting_id] for place in places[:SHOWN_IN_LINE]]
    current = next((row for row, _ in in_line.values() if row.state in AT_DESK), None)
    unfinished = await repository.list_unfinished(session, desk_id, now=now)
    with_card = [*unfinished, *([current] if current else [])]
    rows = [row for row, _ in shown] + with_card
    seekers = await repository.find_seekers(session, {row.seeker_id for row in rows})
    cards = await list_by_meetings(session, [row.id for row in with_card])
    present = await repository.list_present(session, [row.id for row in rows], now=now)

    def answer(row: Found, **more: Any) -> DeskMeeting:
        return meeting_answer(
            row,
            in_line[row.id][1].meeting if row.id in in_line else meeting_of(row),
            seeker_answer(seekers[row.seeker_id], wanted=found.competences_wanted or []),
            plan=plan,
            now=now,
            scorecard=cards.get(row.id),
            present=(row.id, row.seeker_id) in present,
            **more,
        )

    return desk_state(
        found,
        server_time=now,
        instrument=InstrumentRef(code=instrument.code, version=instrument.version),
        now=answer(current, next_starts_at=_next_start(entries)) if current else None,
        next=[
            answer(row, place=place, busy_elsewhere=entry.busy_elsewhere)
            for (row, entry), place in zip(shown, places[:SHOWN_IN_LINE], strict=True)
        ],
        waiting=sum(entry.meeting.ready_at is not None and entry.state in WAITING for entry in entries),
        unsent=[answer(row) for row in unfinished if row.id not in cards or cards[row.id].state == "draft"],
        undoable=[answer(row) for row in unfinished if row.id in cards and cards[row.id].state == "sent"],
    )


def _next_start(entries: Iterable[QueueEntry]) -> datetime | None:
    starts = (entry.meeting.starts_at for entry in entries if entry.state in WAITING)
    return min((starts_at for starts_at in starts if starts_at), default=None)
