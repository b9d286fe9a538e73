"""Importing vacancies by HTTP: the same file is looked at first and taken then; nothing of it is stored between."""

from __future__ import annotations

import asyncio

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from server.identity.actor import Actor
from server.identity.roles import STAFF
from server.imports.decoding import SheetRefused
from server.kit.operations import Operations
from server.kit.problems import Conflict, Invalid
from server.state import State
from server.vacancy_imports import service
from server.vacancy_imports.shapes import VacancyFile, VacancyImport
from server.vacancy_imports.values import Reading

operations = Operations("vacancy imports")


class FileNotVacancies(Invalid):
    """`reason` says why, as for other files: ``file_empty``, ``file_without_rows``, ``no_advertisements`` …"""

    title = "The file cannot be read as vacancies"


class RowsAreRefused(Conflict):
    title = "Rows of the file cannot be taken; correct them or leave them out"


async def read(
    request: Request[State], *, session: AsyncSession, actor: Actor, query: VacancyFile, body: bytes
) -> Reading:
    """The file as it is understood, before the transaction: a large one takes a second, and nobody waits for it."""
    return await asyncio.to_thread(_read, body)


@operations.add("post", "/api/vacancy-imports/preview", who=STAFF, errors=[FileNotVacancies], prepare=read)
async def preview_vacancies(
    request: Request[State], session: AsyncSession, actor: Actor, query: VacancyFile, body: bytes, prepared: Reading
) -> VacancyImport:
    """What a file of vacancies would do; nothing is changed."""
    return await service.preview(session, prepared, left_out=query.lines)


@operations.add("post", "/api/vacancy-imports", who=STAFF, errors=[FileNotVacancies, RowsAreRefused], prepare=read)
async def import_vacancies(
    request: Request[State], session: AsyncSession, actor: Actor, query: VacancyFile, body: bytes, prepared: Reading
) -> VacancyImport:
    """Take a file of vacancies, all of it or nothing."""
    try:
        return await service.bring_in(
            session, prepared, left_out=query.lines, person_id=actor.person_id, now=request.state["now"]()
        )
    except service.HasRefusedRows as refusal:
        raise RowsAreRefused(str(refusal)) from None


def _read(body: bytes) -> Reading:
    try:
        return service.read_file(body)
    except SheetRefused as refusal:
        raise FileNotVacancies(str(refusal), reason=refusal.reason, params=refusal.params) from None
    except service.NotAdvertisements as refusal:
        raise FileNotVacancies(str(refusal), reason="no_advertisements", params={}) from None
