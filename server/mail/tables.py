"""Tables of mail."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel


class MailboxRow(SQLModel, table=True):
    """A mail kept here because there is no SMTP server; never filled in production."""

    __tablename__ = "mailbox"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    recipient: str = Field(max_length=254, index=True)
    subject: str = Field(max_length=200)
    text: str
    at: datetime = Field(index=True)
