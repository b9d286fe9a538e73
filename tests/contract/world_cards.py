"""Scorecards of the matrix's world, each in the state that its name says."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.answers import answers_hash, parse_answers
from feedback.pack_loader import load_pack
from server.meetings.tables import MeetingRow
from server.scorecards.tables import ScorecardRow

PACK = load_pack("it_v1")
RELEASED = ("opened", "fresh", "sealed", "unread", "others_closed")
READ = ("opened", "fresh", "others_closed")


async def add_card(
    session: AsyncSession, ids: dict[str, str], name: str, meeting: MeetingRow, statement: str, *, now: datetime
) -> None:
    """Add the scorecard of a meeting and note its id as ``<name>_card``."""
    answers = {
        "ratings": {"item_1": 5, "item_2": 3, "item_3": 4, "item_4": None},
        "next_step": "yes_with_support",
        "worked": ["clear_example"],
        "do_next": ["tell_own_part"],
        "enabling": ["work_trial"],
    }
    if statement:
        answers["worked_statement"] = statement
    ended_at = meeting.closed_at
    assert ended_at is not None and meeting.talk_started_at is not None and meeting.recruiter_id is not None
    row = ScorecardRow(
        meeting_id=meeting.id,
        recruitment_event_id=meeting.recruitment_event_id,
        organisation_id=meeting.organisation_id,
        recruiter_id=meeting.recruiter_id,
        seeker_id=meeting.seeker_id,
        pack=PACK.code,
        pack_version=PACK.version,
        state="draft",
        answers=answers,
        version=1,
        created_at=meeting.talk_started_at,
        statement_shared=name == "fresh",
    )
    if name in RELEASED or name == "sent":
        row.state = "released" if name in RELEASED else "sent"
        row.sent_at = ended_at if name in RELEASED else now - timedelta(seconds=5)
        row.release_at = row.sent_at + timedelta(seconds=30)
        row.released_at = row.release_at if name in RELEASED else None
        row.answers_hash = answers_hash(parse_answers(answers, PACK), PACK.ref)
        row.opened_at = now if name in READ else None
    if name == "skipped":
        row.state, row.skipped_reason = "skipped", PACK.skip_reasons[0].code
    session.add(row)
    await session.flush()
    ids[f"{name}_card"] = str(row.id)
