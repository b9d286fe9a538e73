"""What has happened before: an earlier event with feedback, so that profiles are not empty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback import scorecard as cards
from feedback.answers import parse_answers
from feedback.scorecard import Scorecard
from server.meetings.tables import MeetingRow
from server.reading.tables import GoalRow
from server.recruitment_events.check_in_codes import new_check_in_code
from server.recruitment_events.tables import DeskRow, EventStaffRow, RecruitmentEventRow
from server.scorecards.cards import current_instrument, store_card
from server.scorecards.tables import ScorecardRow, SelfRatingRow

DemoId = Callable[[str, str], UUID]
UNDO = timedelta(seconds=30)
TALK = timedelta(minutes=12)
FEEDBACK = timedelta(minutes=3)
ZONE = "Europe/Stockholm"
OPENS, CLOSES = time(9), time(16)


async def add_history(session: AsyncSession, cast: dict[str, Any], *, demo_id: DemoId, now: datetime) -> None:
    """An event that is over, with the meetings and the feedback that the cast names."""
    await session.flush()
    first = on_day(now - timedelta(days=30), OPENS)
    event = RecruitmentEventRow(
        organisation_id=demo_id("organisation", "agency"),
        name="IT-dagar i höst",
        place=cast["event"]["place"],
        zone=ZONE,
        template="demo",
        starts_at=first,
        ends_at=on_day(now - timedelta(days=1), CLOSES),
        status="closed",
        talk_s=int(TALK.total_seconds()),
        feedback_s=int(FEEDBACK.total_seconds()),
        is_demo=True,
        created_at=first,
        published_at=first,
    )
    session.add(event)
    await session.flush()
    session.add(EventStaffRow(recruitment_event_id=event.id, person_id=demo_id("person", cast["staff"])))
    recruiters = {employer["key"]: demo_id("person", employer["recruiter"]) for employer in cast["employers"]}
    for number, past in enumerate(cast["past"], start=1):
        started_at = on_day(now - timedelta(days=past["days_ago"]), OPENS) + number * (TALK + FEEDBACK)
        organisation_id = demo_id("organisation", past["employer"])
        recruiter_id = recruiters[past["employer"]]
        desk = DeskRow(
            recruitment_event_id=event.id,
            organisation_id=organisation_id,
            recruiter_id=recruiter_id,
            number=number,
            form="video",
            on_duty_from=event.starts_at,
            on_duty_until=event.ends_at,
        )
        session.add(desk)
        await session.flush()
        meeting = _meeting(desk, demo_id("person", past["seeker"]), started_at)
        session.add(meeting)
        await session.flush()
        await _add_feedback(session, meeting, recruiter_id, past)


def on_day(moment: datetime, clock: time) -> datetime:
    """The day of `moment` where the demo is, at this time of day."""
    return datetime.combine(moment.astimezone(ZoneInfo(ZONE)).date(), clock, ZoneInfo(ZONE)).astimezone(UTC)


def _meeting(desk: DeskRow, seeker_id: UUID, started_at: datetime) -> MeetingRow:
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
        closed_at=started_at + TALK + FEEDBACK,
        closed_by="sent",
        check_in_code=new_check_in_code(),
        created_at=started_at,
    )


async def _add_feedback(session: AsyncSession, meeting: MeetingRow, recruiter_id: UUID, past: dict[str, Any]) -> None:
    instrument = current_instrument("demo")
    sent_at = meeting.closed_at or meeting.created_at
    card = Scorecard(instrument=instrument.ref, answers=parse_answers(past["answers"], instrument))
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
        opened_at=sent_at + timedelta(hours=1) if past["opened"] else None,
    )
    store_card(row, card)
    session.add(row)
    await session.flush()
    if past["own"]:
        session.add(SelfRatingRow(scorecard_id=row.id, ratings=past["own"], at=sent_at + UNDO))
    if past["seeker"] == "leila" and past["days_ago"] < 10:
        chip = past["answers"]["do_next"][0]
        session.add(GoalRow(person_id=meeting.seeker_id, scorecard_id=row.id, chip=chip, set_at=sent_at + UNDO))
