"""The mails that let people in, made when they are sent: a secret exists in its mail and as a hash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from server.identity import service
from server.identity.mail import Words, join_link_words, sign_in_words
from server.identity.rules import CODE_LIFETIME
from server.kit.db import Database
from server.kit.outbox import Deliver
from server.mail.message import Mail


def deliveries(
    database: Database, *, post: Deliver, now: Callable[[], datetime], public_url: str
) -> dict[str, Deliver]:
    """What delivers the outbox's effects of identity; `post` takes a mail's payload to where mail goes."""

    async def send(to: str, words: Words) -> None:
        await post(Mail(to=to, subject=words.subject, text=words.text, at=now()).model_dump(mode="json"))

    async def send_sign_in(payload: dict[str, Any]) -> None:
        async with database.transaction() as session:
            asked_at = datetime.fromisoformat(payload["asked_at"])
            secrets = await service.issue_code(session, email=payload["email"], asked_at=asked_at, now=now())
        if secrets is None:
            return
        words = sign_in_words(
            locale=secrets.locale,
            code=secrets.code,
            link=f"{public_url}/sign-in?token={secrets.link_token}",
            minutes=CODE_LIFETIME // timedelta(minutes=1),
        )
        await send(payload["email"], words)

    async def send_join_link(payload: dict[str, Any]) -> None:
        async with database.transaction() as session:
            invitation = await service.invite(session, join_link_id=UUID(payload["join_link_id"]), now=now())
        if invitation is None:
            return
        words = join_link_words(
            locale=invitation.locale,
            name=invitation.name,
            event=invitation.event,
            place=invitation.place,
            starts_at=invitation.starts_at,
            zone=invitation.zone,
            link=f"{public_url}/j/{invitation.token}",
        )
        await send(invitation.email, words)

    return {service.SIGN_IN_MAIL: send_sign_in, service.JOIN_LINK_MAIL: send_join_link}
