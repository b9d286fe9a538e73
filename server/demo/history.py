"""What has happened before: an earlier event with feedback, so that profiles are not empty."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.pack_loader import newest_pack
from server.demo.former import add_former
from server.demo.ids import demo_id
from server.demo.past_meeting import CLOSES, FEEDBACK, OPENS, TALK, UNDO, ZONE, given, on_day, past_meeting
from server.meetings.tables import MeetingRow
from server.reading.tables import GoalRow
from server.recruitment_events.tables import DeskRow, EventStaffRow, RecruitmentEventRow
from server.recruitment_events.templates import pack_of
from server.scorecards.tables import SelfRatingRow


async def add_history(session: AsyncSession, cast: dict[str, Any], *, now: datetime) -> None:
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
        meeting = past_meeting(desk, demo_id("person", past["seeker"]), started_at)
        session.add(meeting)
        await session.flush()
        await _add_feedback(session, meeting, recruiter_id, past)
    await add_former(session, event, recruiters, first_desk=len(cast["past"]) + 1, now=now)


async def _add_feedback(session: AsyncSession, meeting: MeetingRow, recruiter_id: UUID, past: dict[str, Any]) -> None:
    row = given(meeting, recruiter_id, newest_pack(pack_of("demo")), past["answers"], opened=past["opened"])
    session.add(row)
    await session.flush()
    sent_at = meeting.closed_at or meeting.created_at
    if past["own"]:
        session.add(SelfRatingRow(scorecard_id=row.id, ratings=past["own"], at=sent_at + UNDO))
    if past["seeker"] == "leila" and past["days_ago"] < 10:
        chip = past["answers"]["do_next"][0]
        session.add(GoalRow(person_id=meeting.seeker_id, scorecard_id=row.id, chip=chip, set_at=sent_at + UNDO))
