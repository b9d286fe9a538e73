"""The employer's own page by HTTP, its word to the agency, and the sums that staff read of it."""

from __future__ import annotations

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from server.employer_pages import rules, service
from server.employer_pages.confirming import ClaimOfMet, find_held, list_claims, set_confirmed
from server.employer_pages.facts import EmployerFact, IsToCome, Kind, list_facts, write_fact
from server.employer_pages.shapes import (
    AgencyFeedback,
    AgencyFeedbackChange,
    AgencySums,
    ConfirmationChange,
    EmployerPage,
    FactChange,
)
from server.employers.repository import is_arranged_by
from server.identity.actor import Actor
from server.identity.roles import RECRUITERS, SEEKERS, STAFF
from server.kit.clock import day_of
from server.kit.operations import Operations
from server.kit.problems import Conflict, FieldProblem, Invalid, NotFound
from server.meetings.tables import MeetingRow
from server.state import State

operations = Operations("employer pages")


class AnswerStandsFast(Conflict):
    title = "This answer is counted and can no longer be changed"


@operations.add("get", "/api/employers/{organisation_id}/page", who=RECRUITERS, errors=[NotFound])
async def read_page(
    request: Request[State], session: AsyncSession, actor: Actor, organisation_id: UUID
) -> EmployerPage:
    """Your employer's time, the people it met and what it led to; only you see it."""
    _check_own(actor, organisation_id)
    return await service.read_page(session, organisation_id, person_id=actor.person_id, now=request.state["now"]())


@operations.add("get", "/api/my/agency-feedback", who=RECRUITERS)
async def list_agency_feedback(request: Request[State], session: AsyncSession, actor: Actor) -> list[AgencyFeedback]:
    """Events your employer has been at, and what it has said of them to the agency."""
    return await service.list_said(session, actor.organisation_ids, now=request.state["now"]())


@operations.add(
    "put",
    "/api/recruitment-events/{event_id}/agency-feedback",
    who=RECRUITERS,
    errors=[NotFound, AnswerStandsFast],
)
async def say_to_agency(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, body: AgencyFeedbackChange
) -> AgencyFeedback:
    """Tell the agency how the event was; staff see sums of five employers and more, never one."""
    _check_own(actor, body.organisation_id)
    answers = {question: getattr(body, question) for question in rules.QUESTIONS}
    try:
        said = await service.say(
            session,
            event_id,
            body.organisation_id,
            answers=answers,
            person_id=actor.person_id,
            now=request.state["now"](),
        )
    except service.StandsFast as refusal:
        raise AnswerStandsFast(str(refusal)) from None
    if said is None:
        raise NotFound(f"event {event_id}")
    return said


@operations.add("get", "/api/agency-feedback", who=STAFF)
async def read_sums(request: Request[State], session: AsyncSession, actor: Actor) -> AgencySums:
    """What employers say of your events, summed over at least five."""
    return await service.read_sums(session, person_id=actor.person_id)


@operations.add("get", "/api/employers/{organisation_id}/facts", who=RECRUITERS | STAFF | SEEKERS)
async def read_facts(
    request: Request[State], session: AsyncSession, actor: Actor, organisation_id: UUID
) -> list[EmployerFact]:
    """What an employer says of its growth, diversity and culture, with its date and who said it."""
    return await list_facts(session, organisation_id, today=day_of(request.state["now"]()))


@operations.add(
    "put", "/api/employers/{organisation_id}/facts/{kind}", who=RECRUITERS | STAFF, errors=[NotFound, Invalid]
)
async def say_fact(
    request: Request[State],
    session: AsyncSession,
    actor: Actor,
    organisation_id: UUID,
    kind: Kind,
    body: FactChange,
) -> list[EmployerFact]:
    """Say it of your employer, or as staff of an employer at an event of yours."""
    mine = organisation_id in actor.organisation_ids
    if not mine and not await is_arranged_by(session, organisation_id, person_id=actor.person_id):
        raise NotFound(f"employer {organisation_id}")
    now = request.state["now"]()
    try:
        await write_fact(
            session, organisation_id, kind, text=body.text, as_of=body.as_of, person_id=actor.person_id, now=now
        )
    except IsToCome as refusal:
        raise Invalid(str(refusal), fields=[FieldProblem(path="as_of", message="is to come")]) from None
    return await list_facts(session, organisation_id, today=day_of(now))


@operations.add("get", "/api/meetings/{meeting_id}/claims", who=RECRUITERS, errors=[NotFound])
async def list_claims_of_met(
    request: Request[State], session: AsyncSession, actor: Actor, meeting_id: UUID
) -> list[ClaimOfMet]:
    """What somebody you have met has told that they can, and what your employer has confirmed of it."""
    return await list_claims(session, await _held(session, actor, meeting_id))


@operations.add("put", "/api/meetings/{meeting_id}/claims/{claim_id}", who=RECRUITERS, errors=[NotFound])
async def confirm_claim(
    request: Request[State],
    session: AsyncSession,
    actor: Actor,
    meeting_id: UUID,
    claim_id: UUID,
    body: ConfirmationChange,
) -> list[ClaimOfMet]:
    """Confirm what you have seen, or take that back; the seeker sees who confirmed it."""
    meeting, now = await _held(session, actor, meeting_id), request.state["now"]()
    if not await set_confirmed(
        session, meeting, claim_id, confirmed=body.confirmed, recruiter_id=actor.person_id, now=now
    ):
        raise NotFound(f"claim {claim_id}")
    return await list_claims(session, meeting)


async def _held(session: AsyncSession, actor: Actor, meeting_id: UUID) -> MeetingRow:
    meeting = await find_held(session, meeting_id, organisation_ids=actor.organisation_ids)
    if meeting is None:
        raise NotFound(f"a talk {meeting_id} of your employer")
    return meeting


def _check_own(actor: Actor, organisation_id: UUID) -> None:
    if organisation_id not in actor.organisation_ids:
        raise NotFound(f"employer {organisation_id}")
