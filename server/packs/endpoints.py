"""Packs by HTTP: what there is, a draft to write, and its publication."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated

from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from feedback.pack_check import check_pack
from feedback.pack_words import pack_changes, place_in_words
from server.identity.actor import Actor
from server.identity.roles import Role
from server.kit.operations import Operations
from server.kit.problems import Conflict, FieldProblem, Invalid, NotFound
from server.packs import service, shelf
from server.packs.rules import PublishRefused
from server.packs.shapes import DraftRequest, Pack, PackChange, PackProblem, PackSummary, PackVersion, PublishRequest
from server.packs.tables import PackVersionRow
from server.state import State

operations = Operations("packs")
EDITORS = frozenset({Role.STAFF, Role.ADMIN})
Version = Annotated[int, Field(ge=1, le=9999)]


class PackConflict(Conflict):
    """`reason` says why, by the name of the rule."""

    title = "The draft cannot do that now"


@operations.add("get", "/api/packs", who=EDITORS)
async def list_packs(request: Request[State], session: AsyncSession) -> list[PackSummary]:
    """Industry packs and their versions, drafts among them."""
    await shelf.read_published(session)
    made = {(row.code, row.version): row for row in await service.list_rows(session)}
    drafts = [row for row in made.values() if row.state == "draft"]
    found = []
    for code in shelf.codes():
        known = shelf.versions(code)
        listed = [_version(one.version, one.valid_from, made.get((code, one.version))) for one in known]
        listed += [_version(row.version, None, row) for row in drafts if row.code == code]
        title = known[-1].title
        found.append(PackSummary(code=code, title={"sv": title.sv, "en": title.en}, versions=listed))
    return found


@operations.add("get", "/api/packs/{code}/{version}", who=EDITORS, errors=[NotFound])
async def get_pack(request: Request[State], session: AsyncSession, code: str, version: Version) -> Pack:
    """One version: its texts, what is wrong, and what it changes."""
    return await _pack(session, code, version)


@operations.add(
    "post", "/api/packs/{code}/drafts", who=EDITORS, status=HTTPStatus.CREATED, errors=[NotFound, PackConflict]
)
async def begin_pack_draft(request: Request[State], session: AsyncSession, actor: Actor, code: str) -> Pack:
    """Begin the next version as a copy of the newest."""
    try:
        row = await service.begin_draft(session, code, editor_id=actor.person_id, now=request.state["now"]())
    except service.DraftExists as refusal:
        raise PackConflict.because(refusal) from None
    if row is None:
        raise NotFound("there is no such pack")
    return await _pack(session, code, row.version)


@operations.add("put", "/api/packs/{code}/{version}", who=EDITORS, errors=[NotFound, PackConflict])
async def save_pack_draft(
    request: Request[State], session: AsyncSession, actor: Actor, code: str, version: Version, body: DraftRequest
) -> Pack:
    """Keep a draft, right or not; what is wrong comes back."""
    row = await _own(session, code, version)
    now = request.state["now"]()
    try:
        await service.save_draft(
            session, row, data=body.data, revision=body.revision, editor_id=actor.person_id, now=now
        )
    except (service.DraftChanged, PublishRefused) as refusal:
        raise PackConflict.because(refusal) from None
    await session.flush()
    return await _pack(session, code, version)


@operations.add("post", "/api/packs/{code}/{version}/publish", who=EDITORS, errors=[NotFound, PackConflict, Invalid])
async def publish_pack(
    request: Request[State], session: AsyncSession, code: str, version: Version, body: PublishRequest
) -> Pack:
    """Make the draft a version; scorecards filled before keep theirs."""
    row = await _own(session, code, version)
    try:
        await service.publish(session, row, valid_from=body.valid_from, now=request.state["now"]())
    except service.PackBroken as refusal:
        fields = [FieldProblem(path=one.path, message=one.message) for one in refusal.problems[:50]]
        raise Invalid("the pack cannot be used yet", fields=fields) from None
    except PublishRefused as refusal:
        raise PackConflict.because(refusal) from None
    await session.flush()
    return await _pack(session, code, version)


def _version(version: int, valid_from: date | None, row: PackVersionRow | None) -> PackVersion:
    return PackVersion(
        version=version,
        state=row.state if row else "published",
        valid_from=valid_from,
        published_at=row.published_at if row else None,
        is_own=row is not None,
    )


async def _own(session: AsyncSession, code: str, version: int) -> PackVersionRow:
    await shelf.read_published(session)
    row = await service.lock_row(session, code, version)
    if row is None:
        raise NotFound("there is no such version that was made here")
    return row


async def _pack(session: AsyncSession, code: str, version: int) -> Pack:
    found = await service.find_version(session, code, version)
    if found is None:
        raise NotFound("there is no such pack or version")
    row, data = found.row, found.data
    before = await service.find_version(session, code, version - 1)
    return Pack(
        code=code,
        version=version,
        state=row.state if row else "published",
        revision=row.revision if row else 0,
        valid_from=row.valid_from if row else date.fromisoformat(data["valid_from"]),
        data=data,
        problems=[
            PackProblem(path=one.path, place=place_in_words(one.path), code=one.code, message=one.message)
            for one in check_pack(data)
        ],
        changes=[
            PackChange(
                kind=one.kind,
                path=one.path,
                place=place_in_words(one.path),
                before=one.before,
                after=one.after,
                words=one.in_words(),
            )
            for one in (pack_changes(before.data, data) if before else ())
        ],
    )
