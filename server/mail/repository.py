"""Queries of the development mailbox."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Table, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.mail.message import Mail
from server.mail.tables import MailboxRow

KEPT_MAX = 500
SHOWN_MAX = 100

_mailbox: Table = MailboxRow.__table__  # type: ignore[attr-defined]


async def keep(session: AsyncSession, mail: Mail) -> None:
    """Put a mail into the mailbox, once however often it is delivered; the oldest beyond 500 go."""
    if await session.get(MailboxRow, UUID(mail.id)) is not None:
        return
    row = MailboxRow(id=UUID(mail.id), recipient=mail.to, subject=mail.subject, text=mail.text, at=mail.at)
    session.add(row)
    await session.flush()
    kept = select(_mailbox.c.id).order_by(_mailbox.c.at.desc(), _mailbox.c.id).limit(KEPT_MAX)
    await (await session.connection()).execute(delete(_mailbox).where(_mailbox.c.id.not_in(kept)))


async def list_newest(session: AsyncSession) -> Sequence[Row[*tuple[Any, ...]]]:
    """The newest hundred mails, newest first."""
    query = select(_mailbox).order_by(_mailbox.c.at.desc(), _mailbox.c.id).limit(SHOWN_MAX)
    return (await (await session.connection()).execute(query)).all()
