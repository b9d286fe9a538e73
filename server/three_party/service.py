"""Asking three people for a time: the seeker first, then the employer. Inside the caller's transaction.

No employer hears of a seeker's meeting before the seeker has said yes to it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.case_workers import list_case_workers, tell_case_workers
from server.kit import streams
from server.reading.shared import list_shared
from server.support.repository import find_assigned
from server.three_party import repository, rules
from server.three_party.mails import Post, tell_by_mail
from server.three_party.shapes import MeetingProposal
from server.three_party.tables import ThreePartyMeetingRow, ThreePartyTimeRow

MEETING_CHANGED = "three_party.changed"


class FeedbackNotShared(rules.MeetingRefused):
    """A meeting is asked for with somebody whose feedback the seeker shares."""


async def propose(
    session: AsyncSession, seeker_id: UUID, given: MeetingProposal, *, by: UUID, post: Post, now: datetime
) -> ThreePartyMeetingRow | None:
    """Ask a seeker of the case worker's about a meeting; None if they are not theirs.

    Raises:
        MeetingRefused: the times are not possible, or the feedback is not shared.
    """
    if await find_assigned(session, by, seeker_id) is None:
        return None
    rules.check_times(given.times, now=now)
    shared = await list_shared(session, by, [seeker_id], now=now)
    if given.feedback_id not in {one.found.row.id for one in shared[seeker_id].feedback}:
        raise FeedbackNotShared("ask somebody whose answer the job seeker shares")
    organisation_id, recruiter_id = await repository.get_recruiter_of(session, given.feedback_id)
    row = ThreePartyMeetingRow(
        seeker_id=seeker_id,
        case_worker_id=by,
        organisation_id=organisation_id,
        recruiter_id=recruiter_id,
        **given.model_dump(include={"purpose", "form", "place", "length_min"}),
        made_at=now,
    )
    session.add(row)
    await session.flush()
    session.add_all(ThreePartyTimeRow(meeting_id=row.id, starts_at=time) for time in given.times)
    await tell_by_mail(session, row, "asked_seeker", to=[seeker_id], post=post, now=now)
    await _tell(session, row, now=now)
    return row


async def say_what_suits(
    session: AsyncSession, meeting_id: UUID, times: list[datetime], *, seeker_id: UUID, post: Post, now: datetime
) -> ThreePartyMeetingRow | None:
    """The seeker says which times suit, or no; None if the meeting is not theirs.

    Raises:
        MeetingRefused: they are not asked now, a time was not offered, or all that suit are past.
    """
    row = await repository.lock_meeting(session, meeting_id)
    if row is None or row.seeker_id != seeker_id:
        return None
    rules.check_asked(row.state, rules.ASKING_SEEKER)
    offered = (await repository.list_times(session, [row.id]))[row.id]
    row.state = rules.after_seeker(times, [one.starts_at for one in offered], now=now)
    for one in offered:
        one.suits_seeker = one.starts_at in times
        session.add(one)
    if row.state == rules.DECLINED:
        row.declined_by, row.ended_at = "seeker", now
    else:
        row.employer_asked_at = now
        await tell_by_mail(session, row, "asked_employer", to=[row.recruiter_id], post=post, now=now)
    session.add(row)
    await _tell(session, row, now=now)
    return row


async def choose_time(
    session: AsyncSession, meeting_id: UUID, time: datetime | None, *, recruiter_id: UUID, post: Post, now: datetime
) -> ThreePartyMeetingRow | None:
    """The employer chooses one of the times that suit, or says no; None if they were never asked.

    Raises:
        MeetingRefused: they are not asked now, or the time does not suit the seeker.
    """
    row = await repository.lock_meeting(session, meeting_id)
    if row is None or row.recruiter_id != recruiter_id or row.employer_asked_at is None:
        return None
    rules.check_asked(row.state, rules.ASKING_EMPLOYER)
    offered = (await repository.list_times(session, [row.id]))[row.id]
    row.state = rules.after_employer(time, [one.starts_at for one in offered if one.suits_seeker], now=now)
    if row.state == rules.DECLINED:
        row.declined_by, row.ended_at = "employer", now
    else:
        row.starts_at = time
        await _take_part(session, row)
        await tell_by_mail(session, row, "fixed", to=_three(row), post=post, now=now)
    session.add(row)
    await _tell(session, row, now=now)
    return row


async def call_off(
    session: AsyncSession, meeting_id: UUID, *, by: UUID, post: Post, now: datetime
) -> ThreePartyMeetingRow | None:
    """Call a meeting off; whoever has it in their calendar is told. None if the seeker is not the case worker's.

    Raises:
        IsOver: there is nothing left to call off.
    """
    row = await repository.lock_meeting(session, meeting_id)
    if row is None or await find_assigned(session, by, row.seeker_id) is None:
        return None
    rules.check_callable_off(row.state, row.starts_at, length=timedelta(minutes=row.length_min), now=now)
    row.state, row.ended_at, row.sequence = rules.CANCELLED, now, row.sequence + 1
    if row.starts_at is not None:
        await tell_by_mail(session, row, "cancelled", to=_three(row), post=post, now=now)
    session.add(row)
    await _tell(session, row, now=now)
    return row


def _three(row: ThreePartyMeetingRow) -> list[UUID]:
    return [row.seeker_id, row.recruiter_id, row.case_worker_id]


async def _take_part(session: AsyncSession, row: ThreePartyMeetingRow) -> None:
    """Whoever has the seeker by now is the one who comes."""
    has_them = [one.id for one in await list_case_workers(session, [row.seeker_id])]
    if has_them and row.case_worker_id not in has_them:
        row.case_worker_id = has_them[0]


async def _tell(session: AsyncSession, row: ThreePartyMeetingRow, *, now: datetime) -> None:
    await session.flush()
    await tell_case_workers(session, row.seeker_id, now=now)
    told = [row.seeker_id] if row.employer_asked_at is None else [row.seeker_id, row.recruiter_id]
    for person_id in told:
        await streams.append(session, f"person:{person_id}", MEETING_CHANGED, {}, now=now)
