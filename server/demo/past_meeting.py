"""A meeting of the earlier event, and what the employer said of it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from feedback import scorecard as cards
from feedback.answers import parse_answers
from feedback.instrument import Instrument
from feedback.scorecard import Scorecard
from server.meetings.tables import MeetingRow
from server.recruitment_events.check_in_codes import new_check_in_code
from server.recruitment_events.tables import DeskRow
from server.scorecards.cards import store_card
from server.scorecards.tables import ScorecardRow

UNDO = timedelta(seconds=30)
TALK = timedelta(minutes=12)
FEEDBACK = timedelta(minutes=3)
ZONE = "Europe/Stockholm"
OPENS, CLOSES = time(9), time(16)


def on_day(moment: datetime, clock: time) -> datetime:
    """The day of `moment` where the demo is, at this time of day."""
    return datetime.combine(moment.astimezone(ZoneInfo(ZONE)).date(), clock, ZoneInfo(ZONE)).astimezone(UTC)


def past_meeting(desk: DeskRow, seeker_id: UUID, started_at: datetime) -> MeetingRow:
    """A meeting that is over, with feedback sent."""
    return MeetingRow(
        recruitment_event_id=desk.recruitment_event_id,
        desk_id=desk.id,
        organisation_id=desk.organisation_id,
        recruiter_id=desk.recruiter_id,
        seeker_id=seeker_id,
        form="video",
        state="closed",
        starts_at=started_at,
        ends_at=started_at + TALK + FEEDBACK,
        ready_at=started_at,
        called_at=started_at,
        talk_started_at=started_at,
        talk_ends_at=started_at + TALK,
        feedback_ends_at=started_at + TALK + FEEDBACK,
        closed_at=started_at + TALK + _writing(seeker_id),
        closed_by="sent",
        check_in_code=new_check_in_code(),
        created_at=started_at,
    )


def _writing(seeker_id: UUID) -> timedelta:
    """How long the feedback took: by what the design promises, and not the same for everybody."""
    return timedelta(seconds=34 + seeker_id.int % 31)


def given(
    meeting: MeetingRow, recruiter_id: UUID, instrument: Instrument, answers: dict[str, Any], *, opened: bool
) -> ScorecardRow:
    """The meeting's scorecard, released, and perhaps opened an hour later."""
    sent_at = meeting.closed_at or meeting.created_at
    card = Scorecard(instrument=instrument.ref, answers=parse_answers(answers, instrument))
    card = cards.release_due(cards.send(card, instrument, now=sent_at, undo=UNDO), now=sent_at + UNDO)
    row = ScorecardRow(
        meeting_id=meeting.id,
        recruitment_event_id=meeting.recruitment_event_id,
        organisation_id=meeting.organisation_id,
        recruiter_id=recruiter_id,
        seeker_id=meeting.seeker_id,
        pack=instrument.code,
        pack_version=instrument.version,
        created_at=sent_at,
        opened_at=sent_at + timedelta(hours=1) if opened else None,
    )
    store_card(row, card)
    return row
