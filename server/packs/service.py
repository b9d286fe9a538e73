"""Drafts of packs and their publication. Inside the caller's transaction."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.instrument import is_code
from feedback.pack_check import check_pack
from feedback.pack_loader import PACKS
from feedback.problem import Problem
from server.kit.clock import day_of
from server.packs import shelf
from server.packs.rules import PublishRefused, check_valid_from
from server.packs.tables import PackVersionRow


@dataclass(frozen=True, slots=True)
class PackVersion:
    """A version's JSON, and its row where it was made here."""

    row: PackVersionRow | None
    data: dict[str, Any]


class DraftExists(Exception):
    """Somebody has begun a draft of this pack; it is the one to go on with."""


class DraftChanged(Exception):
    """Somebody saved it meanwhile."""


class PackBroken(Exception):
    """The draft cannot be used yet."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(f"{len(problems)} things to put right")


async def list_rows(session: AsyncSession) -> list[PackVersionRow]:
    """Every version made here, the oldest first."""
    query = select(PackVersionRow).order_by(col(PackVersionRow.code), col(PackVersionRow.version))
    return list((await session.exec(query)).all())


async def lock_row(session: AsyncSession, code: str, version: int) -> PackVersionRow | None:
    """One version made here, locked until commit, or None."""
    row: PackVersionRow | None = (await session.exec(_of(code, version).with_for_update())).one_or_none()
    return row


def _of(code: str, version: int) -> Any:
    return select(PackVersionRow).where(col(PackVersionRow.code) == code, col(PackVersionRow.version) == version)


async def find_version(session: AsyncSession, code: str, version: int) -> PackVersion | None:
    """A version of the product or made here, or None."""
    row: PackVersionRow | None = (await session.exec(_of(code, version))).one_or_none()
    if row is not None:
        return PackVersion(row, row.data)
    file = PACKS / f"{code}_v{version}.json"
    if not is_code(code) or not file.is_file():
        return None
    return PackVersion(None, json.loads(file.read_text(encoding="utf-8")))


async def begin_draft(session: AsyncSession, code: str, *, editor_id: UUID, now: datetime) -> PackVersionRow | None:
    """A draft of the next version, beginning as a copy of the newest; None where there is no such pack.

    Raises:
        DraftExists: there is one.
    """
    await shelf.read_published(session)
    known = shelf.versions(code)
    if not known:
        return None
    drafts = [row for row in await list_rows(session) if row.code == code and row.state == "draft"]
    if drafts:
        raise DraftExists(f"version {drafts[0].version} of this pack is being written")
    last = await find_version(session, code, known[-1].version)
    assert last is not None, "what is on the shelf can be read"
    version = known[-1].version + 1
    data = copy.deepcopy(last.data) | {"version": version}
    row = PackVersionRow(code=code, version=version, data=data, edited_by=editor_id, edited_at=now)
    session.add(row)
    await session.flush()
    return row


async def save_draft(
    session: AsyncSession,
    row: PackVersionRow,
    *,
    data: Mapping[str, Any],
    revision: int,
    editor_id: UUID,
    now: datetime,
) -> None:
    """Keep a draft as it is written, right or not; its code and version stay.

    Raises:
        DraftChanged: somebody saved it meanwhile.
        PublishRefused: it has been published.
    """
    if row.state != "draft":
        raise PublishRefused("A published version never changes. Begin a new draft.")
    if revision != row.revision:
        raise DraftChanged(f"it is at revision {row.revision}")
    row.data = {**data, "code": row.code, "version": row.version}
    row.revision += 1
    row.edited_by, row.edited_at = editor_id, now
    session.add(row)


async def publish(session: AsyncSession, row: PackVersionRow, *, valid_from: date, now: datetime) -> None:
    """Make the draft a version that is used from a day on; nothing of it changes again.

    Raises:
        PackBroken: something must be put right first.
        PublishRefused: it is published already, or the day is too early.
    """
    if row.state != "draft":
        raise PublishRefused("This version is published already.")
    check_valid_from(valid_from, today=day_of(now), newest=shelf.versions(row.code)[-1].valid_from)
    data = row.data | {"valid_from": valid_from.isoformat()}
    problems = check_pack(data)
    if problems:
        raise PackBroken(problems)
    row.data, row.valid_from, row.state, row.published_at = data, valid_from, "published", now
    session.add(row)
