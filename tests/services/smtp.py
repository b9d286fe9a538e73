"""A mail server that keeps what it is given."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.services.program import free_port


class Inbox:
    """Everything delivered so far, and a way to have deliveries refused."""

    def __init__(self, port: int) -> None:
        self.url = f"smtp://127.0.0.1:{port}"
        self.mails: list[EmailMessage] = []
        self.refusal: str | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refusal is not None:
            return self.refusal
        content = envelope.content
        mail = message_from_bytes(content if isinstance(content, bytes) else b"", policy=policy.default)
        mail["X-Delivered-To"] = ", ".join(envelope.rcpt_tos)
        self.mails.append(mail)
        return "250 Message accepted for delivery"

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if address in str(mail["X-Delivered-To"])]

    def clear(self) -> None:
        self.mails.clear()
        self.refusal = None

    async def wait_for(self, address: str, *, count: int = 1, within_s: float = 10) -> EmailMessage:
        """The newest mail to `address`, once there are `count`."""
        deadline = time.monotonic() + within_s
        while len(self.to(address)) < count:
            assert time.monotonic() < deadline, f"{len(self.to(address))} of {count} mails to {address} in {within_s} s"
            await asyncio.sleep(0.02)
        return self.to(address)[-1]


def text_of(mail: EmailMessage) -> str:
    """The plain-text part of a mail, with line ends as they were written."""
    part = mail.get_body(("plain",))
    return "" if part is None else str(part.get_content()).replace("\r\n", "\n")


@contextmanager
def running_smtp() -> Iterator[Inbox]:
    port = free_port()
    inbox = Inbox(port)
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield inbox
    finally:
        controller.stop()
