"""Filling in, sending, undoing, skipping and releasing scorecards. Inside the caller's transaction.

There is deliberately no function that approves, edits or rewords what was sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback import scorecard as cards
from feedback.answers import parse_answers
from feedback.scorecard import Scorecard
from server.identity.actor import Actor
from server.identity.case_workers import tell_of_feedback
from server.kit import streams
from server.meetings import service as meetings
from server.meetings.tables import MeetingRow
from server.recruitment_events.tables import RecruitmentEventRow
from server.scorecards import repository
from server.scorecards.cards import card_of, current_instrument, instrument_of, store_card
from server.scorecards.tables import ScorecardRow


class _Found:
    """A meeting of the recruiter's employer with its scorecard, locked."""

    def __init__(self, meeting: MeetingRow, event: RecruitmentEventRow, row: ScorecardRow) -> None:
        self.meeting = meeting
        self.event = event
        self.row = row
        self.card = card_of(row)


async def save_draft(
    session: AsyncSession, meeting_id: UUID, *, actor: Actor, version: int, answers: Mapping[str, Any], now: datetime
) -> ScorecardRow | None:
    """Keep what has been filled in so far, written against `version`; None if the meeting is not the recruiter's.

    Raises:
        AnswersInvalid: a field is wrong.
        Refused: it was sent or skipped, or somebody saved it meanwhile.
    """
    found = await _find(session, meeting_id, actor=actor, now=now)
    if found is None:
        return None
    parsed = parse_answers(answers, instrument_of(found.row))
    await _store(session, found, cards.edit(found.card, parsed, version=version), "scorecard.saved", now=now)
    return found.row


async def send(session: AsyncSession, meeting_id: UUID, *, actor: Actor, now: datetime) -> ScorecardRow | None:
    """Send the draft: the meeting closes, and the seeker gets it when the undo window is over.

    Raises:
        Refused: a required question is unanswered, or it is not a draft.
        MeetingRefused: no talk was held, or it still has more than the last minutes left.
    """
    found = await _find(session, meeting_id, actor=actor, now=now)
    if found is None:
        return None
    undo = timedelta(seconds=found.event.undo_s)
    card = cards.send(found.card, instrument_of(found.row), now=now, undo=undo)
    found.row.recruiter_id = actor.person_id
    await _store(session, found, card, "scorecard.sent", now=now)
    await meetings.complete(session, meeting_id, by="sent", now=now)
    return found.row


async def undo(session: AsyncSession, meeting_id: UUID, *, actor: Actor, now: datetime) -> ScorecardRow | None:
    """Take the sending back while the undo window lasts; the answers are a draft again.

    Raises:
        Refused: nothing was sent, or the time to undo is over.
    """
    found = await _find(session, meeting_id, actor=actor, now=now)
    if found is None:
        return None
    await _store(session, found, cards.undo(found.card, now=now), "scorecard.undone", now=now)
    await meetings.reopen(session, meeting_id, now=now)
    return found.row


async def skip(
    session: AsyncSession, meeting_id: UUID, *, actor: Actor, reason: str, now: datetime
) -> ScorecardRow | None:
    """Leave no feedback, for a reason; it can be taken up again.

    Raises:
        Refused: the reason is unknown, or it is not a draft.
        MeetingRefused: no talk was held, or it still runs.
    """
    found = await _find(session, meeting_id, actor=actor, now=now)
    if found is None:
        return None
    card = cards.skip(found.card, instrument_of(found.row), reason=reason)
    await _store(session, found, card, "scorecard.skipped", now=now)
    await meetings.complete(session, meeting_id, by="skipped", now=now)
    return found.row


async def resume(session: AsyncSession, meeting_id: UUID, *, actor: Actor, now: datetime) -> ScorecardRow | None:
    """Take a skipped scorecard up again.

    Raises:
        Refused: it was not skipped.
    """
    found = await _find(session, meeting_id, actor=actor, now=now)
    if found is None:
        return None
    await _store(session, found, cards.resume(found.card), "scorecard.resumed", now=now)
    return found.row


async def release_if_due(session: AsyncSession, scorecard_id: UUID, *, now: datetime) -> bool:
    """Release a scorecard whose undo window is over; the seeker's pages hear of it at once."""
    row = await repository.lock_scorecard_by_id(session, scorecard_id)
    if row is None:
        return False
    before = card_of(row)
    after = cards.release_due(before, now=now)
    if after is before:
        return False
    store_card(row, after)
    session.add(row)
    meeting = await session.get_one(MeetingRow, row.meeting_id)
    body = {"scorecard_id": str(row.id), "meeting_id": str(row.meeting_id)}
    await streams.append(session, f"person:{row.seeker_id}", "scorecard.released", body, now=now)
    await streams.append(session, f"desk:{meeting.desk_id}", "scorecard.released", body, now=now)
    fact = {"meeting_id": str(row.meeting_id)}
    await streams.append(session, f"event:{row.recruitment_event_id}", "scorecard.released", fact, now=now)
    await tell_of_feedback(session, row.seeker_id, now=now)
    return True


async def _find(session: AsyncSession, meeting_id: UUID, *, actor: Actor, now: datetime) -> _Found | None:
    """The recruiter's meeting and its scorecard, begun if there is none."""
    found = await repository.find_meeting(session, meeting_id, organisation_ids=actor.organisation_ids)
    if found is None:
        return None
    meeting, event = found
    # the desk's lock comes first everywhere, so that two commands on one meeting never wait in a circle
    await meetings.lock(session, meeting.id)
    row = await repository.lock_scorecard(session, meeting_id)
    if row is None:
        instrument = current_instrument(event.template, now=now)
        row = ScorecardRow(
            meeting_id=meeting.id,
            recruitment_event_id=meeting.recruitment_event_id,
            organisation_id=meeting.organisation_id,
            recruiter_id=actor.person_id,
            seeker_id=meeting.seeker_id,
            pack=instrument.code,
            pack_version=instrument.version,
            created_at=now,
        )
    return _Found(meeting, event, row)


async def _store(session: AsyncSession, found: _Found, card: Scorecard, kind: str, *, now: datetime) -> None:
    store_card(found.row, card)
    session.add(found.row)
    await session.flush()
    body = {"meeting_id": str(found.meeting.id), "version": card.version}
    await streams.append(session, f"desk:{found.meeting.desk_id}", kind, body, now=now)
