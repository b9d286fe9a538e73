"""Where mail goes: to an SMTP server, or into the development mailbox when none is set."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

import aiosmtplib

from server.kit.db import Database
from server.kit.outbox import Deliver
from server.mail import repository
from server.mail.message import Mail, rendered
from server.settings import Settings

TIMEOUT_S = 20
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def keeps_mail(settings: Settings) -> bool:
    """Whether mail stays in the development mailbox, which anybody here may read."""
    return settings.smtp_url is None and not settings.production


def delivery(settings: Settings, database: Database) -> Deliver:
    """What delivers the outbox's effects of kind ``mail``."""
    if keeps_mail(settings):
        return _into_mailbox(database)
    assert settings.smtp_url is not None, "settings refuse production without SMTP"
    return _by_smtp(settings.smtp_url.get_secret_value(), sender=settings.mail_from)


def _into_mailbox(database: Database) -> Deliver:
    async def deliver(payload: dict[str, Any]) -> None:
        async with database.transaction() as session:
            await repository.keep(session, Mail.model_validate(payload))

    return deliver


def _by_smtp(url: str, *, sender: str) -> Deliver:
    connection = smtp_options(url)

    async def deliver(payload: dict[str, Any]) -> None:
        mail = Mail.model_validate(payload)
        await aiosmtplib.send(rendered(mail, sender=sender), recipients=[mail.to], timeout=TIMEOUT_S, **connection)

    return deliver


def smtp_options(url: str) -> dict[str, Any]:
    """The connection of an address ``smtp://user:password@host:port`` (STARTTLS where offered) or ``smtps://…``.

    A password goes over an encrypted line only, except to this machine.

    Raises:
        ValueError: the address is neither.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("DIREKTKONTAKT_SMTP_URL must look like smtp://user:password@host:port or smtps://…")
    is_encrypted = parts.scheme == "smtps"
    must_upgrade = parts.password is not None and not is_encrypted and parts.hostname not in LOOPBACK
    return {
        "hostname": parts.hostname,
        "port": parts.port or (465 if is_encrypted else 587 if parts.username else 25),
        "username": unquote(parts.username) if parts.username else None,
        "password": unquote(parts.password) if parts.password else None,
        "use_tls": is_encrypted,
        "start_tls": True if must_upgrade else False if is_encrypted else None,
    }
