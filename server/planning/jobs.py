"""The mails about a plan, finished when they are sent: a personal link exists in its mail and as a hash."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from email.utils import parseaddr
from typing import Any
from uuid import UUID

from server.identity import service as identity
from server.kit.db import Database
from server.kit.outbox import Deliver
from server.planning.announcements import CALENDAR, LINK, PLAN_MAIL
from server.planning.calendar_file import calendar_file


def deliveries(
    database: Database, *, post: Deliver, now: Callable[[], datetime], public_url: str, mail_from: str
) -> dict[str, Deliver]:
    """What delivers the outbox's effects of planning; `post` takes a mail's payload to where mail goes."""
    organizer = parseaddr(mail_from)[1]

    async def send_plan_mail(payload: dict[str, Any]) -> None:
        link = f"{public_url}/desks"
        if payload["join_link_id"] is not None:
            async with database.transaction() as session:
                invitation = await identity.invite(session, join_link_id=UUID(payload["join_link_id"]), now=now())
            # A link that was taken back meanwhile: the news still matters, and signing in still works.
            link = f"{public_url}/j/{invitation.token}" if invitation else f"{public_url}/sign-in"
        mail = dict(payload["mail"])
        mail["text"] = mail["text"].replace(LINK, link)
        if payload["calendar"] is not None:
            calendar = CALENDAR.validate_python(payload["calendar"])
            # A recruiter's day takes a while to write, and nobody need wait for it.
            mail["calendar"] = await asyncio.to_thread(
                calendar_file, calendar.entries, method=calendar.method, organizer=organizer, now=calendar.now
            )
        await post(mail)

    return {PLAN_MAIL: send_plan_mail}
