"""What a seeker does with feedback. Nothing here touches the employer's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.answers import Rating
from feedback.reading import parse_self_rating
from feedback.reception import parse_reply
from server.identity.actor import Actor
from server.identity.case_workers import tell_of_feedback
from server.kit import streams
from server.meetings.tables import MeetingRow
from server.reading.repository import FoundFeedback
from server.reading.tables import GoalRow, PlaceDueRow
from server.scorecards.cards import instrument_of
from server.scorecards.tables import ReceptionRow, ReplyRow, ScorecardRow, SelfRatingRow


class ReadingRefused(Exception):
    """What was asked cannot be done with this feedback now; the message says why."""


class AlreadyOpened(ReadingRefused):
    pass


class StillSealed(ReadingRefused):
    pass


class AlreadyReplied(ReadingRefused):
    pass


class NotAChipOfThis(ReadingRefused):
    pass


async def rate_self(
    session: AsyncSession, found: FoundFeedback, *, ratings: Mapping[str, object], now: datetime
) -> None:
    """Keep how the seeker saw the same items; possible until the feedback is opened.

    Raises:
        AlreadyOpened: they have seen the employer's answers.
        AnswersInvalid: a rating is wrong.
    """
    if found.row.opened_at is not None:
        raise AlreadyOpened("you have opened the answer, so your own rating stands as it was")
    own = parse_self_rating(ratings, instrument_of(found.row))
    row = await session.get(SelfRatingRow, found.row.id) or SelfRatingRow(scorecard_id=found.row.id, at=now)
    row.ratings = {rating.item: rating.value for rating in own.ratings}
    row.at = now
    session.add(row)


async def open_feedback(session: AsyncSession, found: FoundFeedback, *, now: datetime) -> None:
    """Break the seal; opening twice changes nothing."""
    if found.row.opened_at is None:
        row = await session.get_one(ScorecardRow, found.row.id)
        row.opened_at = now
        session.add_all([row, PlaceDueRow(person_id=row.seeker_id, at=now)])
        await _tell_seeker(session, found, "feedback.opened", now=now)


async def reply(session: AsyncSession, found: FoundFeedback, *, text: str, now: datetime) -> None:
    """Answer the recruiter, once.

    Raises:
        StillSealed: the seeker has not opened it.
        AlreadyReplied: there is a reply.
        AnswersInvalid: the text is empty, too long or cannot be shown.
    """
    _check_opened(found)
    if found.row.reply_text is not None:
        raise AlreadyReplied("you have replied to this feedback")
    session.add(ReplyRow(scorecard_id=found.row.id, text=parse_reply(text), sent_at=now))
    meeting = await session.get_one(MeetingRow, found.row.meeting_id)
    body = {"meeting_id": str(found.row.meeting_id)}
    await streams.append(session, f"desk:{meeting.desk_id}", "reply.sent", body, now=now)


async def receive(session: AsyncSession, found: FoundFeedback, *, ratings: Sequence[Rating], now: datetime) -> None:
    """Keep how the seeker received the feedback.

    Raises:
        StillSealed: they have not opened it.
    """
    _check_opened(found)
    row = await session.get(ReceptionRow, found.row.id) or ReceptionRow(
        scorecard_id=found.row.id, next_clear=1, respected=1, rings_true=1, at=now
    )
    for rating in ratings:
        setattr(row, rating.item, rating.value)
    row.at = now
    session.add(row)


async def choose_goal(session: AsyncSession, found: FoundFeedback, *, actor: Actor, chip: str, now: datetime) -> None:
    """Make what the employer asked for the seeker's own goal; the one before counts as changed.

    Raises:
        StillSealed: they have not opened it.
        NotAChipOfThis: the employer did not ask for that.
    """
    _check_opened(found)
    if chip not in found.row.answers.get("do_next", []):
        raise NotAChipOfThis("choose something that this employer asked you to do next")
    mine = select(GoalRow).where(col(GoalRow.person_id) == actor.person_id, col(GoalRow.status) == "current")
    current = (await session.exec(mine.with_for_update())).all()
    if any(goal.chip == chip for goal in current):
        return
    for goal in current:
        goal.status, goal.ended_at = "changed", now
        session.add(goal)
    session.add(GoalRow(person_id=actor.person_id, scorecard_id=found.row.id, chip=chip, set_at=now))
    await _tell_seeker(session, found, "profile.changed", now=now)


async def share_statement(session: AsyncSession, found: FoundFeedback, *, shared: bool, now: datetime) -> None:
    """Let the case worker read the employer's own sentence, or no longer.

    Raises:
        StillSealed: the seeker has not opened it.
    """
    _check_opened(found)
    row = await session.get_one(ScorecardRow, found.row.id)
    row.statement_shared = shared
    session.add(row)
    await tell_of_feedback(session, found.row.seeker_id, now=now)


def _check_opened(found: FoundFeedback) -> None:
    if found.row.opened_at is None:
        raise StillSealed("open the answer first")


async def _tell_seeker(session: AsyncSession, found: FoundFeedback, kind: str, *, now: datetime) -> None:
    body = {"scorecard_id": str(found.row.id)}
    await streams.append(session, f"person:{found.row.seeker_id}", kind, body, now=now)
