"""Importing the spreadsheets that staff send: preview, decisions, then everything or nothing."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from server.identity.actor import Actor
from server.identity.roles import STAFF
from server.identity.tables import PersonRow
from server.imports import repository, service
from server.imports.rules import SheetRefused
from server.imports.shapes import Import, ImportBrief, ImportChoices, ImportCounts, import_shown
from server.imports.tables import ImportRow
from server.kit.operations import Operations, RequestModel
from server.kit.problems import ApiError, Conflict, NotFound, TooLarge
from server.recruitment_events.access import event_of
from server.recruitment_events.tables import RecruitmentEventRow
from server.state import State

operations = Operations("imports")


class SheetNotReadable(ApiError):
    """`reason` is a code of the catalogue ``import.file.<reason>``."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = "The file cannot be read as a table"


class ImportIsBlocked(Conflict):
    title = "Rows or questions stand in the way"


class ImportIsCommitted(Conflict):
    title = "The import is saved already"


class UploadQuery(RequestModel):
    filename: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


@operations.add("get", "/api/recruitment-events/{event_id}/imports", who=STAFF, errors=[NotFound])
async def list_imports(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID
) -> list[ImportBrief]:
    """Imports of the event, newest first."""
    event = await event_of(session, actor, event_id)
    return [
        ImportBrief(
            id=row.id,
            filename=row.filename,
            status=row.status,
            created_at=row.created_at,
            committed_at=row.committed_at,
            counts=ImportCounts(**row.counts) if row.counts else None,
        )
        for row in await repository.list_imports(session, event.id)
    ]


@operations.add(
    "post",
    "/api/recruitment-events/{event_id}/imports",
    who=STAFF,
    status=HTTPStatus.CREATED,
    errors=[NotFound, SheetNotReadable, TooLarge],
)
async def upload_sheet(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, query: UploadQuery, body: bytes
) -> Import:
    """Read a file; nothing of it is saved before the commit."""
    event = await event_of(session, actor, event_id)
    now = request.state["now"]()
    try:
        previewed = await service.upload(
            session, event, body, filename=query.filename, person_id=actor.person_id, now=now
        )
    except SheetRefused as refusal:
        raise SheetNotReadable(refusal.reason, reason=refusal.reason, params=dict(refusal.params)) from refusal
    return import_shown(previewed)


@operations.add("get", "/api/recruitment-events/{event_id}/imports/{import_id}", who=STAFF, errors=[NotFound])
async def get_import(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, import_id: UUID
) -> Import:
    """An import with its preview as things stand."""
    event, row = await _import(session, actor, event_id, import_id, lock=False)
    return import_shown(await service.preview(session, event, row))


@operations.add(
    "put",
    "/api/recruitment-events/{event_id}/imports/{import_id}/decisions",
    who=STAFF,
    errors=[NotFound, ImportIsCommitted],
)
async def decide_import(
    request: Request[State],
    session: AsyncSession,
    actor: Actor,
    event_id: UUID,
    import_id: UUID,
    body: ImportChoices,
) -> Import:
    """Answer questions, change readings, leave rows out; the preview comes back as it is now."""
    event, row = await _import(session, actor, event_id, import_id)
    try:
        return import_shown(await service.decide(session, event, row, body.choices()))
    except service.IsCommitted as refusal:
        raise ImportIsCommitted(str(refusal)) from refusal


async def prepare_import(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, import_id: UUID
) -> service.Prepared | None:
    """What a commit will save; None where it is saved already."""
    event, row = await _import(session, actor, event_id, import_id, lock=False)
    try:
        return await service.prepare(session, event, row)
    except service.IsCommitted:
        return None
    except service.IsBlocked as refusal:
        raise _blocked(refusal) from refusal


@operations.add(
    "post",
    "/api/recruitment-events/{event_id}/imports/{import_id}/commit",
    who=STAFF,
    errors=[NotFound, ImportIsBlocked, ImportIsCommitted],
    prepare=prepare_import,
)
async def commit_import(
    request: Request[State],
    session: AsyncSession,
    actor: Actor,
    event_id: UUID,
    import_id: UUID,
    prepared: service.Prepared | None,
) -> ImportCounts:
    """Save everything the import holds, or nothing."""
    event, row = await _import(session, actor, event_id, import_id)
    me = await session.get_one(PersonRow, actor.person_id)
    now = request.state["now"]()
    try:
        counts = await service.bring_in(session, event, row, prepared=prepared, locale=me.locale, now=now)
    except service.IsCommitted as refusal:
        raise ImportIsCommitted(str(refusal)) from refusal
    except service.IsBlocked as refusal:
        raise _blocked(refusal) from refusal
    except service.RowDoesNotFit as refusal:
        reasons = [{"code": "rows_refused", "lines": [refusal.line], "names": []}]
        raise ImportIsBlocked(str(refusal), reasons=reasons) from refusal
    return ImportCounts(**counts)


@operations.add("delete", "/api/recruitment-events/{event_id}/imports/{import_id}", who=STAFF, errors=[NotFound])
async def forget_import(
    request: Request[State], session: AsyncSession, actor: Actor, event_id: UUID, import_id: UUID
) -> None:
    """Forget an import; what it saved stays."""
    _, row = await _import(session, actor, event_id, import_id)
    await session.delete(row)


async def _import(
    session: AsyncSession, actor: Actor, event_id: UUID, import_id: UUID, *, lock: bool = True
) -> tuple[RecruitmentEventRow, ImportRow]:
    event = await event_of(session, actor, event_id, lock=lock)
    row = await repository.find_import(session, import_id, event_id=event.id, lock=lock)
    if row is None:
        raise NotFound(f"import {import_id}")
    return event, row


def _blocked(refusal: service.IsBlocked) -> ImportIsBlocked:
    return ImportIsBlocked(str(refusal), reasons=[asdict(reason) for reason in refusal.reasons])
