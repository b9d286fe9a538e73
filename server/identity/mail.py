"""The words of the mails that let people in, in Swedish and English."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args
from zoneinfo import ZoneInfo

Locale = Literal["sv", "en"]
LOCALES: tuple[Locale, ...] = get_args(Locale)
FALLBACK: Locale = "sv"


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and text of a mail."""

    subject: str
    text: str


SIGN_IN = {
    "sv": Words(
        "Din kod till Direktkontakt: {code}",
        "Hej!\n\nDin kod är {code}\n\nEller logga in med länken:\n{link}\n\n"
        "Koden och länken gäller i {minutes} minuter och kan användas en gång. "
        "Har du inte bett om koden behöver du inte göra något.\n\nDirektkontakt\n",
    ),
    "en": Words(
        "Your code for Direktkontakt: {code}",
        "Hello!\n\nYour code is {code}\n\nOr sign in with the link:\n{link}\n\n"
        "The code and the link are valid for {minutes} minutes and can be used once. "
        "If you did not ask for the code, there is nothing you need to do.\n\nDirektkontakt\n",
    ),
}
JOIN_LINK = {
    "sv": Words(
        "Din personliga länk till {event}",
        "Hej {name}!\n\nHär är din personliga länk till {event}, {place}, {day}:\n{link}\n\n"
        "Länken släpper in dig utan lösenord. Den är bara din, så skicka den inte vidare.\n\nDirektkontakt\n",
    ),
    "en": Words(
        "Your personal link to {event}",
        "Hello {name}!\n\nHere is your personal link to {event}, {place}, {day}:\n{link}\n\n"
        "The link lets you in with no password. It is yours alone, so please do not pass it on.\n\nDirektkontakt\n",
    ),
}


def sign_in_words(*, locale: str, code: str, link: str, minutes: int) -> Words:
    """The mail with a sign-in code and link."""
    return _filled(SIGN_IN, locale, code=f"{code[:4]} {code[4:]}", link=link, minutes=str(minutes))


def join_link_words(
    *, locale: str, name: str, event: str, place: str, starts_at: datetime, zone: str, link: str
) -> Words:
    """The mail with a personal link; the day is the event's own, in its zone."""
    day = starts_at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
    return _filled(JOIN_LINK, locale, name=name, event=event, place=place, day=day, link=link)


def _filled(mails: dict[str, Words], locale: str, **values: str) -> Words:
    words = mails.get(locale, mails[FALLBACK])
    subject = words.subject.format(**{key: " ".join(value.split()) for key, value in values.items()})
    return Words(subject[:200], words.text.format(**values))
