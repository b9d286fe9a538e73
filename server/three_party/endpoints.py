"""Three-party meetings by HTTP: a case worker proposes, the seeker and then the employer answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from server.identity.actor import Actor, check_whole
from server.identity.roles import CASE_WORKERS, RECRUITERS, SEEKERS
from server.kit.operations import Operations
from server.kit.problems import Conflict, NotFound
from server.kit.rows import Found
from server.reading.repository import read_ledger
from server.state import State
from server.support.repository import find_assigned
from server.three_party import repository, service
from server.three_party.mails import Post
from server.three_party.rules import MeetingRefused, is_shown_to_case_worker
from server.three_party.shapes import ChosenTime, MeetingProposal, SuitingTimes, ThreePartyMeeting, ThreePartyTime
from server.three_party.tables import ThreePartyTimeRow

operations = Operations("three_party")


class MeetingNotPossible(Conflict):
    """`reason` says why, by the name of the rule."""

    title = "That cannot be done with the meeting"


@operations.add("get", "/api/seekers/{seeker_id}/three-party-meetings", who=CASE_WORKERS, errors=[NotFound])
async def list_of_seeker(
    request: Request[State], session: AsyncSession, actor: Actor, seeker_id: UUID
) -> list[ThreePartyMeeting]:
    """Three-party meetings of one of your job seekers, newest first."""
    if await find_assigned(session, actor.person_id, seeker_id) is None:
        raise NotFound("there is no such seeker among yours")
    return await _to_case_worker(request, session, seeker_id)


@operations.add(
    "post",
    "/api/seekers/{seeker_id}/three-party-meetings",
    who=CASE_WORKERS,
    errors=[NotFound, MeetingNotPossible],
    again=list_of_seeker,
)
async def propose_meeting(
    request: Request[State], session: AsyncSession, actor: Actor, seeker_id: UUID, body: MeetingProposal
) -> list[ThreePartyMeeting]:
    """Propose a meeting with an employer; the job seeker is asked first, the employer once they have said yes."""
    now = request.state["now"]()
    with _refusals():
        row = await service.propose(session, seeker_id, body, by=actor.person_id, post=_post(request), now=now)
    if row is None:
        raise NotFound("there is no such seeker among yours")
    return await _to_case_worker(request, session, seeker_id)


async def list_beside(
    request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID
) -> list[ThreePartyMeeting]:
    """The meetings of the seeker that a meeting is about, to their case worker."""
    seeker_id = await repository.find_seeker_id(session, meeting_id)
    if seeker_id is None:
        raise NotFound("there is no such meeting")
    return await list_of_seeker(request, session, actor, seeker_id)


@operations.add(
    "post",
    "/api/three-party-meetings/{meeting_id}/cancel",
    who=CASE_WORKERS,
    errors=[NotFound, MeetingNotPossible],
    again=list_beside,
)
async def call_off_meeting(
    request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID
) -> list[ThreePartyMeeting]:
    """Call a three-party meeting off."""
    now = request.state["now"]()
    with _refusals():
        row = await service.call_off(session, meeting_id, by=actor.person_id, post=_post(request), now=now)
    if row is None:
        raise NotFound("there is no such meeting")
    return await _to_case_worker(request, session, row.seeker_id)


@operations.add("get", "/api/my/three-party-meetings", who=SEEKERS, errors=[NotFound])
async def list_mine(request: Request[State], session: AsyncSession, actor: Actor) -> list[ThreePartyMeeting]:
    """Your meetings with an employer and your case worker, newest first."""
    check_whole(actor)
    return await _of_seeker(session, actor.person_id)


@operations.add(
    "put", "/api/my/three-party-meetings/{meeting_id}/times", who=SEEKERS, errors=[NotFound, MeetingNotPossible]
)
async def say_what_suits(
    request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID, body: SuitingTimes
) -> list[ThreePartyMeeting]:
    """Say which times suit you; none says no, and the employer never hears of it."""
    check_whole(actor)
    now, mine = request.state["now"](), actor.person_id
    with _refusals():
        row = await service.say_what_suits(
            session, meeting_id, body.times, seeker_id=mine, post=_post(request), now=now
        )
    if row is None:
        raise NotFound("there is no such meeting of yours")
    return await _of_seeker(session, mine)


@operations.add("get", "/api/three-party-meetings", who=RECRUITERS)
async def list_asked_of_me(request: Request[State], session: AsyncSession, actor: Actor) -> list[ThreePartyMeeting]:
    """Meetings with a job seeker and their case worker that you are asked about."""
    return await _of_recruiter(session, actor.person_id)


@operations.add(
    "put", "/api/three-party-meetings/{meeting_id}/time", who=RECRUITERS, errors=[NotFound, MeetingNotPossible]
)
async def choose_time(
    request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID, body: ChosenTime
) -> list[ThreePartyMeeting]:
    """Choose one of the times that suit the job seeker; none says no."""
    now, me = request.state["now"](), actor.person_id
    with _refusals():
        row = await service.choose_time(session, meeting_id, body.time, recruiter_id=me, post=_post(request), now=now)
    if row is None:
        raise NotFound("you are asked about no such meeting")
    return await _of_recruiter(session, me)


async def _to_case_worker(request: Request[State], session: AsyncSession, seeker_id: UUID) -> list[ThreePartyMeeting]:
    await session.flush()
    shares = (await read_ledger(session, seeker_id)).shares_at(request.state["now"]())
    found = await repository.list_of_seekers(session, [seeker_id])
    shown = [
        one
        for one in found
        if is_shown_to_case_worker(shares=shares, is_employer_asked=one.employer_asked_at is not None)
    ]
    return await _answer(session, shown)


async def _of_seeker(session: AsyncSession, seeker_id: UUID) -> list[ThreePartyMeeting]:
    await session.flush()
    return await _answer(session, await repository.list_of_seekers(session, [seeker_id]))


async def _of_recruiter(session: AsyncSession, recruiter_id: UUID) -> list[ThreePartyMeeting]:
    await session.flush()
    return await _answer(session, await repository.list_of_recruiter(session, recruiter_id), to_employer=True)


async def _answer(
    session: AsyncSession, found: Sequence[Found], *, to_employer: bool = False
) -> list[ThreePartyMeeting]:
    times = await repository.list_times(session, [one.id for one in found])
    return [_meeting(one, [time for time in times[one.id] if time.suits_seeker or not to_employer]) for one in found]


def _meeting(found: Found, times: Collection[ThreePartyTimeRow]) -> ThreePartyMeeting:
    shown = {name: getattr(found, name) for name in ThreePartyMeeting.model_fields if name != "times"}
    offered = [ThreePartyTime(starts_at=one.starts_at, suits_seeker=one.suits_seeker) for one in times]
    return ThreePartyMeeting(**shown, times=offered)


def _post(request: Request[State]) -> Post:
    settings = request.state["settings"]
    return Post(public_url=settings.public_url, mail_from=settings.mail_from)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except MeetingRefused as refusal:
        raise MeetingNotPossible.because(refusal) from None
