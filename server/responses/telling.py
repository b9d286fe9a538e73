"""Telling of a question and its answer, in the transaction of the change; a mail names who, and not what is said."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.tables import PersonRow
from server.kit import streams
from server.mail.message import SUBJECT_MAX_CHARACTERS, Mail, send

FALLBACK = "sv"
_MAILS = {
    "sv": {
        "asked": (
            "{who} har en fråga om er återkoppling",
            "Hej {name}!\n\n{who} har läst återkopplingen och frågar en sak om den.\n\nLäs och svara:\n{link}",
        ),
        "answered": (
            "{who} har svarat på din fråga",
            "Hej {name}!\n\n{who} har svarat på det du frågade om återkopplingen.\n\nLäs svaret:\n{link}",
        ),
    },
    "en": {
        "asked": (
            "{who} has a question about your feedback",
            "Hello {name}!\n\n{who} has read the feedback and asks one thing about it.\n\nRead and answer:\n{link}",
        ),
        "answered": (
            "{who} has answered your question",
            "Hello {name}!\n\n{who} has answered what you asked about the feedback.\n\nRead the answer:\n{link}",
        ),
    },
}


async def tell(session: AsyncSession, person_id: UUID, kind: str, *, who: str, link: str, now: datetime) -> None:
    """Have the person's open pages read anew, and write to them that `who` has ``asked`` or ``answered``."""
    await streams.append(session, f"person:{person_id}", f"question.{kind}", {}, now=now)
    person = await session.get_one(PersonRow, person_id)
    if person.email is None:
        return
    words = _MAILS.get(person.locale or FALLBACK, _MAILS[FALLBACK])
    subject, text = (one.format(name=person.name, who=who, link=link) for one in words[kind])
    mail = Mail(to=person.email, subject=subject[:SUBJECT_MAX_CHARACTERS], text=f"{text}\n\nDirektkontakt\n", at=now)
    send(session, mail)
