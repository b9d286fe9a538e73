"""The development mailbox over HTTP; mounted only where `delivery.keeps_mail` says so."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from server.kit.operations import ANYONE, Operations
from server.mail import repository

operations = Operations("mail")


class KeptMail(BaseModel):
    """A mail that would have been sent."""

    id: UUID
    to: str
    subject: str
    text: str
    at: datetime


@operations.add("get", "/api/mailbox", who=ANYONE)
async def get_mailbox(request: Request, session: AsyncSession) -> list[KeptMail]:
    """The newest mails of the development mailbox."""
    rows = await repository.list_newest(session)
    return [KeptMail(id=row.id, to=row.recipient, subject=row.subject, text=row.text, at=row.at) for row in rows]
