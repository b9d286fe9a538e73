"""Jobs, applications and being found, by HTTP: a seeker's own, and an employer's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from server.applications import matching, repository, service
from server.applications.answers import my_application, received_application
from server.applications.rules import ApplicationRefused, Status
from server.applications.shapes import (
    AnswerRequest,
    Application,
    Findable,
    FindableRequest,
    FoundSeekers,
    Jobs,
    JobSearch,
    NewApplication,
    ReceivedApplication,
)
from server.applications.tables import ApplicationRow
from server.identity.actor import Actor
from server.identity.roles import RECRUITERS, SEEKERS
from server.kit.operations import Operations
from server.kit.problems import Conflict, NotFound
from server.state import State
from server.vacancies import repository as vacancies

operations = Operations("applications")


class ApplicationNotPossible(Conflict):
    """`reason` says why: ``closed``, ``elsewhere``, ``applied``, ``meeting``, ``withdrawn`` or ``decided``.

    With ``applied`` come `application_id` and `status_now` of the application that there is.
    """

    title = "That is not possible with this application"


@operations.add("get", "/api/my/jobs", who=SEEKERS)
async def list_jobs(request: Request[State], session: AsyncSession, actor: Actor, query: JobSearch) -> Jobs:
    """Vacancies, those first of which you can most, with the reasons in words."""
    return await matching.list_jobs(session, actor, query, now=request.state["now"]())


@operations.add("get", "/api/my/applications", who=SEEKERS)
async def list_my_applications(request: Request[State], session: AsyncSession, actor: Actor) -> list[Application]:
    """Your applications, what changed last first."""
    now = request.state["now"]()
    found = await repository.list_mine(session, actor.person_id)
    return [my_application(row, scope=actor.scope_event_id, now=now) for row in found]


@operations.add(
    "post",
    "/api/my/applications",
    who=SEEKERS,
    status=HTTPStatus.CREATED,
    errors=[NotFound, ApplicationNotPossible],
)
async def apply(request: Request[State], session: AsyncSession, actor: Actor, body: NewApplication) -> Application:
    """Apply for a vacancy; once, however often it is sent."""
    now = request.state["now"]()
    with _refusals():
        application_id = await service.apply(
            session,
            body.vacancy_id,
            seeker_id=actor.person_id,
            scope=actor.scope_event_id,
            meeting_id=body.meeting_id,
            letter=body.letter,
            public_url=_public_url(request),
            now=now,
        )
    if application_id is None:
        raise NotFound(f"vacancy {body.vacancy_id}")
    return my_application(await repository.get(session, application_id), scope=actor.scope_event_id, now=now)


@operations.add(
    "post", "/api/my/applications/{application_id}/withdraw", who=SEEKERS, errors=[NotFound, ApplicationNotPossible]
)
async def withdraw(request: Request[State], session: AsyncSession, actor: Actor, application_id: UUID) -> Application:
    """Take your application back; it can be undone."""
    row, now = await _mine(session, actor, application_id), request.state["now"]()
    with _refusals():
        await service.withdraw(session, row, public_url=_public_url(request), now=now)
    return my_application(await repository.get(session, row.id), scope=actor.scope_event_id, now=now)


@operations.add(
    "post", "/api/my/applications/{application_id}/resume", who=SEEKERS, errors=[NotFound, ApplicationNotPossible]
)
async def resume(request: Request[State], session: AsyncSession, actor: Actor, application_id: UUID) -> Application:
    """Undo a withdrawal."""
    row, now = await _mine(session, actor, application_id), request.state["now"]()
    with _refusals():
        await service.resume(session, row, public_url=_public_url(request), now=now)
    return my_application(await repository.get(session, row.id), scope=actor.scope_event_id, now=now)


@operations.add("get", "/api/my/findable", who=SEEKERS)
async def get_findable(request: Request[State], session: AsyncSession, actor: Actor) -> Findable:
    """Whether employers may find you."""
    return Findable(findable=await repository.is_findable(session, actor.person_id))


@operations.add("put", "/api/my/findable", who=SEEKERS)
async def choose_findable(
    request: Request[State], session: AsyncSession, actor: Actor, body: FindableRequest
) -> Findable:
    """Whether employers with a vacancy may see your name and what you can; takes effect at once."""
    await service.choose_findable(session, actor.person_id, findable=body.findable, now=request.state["now"]())
    return Findable(findable=body.findable)


@operations.add("get", "/api/applications", who=RECRUITERS)
async def list_applications(request: Request[State], session: AsyncSession, actor: Actor) -> list[ReceivedApplication]:
    """Applications to your employer, what changed last first."""
    found = await repository.list_to(session, actor.organisation_ids)
    known = await repository.list_competences(session, {row.seeker_id for row in found})
    return [received_application(row, known[row.seeker_id]) for row in found]


@operations.add("post", "/api/applications/{application_id}/read", who=RECRUITERS, errors=[NotFound])
async def read_application(
    request: Request[State], session: AsyncSession, actor: Actor, application_id: UUID
) -> ReceivedApplication:
    """You have opened it; the seeker sees that it is read."""
    row = await _received(session, actor, application_id)
    await service.read_by_employer(session, row, public_url=_public_url(request), now=request.state["now"]())
    return await _answer(session, row.id)


@operations.add(
    "put", "/api/applications/{application_id}/status", who=RECRUITERS, errors=[NotFound, ApplicationNotPossible]
)
async def answer_application(
    request: Request[State], session: AsyncSession, actor: Actor, application_id: UUID, body: AnswerRequest
) -> ReceivedApplication:
    """Your answer; the seeker sees it at once and gets a mail."""
    row = await _received(session, actor, application_id)
    with _refusals():
        await service.answer(
            session, row, Status(body.status), public_url=_public_url(request), now=request.state["now"]()
        )
    return await _answer(session, row.id)


@operations.add("get", "/api/vacancies/{vacancy_id}/seekers", who=RECRUITERS, errors=[NotFound])
async def list_seekers_for(
    request: Request[State], session: AsyncSession, actor: Actor, vacancy_id: UUID
) -> FoundSeekers:
    """Seekers who agreed to be found and have something that your vacancy asks for, by name."""
    found = await vacancies.find(session, vacancy_id)
    if found is None or found.organisation_id not in actor.organisation_ids:
        raise NotFound(f"vacancy {vacancy_id}")
    return await matching.list_seekers(session, found)


async def _mine(session: AsyncSession, actor: Actor, application_id: UUID) -> ApplicationRow:
    row = await repository.lock(session, application_id)
    if row is None or row.seeker_id != actor.person_id:
        raise NotFound(f"application {application_id}")
    return row


async def _received(session: AsyncSession, actor: Actor, application_id: UUID) -> ApplicationRow:
    row = await repository.lock(session, application_id)
    if row is None or row.organisation_id not in actor.organisation_ids:
        raise NotFound(f"application {application_id}")
    return row


async def _answer(session: AsyncSession, application_id: UUID) -> ReceivedApplication:
    found = await repository.get(session, application_id)
    known = await repository.list_competences(session, [found.seeker_id])
    return received_application(found, known[found.seeker_id])


def _public_url(request: Request[State]) -> str:
    return request.state["settings"].public_url


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except service.AlreadyApplied as refusal:
        raise ApplicationNotPossible(
            str(refusal), reason=refusal.code, application_id=str(refusal.application_id), status_now=refusal.status
        ) from None
    except ApplicationRefused as refusal:
        raise ApplicationNotPossible(str(refusal), reason=refusal.code) from None
