"""A mail as it waits in the outbox and as it goes over the line."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Any
from uuid import uuid4

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator
from sqlmodel.ext.asyncio.session import AsyncSession

from server.kit import outbox

KIND = "mail"
SUBJECT_MAX_CHARACTERS = 200
_ONE_LINE = r"^[^\r\n\x00]*$"


class Mail(BaseModel):
    """A mail to one person; `calendar` is an iCalendar file that goes with it.

    `id` makes the Message-ID: a mail that is delivered twice shows once in most inboxes.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(default_factory=lambda: str(uuid4()), pattern=r"^[0-9a-f-]{36}$")
    to: str = Field(max_length=254, pattern=r"^[!-~]+@[!-~]+$")
    subject: str = Field(max_length=SUBJECT_MAX_CHARACTERS, pattern=_ONE_LINE)
    text: str
    at: AwareDatetime
    calendar: str | None = None

    @field_validator("to", mode="before")
    @classmethod
    def _as_sent(cls, to: Any) -> Any:
        """A domain with letters such as å goes over the line in its ASCII form. Source: RFC 5891."""
        if not isinstance(to, str) or to.isascii():
            return to
        name, at, domain = to.rpartition("@")
        try:
            return f"{name}{at}{domain.encode('idna').decode()}"
        except UnicodeError:
            return to


def send(session: AsyncSession, mail: Mail) -> None:
    """Have `mail` delivered once the transaction commits."""
    outbox.enqueue(session, KIND, mail.model_dump(mode="json"), now=mail.at)


def rendered(mail: Mail, *, sender: str) -> EmailMessage:
    """The message for SMTP, plain text only. `sender` is ``Name <address>``."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.at)
    message["Message-ID"] = f"<{mail.id}@{_domain(sender)}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies
    message.set_content(mail.text)
    if mail.calendar is not None:
        parameters: dict[str, Any] = {"subtype": "calendar", "filename": "direktkontakt.ics"}
        message.add_attachment(mail.calendar, **parameters)
    return message


def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2]
