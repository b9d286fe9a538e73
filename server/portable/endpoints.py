"""Taking a profile out, by HTTP: to read and print, as PDF, as JSON Resume, and everything in one archive."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from datetime import date, datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from server.identity.actor import Actor, check_whole
from server.identity.roles import SEEKERS
from server.kit.operations import Operations, RequestModel
from server.kit.problems import NotFound
from server.portable import service
from server.portable.document import Document, Known, Language, document_of
from server.portable.html import html_of
from server.portable.resume import resume_of
from server.state import State

operations = Operations("portable")


class PdfResponse(Response):
    """A PDF file."""

    media_type = "application/pdf"


class JsonFile(Response):
    """A JSON file to keep."""

    media_type = "application/json"


class ZipFile(Response):
    """An archive."""

    media_type = "application/zip"


class InLanguage(RequestModel):
    language: Language = "sv"


@operations.add("get", "/api/my/portable", who=SEEKERS, errors=[NotFound])
async def read_my_document(request: Request[State], session: AsyncSession, actor: Actor, query: InLanguage) -> Document:
    """Your profile as one page to read and print."""
    known = await _collect(request, session, actor)
    return document_of(known, language=query.language, now=request.state["now"]())


@operations.add("get", "/api/my/portable.pdf", who=SEEKERS, errors=[NotFound])
async def take_out_pdf(request: Request[State], session: AsyncSession, actor: Actor, query: InLanguage) -> PdfResponse:
    """Your profile as a PDF."""
    known = await _collect(request, session, actor)
    document = document_of(known, language=query.language, now=request.state["now"]())
    return PdfResponse(await asyncio.to_thread(_pdf, document), headers=_named("profil.pdf"))


@operations.add("get", "/api/my/resume.json", who=SEEKERS, errors=[NotFound])
async def take_out_resume(request: Request[State], session: AsyncSession, actor: Actor, query: InLanguage) -> JsonFile:
    """What you know, and what employers said worked, in the form of JSON Resume."""
    known = await _collect(request, session, actor)
    return JsonFile(_json_resume(known, query.language, request.state["now"]()), headers=_named("resume.json"))


@operations.add("get", "/api/my/everything.zip", who=SEEKERS, errors=[NotFound])
async def take_out_everything(
    request: Request[State], session: AsyncSession, actor: Actor, query: InLanguage
) -> ZipFile:
    """Everything that is held about you: to read, as PDF, and as data."""
    now, known = request.state["now"](), await _collect(request, session, actor)
    document = document_of(known, language=query.language, now=now)
    held = await service.everything(session, actor, now=now)
    files = {
        "profil.html": html_of(document).encode(),
        "profil.pdf": await asyncio.to_thread(_pdf, document),
        "resume.json": _json_resume(known, query.language, now),
        "allt.json": json.dumps(held, default=_plain, ensure_ascii=False, indent=1).encode(),
    }
    return ZipFile(_archive(files, now), headers=_named("direktkontakt.zip"))


def _pdf(document: Document) -> bytes:
    # What draws it takes twenty megabytes, which a server that nobody asks for a PDF need not carry.
    from server.portable.pdf import pdf_of

    return pdf_of(document)


async def _collect(request: Request[State], session: AsyncSession, actor: Actor) -> Known:
    check_whole(actor)
    return await service.collect(session, actor, now=request.state["now"]())


def _json_resume(known: Known, language: Language, now: datetime) -> bytes:
    return json.dumps(
        resume_of(known, language=language, made_at=now.isoformat()), ensure_ascii=False, indent=1
    ).encode()


def _named(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _archive(files: dict[str, bytes], at: datetime) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, at.timetuple()[:6]), content)
    return packed.getvalue()
