"""What a seeker does about feedback, and what an employer answers. Nothing here touches the employer's words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.own_words import parse_words
from server.identity.case_workers import list_case_workers, tell_case_workers
from server.identity.repository import lock_person
from server.identity.tables import OrganisationRow
from server.kit import streams
from server.kit.rows import Found
from server.meetings.tables import MeetingRow
from server.reading.repository import FoundFeedback
from server.reading.service import check_opened
from server.responses import repository, telling
from server.responses.tables import WORDS_LENGTH_MAX, ConversationRequestRow, FeedbackResponseRow
from server.support import repository as support


class ResponseRefused(Exception):
    """What was asked cannot be done with this feedback now; the message says why."""


class AlreadyAsked(ResponseRefused):
    pass


class NothingAsked(ResponseRefused):
    pass


class AlreadyAnswered(ResponseRefused):
    pass


class NoCaseWorker(ResponseRefused):
    pass


async def read_later(session: AsyncSession, found: FoundFeedback, *, later: bool, now: datetime) -> None:
    """Put the feedback aside to be read another day, or take it up again; nobody else is told."""
    row = await repository.lock_response(session, found.row.id)
    row.later_at = now if later else None
    session.add(row)


async def ask(session: AsyncSession, found: FoundFeedback, *, text: str, public_url: str, now: datetime) -> None:
    """Ask the employer one thing about what they wrote.

    Raises:
        StillSealed: the seeker has not opened it.
        AlreadyAsked: there is a question.
        AnswersInvalid: the text is empty, too long or cannot be shown.
    """
    row = await _of_opened(session, found)
    if row.asked_at is not None:
        raise AlreadyAsked("you have asked a question about this feedback")
    row.question, row.asked_at = parse_words(text, length_max=WORDS_LENGTH_MAX), now
    session.add(row)
    meeting = await session.get_one(MeetingRow, found.row.meeting_id)
    if meeting.recruiter_id is not None:
        link = f"{public_url}/given"
        await telling.tell(session, meeting.recruiter_id, "asked", who=found.row.seeker_name, link=link, now=now)


async def answer(
    session: AsyncSession,
    scorecard_id: UUID,
    *,
    text: str,
    person_id: UUID,
    organisation_ids: Collection[UUID],
    public_url: str,
    now: datetime,
) -> bool:
    """Answer the seeker's question for the employer; False where there is no such feedback of theirs.

    Raises:
        NothingAsked: the seeker has asked nothing.
        AlreadyAnswered: a colleague was first.
        AnswersInvalid: the text is empty, too long or cannot be shown.
    """
    card = await repository.find_given(session, scorecard_id, organisation_ids=organisation_ids)
    if card is None:
        return False
    row = await repository.lock_response(session, scorecard_id)
    if row.asked_at is None:
        raise NothingAsked("nothing has been asked about this feedback")
    if row.answered_at is not None:
        raise AlreadyAnswered("the question has been answered")
    row.answer, row.answered_at, row.answered_by = parse_words(text, length_max=WORDS_LENGTH_MAX), now, person_id
    session.add(row)
    employer = await session.get_one(OrganisationRow, card.organisation_id)
    link = f"{public_url}/feedback/{scorecard_id}"
    await telling.tell(session, card.seeker_id, "answered", who=employer.name, link=link, now=now)
    return True


async def wish_to_meet(session: AsyncSession, found: FoundFeedback, *, wished: bool, now: datetime) -> None:
    """Say that one would like to meet the employer again, or no longer; employer and staff see it.

    Raises:
        StillSealed: the seeker has not opened it.
    """
    row = await _of_opened(session, found)
    row.wished_at = (row.wished_at or now) if wished else None
    session.add(row)
    await _tell_desk(session, found, "meeting.wished", now=now)
    await _tell_staff(session, found, "meeting.wished", now=now)


async def dispute(session: AsyncSession, found: FoundFeedback, *, words: str, shared: bool, now: datetime) -> None:
    """Say in one's own words what is wrong; they stand beside the employer's, which stay as they are.

    Raises:
        StillSealed: the seeker has not opened it.
        AnswersInvalid: the words are empty, too long or cannot be shown.
    """
    row = await _of_opened(session, found)
    row.dispute = parse_words(words, path="words", length_max=WORDS_LENGTH_MAX)
    row.dispute_shared, row.disputed_at = shared, row.disputed_at or now
    session.add(row)
    await _tell_staff(session, found, "feedback.disputed", now=now)


async def take_back_dispute(session: AsyncSession, found: FoundFeedback, *, now: datetime) -> None:
    """Dispute it no longer; the words are forgotten."""
    row = await repository.lock_response(session, found.row.id)
    if row.disputed_at is None:
        return
    row.dispute, row.dispute_shared, row.disputed_at = None, False, None
    session.add(row)
    await _tell_staff(session, found, "feedback.disputed", now=now)


async def request_conversation(session: AsyncSession, seeker_id: UUID, *, words: str, now: datetime) -> None:
    """Ask to talk to one's case worker; whoever has asked already has their words replaced.

    Raises:
        NoCaseWorker: nobody has this seeker.
    """
    await lock_person(session, seeker_id)
    if not await list_case_workers(session, [seeker_id]):
        raise NoCaseWorker("you have no case worker here yet")
    row = await repository.lock_open_request(session, seeker_id) or ConversationRequestRow(
        seeker_id=seeker_id, asked_at=now
    )
    row.words = words
    session.add(row)
    await tell_case_workers(session, seeker_id, now=now)


async def open_requests(session: AsyncSession, case_worker_id: UUID) -> Sequence[Found]:
    """Who of a case worker's seekers would like to talk: `id`, `seeker_id`, `seeker_name`, `words`, `asked_at`."""
    seekers = await support.list_assigned(session, case_worker_id)
    return await repository.list_open_requests(session, [one.id for one in seekers])


async def close_request(session: AsyncSession, case_worker_id: UUID, request_id: UUID, *, now: datetime) -> bool:
    """Whether the request was open and the case worker's to close; it now is."""
    if request_id not in {one.id for one in await open_requests(session, case_worker_id)}:
        return False
    return await repository.close_request(session, request_id, now=now)


async def _of_opened(session: AsyncSession, found: FoundFeedback) -> FeedbackResponseRow:
    check_opened(found)
    return await repository.lock_response(session, found.row.id)


async def _tell_desk(session: AsyncSession, found: FoundFeedback, kind: str, *, now: datetime) -> None:
    meeting = await session.get_one(MeetingRow, found.row.meeting_id)
    body = {"meeting_id": str(found.row.meeting_id)}
    await streams.append(session, f"desk:{meeting.desk_id}", kind, body, now=now)


async def _tell_staff(session: AsyncSession, found: FoundFeedback, kind: str, *, now: datetime) -> None:
    await streams.append(session, f"event:{found.row.recruitment_event_id}", kind, {}, now=now)
