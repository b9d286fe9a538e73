"""What a seeker does with feedback. Nothing here touches the employer's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.reading import parse_self_rating
from feedback.reception import parse_reply
from server.identity.case_workers import tell_of_feedback
from server.kit import streams
from server.meetings.tables import MeetingRow
from server.reading import repository
from server.reading.repository import FoundFeedback
from server.reading.tables import GoalRow, PlaceDueRow
from server.scorecards.cards import instrument_of
from server.scorecards.tables import ReceptionRow, ReplyRow, ScorecardRow, SelfRatingRow, StatementTranslationRow


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


class NothingToTranslate(ReadingRefused):
    pass


def check_opened(found: FoundFeedback) -> None:
    """Return if the seeker has read it.

    Raises:
        StillSealed: they have not.
    """
    if found.row.opened_at is None:
        raise StillSealed("open the answer first")


def check_asked_for(found: FoundFeedback, chip: str) -> None:
    """Return if the seeker can read that the employer asks for `chip`.

    Raises:
        StillSealed: they have not opened it.
        NotAChipOfThis: the employer did not ask for that.
    """
    check_opened(found)
    if chip not in found.row.answers.get("do_next", []):
        raise NotAChipOfThis("choose something that this employer asked you to do next")


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
    check_opened(found)
    if found.row.reply_text is not None:
        raise AlreadyReplied("you have replied to this feedback")
    session.add(ReplyRow(scorecard_id=found.row.id, text=parse_reply(text), sent_at=now))
    meeting = await session.get_one(MeetingRow, found.row.meeting_id)
    body = {"meeting_id": str(found.row.meeting_id)}
    await streams.append(session, f"desk:{meeting.desk_id}", "reply.sent", body, now=now)


async def receive(session: AsyncSession, found: FoundFeedback, *, ratings: Mapping[str, int], now: datetime) -> None:
    """Keep how the seeker received the feedback, in place of what they said before.

    Raises:
        StillSealed: they have not opened it.
    """
    check_opened(found)
    await session.merge(ReceptionRow(scorecard_id=found.row.id, **ratings, at=now))


async def choose_goal(session: AsyncSession, found: FoundFeedback, *, chip: str, now: datetime) -> None:
    """Make what the employer asked for the seeker's own goal; the one before counts as changed.

    Raises:
        StillSealed: they have not opened it.
        NotAChipOfThis: the employer did not ask for that.
    """
    check_asked_for(found, chip)
    current = await repository.lock_current_goal(session, found.row.seeker_id)
    if current is not None and current.chip == chip:
        return
    if current is not None:
        current.status, current.ended_at = "changed", now
        session.add(current)
    session.add(GoalRow(person_id=found.row.seeker_id, scorecard_id=found.row.id, chip=chip, set_at=now))
    await _tell_seeker(session, found, "profile.changed", now=now)
    await tell_of_feedback(session, found.row.seeker_id, now=now)


async def share_statement(session: AsyncSession, found: FoundFeedback, *, shared: bool, now: datetime) -> None:
    """Let the case worker read the employer's own sentence, or no longer.

    Raises:
        StillSealed: the seeker has not opened it.
    """
    check_opened(found)
    row = await session.get_one(ScorecardRow, found.row.id)
    row.statement_shared = shared
    session.add(row)
    await tell_of_feedback(session, found.row.seeker_id, now=now)


async def translate_statement(
    session: AsyncSession, found: FoundFeedback, *, language: str, text: str, translator_id: UUID, now: datetime
) -> None:
    """Put the employer's own sentence into another language, beside the original; the last one written counts.

    Raises:
        NothingToTranslate: the scorecard has no sentence of its own.
    """
    if not found.row.answers.get("worked_statement"):
        raise NothingToTranslate("this scorecard has no sentence of its own")
    await session.merge(
        StatementTranslationRow(
            scorecard_id=found.row.id, language=language, text=text, translator_id=translator_id, at=now
        )
    )
    if found.row.released_at is not None:
        await _tell_seeker(session, found, "scorecard.translated", now=now)


async def _tell_seeker(session: AsyncSession, found: FoundFeedback, kind: str, *, now: datetime) -> None:
    body = {"scorecard_id": str(found.row.id)}
    await streams.append(session, f"person:{found.row.seeker_id}", kind, body, now=now)
